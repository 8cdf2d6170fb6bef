using System.CommandLine;
using System.Globalization;
using Xinheng.Data;

namespace Xinheng.Cli;

/// <summary><c>xinheng survey</c>: the main job, from a survey file and a roster to tiers, units and warnings.</summary>
internal static class SurveyCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("input") { Description = "Survey file: CSV or Excel .xlsx" };
        var battery = new Option<string>("--battery") { Description = "Which instruments were asked: the id of a shipped battery, such as student-short, or a battery file", Required = true };
        var roster = new Option<string>("--roster") { Description = "Roster file: person, school, grade, class, dormitory, county, city, ...", Required = true };
        var asOf = new Option<string?>("--as-of") { Description = "Day of the survey, such as 2026-11-02; that of the battery by default" };
        var output = new Option<string?>("--out") { Description = "Folder that is written; with --dry-run nothing is written without it" };
        var policy = new Option<string?>("--policy") { Description = "Policy file; the shipped draft that the battery names by default" };
        var events = new Option<string?>("--events") { Description = "What people reported: person, date, kind, source" };
        var calendar = new Option<string?>("--calendar") { Description = "School calendar; the one that ships by default" };
        var wave = new Option<string?>("--wave") { Description = "Name of the wave; the year of the day by default" };
        var mapping = new Option<string?>("--mapping") { Description = "Mapping file: which column is which item, and how answers are written" };
        var id = new Option<string?>("--id") { Description = "Heading of the column that identifies the person" };
        var definitions = new Option<string?>("--definitions") { Description = "Folder with further definitions" };
        var threads = new Option<int?>("--threads") { Description = "Threads; all processors by default. The output does not depend on it" };
        var previous = new Option<string?>("--previous") { Description = "Output folder of the last wave: earlier tiers, and changes of scores whose norms give a test-retest reliability" };
        var norms = new Option<string[]>("--norms") { Description = "Norm document, or the id of a shipped one: T scores, percentiles, and by its test-retest reliability what counts as a change. May be given again for another instrument" };
        var json = new Option<bool>("--json") { Description = "Prints the summary as JSON" };
        var forecast = new ForecastOptions();
        var command = new Command("survey", "From a survey file and a roster to tiers with reasons, the four-level network, coverage and warnings")
        {
            input, battery, roster, asOf, output, policy, events, calendar, wave, mapping, id, definitions, threads, previous, norms, json,
        };
        forecast.AddTo(command);
        command.SetAction(result =>
        {
            var trial = forecast.IsAsked(result);
            var folder = result.GetValue(output);
            if (folder is null && !trial)
            {
                throw new UsageException("Name the folder that is written: --out DIR. Or forecast without writing: --dry-run.");
            }

            var catalog = SharedOptions.Catalog(result.GetValue(definitions));
            var asked = SharedOptions.Battery(result.GetValue(battery)!, catalog);
            var day = result.GetValue(asOf) is { } text
                ? DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) ? parsed : throw new UsageException($"--as-of '{text}' is no day such as 2026-11-02.")
                : asked.Definition.AsOf ?? throw new UsageException("Name the day of the survey: --as-of 2026-11-02.");
            if (result.GetValue(threads) is < 1)
            {
                throw new UsageException("--threads is a number from 1 on.");
            }

            if (result.GetValue(previous) is { } last && !Directory.Exists(last))
            {
                throw new UsageException($"There is no folder '{last}'.");
            }

            var map = result.GetValue(mapping) is { } mappingFile ? SharedOptions.ReadFile(mappingFile) : null;
            foreach (var file in new[] { result.GetValue(input), result.GetValue(roster), result.GetValue(events) }.OfType<string>().Where(f => !File.Exists(f)))
            {
                throw new UsageException($"There is no file '{file}'.");
            }

            var request = new SurveyRequest
            {
                Scores = new ScoreRequest
                {
                    Input = result.GetValue(input)!,
                    Instruments = asked.Instruments,
                    Norms = SharedOptions.LoadNorms(result.GetValue(norms) ?? [], catalog, asked.Instruments),
                    Mapping = map is null ? new SurveyMapping() : SurveyMapping.Load(map, result.GetValue(mapping)!),
                    MappingHash = map is null ? null : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(map)),
                    IdColumn = result.GetValue(id),
                    Threads = result.GetValue(threads) ?? Environment.ProcessorCount,
                },
                Roster = result.GetValue(roster)!,
                Events = result.GetValue(events),
                Previous = result.GetValue(previous),
                Policy = result.GetValue(policy) is { } policyFile ? Policy.Load(SharedOptions.ReadFile(policyFile), policyFile, catalog) : asked.Policy,
                Calendar = result.GetValue(calendar) is { } calendarFile ? SchoolCalendar.Load(SharedOptions.ReadFile(calendarFile), calendarFile) : SchoolCalendar.Default,
                AsOf = day,
                Wave = result.GetValue(wave) ?? day.Year.ToString(CultureInfo.InvariantCulture),
                AllowDraft = true,
            };
            if (request.Policy.Definition.Population != asked.Definition.Population)
            {
                throw new UsageException($"The policy '{request.Policy.Id}' is for {ScalesCommand.Kebab(request.Policy.Definition.Population)} and the battery '{asked.Id}' for {ScalesCommand.Kebab(asked.Definition.Population)}: name a policy for the same people.");
            }

            BatteryText.Warn(Console.Error, asked);
            using var cancellation = new CancellationTokenSource();
            Console.CancelKeyPress += (_, e) =>
            {
                e.Cancel = true;
                cancellation.Cancel();
            };
            if (trial)
            {
                return forecast.Run(result, request, catalog, folder, result.GetValue(json), cancellation.Token);
            }

            SurveySummary summary;
            using (var progress = new ProgressLine())
            {
                summary = SurveyRun.Run(request, folder!, progress, cancellation.Token);
            }

            if (result.GetValue(json))
            {
                using var document = new JsonOutput();
                SurveyJson.Write(document.Writer, summary);
            }
            else
            {
                SurveyText.Write(Console.Out, summary);
            }

            return CodeOf(summary.Scores, summary.UnreadReports, summary.RosterProblems);
        });
        return command.WithExamples(
            "xinheng survey survey.csv --battery student-short --roster roster.csv --as-of 2026-11-02 --out results",
            "xinheng survey survey.csv --battery battery.json --roster roster.csv --events events.csv --policy policy.json --calendar calendar.json --out results",
            "xinheng survey survey.csv --battery battery.json --roster roster.csv --previous results-2025 --out results-2026",
            "xinheng survey pilot.csv --battery battery.json --roster roster.csv --dry-run --counsellor-hours 12",
            "xinheng survey pilot.csv --battery battery.json --roster roster.csv --dry-run --policy policy.json --compare stricter.json --out forecast");
    }

    /// <summary>What the process says of a survey, run or on trial.</summary>
    public static int CodeOf(ScoreSummary scores, int unreadReports, long rosterProblems) =>
        scores.CriticalUnreadable + unreadReports > 0 ? ExitCode.CriticalUnreadable
        : scores.UnreadableCells + scores.Quarantined + rosterProblems > 0 ? ExitCode.ProblemsFound
        : ExitCode.Done;
}
