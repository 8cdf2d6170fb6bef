using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>A forecast for the head of a school: people by tier, hours, the first five school days, two policies side by side.</summary>
public static class ForecastText
{
    private static readonly Tier[] Tiers = [Tier.Red, Tier.Orange, Tier.Yellow, Tier.Blue, Tier.Green, Tier.Unknown];

    /// <summary>Writes the forecast. Counts only: nothing in it is about one person.</summary>
    public static void Write(TextWriter output, ForecastSummary summary)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(summary);
        var forecast = summary.Forecast;
        foreach (var policy in new[] { forecast, summary.Compared }.OfType<PolicyForecast>().Select(f => f.Policy).DistinctBy(p => p.Hash))
        {
            SurveyText.WriteDraft(output, policy);
        }

        output.WriteLine("Forecast 预测: nothing was decided, and nobody was told. 仅为试算，未作任何决定，也未通知任何人。");
        if (summary.Scores.CriticalUnreadable > 0)
        {
            output.WriteLine(Invariant($"!! Critical answers that could not be read: {summary.Scores.CriticalUnreadable:N0}. Speak with these people today; a run without --dry-run lists them. 关键题答案无法读取，请当日面谈。"));
        }

        if (summary.UnreadReports > 0)
        {
            output.WriteLine(Invariant($"!! Reports that could not be read in full: {summary.UnreadReports:N0}. Somebody must read them today. 有报告无法识别，请当日查看。"));
        }

        output.WriteLine(Invariant($"Survey of {forecast.AsOf:yyyy-MM-dd}: {forecast.Answered:N0} have answered; {forecast.Waiting:N0} still to answer are predicted from them; {forecast.LeftOut:N0} on leave or not on the roster are left out."));
        output.WriteLine(Invariant($"已作答{forecast.Answered:N0}人；未作答{forecast.Waiting:N0}人按已作答者推算；休学或名册外且无作答的{forecast.LeftOut:N0}人不计入。"));
        if (forecast.Waiting > 0)
        {
            output.WriteLine("If whole classes have answered and others not at all, the truth may well lie outside the ranges. 若仅部分班级作答，实际人数可能超出所示区间。");
        }

        WriteForecast(output, forecast);
        if (summary.Compared is { } compared && summary.Comparison is { } comparison)
        {
            WriteForecast(output, compared);
            WriteComparison(output, forecast, compared, comparison);
        }

        output.WriteLine();
        output.WriteLine("Now: decided so far. Expected: when everybody has answered; 90 %: its range. Hours: talks, by the minutes per person of the policy.");
        output.WriteLine("now 已评定人数；expected 全部作答后的预计人数；90 % 区间；share 占比；hours 面谈工时（按政策规定的人均分钟数）。");
        if (summary.Scores.UnreadableCells + summary.Scores.Quarantined + summary.RosterProblems > 0)
        {
            output.WriteLine(Invariant($"Not usable as they stand: {summary.Scores.Quarantined:N0} rows and {summary.Scores.UnreadableCells:N0} cells of answers, {summary.RosterProblems:N0} of roster and reports. 无法使用的数据。"));
        }

        foreach (var notice in summary.Scores.Notices)
        {
            output.WriteLine($"Note: {notice}.");
        }

        if (summary.NotAsked.Count > 0)
        {
            output.WriteLine($"Not asked of anybody, so not so for the rules: {string.Join(", ", summary.NotAsked)}.");
        }

        output.WriteLine(summary.Folder is null ? "Nothing was written. 未写入任何文件。" : $"Written: {summary.Folder}");
        output.WriteLine("A screen is not a diagnosis. 筛查结果不是诊断。");
    }

    private static void WriteForecast(TextWriter output, PolicyForecast forecast)
    {
        output.WriteLine();
        output.WriteLine($"Policy 政策: {forecast.Policy}");
        output.WriteLine("       now  expected           90 %    share     hours");
        foreach (var tier in forecast.Tiers)
        {
            var name = PolicyText.NameOf(tier.Tier);
            output.WriteLine(Invariant($"{tier.Decided,10:N0}{tier.Expected.ToDouble(),10:N1}{Invariant($"{tier.Low:N0}-{tier.High:N0}"),15}{Share(tier.Expected, forecast.People),9}{(tier.MinutesPerPerson == 0 ? "" : Number(tier.Hours)),10}  {name.En} {name.ZhHans}{(tier.MinutesPerPerson == 0 ? "" : Invariant($", {tier.MinutesPerPerson} min"))}"));
        }

        output.WriteLine(Invariant($"{forecast.People - forecast.Waiting,10:N0}{forecast.People,10:N0}{"",24}{Number(forecast.Hours),10}  together 合计"));
        output.WriteLine();
        if (forecast.FirstDays is not { } days)
        {
            output.WriteLine("The calendar has fewer than five school days from the day of the survey on: no red line can be drawn. 校历中施测日起不足五个教学日，无法划定红线。");
            return;
        }

        output.WriteLine(Invariant($"First five school days 前五个教学日 ({days})"));
        output.WriteLine(Invariant($"{Number(days.People),10}  people with something due 到期须处置的人数"));
        output.WriteLine(Invariant($"{Number(days.Hours),10}  hours of talk are due 到期面谈工时"));
        if (days.StaffedHours is not { } staffed)
        {
            output.WriteLine("            Hours there are: not given (--counsellor-hours). 未提供可用工时。");
            return;
        }

        output.WriteLine(Invariant($"{Number(staffed),10}  hours are there 可用工时 ({Number(days.CounsellorHoursPerDay!.Value)} x {FirstSchoolDays.Count})"));
        if (days is { HoursOver: { } over, Remedy: { } remedy })
        {
            output.WriteLine(Invariant($"{Number(over),10}  hours too few: RED LINE CROSSED 工时不足，已越红线"));
            output.WriteLine($"!! {remedy.En}");
            output.WriteLine($"!! {remedy.ZhHans}");
        }
        else
        {
            output.WriteLine("            Within the red line. 未越红线。");
        }
    }

    private static void WriteComparison(TextWriter output, PolicyForecast first, PolicyForecast second, PolicyComparison comparison)
    {
        output.WriteLine();
        output.WriteLine($"Side by side 两种政策对比: A = {first.Policy}, B = {second.Policy}");
        output.WriteLine("expected A         B      more   hours A         B      more");
        foreach (var tier in Tiers)
        {
            var name = PolicyText.NameOf(tier);
            Row(first[tier].Expected, second[tier].Expected, first[tier].Hours, second[tier].Hours, $"{name.En} {name.ZhHans}");
        }

        Row(first.People, second.People, first.Hours, second.Hours, "together 合计");
        if (first.FirstDays is { } a && second.FirstDays is { } b)
        {
            Row(a.People, b.People, a.Hours, b.Hours, "due in the first five school days 前五个教学日到期");
        }

        output.WriteLine();
        output.WriteLine("Who moves 等级变动: from A (rows) to B (columns) 行为A，列为B");
        output.WriteLine(string.Concat(Tiers.Select(tier => $"{PolicyText.Of(tier),10}")));
        foreach (var tier in Tiers)
        {
            var name = PolicyText.NameOf(tier);
            output.WriteLine(string.Concat(Tiers.Select(to => Invariant($"{comparison[tier, to],10:N0}"))) + $"  {name.En} {name.ZhHans}");
        }

        output.WriteLine(Invariant($"{comparison.Higher,10:N0}  higher with B 升高"));
        output.WriteLine(Invariant($"{comparison.Lower,10:N0}  lower with B 降低"));
        output.WriteLine(Invariant($"{comparison.People - comparison.Changes.Count,10:N0}  the same 不变"));

        void Row(Rational peopleA, Rational peopleB, Rational hoursA, Rational hoursB, string what) =>
            output.WriteLine($"{Number(peopleA),10}{Number(peopleB),10}{More(peopleB - peopleA),10}{Number(hoursA),10}{Number(hoursB),10}{More(hoursB - hoursA),10}  {what}");
    }

    private static string Number(Rational value) => Invariant($"{value.ToDouble():N1}");

    private static string More(Rational value) => Invariant($"{value.ToDouble():+#,0.0;-#,0.0;0}");

    private static string Share(Rational people, int all) => Invariant($"{100 * people.ToDouble() / all:F1} %");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
