namespace Xinheng.Data.Tests;

/// <summary>What a draft deals to the items, and what it leaves to a person.</summary>
public sealed class MappingDraftTests
{
    private static readonly string[] Asked = ["做事提不起劲", "心情低落", "睡眠", "疲倦", "胃口", "觉得自己糟", "专注", "动作慢", "不如死掉"];

    [Theory]
    [InlineData("您的性别")]
    [InlineData("年龄")]
    [InlineData("请填写您的年龄（周岁）")]
    [InlineData("您所在的班级：")]
    [InlineData("您就读的学校名称是？")]
    [InlineData("姓名")]
    [InlineData("学号")]
    [InlineData("您的民族*")]
    [InlineData("宿舍号")]
    [InlineData("Your gender")]
    [InlineData("所学专业")]
    public void A_numbered_question_about_the_person_is_no_item(string about)
    {
        var mapping = Draft([about, .. Asked], "phq-9", out var notices);
        Assert.Equal(9, mapping.Columns.Count);
        Assert.Equal(Enumerable.Range(1, 9).Select(i => $"{i + 1}、"), Enumerable.Range(1, 9).Select(i => mapping.Columns[$"phq9_{i}"]));
        Assert.Contains(notices, notice => notice.Contains("about the person", StringComparison.Ordinal) && notice.Contains("column 2", StringComparison.Ordinal));
    }

    [Fact]
    public void A_question_that_may_be_about_the_person_leaves_everything_to_a_person()
    {
        var mapping = Draft(["你读的是哪一所学校呢，请写全", .. Asked], "phq-9", out _);
        Assert.All(mapping.Columns.Values, Assert.Empty);
    }

    [Fact]
    public void All_items_are_dealt_where_nothing_else_was_asked()
    {
        var mapping = Draft([.. Asked, "困难程度"], "phq-9", out _);
        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"{i}、"), Enumerable.Range(1, 10).Select(i => mapping.Columns[$"phq9_{i}"]));
    }

    [Fact]
    public void All_items_beside_a_question_about_the_person_are_left_to_a_person()
    {
        var mapping = Draft(["性别", .. Asked, "困难程度"], "phq-9", out _);
        Assert.All(mapping.Columns.Values, Assert.Empty);
    }

    [Fact]
    public void Critical_items_outside_the_total_are_dealt_too()
    {
        var mapping = Draft([.. Asked, "自杀念头", "自杀未遂"], "phq-a", out _);
        Assert.Equal("10、", mapping.Columns["phqa_12"]);
        Assert.Equal("11、", mapping.Columns["phqa_13"]);
        Assert.All(Draft(Asked, "phq-a", out _).Columns.Values, Assert.Empty);
    }

    [Theory]
    [InlineData("phq-9", MissingReason.Skipped)]
    [InlineData("phq-9,c-ssrs-screener", MissingReason.NotAsked)]
    public void A_skipped_question_was_asked_unless_the_form_skips_by_itself(string scales, MissingReason reason)
    {
        var mapping = Draft(Asked, scales, out _);
        Assert.Equal((reason, reason, MissingReason.Skipped), (mapping.Missing["-3"], mapping.Missing["(跳过)"], mapping.Missing["-2"]));
    }

    [Fact]
    public void A_draft_names_the_id_that_a_run_would_take_and_states_no_rule_for_duplicates()
    {
        Assert.Equal("学号", Draft(Asked, "phq-9", out _, "编号,学号").Id);
        Assert.Null(Draft(Asked, "phq-9", out var notices, "学号,person").Id);
        Assert.Contains(notices, notice => notice.Contains("id", StringComparison.Ordinal) && notice.Contains("several", StringComparison.Ordinal));
        Assert.Null(Draft(Asked, "phq-9", out _).Duplicates);
    }

    private static SurveyMapping Draft(IReadOnlyList<string> questions, string scales, out IReadOnlyList<string> notices, string id = "学号")
    {
        using var folder = new TempFolder();
        var header = id + "," + string.Join(',', questions.Select((question, i) => $"{i + 1}、{question}"));
        return MappingDraft.Create(SurveyRun.RequestFor(folder.Write("survey.csv", header.Replace("，", "_", StringComparison.Ordinal) + "\n"), scales), out notices);
    }
}
