using System.Globalization;

namespace Xinheng.Data.Tests;

/// <summary>The column that tells people apart: a wrong one would make one person of a whole school.</summary>
public sealed class IdColumnTests
{
    [Theory]
    [InlineData(21, 100, true)]
    [InlineData(20, 100, false)]
    [InlineData(41, 2_000, true)]
    [InlineData(40, 2_000, false)]
    public void A_file_of_which_many_rows_would_be_left_out_as_duplicates_is_refused(int further, int rows, bool refused)
    {
        var csv = Survey(rows, further);
        if (!refused)
        {
            using var run = SurveyRun.Of(csv);
            Assert.Equal(further, run.Summary.Duplicates);
            return;
        }

        var problem = Assert.Single(SurveyRun.Refusal(csv).Problems);
        Assert.Equal(("duplicates-ceiling", "1"), (problem.Code, problem.Column));
        Assert.Contains($"{further} of {rows} rows", problem.Found, StringComparison.Ordinal);
        Assert.Contains("column 1 ('id')", problem.Found, StringComparison.Ordinal);
        Assert.Contains("'duplicates'", problem.Action, StringComparison.Ordinal);
        Assert.Contains("--id", problem.Action, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapping_that_states_the_rule_says_that_many_duplicates_are_meant()
    {
        using var run = SurveyRun.Of(Survey(100, 90), request => request with { Mapping = new() { Duplicates = DuplicateRule.First } });
        Assert.Equal((10, 90), (run.Summary.Scored, run.Summary.Duplicates));
    }

    [Fact]
    public void A_named_id_column_does_not_lift_the_ceiling() =>
        Assert.Equal("duplicates-ceiling", Assert.Single(SurveyRun.Refusal(Survey(100, 90), request => request with { IdColumn = "id" }).Problems).Code);

    [Fact]
    public void A_guessed_id_column_is_named_and_a_stated_one_is_not()
    {
        var csv = Phq9.Header + Phq9.Row("p");
        using var guessed = SurveyRun.Of(csv);
        Assert.Contains(guessed.Summary.Notices, notice => notice.StartsWith("column 1 ('id') was taken as the id", StringComparison.Ordinal));
        using var stated = SurveyRun.Of(csv, request => request with { IdColumn = "id" });
        Assert.DoesNotContain(stated.Summary.Notices, notice => notice.Contains("was taken as the id", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("id,学号", "学号")]
    [InlineData("编号,学号", "学号")]
    [InlineData("id,编号,Student ID", "Student ID")]
    [InlineData("person,编号", "person")]
    public void The_number_of_a_student_goes_before_the_number_of_a_row(string headings, string id)
    {
        using var run = SurveyRun.Of(Wide(headings));
        Assert.Contains(run.Summary.Notices, notice => notice.Contains($"('{id}') was taken as the id", StringComparison.Ordinal));
        Assert.Equal(2, run.Summary.Scored);
    }

    [Theory]
    [InlineData("id,编号")]
    [InlineData("学号,person")]
    [InlineData("id,ID")]
    [InlineData("编号,学号,student_id")]
    public void Two_columns_that_could_be_the_id_are_refused_until_one_is_named(string headings)
    {
        var problem = Assert.Single(SurveyRun.Refusal(Wide(headings)).Problems);
        Assert.Equal("id-ambiguous", problem.Code);
        Assert.Contains("--id", problem.Action, StringComparison.Ordinal);
        using var run = SurveyRun.Of(Wide(headings), request => request with { IdColumn = headings.Split(',')[1] });
        Assert.Equal(2, run.Summary.Scored);
    }

    private static string Wide(string headings)
    {
        var count = headings.Split(',').Length;
        return Phq9.Header.Replace("id,", headings + ",", StringComparison.Ordinal)
            + Phq9.Row(string.Join(',', Enumerable.Repeat("a", count))) + Phq9.Row(string.Join(',', Enumerable.Repeat("b", count)));
    }

    private static string Survey(int rows, int further) => Phq9.Header + string.Concat(Enumerable.Range(0, rows).Select(i =>
        Phq9.Row(i < rows - further ? string.Create(CultureInfo.InvariantCulture, $"p{i}") : "p0", "0", (1, $"{i % 4}"))));
}
