using System.Text;

namespace Xinheng.Data.Tests;

/// <summary>Names, ids and answers stay in the survey and in the score file: in nothing else that a run says or writes.</summary>
public sealed class CanaryTests
{
    private static readonly string[] Canaries = ["CANARY", "张三丰", "430102200801010019"];

    private const string Heading = "id,phq9_1,phq9_2,phq9_3,phq9_4,phq9_5,phq9_6,phq9_7,phq9_8,phq9_9,name,age,sex,seconds,note\n";

    public static TheoryData<string, string> Files => new()
    {
        { "every kind of cell", Heading + Cells(40) },
        { "duplicates", Heading + Cells(3) + Cells(3) },
        { "too many broken rows", Heading + string.Concat(Enumerable.Range(0, 30).Select(i => $"张三丰CANARY{i},1\n")) },
        { "unclosed quote", Heading + Cells(2) + "\"张三丰CANARY42,1,1\n" },
        { "stray quote", Heading + Cells(2) + "张三丰\"CANARY42,1,1\n" },
        { "rounded id", Heading + Cells(2) + "4.30102200801010019E+17,1,1,1,1,1,1,1,1,1,张三丰CANARY,1,1,1,1\n" },
        { "no header", Cells(5) },
        { "field too long", Heading + Cells(2) + "张三丰CANARY42," + new string('1', 5_000) + ",1,1,1,1,1,1,1,张三丰CANARY,张三丰CANARY,1,1,1,1\n" },
        { "long id", Heading + Cells(2) + "CANARY" + new string('1', 5_000) + ",1,1,1,1,1,1,1,1,1,张三丰CANARY,1,1,1,1\n" },
        { "record too long", Heading + Cells(2) + "CANARY42" + new string('1', 2 << 20) + "\n" },
        { "too many fields", Heading + Cells(2) + string.Join(',', Enumerable.Repeat("CANARY42", 2_000)) + "\n" },
        { "nul characters", Heading + Cells(2) + "CANARY\0,1,1,1,1,1,1,1,1,CANARY\0,CANARY\0,1,1,1,1\n" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Nothing_but_the_score_file_carries_what_stood_in_a_cell(string what, string csv) =>
        Check(what, Encoding.UTF8.GetBytes(csv), "survey.csv", _ => { });

    [Fact]
    public void Nothing_but_the_score_file_carries_what_stood_in_a_cell_that_is_not_in_the_encoding_of_the_file() =>
        Check("encoding", [.. Encoding.UTF8.GetBytes(Heading + Cells(3)), 0xFF, 0xFE, .. Encoding.UTF8.GetBytes("CANARY42\n")], "survey.csv", _ => { });

    [Fact]
    public void Nothing_but_the_score_file_carries_what_stood_in_a_cell_of_a_workbook()
    {
        var header = Heading.TrimEnd().Split(',').Select((heading, i) => Workbook.Inline($"{Workbook.Column(i)}1", heading));
        var cells = Enumerable.Range(0, 15).Select(i => Workbook.Inline($"{Workbook.Column(i)}2", "张三丰CANARY42"));
        var formula = "<c r=\"B3\"><f>\"CANARY42\"</f><v>CANARY42</v></c><c r=\"J3\" t=\"e\"><v>CANARY42</v></c><c r=\"K3\" t=\"s\"><v>99</v></c>";
        var rows = Workbook.Row(1, string.Concat(header)) + Workbook.Row(2, string.Concat(cells)) + Workbook.Row(3, Workbook.Inline("A3", "CANARY") + formula);
        Check("workbook", Workbook.Zip(rows).Build(), "survey.xlsx", _ => { });
        Check("rounded", Workbook.Zip(rows + Workbook.Row(4, Workbook.Number("A4", "430102200801010019"))).Build(), "survey.xlsx", _ => { });
    }

    [Fact]
    public void Objects_that_hold_answers_do_not_print_them()
    {
        Assert.Equal("answered", ((Answer)3).ToString());
        using var folder = new TempFolder();
        var request = SurveyRun.RequestFor(folder.Write("survey.csv", Heading + Cells(3)));
        Assert.DoesNotContain("CANARY", request.ToString(), StringComparison.Ordinal);
        var explained = SurveyExplainer.Find(request, "张三丰CANARY0");
        Assert.DoesNotContain("CANARY", Assert.Single(explained).ToString() + explained[0].Explanation, StringComparison.Ordinal);
    }

    private static string Cells(int people)
    {
        string[] cells = ["张三丰CANARY42", "CANARY42", "\"CANARY,42\"", "=CANARY42", "\"CANARY\n42\"", "430102200801010019", "CANARY\u200D42", "4２CANARY", "CANARY42"];
        return string.Concat(Enumerable.Range(0, people).Select(i =>
            $"张三丰CANARY{i},{string.Join(',', Enumerable.Range(0, 9).Select(item => cells[(i + item) % cells.Length]))},张三丰CANARY,CANARY42,CANARY42,CANARY42,张三丰CANARY\n"));
    }

    private static void Check(string what, byte[] content, string name, Action<List<string>> more)
    {
        foreach (var rule in Enum.GetValues<DuplicateRule>())
        {
            using var folder = new TempFolder();
            var request = SurveyRun.RequestFor(folder.Write(name, content)) with { Mapping = new() { Duplicates = rule } };
            var said = new List<string>();
            foreach (var output in new[] { "scores.csv", "scores.json", "scores.parquet" })
            {
                try
                {
                    said.Add(SurveyRun.Score(request, folder.At(output)).ToString());
                }
                catch (InputException exception)
                {
                    said.AddRange([exception.ToString(), .. exception.Problems.Select(problem => problem.ToString())]);
                }

                var beside = folder.Names.Where(file => file != name && !file.EndsWith(output, StringComparison.Ordinal)).Where(file => file.Contains("quarantine", StringComparison.Ordinal) || file.Contains("manifest", StringComparison.Ordinal));
                said.AddRange(beside.Select(file => File.ReadAllText(folder.At(file))));
            }

            more(said);
            Assert.True(said.Count >= 3, what);
            Assert.All(said, text => Assert.All(Canaries, canary => Assert.DoesNotContain(canary, text, StringComparison.Ordinal)));
        }
    }
}
