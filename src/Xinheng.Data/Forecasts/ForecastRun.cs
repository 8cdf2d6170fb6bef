using System.Globalization;
using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>Runs a survey on trial: people are scored and decided as they would be, nobody is told, and it is said what the policy would lead to.</summary>
/// <remarks>Thread-safe: no state. The result depends on the input only, not on the number of threads or the order of rows.</remarks>
public static class ForecastRun
{
    /// <summary>Forecasts a survey. With a second policy the survey is scored and decided twice.</summary>
    /// <param name="request">What is to be forecast.</param>
    /// <param name="folder">Folder for <c>forecast.csv</c>, with a second policy <c>changes.csv</c>, and <c>manifest.json</c>; an older forecast in it is replaced. <see langword="null"/> = nothing is written.</param>
    /// <param name="progress">Told now and then how far the run has come.</param>
    /// <param name="cancellation">Stops the run; nothing stays.</param>
    /// <exception cref="ArgumentException">A policy is a draft and drafts are not allowed, the policies are of different populations, or the hours are no such number.</exception>
    /// <exception cref="InputException">A file is broken, or nobody has answered; nothing was written.</exception>
    /// <exception cref="IOException">A file cannot be read or written; nothing was written.</exception>
    public static ForecastSummary Run(ForecastRequest request, string? folder = null, IProgress<ScoreProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var survey = request.Survey;
        if (request.Compare is { } compare && compare.Definition.Population != survey.Policy.Definition.Population)
        {
            throw new ArgumentException($"'{compare}' and '{survey.Policy}' are for different populations: their people cannot be compared.", nameof(request));
        }

        string[] inputs = [survey.Scores.Input, survey.Roster, .. survey.Events is null ? Array.Empty<string>() : [survey.Events]];
        using var output = folder is null ? null : new OutputFolder(folder, inputs, "forecast");
        var roster = RosterReader.Read(survey, new Quarantine(null, survey.Scores.Input), out var probe, out var rosterProblems);
        var first = Trial.Run(survey, roster, progress, cancellation);
        var second = request.Compare is null ? null : Trial.Run(survey with { Policy = request.Compare }, roster, progress, cancellation);
        if (second is not null && !first.Manifest.Inputs.SequenceEqual(second.Manifest.Inputs))
        {
            throw new InputException(new Problem { Code = "file-changed", File = survey.Scores.Input, Found = "Another content at the second reading", Expected = "The same people for both policies", Action = "Run again when nobody writes the file" });
        }

        var forecast = PolicyForecast.Create(first.State, first.Triage, survey.Calendar, request.CounsellorHoursPerDay);
        var summary = new ForecastSummary
        {
            Scores = first.Scores,
            Forecast = forecast,
            Compared = second is null ? null : PolicyForecast.Create(second.State, second.Triage, survey.Calendar, request.CounsellorHoursPerDay),
            Comparison = second is null ? null : PolicyComparison.Create(first.State, first.Triage, second.State, second.Triage),
            RosterProblems = rosterProblems + first.Events.Problems,
            UnreadReports = first.Events.Unread,
            NotAsked = [.. first.Triage.NotAsked.Union(second?.Triage.NotAsked ?? [])],
            Folder = folder,
        };
        if (output is not null)
        {
            output.Write("forecast.csv", stream => ForecastTables.WriteTiers(stream, summary));
            if (summary.Comparison is { } comparison)
            {
                output.Write("changes.csv", stream => ForecastTables.WriteChanges(stream, comparison));
            }

            var manifest = Manifest(request, first, probe);
            output.Commit(files => Documents.DocumentReader.Write(manifest with { Outputs = files }, DataJson.Default.Manifest));
        }

        return summary;
    }

    private static Manifest Manifest(ForecastRequest request, Trial trial, InputProbe roster)
    {
        var survey = request.Survey;
        var policies = new List<ManifestDefinition> { Definition("policy:", survey.Policy) };
        var options = new SortedDictionary<string, string>(trial.Manifest.Options.ToDictionary(), StringComparer.Ordinal)
        {
            ["asOf"] = survey.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["counsellorHoursPerDay"] = request.CounsellorHoursPerDay?.ToString() ?? "not given",
            ["policy"] = survey.Policy.IsDraft ? "draft: nobody has signed it" : "signed",
        };
        if (request.Compare is { } compare)
        {
            policies.Add(Definition("compare:", compare));
            options["compare"] = compare.IsDraft ? "draft: nobody has signed it" : "signed";
        }

        return trial.Manifest with
        {
            Kind = "forecast",
            Inputs = [.. trial.Manifest.Inputs, SurveyRun.Input(roster), .. trial.Events.Probe is { } events ? [SurveyRun.Input(events)] : Array.Empty<ManifestInput>()],
            Definitions = [.. trial.Manifest.Definitions, .. policies, new ManifestDefinition { Id = "calendar:" + survey.Calendar.Id, Version = survey.Calendar.Definition.Version, Sha256 = survey.Calendar.Hash }],
            Options = options,
        };
    }

    private static ManifestDefinition Definition(string role, Policy policy) => new() { Id = role + policy.Id, Version = policy.Definition.Version, Sha256 = policy.Hash };

    /// <summary>A survey that was scored and decided by one policy, and told to nobody.</summary>
    private sealed record Trial(Triage Triage, ReportedEvents Events, NetworkState State, ScoreSummary Scores, Manifest Manifest)
    {
        public static Trial Run(SurveyRequest survey, Roster roster, IProgress<ScoreProgress>? progress, CancellationToken cancellation)
        {
            var triage = Triage.Compile(survey.Policy, survey.Scores.Instruments, survey.AllowDraft, survey.Stability);
            var nowhere = new Quarantine(null, survey.Scores.Input);
            var events = ReportedEvents.Read(survey, roster, nowhere);
            var state = new NetworkState(roster);
            var previous = survey.Previous is null ? null : PreviousWave.Read(survey, triage, roster, nowhere);
            var stage = new SurveyStage(survey, triage, roster, events, previous, spill: null, state);
            var run = new ScoreRun(survey.Scores, progress, cancellation, stage);
            var scores = run.Execute((_, _) => new NoScoreWriter(), nowhere);
            stage.AddUnanswered();
            if (!Enumerable.Range(0, roster.Count).Any(member => state[member].Answered) && !state.Unassigned().Any(person => person.State.Answered))
            {
                throw new InputException(new Problem
                {
                    Code = "no-answers", File = survey.Scores.Input, Found = "Nobody has answered", Expected = "Answers of some people, better of some classes",
                    Action = "Survey a few classes first: there is nothing to forecast from",
                });
            }

            return new Trial(triage, events, state, scores, run.Manifest(scores, []));
        }
    }
}
