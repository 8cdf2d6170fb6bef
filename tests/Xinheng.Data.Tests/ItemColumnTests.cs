namespace Xinheng.Data.Tests;

/// <summary>Item columns that are absent, blank or unreadable as a whole.</summary>
public sealed class ItemColumnTests
{
    private static readonly string[] PhqA = [.. Enumerable.Range(1, 13).Select(i => $"phqa_{i}")];

    [Theory]
    [InlineData(12)]
    [InlineData(13)]
    public void An_unscored_item_that_is_critical_must_have_a_column(int item)
    {
        var name = $"phqa_{item}";
        var csv = Csv(name);
        var problem = Assert.Single(SurveyRun.Refusal(csv, scales: "phq-a").Problems);
        Assert.Equal("column-missing", problem.Code);
        Assert.Contains($"1 of 11 items of phq-a have no column: {name}", problem.Found, StringComparison.Ordinal);
        using var run = SurveyRun.Of(csv, request => request with { Mapping = new() { NotAsked = [name] } }, "phq-a");
        Assert.Contains("not-asked", run["p"].Values);
    }

    [Fact]
    public void An_unscored_item_that_is_not_critical_may_be_absent()
    {
        using var run = SurveyRun.Of(Csv("phqa_10", "phqa_11"), scales: "phq-a");
        Assert.Equal(1, run.Summary.Scored);
    }

    [Theory]
    [InlineData("", "is blank in all 21 rows")]
    [InlineData("?", "could not be read in any of 21 rows")]
    [InlineData("7", "could not be read in any of 21 rows")]
    public void An_item_column_without_a_single_answer_is_noted(string cell, string words)
    {
        using var run = SurveyRun.Of(Phq9.Header + string.Concat(Enumerable.Range(0, 21).Select(i => Phq9.Row($"p{i}", "0", (9, cell)))));
        Assert.Equal($"column 10 (phq9_9) {words}: nobody has an answer to this item", Assert.Single(run.Summary.Notices, notice => notice.Contains("phq9_9", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_short_file_and_a_column_with_one_answer_are_not_noted()
    {
        using var small = SurveyRun.Of(Phq9.Header + string.Concat(Enumerable.Range(0, 20).Select(i => Phq9.Row($"p{i}", "0", (9, "")))));
        using var one = SurveyRun.Of(Phq9.Header + string.Concat(Enumerable.Range(0, 21).Select(i => Phq9.Row($"p{i}", "0", (9, i == 7 ? "0" : "?")))));
        Assert.All(small.Summary.Notices.Concat(one.Summary.Notices), notice => Assert.DoesNotContain("phq9_9", notice, StringComparison.Ordinal));
    }

    [Fact]
    public void Questions_that_the_form_asks_nobody_may_be_blank()
    {
        var csv = "id,cssrsscreener_1,cssrsscreener_2,cssrsscreener_3,cssrsscreener_4,cssrsscreener_5,cssrsscreener_6,cssrsscreener_6b\n"
            + string.Concat(Enumerable.Range(0, 30).Select(i => $"p{i},{i % 2},0,,,,0,\n"));
        using var run = SurveyRun.Of(csv, scales: "c-ssrs-screener");
        Assert.All(run.Summary.Notices, notice => Assert.DoesNotContain("blank", notice, StringComparison.Ordinal));
    }

    private static string Csv(params string[] without)
    {
        var columns = PhqA.Except(without).ToArray();
        return $"id,{string.Join(',', columns)}\np,{string.Join(',', columns.Select(_ => "0"))}\n";
    }
}
