namespace Xinheng.Data.Tests;

/// <summary>Columns about the person: age, sex, time, names, and scores of an earlier run.</summary>
public sealed class PersonColumnTests
{
    // PHQ-9 has no bands below its youngest age.
    [Theory]
    [InlineData("8", true)]
    [InlineData("8岁", true)]
    [InlineData("8.0", true)]
    [InlineData("8.5", false)]
    [InlineData(" 8", false)]
    [InlineData("121", false)]
    [InlineData("999", false)]
    [InlineData("八", false)]
    [InlineData("-8", false)]
    [InlineData("8.00岁", false)]
    public void An_age_is_read_or_counted_as_unreadable(string age, bool read)
    {
        using var run = SurveyRun.Of(Phq9.Header.TrimEnd() + ",age\n" + Phq9.Row("p", "2").TrimEnd() + $",{age}\n" + Phq9.Row("q", "2").TrimEnd() + ",\n");
        Assert.Equal(read ? "outside-population" : "ok", run["p"]["phq9_total_status"]);
        string[] expected = read ? [] : ["1 cells of the age column could not be read: these people are treated as of unknown age"];
        Assert.Equal(expected, run.Summary.Notices.Where(notice => notice.Contains("age column", StringComparison.Ordinal)));
    }

    [Fact]
    public void Cells_of_sex_and_time_that_cannot_be_read_are_noted_and_blank_or_missing_ones_are_not()
    {
        var csv = Phq9.Header.TrimEnd() + ",sex,seconds\n" + Phq9.Row("a").TrimEnd() + ",1,soon\n" + Phq9.Row("b").TrimEnd() + ",男,95\n" + Phq9.Row("c").TrimEnd() + ",,\n" + Phq9.Row("d").TrimEnd() + ",2,(空)\n";
        using var run = SurveyRun.Of(csv, request => request with { Mapping = new() { Missing = new Dictionary<string, MissingReason> { ["(空)"] = MissingReason.Skipped } } });
        Assert.Contains("2 cells of the sex column could not be read: these people are treated as of unknown sex", run.Summary.Notices);
        Assert.Contains("1 cells of the seconds column could not be read: these people are treated as of unknown speed", run.Summary.Notices);
    }

    [Fact]
    public void Scores_of_an_earlier_run_make_way_for_those_of_this_one()
    {
        var csv = Phq9.Header.TrimEnd() + ",phq9_total,PHQ9_Total_Status,note\n" + Phq9.Row("p", "1").TrimEnd() + ",27,old,here\n";
        using var run = SurveyRun.Of(csv);
        Assert.Equal(("9", "ok", "here"), (run["p"]["phq9_total"], run["p"]["phq9_total_status"], run["p"]["note"]));
        Assert.DoesNotContain(run["p"].Keys, name => name.StartsWith("xinheng", StringComparison.Ordinal) || name.StartsWith("PHQ9", StringComparison.Ordinal));
        Assert.Contains(run.Summary.Notices, notice => notice.Contains("column 11, 12", StringComparison.Ordinal) && notice.Contains("this run writes", StringComparison.Ordinal));
    }

    [Fact]
    public void A_scored_file_scores_to_itself()
    {
        using var first = SurveyRun.Of(Phq9.Header.TrimEnd() + ",copy\n" + Phq9.Row("p", "1").TrimEnd() + ",x\n");
        var scored = first.Scores[0];
        var csv = string.Join(',', scored.Keys) + Phq9.Header[2..].TrimEnd() + "\n" + string.Join(',', scored.Values) + Phq9.Row("", "2");
        using var second = SurveyRun.Of(csv);
        Assert.Equal(scored.Keys, second.Scores[0].Keys);
        Assert.Equal("18", second.Scores[0]["phq9_total"]);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(150)]
    [InlineData(300)]
    public void The_verdict_on_speed_does_not_depend_on_what_is_scored(int seconds)
    {
        var scl = Enumerable.Range(1, 90).ToArray();
        var csv = Phq9.Header.TrimEnd() + string.Concat(scl.Select(i => $",scl90_{i}")) + ",seconds\n"
            + Phq9.Row("p", "0", (2, "1"), (4, "2"), (6, "3"), (8, "1")).TrimEnd() + string.Concat(scl.Select(i => $",{1 + (i % 3)}")) + $",{seconds}\n";
        using var one = SurveyRun.Of(csv);
        using var both = SurveyRun.Of(csv, scales: "phq-9,scl-90");
        Assert.Equal(both["p"]["phq9_validity"], one["p"]["phq9_validity"]);
        Assert.Equal(seconds < 200, one["p"]["phq9_validity"] != "valid");
    }

    [Fact]
    public void Numbered_questions_are_items_on_the_form_unless_the_mapping_states_their_number()
    {
        var csv = Phq9.Header.TrimEnd() + string.Concat(Enumerable.Range(1, 41).Select(i => $",{i}、question")) + ",seconds\n"
            + Phq9.Row("p", "0", (2, "1"), (4, "2"), (6, "3"), (8, "1")).TrimEnd() + string.Concat(Enumerable.Repeat(",x", 41)) + ",75\n";
        using var counted = SurveyRun.Of(csv);
        Assert.Equal("caution", counted["p"]["phq9_validity"]);
        using var stated = SurveyRun.Of(csv, request => request with { Mapping = SurveyMapping.Load("""{ "itemsOnForm": 9 }"""u8, "mapping.json") });
        Assert.Equal("valid", stated["p"]["phq9_validity"]);
        Assert.Equal("wrong-value", Assert.Single(Assert.Throws<DefinitionException>(() => SurveyMapping.Load("""{ "itemsOnForm": 0 }"""u8, "mapping.json")).Problems).Code);
    }

    [Theory]
    [InlineData("姓\u3000名")]
    [InlineData("姓\u2003名")]
    [InlineData("\u3000Name\u3000")]
    [InlineData("mother_name")]
    [InlineData("name_zh")]
    [InlineData("student name")]
    [InlineData("Name (Chinese)")]
    [InlineData("fatherName")]
    [InlineData("teacher-name")]
    [InlineData("学生name")]
    [InlineData("3、班主任")]
    [InlineData("紧急联系")]
    [InlineData("联 系 人")]
    public void A_column_that_tells_who_a_person_is_is_left_out(string heading)
    {
        using var run = SurveyRun.Of(Phq9.Header.TrimEnd() + $",{heading}\n" + Phq9.Row("p").TrimEnd() + ",x\n");
        Assert.DoesNotContain("x", run["p"].Values);
        Assert.Contains(run.Summary.Notices, notice => notice.Contains("tells who a person is: column 11", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("filename")]
    [InlineData("file_name")]
    [InlineData("username")]
    [InlineData("schoolname")]
    [InlineData("School Name")]
    [InlineData("className")]
    [InlineData("item_name")]
    [InlineData("name of school")]
    [InlineData("renamed")]
    public void A_name_of_a_thing_stays(string heading)
    {
        using var run = SurveyRun.Of(Phq9.Header.TrimEnd() + $",{heading}\n" + Phq9.Row("p").TrimEnd() + ",x\n");
        Assert.Equal("x", run["p"][heading]);
    }
}
