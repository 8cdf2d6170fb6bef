using System.Text;

namespace Xinheng.Data.Tests;

/// <summary>What strange answers, headers and ids do to a run. The numbers are those of the hazards they stand for.</summary>
public sealed class AnswerTests
{
    private static readonly Func<ScoreRequest, ScoreRequest> Letters =
        request => request with { Mapping = new() { Answers = new Dictionary<string, AnswerFormat> { ["phq-9"] = new() { Letters = true } } } };

    [Fact]
    public void A01_A_blank_critical_item_is_unknown_and_never_no()
    {
        using var run = SurveyRun.Of(Phq9.Header + Phq9.Row("p", "0", (9, "")) + Phq9.Row("q"));
        Assert.Equal("unknown", run["p"]["phq9_critical_suicidal_ideation"]);
        Assert.Equal("no", run["q"]["phq9_critical_suicidal_ideation"]);
        Assert.Equal(("0", "prorated"), (run["p"]["phq9_total"], run["p"]["phq9_total_status"]));
        Assert.Equal((0, 0), (run.Summary.CriticalUnreadable, run.Summary.UnreadableCells));
    }

    [Fact]
    public void A01_One_persons_not_asked_in_a_critical_column_is_unknown_and_a_column_that_is_absent_is_not_asked()
    {
        Func<ScoreRequest, ScoreRequest> skips = request => request with { Mapping = new() { Missing = new Dictionary<string, MissingReason> { ["-3"] = MissingReason.NotAsked } } };
        using var run = SurveyRun.Of(Phq9.Header + Phq9.Row("p", "1", (9, "-3")) + Phq9.Row("q"), skips);
        Assert.Equal("unknown", run["p"]["phq9_critical_suicidal_ideation"]);
        var shorter = string.Concat((Phq9.Header + Phq9.Row("p", "1")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..line.LastIndexOf(',')] + "\n"));
        using var absent = SurveyRun.Of(shorter, request => request with { Mapping = new() { NotAsked = ["phq9_9"] } });
        Assert.Equal("not-asked", absent["p"]["phq9_critical_suicidal_ideation"]);
    }

    [Fact]
    public void A02_A_code_the_critical_item_does_not_have_costs_only_its_scores_and_is_reported_first()
    {
        using var run = SurveyRun.Of(Phq9.Header + Phq9.Row("p", "1", (9, "4")) + Phq9.Row("q", "3"), scales: "phq-9");
        Assert.Equal(("", "", "code-out-of-range"), (run["p"]["phq9_total"], run["p"]["phq9_total_band"], run["p"]["phq9_total_status"]));
        Assert.Equal("unreadable", run["p"]["phq9_critical_suicidal_ideation"]);
        Assert.Equal(("27", "severe", "yes"), (run["q"]["phq9_total"], run["q"]["phq9_total_band"], run["q"]["phq9_critical_suicidal_ideation"]));
        Assert.Equal((2, 2, 0, 1, 1), (run.Summary.Read, run.Summary.Scored, run.Summary.Quarantined, run.Summary.UnreadableCells, run.Summary.CriticalUnreadable));
        var entry = Assert.Single(run.Quarantine);
        Assert.Equal(
            ["survey.csv", "2", "2", "phq9_9", "code-out-of-range", "one of the codes 0 1 2 3", "whole-number"],
            new[] { "file", "row", "line", "column", "code", "expected", "found" }.Select(c => entry[c]));
    }

    [Fact]
    public void A02_An_unreadable_cell_of_one_instrument_leaves_the_other_instrument_alone()
    {
        var gad = string.Join(',', Enumerable.Range(1, 7).Select(i => $"gad7_{i}"));
        using var run = SurveyRun.Of(
            Phq9.Header.TrimEnd() + "," + gad + "\n" + Phq9.Row("p", "0", (3, "?")).TrimEnd() + ",1,1,1,1,1,1,1\n", scales: "phq-9,gad-7");
        Assert.Equal(("unreadable", "7", "ok"), (run["p"]["phq9_total_status"], run["p"]["gad7_total"], run["p"]["gad7_total_status"]));
        Assert.Equal("no", run["p"]["phq9_critical_suicidal_ideation"]);
        Assert.Equal(0, run.Summary.CriticalUnreadable);
    }

    [Theory]
    [InlineData("３", "non-ascii-digit")]
    [InlineData("٣", "non-ascii-digit")]
    [InlineData("3\u200B", "invisible-character")]
    [InlineData("+3", "signed-number")]
    [InlineData(" 3 ", "number-with-spaces")]
    [InlineData("3.0", "decimal-number")]
    [InlineData("1e1", "number-with-exponent")]
    [InlineData(" ", "spaces")]
    [InlineData("NaN", "letters")]
    [InlineData("∞", "text")]
    [InlineData("-0", "signed-number")]
    [InlineData("1e400", "number-with-exponent")]
    [InlineData("2147483648", "long-number")]
    [InlineData("99999999999999999999999999", "long-number")]
    [InlineData("\"1,2,3,4\"", "decimal-number")]
    [InlineData("TRUE", "letters")]
    [InlineData("#REF!", "text")]
    [InlineData("②", "text")]
    public void A03_and_A04_What_only_looks_like_an_answer_is_refused_cell_by_cell(string cell, string found)
    {
        using var run = SurveyRun.Of(Phq9.Header + Phq9.Row("p", "1", (9, cell)) + Phq9.Row("q", "1"));
        Assert.Equal(("", "unreadable"), (run["p"]["phq9_total"], run["p"]["phq9_total_status"]));
        Assert.Equal("unreadable", run["p"]["phq9_critical_suicidal_ideation"]);
        Assert.Equal(("9", "ok"), (run["q"]["phq9_total"], run["q"]["phq9_total_status"]));
        Assert.Equal(found, Assert.Single(run.Quarantine)["found"]);
        Assert.Equal(1, run.Summary.CriticalUnreadable);
    }

    [Fact]
    public void A03_Full_width_digits_are_read_only_when_the_mapping_asks_and_are_counted()
    {
        var csv = Phq9.Header + Phq9.Row("p", "１", (9, "２")) + Phq9.Row("q", "1");
        var mapping = new SurveyMapping { Answers = new Dictionary<string, AnswerFormat> { ["phq-9"] = new() { NormalizeWidth = true } } };
        using var run = SurveyRun.Of(csv, request => request with { Mapping = mapping });
        Assert.Equal(("10", "yes"), (run["p"]["phq9_total"], run["p"]["phq9_critical_suicidal_ideation"]));
        Assert.Equal((9, 0), (run.Summary.WidthNormalized, run.Summary.UnreadableCells));
        Assert.Contains(run.Summary.Notices, notice => notice.StartsWith("9 cells with full-width characters", StringComparison.Ordinal));
    }

    [Fact]
    public void A03_Option_texts_with_chinese_punctuation_are_read_where_width_is_normalised()
    {
        var format = new AnswerFormat { NormalizeWidth = true, Labels = new Dictionary<string, int> { ["没有（从不）"] = 0, ["几天,有时"] = 1, ["每天！"] = 3, ["多（Ａ）"] = 1, ["多(Ａ）"] = 2 } };
        var mapping = new SurveyMapping { Answers = new Dictionary<string, AnswerFormat> { ["phq-9"] = format } };
        using var run = SurveyRun.Of(
            Phq9.Header + Phq9.Row("p", "没有（从不）", (1, "没有(从不)"), (2, "几天，有时"), (3, "没有（从不)"), (9, "每天！")) + Phq9.Row("q", "0", (1, "多(A)")),
            request => request with { Mapping = mapping });
        Assert.Equal(("4", "yes"), (run["p"]["phq9_total"], run["p"]["phq9_critical_suicidal_ideation"]));
        Assert.Equal("unreadable", run["q"]["phq9_total_status"]);
        Assert.Equal((2, 1), (run.Summary.WidthNormalized, run.Summary.UnreadableCells));
    }

    [Fact]
    public void A05_Letters_and_option_texts_are_unreadable_without_a_mapping()
    {
        var csv = Phq9.Header + Phq9.Row("p", "A", (9, "D")) + Phq9.Row("q", "完全不会") + Phq9.Row("r");
        using var run = SurveyRun.Of(csv);
        Assert.Equal(["unreadable", "unreadable", "no"], run.Scores.Select(row => row["phq9_critical_suicidal_ideation"]));
        Assert.Equal((18, 2), (run.Summary.UnreadableCells, run.Summary.CriticalUnreadable));
    }

    [Fact]
    public void A05_Letters_and_option_texts_are_read_when_the_mapping_declares_them()
    {
        using var letters = SurveyRun.Of(Phq9.Header + Phq9.Row("p", "A", (9, "d")), Letters);
        Assert.Equal(("3", "yes"), (letters["p"]["phq9_total"], letters["p"]["phq9_critical_suicidal_ideation"]));
        var labels = new AnswerFormat { Labels = new Dictionary<string, int> { ["完全不会"] = 0, ["几天"] = 1, ["几乎每天"] = 3 } };
        using var texts = SurveyRun.Of(
            Phq9.Header + Phq9.Row("p", "完全不会", (9, "几乎每天"), (1, "好几天")),
            request => request with { Mapping = new() { Answers = new Dictionary<string, AnswerFormat> { ["phq-9"] = labels } } });
        Assert.Equal(("unreadable", "yes"), (texts["p"]["phq9_total_status"], texts["p"]["phq9_critical_suicidal_ideation"]));
        Assert.Equal("one of the codes 0 1 2 3 or its text", Assert.Single(texts.Quarantine)["expected"]);
    }

    [Fact]
    public void A06_Option_numbers_in_all_rows_stop_the_run_before_anything_is_written()
    {
        var csv = new StringBuilder(Phq9.Header);
        for (var i = 0; i < 40; i++)
        {
            csv.Append(Phq9.Row($"p{i}", "1", (1 + (i % 9), "4"), (1 + ((i + 3) % 9), "2")));
        }

        var problem = Assert.Single(SurveyRun.Refusal(csv.ToString()).Problems);
        Assert.Equal("option-base", problem.Code);
        Assert.Contains("\"offset\": 1", problem.Action, StringComparison.Ordinal);

        var declared = new SurveyMapping { Answers = new Dictionary<string, AnswerFormat> { ["phq-9"] = new() { Offset = 1 } } };
        using var run = SurveyRun.Of(csv.ToString(), request => request with { Mapping = declared });
        Assert.Equal("4", run["p0"]["phq9_total"]);
    }

    [Fact]
    public void A06_Stored_codes_under_a_declared_option_number_stop_the_run_too()
    {
        var csv = new StringBuilder(Phq9.Header);
        for (var i = 0; i < 40; i++)
        {
            csv.Append(Phq9.Row($"p{i}", "1", (1 + (i % 9), "3"), (1 + ((i + 3) % 9), "0")));
        }

        var declared = new SurveyMapping { Answers = new Dictionary<string, AnswerFormat> { ["phq-9"] = new() { Offset = 1 } } };
        var problem = Assert.Single(SurveyRun.Refusal(csv.ToString(), request => request with { Mapping = declared }).Problems);
        Assert.Equal("option-base", problem.Code);
    }

    [Fact]
    public void A06_A_file_in_which_nobody_ever_gave_the_lowest_answer_is_noted()
    {
        var csv = new StringBuilder(Phq9.Header);
        for (var i = 0; i < 40; i++)
        {
            csv.Append(Phq9.Row($"p{i}", "1", (1 + (i % 9), "3"), (1 + ((i + 3) % 9), "2")));
        }

        using var noted = SurveyRun.Of(csv.ToString());
        Assert.Contains(noted.Summary.Notices, notice => notice.Contains("nobody gave phq-9 the lowest code 0", StringComparison.Ordinal));
        using var usual = SurveyRun.Of(csv + Phq9.Row("q"));
        Assert.DoesNotContain(usual.Summary.Notices, notice => notice.Contains("lowest code", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public void A06_A_few_lowest_answers_do_not_make_a_shifted_survey_pass(int zeros)
    {
        var csv = new StringBuilder(Phq9.Header);
        for (var i = 0; i < 1_000; i++)
        {
            csv.Append(Phq9.Row($"p{i}", "1", (1 + (i % 9), "4"), (1 + ((i + 3) % 9), i < zeros ? "0" : "2")));
        }

        Assert.Equal("option-base", Assert.Single(SurveyRun.Refusal(csv.ToString()).Problems).Code);
    }

    [Fact]
    public void A06_A_few_highest_answers_do_not_make_a_survey_shifted_down_pass()
    {
        var csv = new StringBuilder(Rses);
        for (var i = 0; i < 200; i++)
        {
            csv.Append($"p{i},{(i == 0 ? 4 : 0)},1,2,3,0,1,2,3,0,1\n");
        }

        Assert.Equal("option-base", Assert.Single(SurveyRun.Refusal(csv.ToString(), scales: "rses-en").Problems).Code);
    }

    [Fact]
    public void A06_Slips_in_a_sound_survey_stay_slips()
    {
        using var run = SurveyRun.Of(Phq9.Survey(200) + Phq9.Row("x", "4") + Phq9.Row("y", "4"));
        Assert.Equal((18, 2), (run.Summary.UnreadableCells, run.Summary.CriticalUnreadable));
    }

    [Fact]
    public void A06_A_survey_with_hardly_any_lowest_answer_is_noted()
    {
        var csv = new StringBuilder(Phq9.Header);
        for (var i = 0; i < 100; i++)
        {
            csv.Append(Phq9.Row($"p{i}", "1", (1 + (i % 9), "3"), (1 + ((i + 3) % 9), i < 17 ? "0" : "2")));
        }

        using var noted = SurveyRun.Of(csv.ToString());
        Assert.Contains(noted.Summary.Notices, notice => notice.StartsWith("fewer than 2 % of the answers give phq-9 the lowest code 0", StringComparison.Ordinal));
        using var usual = SurveyRun.Of(csv + Phq9.Row("q"));
        Assert.DoesNotContain(usual.Summary.Notices, notice => notice.Contains("lowest code", StringComparison.Ordinal));
    }

    [Fact]
    public void A06_The_advice_for_a_scale_printed_in_descending_order_does_not_turn_it_round()
    {
        var csv = new StringBuilder(Rses);
        for (var i = 0; i < 40; i++)
        {
            csv.Append($"p{i},0,1,2,3,0,1,2,3,0,1\n");
        }

        var problem = Assert.Single(SurveyRun.Refusal(csv.ToString(), scales: "rses-en").Problems);
        Assert.DoesNotContain("offset", problem.Action, StringComparison.Ordinal);
        Assert.Contains("lowest code: \"answers\": { \"rses-en\": { \"labels\": { \"0\": 1, \"1\": 2, \"2\": 3, \"3\": 4 } } }", problem.Action, StringComparison.Ordinal);
        Assert.Contains("in print: \"answers\": { \"rses-en\": { \"labels\": { \"0\": 4, \"1\": 3, \"2\": 2, \"3\": 1 } } }", problem.Action, StringComparison.Ordinal);
    }

    [Fact]
    public void A06_Numbers_that_a_mapping_names_mean_what_it_says_and_no_other_number_means_anything()
    {
        var mapping = SurveyMapping.Load("""{ "answers": { "rses-en": { "labels": { "0": 1, "1": 2, "2": 3, "3": 4 } } } }"""u8, "mapping.json");
        var codes = Rses + "p,1,2,3,4,1,2,3,4,1,2\n";
        using var plain = SurveyRun.Of(codes, scales: "rses-en");
        using var named = SurveyRun.Of(Rses + "p,0,1,2,3,0,1,2,3,0,1\nq,4,1,2,3,0,1,2,3,0,1\n", request => request with { Mapping = mapping }, scales: "rses-en");
        Assert.Equal(plain["p"]["rsesen_total"], named["p"]["rsesen_total"]);
        Assert.NotEmpty(named["p"]["rsesen_total"]);
        Assert.Equal("code-out-of-range", named["q"]["rsesen_total_status"]);
    }

    [Fact]
    public void A06_Option_numbers_of_a_handful_of_people_are_noted()
    {
        using var run = SurveyRun.Of(Phq9.Header + Phq9.Row("p", "1", (2, "4")) + Phq9.Row("q", "2"));
        Assert.Contains(run.Summary.Notices, notice => notice.Contains("nobody gave phq-9 the lowest code 0", StringComparison.Ordinal));
    }

    [Fact]
    public void A07_Columns_are_found_by_name_in_any_order_and_inserted_ones_pass_through()
    {
        const string Straight = "id,phq9_1,phq9_2,phq9_3,phq9_4,phq9_5,phq9_6,phq9_7,phq9_8,phq9_9\np,0,1,2,3,0,1,2,3,1\n";
        const string Permuted = "phq9_9,PHQ-9.8,phq9 7,id,phq9_3,inserted,phq9_05,phq9_6,phq9_4,phq9_2,phq9_001\n1,3,2,p,2,here,0,1,3,1,0\n";
        using var straight = SurveyRun.Of(Straight);
        using var permuted = SurveyRun.Of(Permuted);
        Assert.Equal("here", permuted["p"]["inserted"]);
        permuted["p"].Remove("inserted");
        Assert.Equal(straight["p"].OrderBy(c => c.Key, StringComparer.Ordinal), permuted["p"].OrderBy(c => c.Key, StringComparer.Ordinal));
        Assert.Equal("13", straight["p"]["phq9_total"]);
    }

    [Fact]
    public void A07_Two_swapped_headings_swap_their_answers_with_them()
    {
        using var run = SurveyRun.Of(Phq9.Header.Replace("phq9_8,phq9_9", "phq9_9,phq9_8", StringComparison.Ordinal) + Phq9.Row("p", "0", (8, "3")));
        Assert.Equal("yes", run["p"]["phq9_critical_suicidal_ideation"]);
    }

    [Fact]
    public void A07_A_header_without_an_item_is_refused_with_the_item()
    {
        var problem = Assert.Single(SurveyRun.Refusal(Phq9.Header.Replace("phq9_9", "phq9_nine", StringComparison.Ordinal) + Phq9.Row("p")).Problems);
        Assert.Equal("column-missing", problem.Code);
        Assert.Contains("phq9_9", problem.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("phq9_9")]
    [InlineData("PHQ-9 9")]
    [InlineData("phq9_09")]
    public void A07_Two_columns_of_one_item_are_refused(string second)
    {
        var csv = Phq9.Header.TrimEnd() + $",{second}\n" + Phq9.Row("p").TrimEnd() + ",3\n";
        Assert.Equal("column-ambiguous", Assert.Single(SurveyRun.Refusal(csv).Problems).Code);
    }

    [Fact]
    public void A10_The_highest_answers_in_fifteen_seconds_still_raise_the_critical_item()
    {
        using var run = SurveyRun.Of(Phq9.Header.TrimEnd() + ",seconds\n" + Phq9.Row("p", "3").TrimEnd() + ",15秒\n");
        Assert.Equal(("27", "severe", "yes"), (run["p"]["phq9_total"], run["p"]["phq9_total_band"], run["p"]["phq9_critical_suicidal_ideation"]));
        Assert.NotEqual("valid", run["p"]["phq9_validity"]);
    }

    [Fact]
    public void A11_Ids_that_only_look_alike_are_different_people()
    {
        string[] ids = ["ab", "AB", "a\u200Db", "a\u00A0b", "a b", "ab\t", " ab", "\u00E9", "e\u0301", "ａｂ", "007", "7", "07"];
        using var run = SurveyRun.Of(Phq9.Header + string.Concat(ids.Select((id, i) => Phq9.Row(id, "0", (1, $"{i % 4}")))));
        Assert.Equal((ids.Length, 0), (run.Summary.Scored, run.Summary.Duplicates));
        Assert.Equal(ids, run.Scores.Select(row => row["id"]));
        Assert.Equal(ids.Select((_, i) => $"{i % 4}"), run.Scores.Select(row => row["phq9_total"]));
    }

    [Theory]
    [InlineData("1.23E+17")]
    [InlineData("4.30102E+17")]
    [InlineData("4.3e+17")]
    public void A12_An_id_that_a_spreadsheet_rounded_stops_the_run(string id)
    {
        var refusal = SurveyRun.Refusal(Phq9.Header + Phq9.Row("430102200801010019") + Phq9.Row(id));
        Assert.Equal(("id-precision", 3L, "id"), (refusal.Problems[0].Code, refusal.Problems[0].Row, refusal.Problems[0].Column));
    }

    [Theory]
    [InlineData("4.30102200801010E+17")]
    [InlineData("430102200801010000")]
    public void A12_A_long_id_that_a_workbook_holds_as_a_number_stops_the_run(string number)
    {
        var refusal = SurveyRun.Refusal(Phq9Sheet(Workbook.Number("A2", number)), "survey.xlsx");
        Assert.Equal("id-precision", Assert.Single(refusal.Problems).Code);
    }

    [Fact]
    public void A12_Ids_of_a_workbook_stay_as_they_are_written_there()
    {
        using var text = SurveyRun.Of(Phq9Sheet(Workbook.Inline("A2", "00430102200801010019")), "survey.xlsx");
        Assert.Equal("00430102200801010019", Assert.Single(text.Scores)["id"]);
        using var number = SurveyRun.Of(Phq9Sheet(Workbook.Number("A2", "20260001")), "survey.xlsx");
        Assert.Equal("20260001", Assert.Single(number.Scores)["id"]);
    }

    [Theory]
    [InlineData("2.0210001E7", "20210001")]
    [InlineData("1.0", "1")]
    [InlineData("123456789012345", "123456789012345")]
    [InlineData("1.23456789012345E14", "123456789012345")]
    public void A12_A_number_in_a_workbook_that_needs_no_more_than_15_digits_is_an_id(string number, string id)
    {
        using var run = SurveyRun.Of(Phq9Sheet(Workbook.Number("A2", number)), "survey.xlsx");
        Assert.Equal(id, Assert.Single(run.Scores)["id"]);
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("1E0")]
    public void A03_Whole_numbers_of_a_workbook_are_answers_however_its_program_writes_them(string one)
    {
        using var run = SurveyRun.Of(Phq9Sheet(Workbook.Number("A2", "7"), one), "survey.xlsx");
        Assert.Equal(("9", "yes"), (Assert.Single(run.Scores)["phq9_total"], run.Scores[0]["phq9_critical_suicidal_ideation"]));
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("-3")]
    [InlineData("999")]
    [InlineData("")]
    [InlineData("九")]
    public void A13_An_age_that_is_none_is_an_unknown_age(string age)
    {
        using var run = SurveyRun.Of(Phq9.Header.TrimEnd() + ",age\n" + Phq9.Row("p", "2").TrimEnd() + $",{age}\n" + Phq9.Row("q", "2").TrimEnd() + ",8\n");
        Assert.Equal(("18", "ok"), (run["p"]["phq9_total"], run["p"]["phq9_total_status"]));
        Assert.Equal(("18", "", "outside-population"), (run["q"]["phq9_total"], run["q"]["phq9_total_band"], run["q"]["phq9_total_status"]));
    }

    private static string Rses => "id," + string.Join(',', Enumerable.Range(1, 10).Select(i => $"{InstrumentCatalog.Default["rses-en"].ColumnPrefix}_{i}")) + "\n";

    private static byte[] Phq9Sheet(string idCell, string answer = "1")
    {
        var header = Phq9.Header.TrimEnd().Split(',').Select((heading, i) => Workbook.Inline($"{Workbook.Column(i)}1", heading));
        var answers = Enumerable.Range(1, 9).Select(i => Workbook.Number($"{Workbook.Column(i)}2", answer));
        return Workbook.Zip(Workbook.Row(1, string.Concat(header)) + Workbook.Row(2, idCell + string.Concat(answers))).Build();
    }
}
