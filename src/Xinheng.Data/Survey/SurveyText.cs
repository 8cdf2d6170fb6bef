using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>The summary of a survey for a school: what must not wait, who was reached, tiers, what could not be read.</summary>
public static class SurveyText
{
    /// <summary>Writes the summary. Counts only: nothing in it is about one person.</summary>
    public static void Write(TextWriter output, SurveySummary summary)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(summary);
        WriteDraft(output, summary.Policy);
        if (summary.Scores.CriticalUnreadable > 0)
        {
            output.WriteLine(Invariant($"!! Critical answers that could not be read: {summary.Scores.CriticalUnreadable:N0}. Speak with them today: 'unreadable' in scores.csv, whole rows in quarantine.csv. 关键题答案无法读取，请当日面谈。"));
        }

        if (summary.UnreadReports > 0)
        {
            output.WriteLine(Invariant($"!! Reports that could not be read in full: {summary.UnreadReports:N0}. Somebody must read them today. 有报告无法识别，请当日查看。"));
        }

        var all = summary.Everybody;
        output.WriteLine(Invariant($"Survey of {summary.AsOf:yyyy-MM-dd}: {all.Enrolled:N0} enrolled, {all.Eligible:N0} eligible, {all.Consented:N0} consented, {all.Answered:N0} answered, {all.Valid:N0} valid."));
        output.WriteLine(Invariant($"Coverage 覆盖率: {(all.Coverage is { } coverage ? coverage.ToDouble() * 100 : 0):F1} % of those eligible have valid answers; {all.ToBeScreened:N0} are still to be screened (coverage.csv)."));
        output.WriteLine($"Units 单位: {string.Join(", ", summary.Units.Select(u => Invariant($"{u.Units:N0} {Word(u.Level, u.Units)}")))}.");
        if (summary.Unassigned > 0)
        {
            output.WriteLine(Invariant($"Not on the roster 名册外: {summary.Unassigned:N0} people. They have tiers, stand in no unit, and are listed in warnings/psychologist/not-on-the-roster.jsonl."));
        }

        output.WriteLine();
        output.WriteLine("Tiers 分级");
        foreach (var tier in new[] { Tier.Red, Tier.Orange, Tier.Yellow, Tier.Blue, Tier.Green, Tier.Unknown })
        {
            var name = PolicyText.NameOf(tier);
            output.WriteLine(Invariant($"  {all.Of(tier),10:N0}  {Share(all.Of(tier), all.Enrolled),6}  {name.En} {name.ZhHans}"));
        }

        if (summary.Changes.Count > 0)
        {
            int People(Func<(Tier Before, Tier Now, int People), bool> which) => summary.Changes.Where(which).Sum(c => c.People);
            var wasHigh = People(c => c.Before >= Tier.Orange);
            output.WriteLine();
            output.WriteLine(Invariant($"Since the last wave 与上次相比: {People(c => c.Now > c.Before):N0} higher 升高, {People(c => c.Now == c.Before):N0} the same 不变, {People(c => c.Now < c.Before && c.Now != Tier.Unknown):N0} lower 降低, {People(c => c.Now == Tier.Unknown):N0} unknown now 本次未知."));
            output.WriteLine(Invariant($"  Of {wasHigh:N0} who were orange or red, {People(c => c.Before >= Tier.Orange && c.Now == Tier.Unknown):N0} are unknown now: reach them. 上次橙色、红色者中本次未知的须主动联系。"));
            output.WriteLine("  A lower tier ends no care by itself. 等级降低不等于可以结束关注。");
        }

        output.WriteLine();
        output.WriteLine("To do 待办");
        foreach (var (within, people) in summary.Urgency)
        {
            output.WriteLine(Invariant($"  {people,10:N0}  {within.Text.En} {within.Text.ZhHans}"));
        }

        foreach (var (kind, units) in summary.UnitWarnings)
        {
            output.WriteLine(kind switch
            {
                UnitWarningKind.Coverage => Invariant($"  {units,10:N0}  units with too few valid answers to be called low 覆盖率不足的单位"),
                UnitWarningKind.DormitoryCluster => Invariant($"  {units,10:N0}  dormitories to review together 需集体研判的宿舍"),
                _ => Invariant($"  {units,10:N0}  schools with red people not seen in time 超时未处置的学校"),
            });
        }

        output.WriteLine();
        output.WriteLine(Invariant($"Read {summary.Scores.Read:N0} rows: {summary.Scores.Scored:N0} scored, {summary.Scores.Quarantined:N0} set aside, {summary.Scores.Duplicates:N0} duplicates; {summary.Scores.UnreadableCells:N0} cells could not be read."));
        if (summary.RosterProblems > 0)
        {
            output.WriteLine(Invariant($"Roster and reports: {summary.RosterProblems:N0} cells or rows could not be used as they stand (quarantine.csv)."));
        }

        foreach (var notice in summary.Scores.Notices)
        {
            output.WriteLine($"Note: {notice}.");
        }

        if (summary.NotAsked.Count > 0)
        {
            output.WriteLine($"Not asked of anybody, so not so for the rules: {string.Join(", ", summary.NotAsked)}.");
        }

        output.WriteLine();
        output.WriteLine($"Written: {summary.Folder}");
        output.WriteLine("A screen is not a diagnosis. 筛查结果不是诊断。");
    }

    /// <summary>Says that a policy is a draft, where it is one.</summary>
    internal static void WriteDraft(TextWriter output, Policy policy)
    {
        if (policy.IsDraft)
        {
            output.WriteLine($"DRAFT: nobody has signed the policy '{policy}'. Its tiers are a proposal, not a decision.");
            output.WriteLine("草案：该分级政策尚无专业人员签署，结果仅供参考。");
            output.WriteLine();
        }
    }

    private static string Word(UnitLevel level, int count) => (level, count) switch
    {
        (UnitLevel.Class, 1) => "class",
        (UnitLevel.Class, _) => "classes",
        (UnitLevel.Dormitory, 1) => "dormitory",
        (UnitLevel.Dormitory, _) => "dormitories",
        (UnitLevel.County, 1) => "county",
        (UnitLevel.County, _) => "counties",
        (UnitLevel.City, 1) => "city",
        (UnitLevel.City, _) => "cities",
        (_, 1) => level.ToString().ToLowerInvariant(),
        _ => level.ToString().ToLowerInvariant() + "s",
    };

    private static string Share(int count, int people) =>
        people == 0 ? "" : (100.0 * count / people).ToString("F1", System.Globalization.CultureInfo.InvariantCulture) + " %";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
