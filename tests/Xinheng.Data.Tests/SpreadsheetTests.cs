namespace Xinheng.Data.Tests;

/// <summary>What a spreadsheet, and the reader of a score file, must not get from a survey: formulas, and who the people are.</summary>
public sealed class SpreadsheetTests
{
    [Theory]
    [InlineData("=cmd|'/c calc'!A1")]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("@SUM(A1)")]
    [InlineData("-2+3")]
    [InlineData("-")]
    [InlineData("-1e5")]
    [InlineData("--1")]
    [InlineData("-1/2")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\n=1")]
    [InlineData("\0=1")]
    [InlineData(" =1")]
    [InlineData("\u00A0=1")]
    [InlineData("\u3000=1")]
    [InlineData("\uFEFF=1")]
    [InlineData("\"=1")]
    [InlineData("'=1")]
    [InlineData("＝HYPERLINK(\"x\")")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData("＠SUM")]
    public void Text_that_a_spreadsheet_could_run_is_written_as_text(string text)
    {
        Assert.True(CsvText.IsFormula(text));
        var buffer = new TextBuffer();
        CsvText.Cell(buffer, text);
        using var reader = Csv.Open("h\n" + System.Text.Encoding.UTF8.GetString(buffer.Written) + "\n");
        Assert.Equal(["'" + text], Csv.All(reader)[1].Fields);
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("-0.25")]
    [InlineData("12")]
    [InlineData("0")]
    [InlineData("007")]
    [InlineData("a=1")]
    [InlineData("高一（3）班")]
    [InlineData("2026-05-01")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("x\"y,z\r\n")]
    public void Numbers_and_plain_text_are_written_as_they_are(string text)
    {
        Assert.False(CsvText.IsFormula(text));
        var buffer = new TextBuffer();
        CsvText.Cell(buffer, text);
        using var reader = Csv.Open("h,i\n" + System.Text.Encoding.UTF8.GetString(buffer.Written) + ",.\n");
        Assert.Equal([text, "."], Csv.All(reader)[1].Fields);
    }

    [Fact]
    public void Formulas_in_ids_headings_and_free_text_are_neutralised_in_the_score_file()
    {
        var csv = Phq9.Header.TrimEnd() + ",=note,delta\n" + Phq9.Row("@p", "1").TrimEnd() + ",\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",-3\n" + Phq9.Row("0017", "2").TrimEnd() + ",\"a\nb\",-2.5\n";
        using var run = SurveyRun.Of(csv);
        Assert.Equal(["'@p", "0017"], run.Scores.Select(row => row["id"]));
        Assert.Equal(["'=HYPERLINK(\"http://x\",\"y\")", "a\nb"], run.Scores.Select(row => row["'=note"]));
        Assert.Equal(["-3", "-2.5"], run.Scores.Select(row => row["delta"]));
        Assert.Equal(["9", "18"], run.Scores.Select(row => row["phq9_total"]));
    }

    [Theory]
    [InlineData("姓名")]
    [InlineData("1、姓名")]
    [InlineData("学生姓名")]
    [InlineData("您的姓名：")]
    [InlineData("身份证号")]
    [InlineData("证件号码")]
    [InlineData("学籍号")]
    [InlineData("手机")]
    [InlineData("3、您的手机号码")]
    [InlineData("家长联系方式")]
    [InlineData("联系电话")]
    [InlineData("家庭住址")]
    [InlineData("来自IP")]
    [InlineData("IP")]
    [InlineData("微信昵称")]
    [InlineData("QQ号")]
    [InlineData("电子邮箱")]
    [InlineData("家长")]
    [InlineData("name")]
    [InlineData("Name:")]
    [InlineData("Full Name")]
    [InlineData("student_name")]
    [InlineData("Phone")]
    [InlineData("phone_number")]
    [InlineData("home address")]
    [InlineData("E-mail")]
    [InlineData("id_card")]
    public void Columns_that_tell_who_a_person_is_are_left_out_with_a_notice(string heading)
    {
        var csv = Phq9.Header.TrimEnd() + $",{heading},class\n" + Phq9.Row("p", "1").TrimEnd() + ",secret,7\n";
        using var dropped = SurveyRun.Of(csv);
        Assert.DoesNotContain(heading, dropped.Scores[0].Keys);
        Assert.DoesNotContain("secret", dropped.Scores[0].Values);
        Assert.Equal("7", dropped["p"]["class"]);
        Assert.Contains(dropped.Summary.Notices, notice => notice.Contains("column 11", StringComparison.Ordinal) && notice.Contains("--keep-identity", StringComparison.Ordinal));
        using var kept = SurveyRun.Of(csv, request => request with { KeepIdentity = true });
        Assert.Equal("secret", kept["p"][heading]);
    }

    [Theory]
    [InlineData("学号")]
    [InlineData("username")]
    [InlineData("filename")]
    [InlineData("school_name")]
    [InlineData("班级名称")]
    [InlineData("手机使用时长")]
    [InlineData("5、每天手机使用时间")]
    [InlineData("手机依赖总分")]
    [InlineData("phone_use_hours")]
    [InlineData("smartphone addiction")]
    [InlineData("家长教育程度")]
    [InlineData("监护人类型")]
    [InlineData("zip")]
    [InlineData("telework")]
    [InlineData("description")]
    public void Columns_that_only_sound_like_a_persons_pass_through(string heading)
    {
        var csv = Phq9.Header.TrimEnd() + $",{heading}\n" + Phq9.Row("p", "1").TrimEnd() + ",kept\n";
        using var run = SurveyRun.Of(csv);
        Assert.Equal("kept", run["p"][heading]);
        Assert.DoesNotContain(run.Summary.Notices, notice => notice.Contains("left out", StringComparison.Ordinal));
    }

    [Fact]
    public void The_column_that_identifies_people_stays_and_a_name_in_its_place_is_noted()
    {
        var csv = Phq9.Header.Replace("id,", "学号,姓名,", StringComparison.Ordinal) + Phq9.Row("2026001,李雷");
        using var number = SurveyRun.Of(csv);
        Assert.Equal("2026001", number.Scores[0]["学号"]);
        Assert.DoesNotContain("姓名", number.Scores[0].Keys);
        using var name = SurveyRun.Of(csv, request => request with { IdColumn = "姓名" });
        Assert.Equal("李雷", name.Scores[0]["姓名"]);
        Assert.Contains(name.Summary.Notices, notice => notice.Contains("pseudonym", StringComparison.Ordinal));
    }
}
