namespace Xinheng.Data.Tests;

/// <summary>Several rows of one person: one counts, and the worst critical answer of all of them stands.</summary>
public sealed class DuplicateTests
{
    [Fact]
    public void Every_row_of_a_person_is_explained_with_its_place()
    {
        using var folder = new TempFolder();
        var request = SurveyRun.RequestFor(folder.Write("survey.csv", Phq9.Header + Phq9.Row("p", "0") + Phq9.Row("q") + Phq9.Row("p", "1")));
        var rows = SurveyExplainer.Find(request, "p");
        Assert.Equal([(2L, 0), (4L, 9)], rows.Select(row => (row.Row, (int)row.Explanation.Scores[0].Result.Exact!.Value.ToDouble())));
    }

    // Invalid because most is blank; then complete; then complete and other.
    private static readonly string Rows =
        Phq9.Header
        + Phq9.Row("p", "", (1, "3"))
        + Phq9.Row("other", "2")
        + Phq9.Row("p", "1", (9, "0"), (3, "0"), (2, "2"))
        + Phq9.Row("p", "0", (4, "1"), (6, "2"));

    [Fact]
    public void A08_Identical_rows_of_a_person_count_once()
    {
        using var run = SurveyRun.Of(Phq9.Header + Phq9.Row("p", "1") + Phq9.Row("q") + Phq9.Row("p", "1") + Phq9.Row("p", "1"));
        Assert.Equal((4, 2, 0, 2), (run.Summary.Read, run.Summary.Scored, run.Summary.Quarantined, run.Summary.Duplicates));
        Assert.Equal(["p", "q"], run.Scores.Select(row => row["id"]));
        Assert.Equal([("4", "duplicate-identical"), ("5", "duplicate-identical")], run.Quarantine.Select(entry => (entry["row"], entry["code"])));
    }

    [Theory]
    [InlineData(DuplicateRule.First, "", "too-few-answers", "other")]
    [InlineData(DuplicateRule.Last, "3", "ok", "p")]
    [InlineData(DuplicateRule.BestValid, "8", "ok", "p")]
    public void A08_The_rule_decides_which_of_several_rows_counts(DuplicateRule rule, string total, string status, string lastId)
    {
        using var run = SurveyRun.Of(Rows, With(rule));
        Assert.Equal((total, status), (run["p"]["phq9_total"], run["p"]["phq9_total_status"]));
        Assert.Equal((4, 2, 2), (run.Summary.Read, run.Summary.Scored, run.Summary.Duplicates));
        Assert.Equal(lastId, run.Scores[^1]["id"]);
        Assert.All(run.Quarantine, entry => Assert.Equal("duplicate-conflict", entry["code"]));
    }

    [Fact]
    public void A08_A_file_with_duplicates_is_refused_where_the_rule_says_so()
    {
        var problem = Assert.Single(SurveyRun.Refusal(Rows, With(DuplicateRule.Refuse)).Problems);
        Assert.Equal(("duplicates", 4L), (problem.Code, problem.Row));
        Assert.Equal("1 people have more than one row, 2 rows in all beyond the first", problem.Found);
    }

    [Theory]
    [InlineData(DuplicateRule.First)]
    [InlineData(DuplicateRule.Last)]
    [InlineData(DuplicateRule.BestValid)]
    public void A08_The_worst_critical_answer_stands_whatever_the_rule(DuplicateRule rule)
    {
        foreach (var raised in new[] { 0, 1, 2 })
        {
            var rows = Enumerable.Range(0, 3).Select(i => Phq9.Row("p", "1", (9, i == raised ? "2" : "0"), (1, $"{i}"))).ToArray();
            using var run = SurveyRun.Of(Phq9.Header + string.Concat(rows), With(rule));
            Assert.Equal(("yes", "yes"), (run["p"]["phq9_critical_suicidal_ideation"], run["p"]["phq9_critical_frequent_suicidal_ideation"]));
        }
    }

    [Theory]
    [InlineData(DuplicateRule.First)]
    [InlineData(DuplicateRule.Last)]
    [InlineData(DuplicateRule.BestValid)]
    public void A08_A_critical_answer_that_cannot_be_read_is_not_lost_with_its_row(DuplicateRule rule)
    {
        foreach (var broken in new[] { 0, 1 })
        {
            var rows = Enumerable.Range(0, 2).Select(i => Phq9.Row("p", "1", (9, i == broken ? "?" : "0"))).ToArray();
            using var run = SurveyRun.Of(Phq9.Header + string.Concat(rows) + Phq9.Row("q"), With(rule));
            Assert.Equal("unreadable", run["p"]["phq9_critical_suicidal_ideation"]);
            Assert.Equal((1, 1), (run.Summary.CriticalUnreadable, run.Summary.UnreadableCells));
            Assert.Contains(run.Quarantine, entry => (entry["row"], entry["column"], entry["code"]) == ($"{broken + 2}", "phq9_9", "unreadable"));
        }
    }

    [Theory]
    [InlineData("0", "", "no")]
    [InlineData("", "0", "unknown")]
    public void A08_A_blank_of_another_row_is_no_answer_to_put_in_place_of_the_one_that_counts(string kept, string dropped, string state)
    {
        using var run = SurveyRun.Of(Phq9.Header + Phq9.Row("p", "1", (9, kept)) + Phq9.Row("p", "1", (9, dropped)));
        Assert.Equal(state, run["p"]["phq9_critical_suicidal_ideation"]);
    }

    [Fact]
    public void A08_A_raised_critical_answer_stands_beside_one_that_cannot_be_read()
    {
        using var run = SurveyRun.Of(Phq9.Header + Phq9.Row("p", "1", (9, "?")) + Phq9.Row("p", "1", (9, "3")));
        Assert.Equal("yes", run["p"]["phq9_critical_suicidal_ideation"]);
    }

    [Fact]
    public void A08_Duplicates_in_different_blocks_are_one_person()
    {
        var csv = Phq9.Header + Phq9.Row("p", "0") + string.Concat(Enumerable.Range(0, 30).Select(i => Phq9.Row($"x{i}"))) + Phq9.Row("p", "0", (9, "1"));
        using var run = SurveyRun.Of(csv, request => request with { BlockSize = 1 });
        Assert.Equal(("0", "yes"), (run["p"]["phq9_total"], run["p"]["phq9_critical_suicidal_ideation"]));
        Assert.Equal(31, run.Scores.Count);
    }

    [Theory]
    [InlineData("0,0,0,0,0,0,0", "1,1,1,1,1,1,1", "3")]
    [InlineData("1,1,1,1,1,1,1", "0,0,0,0,0,0,0", "3")]
    [InlineData("0,0,0,0,0,0,0", "1,0,0,0,0,0,0", "1")]
    [InlineData("0,0,0,0,0,0,0", "0,0,0,0,0,?,0", "unreadable")]
    [InlineData("0,?,0,0,0,0,0", "1,1,1,1,1,1,1", "3")]
    [InlineData("0,?,0,0,0,0,0", "0,0,0,0,0,0,0", "unreadable")]
    [InlineData("0,0,0,0,0,0,0", ",,,,,,", "0")]
    public void A08_A_level_is_the_worst_of_any_row_where_the_critical_answers_are(string first, string second, string level)
    {
        const string Header = "id,cssrsscreener_1,cssrsscreener_2,cssrsscreener_3,cssrsscreener_4,cssrsscreener_5,cssrsscreener_6,cssrsscreener_6b\n";
        foreach (var blockSize in new[] { 1, 100 })
        {
            using var run = SurveyRun.Of($"{Header}p,{first}\nq,0,0,0,0,0,0,0\np,{second}\n", request => request with { BlockSize = blockSize, Bounds = true }, "c-ssrs-screener");
            using var alone = SurveyRun.Of($"{Header}p,{(level is "unreadable" ? first.Contains('?', StringComparison.Ordinal) ? first : second : first.StartsWith('1') || level is "0" ? first : second)}\n", request => request with { Bounds = true }, "c-ssrs-screener");
            foreach (var column in new[] { "", "_status", "_lowest", "_highest" })
            {
                Assert.Equal(alone["p"]["cssrsscreener_triage" + column], run["p"]["cssrsscreener_triage" + column]);
            }

            Assert.Equal(level, run["p"]["cssrsscreener_triage"] is { Length: > 0 } value ? value : run["p"]["cssrsscreener_triage_status"]);
            Assert.Equal("0", run["q"]["cssrsscreener_triage"]);
        }
    }

    private static Func<ScoreRequest, ScoreRequest> With(DuplicateRule rule) => request => request with { Mapping = new() { Duplicates = rule } };
}
