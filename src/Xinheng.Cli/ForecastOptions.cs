using System.CommandLine;
using Xinheng.Data;

namespace Xinheng.Cli;

/// <summary><c>xinheng survey --dry-run</c>: what a policy would lead to, before it decides anything.</summary>
internal sealed class ForecastOptions
{
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Decides nothing and tells nobody: forecasts people by tier, hours and the first five school days" };
    private readonly Option<string?> _compare = new("--compare") { Description = "With --dry-run: a second policy file, side by side with the first" };
    private readonly Option<string?> _hours = new("--counsellor-hours") { Description = "With --dry-run: hours per school day of all who talk with these people together, such as 12 or 7.5" };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _dryRun, _compare, _hours })
        {
            command.Options.Add(option);
        }
    }

    public bool IsAsked(ParseResult result)
    {
        if (result.GetValue(_dryRun))
        {
            return true;
        }

        foreach (var option in new Option[] { _compare, _hours }.Where(option => result.GetResult(option) is { Implicit: false }))
        {
            throw new UsageException($"{option.Name} belongs to a forecast: add --dry-run.");
        }

        return false;
    }

    public int Run(ParseResult result, SurveyRequest survey, InstrumentCatalog catalog, string? folder, bool json, CancellationToken cancellation)
    {
        var compare = result.GetValue(_compare) is { } file ? Policy.Load(SharedOptions.ReadFile(file), file, catalog) : null;
        if (compare is not null && compare.Definition.Population != survey.Policy.Definition.Population)
        {
            throw new UsageException($"--compare '{compare}' is for another population than '{survey.Policy}': their people cannot be compared.");
        }

        var request = new ForecastRequest { Survey = survey, Compare = compare, CounsellorHoursPerDay = Hours(result.GetValue(_hours)) };
        ForecastSummary summary;
        using (var progress = new ProgressLine())
        {
            summary = ForecastRun.Run(request, folder, progress, cancellation);
        }

        if (json)
        {
            using var output = new JsonOutput();
            ForecastJson.Write(output.Writer, summary);
        }
        else
        {
            ForecastText.Write(Console.Out, summary);
        }

        return SurveyCommand.CodeOf(summary.Scores, summary.UnreadReports, summary.RosterProblems);
    }

    private static Rational? Hours(string? text) =>
        text is null ? null
        : Rational.TryParse(text, out var hours) && hours > 0 && hours <= 1_000_000 && 100 % hours.Denominator == 0 ? hours
        : throw new UsageException($"--counsellor-hours '{text}' is no number of hours above 0 such as 12 or 7.5, at most 1000000, with at most two decimals.");
}
