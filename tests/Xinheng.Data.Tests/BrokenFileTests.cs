using System.Text;

namespace Xinheng.Data.Tests;

/// <summary>Files that are broken as a whole, or in places: what a run makes of them.</summary>
public sealed class BrokenFileTests
{
    [Fact]
    public void B15_Chinese_text_in_another_encoding_than_declared_is_refused_with_the_place_of_the_byte()
    {
        var bytes = TextEncoding.Gb18030.Encoding.GetBytes(Phq9.Header.TrimEnd() + ",班级\n" + Phq9.Row("p").TrimEnd() + ",高一（3）班\n");
        var refusal = SurveyRun.Refusal(bytes, "survey.csv", request => request with { Encoding = "utf-8" });
        Assert.Equal("encoding", Assert.Single(refusal.Problems).Code);
        Assert.Matches("offset [0-9]+", refusal.Message);
    }

    [Fact]
    public void B15_Chinese_text_in_gb18030_is_read_when_declared_or_when_every_heading_is_found_in_it()
    {
        var bytes = TextEncoding.Gb18030.Encoding.GetBytes(Phq9.Header.TrimEnd() + ",班级\n" + Phq9.Row("p").TrimEnd() + ",高一（3）班\n");
        using var declared = SurveyRun.Of(bytes, "survey.csv", request => request with { Encoding = "gb18030" });
        using var found = SurveyRun.Of(bytes, "survey.csv");
        Assert.Equal("高一（3）班", declared["p"]["班级"]);
        Assert.Equal("高一（3）班", found["p"]["班级"]);
    }

    [Theory]
    [InlineData("utf-8", true, null, null)]
    [InlineData("utf-16le", true, null, null)]
    [InlineData("utf-16le", false, "utf-16le", null)]
    [InlineData("utf-16le", false, null, "encoding")]
    [InlineData("utf-8", false, "utf-7", "encoding-name")]
    [InlineData("utf-8", false, "no-such-name", "encoding-name")]
    [InlineData("utf-8", true, "gb18030", "encoding-conflict")]
    public void B16_Marks_and_declarations_of_the_encoding_are_kept_to(string encoding, bool mark, string? declared, string? code)
    {
        var text = Encoding.GetEncoding(encoding == "utf-16le" ? "utf-16" : "utf-8");
        byte[] bytes = [.. mark ? text.GetPreamble() : [], .. text.GetBytes(Phq9.Header + Phq9.Row("李", "1"))];
        if (code is null)
        {
            using var run = SurveyRun.Of(bytes, "survey.csv", request => request with { Encoding = declared });
            Assert.Equal("9", run["李"]["phq9_total"]);
        }
        else
        {
            Assert.Equal(code, SurveyRun.Refusal(bytes, "survey.csv", request => request with { Encoding = declared }).Problems[0].Code);
        }
    }

    [Fact]
    public void B17_A_quotation_mark_that_never_closes_costs_one_row_and_is_listed_with_it()
    {
        using var run = SurveyRun.Of(Phq9.Header + Phq9.Row("a") + "b,\"0,0,0,0,0,0,0,0,0\n" + Phq9.Row("c", "1"));
        Assert.Equal(("csv-quote", "3"), (run.Quarantine[0]["code"], run.Quarantine[0]["row"]));
        Assert.Equal(run.Summary.Read, run.Summary.Scored + run.Summary.Quarantined + run.Summary.Duplicates);
        Assert.Equal(run.Summary.Quarantined, run.Summary.CriticalUnreadable);
    }

    [Fact]
    public void B18_Rows_and_lines_are_counted_apart_when_a_field_holds_line_breaks()
    {
        var csv = Phq9.Header.TrimEnd() + ",note\r\n"
            + Phq9.Row("a").TrimEnd() + ",\"one\ntwo\u2028three\"\r"
            + Phq9.Row("b", "0", (9, "?")).TrimEnd() + ",plain\n";
        using var run = SurveyRun.Of(csv);
        Assert.Equal("one\ntwo\u2028three", run["a"]["note"]);
        var entry = Assert.Single(run.Quarantine);
        Assert.Equal(("3", "4"), (entry["row"], entry["line"]));
    }

    [Theory]
    [InlineData(',', null)]
    [InlineData(';', null)]
    [InlineData('\t', null)]
    [InlineData('，', "csv-dialect")]
    [InlineData('|', "column-missing")]
    public void B19_The_delimiter_is_one_of_three_and_never_guessed(char delimiter, string? code)
    {
        var csv = (Phq9.Header + Phq9.Row("p", "1")).Replace(',', delimiter);
        if (code is null)
        {
            using var run = SurveyRun.Of(csv);
            Assert.Equal("9", run["p"]["phq9_total"]);
        }
        else
        {
            Assert.Equal(code, SurveyRun.Refusal(csv).Problems[0].Code);
        }
    }

    [Theory]
    [InlineData("", "input-empty")]
    [InlineData("id,phq9_1,phq9_2,phq9_3,phq9_4,phq9_5,phq9_6,phq9_7,phq9_8,phq9_9", "no-records")]
    [InlineData("\n\n\n\n", "no-header")]
    [InlineData("id,\"phq9_1", "csv-quote")]
    public void B21_A_file_without_people_is_refused(string csv, string code) =>
        Assert.Equal(code, Assert.Single(SurveyRun.Refusal(csv).Problems).Code);

    [Fact]
    public void B21_More_columns_than_the_limit_are_refused() =>
        Assert.Equal("too-many-columns", Assert.Single(SurveyRun.Refusal(string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"c{i}")) + "\n").Problems).Code);

    [Fact]
    public void B21_Long_records_and_empty_lines_cost_only_themselves()
    {
        var csv = Phq9.Header + new string('\n', 10_000) + Phq9.Row("a", "1") + new string('x', 2 << 20) + "\n" + Phq9.Row("b", "2");
        using var run = SurveyRun.Of(csv);
        Assert.Equal(["9", "18"], run.Scores.Select(row => row["phq9_total"]));
        Assert.Equal("record-too-long", Assert.Single(run.Quarantine)["code"]);
    }

    [Fact]
    public void B21_A_nul_character_spoils_its_cell_and_in_an_id_its_row()
    {
        using var run = SurveyRun.Of(Phq9.Header + Phq9.Row("a", "1", (9, "1\0")) + Phq9.Row("b\0", "1") + Phq9.Row("c", "1"));
        Assert.Equal("unreadable", run["a"]["phq9_critical_suicidal_ideation"]);
        Assert.Equal("9", run["c"]["phq9_total"]);
        Assert.Equal((2, 1), (run.Summary.Scored, run.Summary.Quarantined));
        Assert.Equal(["unreadable", "nul-character"], run.Quarantine.Select(entry => entry["code"]));
        Assert.Equal(2, run.Summary.CriticalUnreadable);
    }

    [Fact]
    public void B22_A_last_row_without_a_line_end_counts_when_it_is_whole_and_is_set_aside_when_not()
    {
        using var whole = SurveyRun.Of(Phq9.Header + Phq9.Row("a") + Phq9.Row("b", "1").TrimEnd());
        Assert.Equal("9", whole["b"]["phq9_total"]);
        using var cut = SurveyRun.Of(Phq9.Header + Phq9.Row("a") + "b,1,1,1,1");
        Assert.Equal(("truncated", "3", "5 fields"), (cut.Quarantine[0]["code"], cut.Quarantine[0]["row"], cut.Quarantine[0]["found"]));
        Assert.Equal((2, 1, 1, 1), (cut.Summary.Read, cut.Summary.Scored, cut.Summary.Quarantined, cut.Summary.CriticalUnreadable));
    }

    [Fact]
    public void Rows_without_a_person_are_set_aside_whole()
    {
        using var run = SurveyRun.Of(Phq9.Header + Phq9.Row("", "3") + Phq9.Row(" ", "3") + Phq9.Row("c"));
        Assert.Equal(["id-missing", "id-missing"], run.Quarantine.Select(entry => entry["code"]));
        Assert.Equal((1, 2, 2), (run.Summary.Scored, run.Summary.Quarantined, run.Summary.CriticalUnreadable));
    }

    [Theory]
    [InlineData(20, 5, true)]
    [InlineData(21, 5, false)]
    [InlineData(40, 1_960, true)]
    [InlineData(41, 1_960, false)]
    public void More_rows_set_aside_than_twenty_and_two_in_a_hundred_stop_the_run(int bad, int good, bool passes)
    {
        var csv = Phq9.Header + string.Concat(Enumerable.Range(0, good).Select(i => Phq9.Row($"p{i}", "1", (2, "0")))) + string.Concat(Enumerable.Range(0, bad).Select(_ => "x,1\n"));
        if (passes)
        {
            using var run = SurveyRun.Of(csv);
            Assert.Equal((good, bad), (run.Summary.Scored, run.Summary.Quarantined));
        }
        else
        {
            var problems = SurveyRun.Refusal(csv).Problems;
            Assert.Equal("quarantine-ceiling", problems[^1].Code);
            Assert.Equal(("truncated", good + 2L), (problems[0].Code, problems[0].Row));
        }
    }

    [Fact]
    public void A_survey_without_a_column_for_people_says_that_duplicates_cannot_be_seen()
    {
        using var run = SurveyRun.Of((Phq9.Header + Phq9.Row("p")).Replace("id,", "", StringComparison.Ordinal).Replace("p,", "", StringComparison.Ordinal));
        Assert.Equal(1, run.Summary.Scored);
        Assert.Contains(run.Summary.Notices, notice => notice.StartsWith("no column identifies a person", StringComparison.Ordinal));
    }
}
