using System.Globalization;
using Xinheng.Data;

namespace Xinheng.Cli;

/// <summary>The summary of a run for people: what could not be read first, then who was scored, then what was found.</summary>
internal static class SummaryText
{
    public static void Write(TextWriter output, ScoreSummary summary)
    {
        if (summary.CriticalUnreadable > 0)
        {
            output.WriteLine(Invariant($"!! {summary.CriticalUnreadable:N0} people have a critical answer that could not be read. Speak with them today. See quarantine.csv."));
            output.WriteLine();
        }

        output.WriteLine(Invariant($"Read {summary.Read:N0} rows: {summary.Scored:N0} scored, {summary.Quarantined:N0} set aside, {summary.Duplicates:N0} duplicates."));
        if (summary.UnreadableCells > 0)
        {
            output.WriteLine(Invariant($"{summary.UnreadableCells:N0} cells could not be read; the scores that use them have no value."));
        }

        foreach (var notice in summary.Notices)
        {
            output.WriteLine($"Note: {notice}.");
        }

        foreach (var instrument in summary.Instruments)
        {
            output.WriteLine();
            Write(output, instrument, summary.Scored);
        }

        if (summary.Files.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("Written:");
            foreach (var file in summary.Files)
            {
                output.WriteLine($"  {file}");
            }
        }

        output.WriteLine();
        output.WriteLine("A screen is not a diagnosis. 筛查结果不是诊断。");
    }

    private static void Write(TextWriter output, InstrumentSummary summary, long people)
    {
        var definition = summary.Instrument.Definition;
        output.WriteLine($"{definition.Abbreviation}  {definition.Name.En}  {definition.Name.ZhHans}");
        foreach (var score in summary.Bands.GroupBy(b => b.Score))
        {
            output.WriteLine($"  {score.Key}");
            foreach (var (_, band, count) in score)
            {
                var label = definition.BandLabels[band];
                output.WriteLine(Invariant($"    {count,10:N0}  {Share(count, people),6}  {label.En} {label.ZhHans}"));
            }
        }

        var statuses = summary.Statuses.Where(s => s.Status is not (ScoreStatus.Ok or ScoreStatus.Unconfirmed)).GroupBy(s => s.Status).ToArray();
        foreach (var status in statuses)
        {
            var most = status.Max(s => s.People);
            output.WriteLine(Invariant($"  {ScoreText.Of(status.Key)}: {most:N0} people at most in one score, {status.Count()} scores"));
        }

        foreach (var critical in summary.Critical.GroupBy(c => c.CriticalItem))
        {
            output.WriteLine($"  critical {critical.Key}: {string.Join(", ", critical.OrderByDescending(c => c.State == CriticalState.Yes).Select(c => Invariant($"{ScoreText.Of(c.State)} {c.People:N0}")))}");
        }

        output.WriteLine($"  answers: {string.Join(", ", summary.Validity.Select(v => Invariant($"{ScoreText.Of(v.Verdict)} {v.People:N0}")))}");
    }

    private static string Share(long count, long people) =>
        people == 0 ? "" : (100.0 * count / people).ToString("F1", CultureInfo.InvariantCulture) + " %";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
