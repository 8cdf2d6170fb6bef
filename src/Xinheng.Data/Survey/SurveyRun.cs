using System.Globalization;
using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>The main job: a survey file, a roster and reports become scores, tiers, units and warnings.</summary>
/// <remarks>
/// Thread-safe: no state. What is written depends on the input only, not on the number of threads; all but the scores, which
/// keep the order of the file, also not on the order of its rows. The folder appears whole or not at all.
/// </remarks>
public static class SurveyRun
{
    /// <summary>Runs a survey into a folder: <c>scores.csv</c>, <c>tiers.csv</c>, <c>units.csv</c>, <c>coverage.csv</c>, <c>warnings/</c>, <c>quarantine.csv</c>, <c>manifest.json</c>.</summary>
    /// <param name="request">What is to be done.</param>
    /// <param name="folder">The folder; an older survey in it is replaced.</param>
    /// <param name="progress">Told now and then how far the run has come.</param>
    /// <param name="cancellation">Stops the run; nothing stays.</param>
    /// <exception cref="ArgumentException">The policy is a draft and drafts are not allowed.</exception>
    /// <exception cref="InputException">A file is broken; nothing was written.</exception>
    /// <exception cref="IOException">A file cannot be read or written; nothing was written.</exception>
    public static SurveySummary Run(SurveyRequest request, string folder, IProgress<ScoreProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(folder);
        var triage = Triage.Compile(request.Policy, request.Scores.Instruments, request.AllowDraft, request.Stability);
        string[] inputs = [request.Scores.Input, request.Roster, .. request.Events is null ? Array.Empty<string>() : [request.Events]];
        using var output = new OutputFolder(folder, inputs, "survey");
        using var spill = new WarningSpill(output.Scratch());
        ScoreSummary scores;
        Roster roster;
        ReportedEvents events;
        NetworkState state;
        InputProbe rosterProbe;
        long rosterProblems;
        ScoreRun run;
        SurveyStage stage;
        PreviousWave? previous;
        using (var quarantine = output.Open("quarantine.csv"))
        using (var table = output.Open("scores.csv"))
        {
            var list = new Quarantine(quarantine, request.Scores.Input);
            roster = RosterReader.Read(request, list, out rosterProbe, out rosterProblems);
            events = ReportedEvents.Read(request, roster, list);
            state = new NetworkState(roster);
            previous = request.Previous is null ? null : PreviousWave.Read(request, triage, roster, list);
            stage = new SurveyStage(request, triage, roster, events, previous, spill, state);
            run = new ScoreRun(request.Scores, progress, cancellation, stage);
            scores = run.Execute((passed, columns) => new CsvScoreWriter(table, passed, columns, request.Scores.ByteOrderMark), list);
            stage.AddUnanswered();
        }

        var tallies = UnitTallies.Count(state);
        var urgency = new SortedDictionary<ResponseTime, int>();
        var changes = new SortedDictionary<(Tier Before, Tier Now), int>();
        output.Write("tiers.csv", stream => SurveyTables.WriteTiers(stream, request, triage, state, previous, urgency, changes));
        output.Write("units.csv", stream => SurveyTables.WriteUnits(stream, tallies));
        output.Write("coverage.csv", stream => SurveyTables.WriteCoverage(stream, state));
        var unitWarnings = UnitWarnings(request, tallies, state);
        new WarningFiles(request, state, stage, spill, output).Write(unitWarnings, tallies, cancellation);
        spill.Dispose();
        var manifest = run.Manifest(scores, []) with
        {
            Kind = "survey",
            Inputs = [.. run.Manifest(scores, []).Inputs, Input(rosterProbe), .. events.Probe is { } probe ? [Input(probe)] : Array.Empty<ManifestInput>(), .. previous is null ? Array.Empty<ManifestInput>() : [previous.Source]],
            Notices = [.. scores.Notices, .. previous?.Notices ?? []],
        };
        manifest = manifest with
        {
            Definitions =
            [
                .. manifest.Definitions,
                new ManifestDefinition { Id = "policy:" + request.Policy.Id, Version = request.Policy.Definition.Version, Sha256 = request.Policy.Hash },
                new ManifestDefinition { Id = "calendar:" + request.Calendar.Id, Version = request.Calendar.Definition.Version, Sha256 = request.Calendar.Hash },
            ],
            Options = new SortedDictionary<string, string>(manifest.Options.ToDictionary(), StringComparer.Ordinal)
            {
                ["asOf"] = request.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["wave"] = request.Wave,
                ["basis"] = triage.Basis,
                ["policy"] = request.Policy.IsDraft ? "draft: nobody has signed it" : "signed",
            },
        };
        output.Commit(files => Documents.DocumentReader.Write(manifest with { Outputs = files }, DataJson.Default.Manifest));
        return new SurveySummary
        {
            Scores = previous is null ? scores : scores with { Notices = [.. scores.Notices, .. previous.Notices] },
            Policy = request.Policy,
            AsOf = request.AsOf,
            Everybody = tallies[0],
            Units = [.. Enumerable.Range(0, roster.Units.Count).GroupBy(roster.Units.Level).OrderBy(g => g.Key).Select(g => (g.Key, g.Count()))],
            Urgency = [.. urgency.Select(u => (u.Key, u.Value))],
            Unassigned = state.UnassignedCount,
            RosterProblems = rosterProblems + events.Problems,
            UnreadReports = events.Unread,
            NotAsked = triage.NotAsked,
            Changes = [.. changes.Select(c => (c.Key.Before, c.Key.Now, c.Value))],
            UnitWarnings = [.. unitWarnings.GroupBy(w => w.Kind).OrderBy(g => g.Key).Select(g => (g.Key, g.Count()))],
            Folder = folder,
        };
    }

    internal static ManifestInput Input(InputProbe probe) => new() { File = Path.GetFileName(probe.File), Bytes = probe.Length, ChunkedSha256 = probe.ChunkedSha256 };

    private static List<UnitWarning> UnitWarnings(SurveyRequest request, UnitTallies tallies, NetworkState state) =>
    [
        .. UnitRules.Coverage(tallies, request.Policy.Definition.Coverage),
        .. request.Policy.Definition.Clusters is { } clusters ? UnitRules.Dormitories(state, clusters) : [],
    ];
}
