using System.Globalization;

namespace Xinheng.Data;

/// <summary>The summary of a run for people: what could not be read first, then who was scored, then what was found.</summary>
public static class SummaryText
{
    /// <summary>Writes the summary. Counts only: nothing in it is about one person.</summary>
    public static void Write(TextWriter output, ScoreSummary summary)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(summary);
        if (summary.CriticalUnreadable > 0)
        {
            output.WriteLine(Invariant($"!! Critical answers that could not be read: {People(summary.CriticalUnreadable)}. Speak with them today."));
            if (summary.Files.Count > 0)
            {
                output.WriteLine("   They have 'unreadable' in a critical column of the scores, or their row is in the quarantine file.");
                output.WriteLine("   关键题答案无法读取，请当日与本人面谈：见成绩表中标为 unreadable 的关键题列，或隔离文件中的整行。");
            }
            else
            {
                output.WriteLine("   They have 'unreadable' in a critical column of the scores, or their row was set aside: score into a file to get the list of those rows.");
                output.WriteLine("   关键题答案无法读取，请当日与本人面谈：见成绩表中标为 unreadable 的关键题列；整行被隔离者，请输出到文件以取得清单。");
            }

            output.WriteLine();
        }

        output.WriteLine(Invariant($"Read {Count(summary.Read, "row")}: {summary.Scored:N0} scored, {summary.Quarantined:N0} set aside, {Count(summary.Duplicates, "duplicate")}."));
        if (summary.UnreadableCells > 0)
        {
            output.WriteLine(Invariant($"Cells that could not be read: {summary.UnreadableCells:N0}; the scores that use them have no value."));
        }

        if (summary.UnreadableCells + summary.Quarantined > 0)
        {
            output.WriteLine(summary.Files.FirstOrDefault(file => file.EndsWith(".quarantine.csv", StringComparison.Ordinal)) is { } quarantine
                ? $"Row, column and cause of each are in {quarantine}."
                : "Score into a file to get the row, column and cause of each.");
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

        foreach (var status in summary.Statuses.Where(s => s.Status != ScoreStatus.Ok).GroupBy(s => s.Status))
        {
            output.WriteLine($"  {Meaning(status.Key)}: {Range(status.Select(s => s.People))}");
        }

        WriteNorms(output, summary);
        foreach (var critical in summary.Critical.GroupBy(c => c.CriticalItem))
        {
            output.WriteLine($"  critical {critical.Key}: {string.Join(", ", critical.OrderByDescending(c => c.State == CriticalState.Yes).Select(c => Invariant($"{ScoreText.Of(c.State)} {c.People:N0}")))}");
        }

        output.WriteLine($"  answers: {string.Join(", ", summary.Validity.Select(v => Invariant($"{ScoreText.Of(v.Verdict)} {v.People:N0}")))}");
    }

    private static void WriteNorms(TextWriter output, InstrumentSummary summary)
    {
        if (summary.Norms is not { } norms)
        {
            return;
        }

        output.WriteLine(Invariant($"  norms: {norms}, {norms.Document.Population.En} {norms.Document.Population.ZhHans}, n {(norms.Document.SampleSize is { } people ? $"= {people}" : "not told")}"));
        foreach (var warning in norms.Document.Warnings)
        {
            output.WriteLine($"    ! {warning.En}");
            output.WriteLine($"      {warning.ZhHans}");
        }

        foreach (var status in summary.NormStatuses.Where(s => s.Status != NormStatus.Ok).GroupBy(s => s.Status))
        {
            output.WriteLine($"    {Meaning(status.Key)}: {Range(status.Select(s => s.People))}");
        }
    }

    private static string Range(IEnumerable<long> counts)
    {
        long[] people = [.. counts];
        var (most, least) = (people.Max(), people.Min());
        return (most == least ? Invariant($"{most:N0}") : Invariant($"{least:N0} to {most:N0}")) + (people.Length > 1 ? Invariant($", in {people.Length} scores") : "");
    }

    private static string Meaning(NormStatus status) => status switch
    {
        NormStatus.Unconfirmed => "the norm is not confirmed 常模未经证实",
        NormStatus.NoGroup => "sex or age not known, or no group fits: no norm score 性别或年龄不详，或无适用组：无常模分",
        NormStatus.NoNorm => "the group has no norm for the score 该组无此分数的常模",
        NormStatus.OutsideTable => "the table does not cover the value 分数超出常模表范围",
        _ => "no score to compare 无分数可比较",
    };

    private static string Meaning(ScoreStatus status) => status switch
    {
        ScoreStatus.Prorated or ScoreStatus.ProratedUnconfirmed => "completed by the missing-answer rule 按缺失规则推算",
        ScoreStatus.Unconfirmed => "rests on a fact that is not confirmed 依据未经证实",
        ScoreStatus.OutsidePopulation => "outside the instrument's population, no band 不在适用人群，不分级",
        ScoreStatus.NoBandGroup => "sex or age not known, no band 性别或年龄不详，不分级",
        ScoreStatus.TooFewAnswers => "too few answers, no score 作答过少，无分数",
        ScoreStatus.CodeOutOfRange => "an answer is a code the item does not have, no score 答案编码无效，无分数",
        ScoreStatus.Unreadable => "an answer cannot be read, no score 答案无法读取，无分数",
        ScoreStatus.NotAsked => "not asked 未施测",
        _ => "no score is defined for these answers 无法计算",
    };

    private static string Count(long count, string what) => Invariant($"{count:N0} {what}{(count == 1 ? "" : "s")}");

    private static string People(long count) => count == 1 ? "1 person" : Invariant($"{count:N0} people");

    private static string Share(long count, long people) =>
        people == 0 ? "" : (100.0 * count / people).ToString("F1", CultureInfo.InvariantCulture) + " %";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
