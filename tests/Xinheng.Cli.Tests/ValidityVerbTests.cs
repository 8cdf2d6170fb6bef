using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Xinheng.Cli.Tests;

/// <summary>Careless answers through the command line.</summary>
public sealed class ValidityVerbTests
{
    private static readonly string Answers = Path.Combine(Cli.Root, "tests", "Xinheng.Psychometrics.Tests", "oracle", "answers.csv");

    private static readonly string[] Columns = ["validity", Answers, "--columns", "q1,q2,q3,q4,q5,q6,q7,q8", "--reverse", "q3,q6", "--min", "0", "--max", "4"];

    [Fact]
    public void Everybody_has_a_row_with_indices_and_no_answer_and_the_union_is_told()
    {
        using var folder = new Folder();
        var output = folder.At("v.csv");
        var run = Cli.Run([.. Columns, "--json", "--out", output]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Bytes);
        var people = json.RootElement.GetProperty("people").EnumerateArray().ToArray();
        Assert.Equal(400, people.Length);
        Assert.Equal(2, people[0].GetProperty("row").GetInt32());
        var first = File.ReadAllLines(Answers)[1].Split(',')[2..].Where(c => c.Length > 0).Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray();
        var mean = first.Average();
        Assert.Equal(Math.Sqrt(first.Sum(x => (x - mean) * (x - mean)) / (first.Length - 1)), people[0].GetProperty("variability").GetDouble(), 1e-12);
        Assert.Equal(first.Length, people[0].GetProperty("answered").GetInt32());
        var flagged = people.Count(p => p.GetProperty("concerns").EnumerateArray().Any(c => c.GetString() != "lowest-throughout"));
        Assert.Equal(flagged, json.RootElement.GetProperty("summary").GetProperty("any").GetInt32());
        Assert.Equal(300, json.RootElement.GetProperty("summary").GetProperty("distance").GetProperty("n").GetInt32());

        var lines = File.ReadAllLines(output);
        Assert.Equal(401, lines.Length);
        Assert.StartsWith("id,row,concerns,answered,longest_run", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("q1", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("p001,2,", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("p001", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copied_class_and_a_hasty_one_stand_out()
    {
        using var folder = new Folder();
        var random = new Random(5);
        var rows = new List<string>();
        for (var person = 0; person < 400; person++)
        {
            var level = random.NextDouble() * 2;
            var (group, place) = (person / 20, person % 20);
            var answers = Enumerable.Range(0, 9).Select(i => group == 5 && place < 6 ? (i * 7) % 4 : Math.Clamp((int)(level + (random.NextDouble() * 2) - 0.5), 0, 3));
            rows.Add($"S{person},C{group:D2},{(group == 7 ? 9 : 60 + random.Next(60))},{string.Join(',', answers)}\n");
        }

        const string header = "id,class,took,phq9_1,phq9_2,phq9_3,phq9_4,phq9_5,phq9_6,phq9_7,phq9_8,phq9_9\n";
        var file = folder.Write("a.csv", header + string.Concat(rows));
        string[] arguments = ["--scale", "phq-9", "--class", "class", "--seconds", "took"];
        using var json = JsonDocument.Parse(Cli.Run(["validity", file, .. arguments, "--json"]).Bytes);
        var classes = json.RootElement.GetProperty("classes").EnumerateArray().ToArray();
        Assert.Equal(["C05", "C07"], classes.Where(c => c.GetProperty("standsOut").GetBoolean()).Select(c => c.GetProperty("class").GetString()));
        Assert.Equal(15, classes.Single(c => c.GetProperty("class").GetString() == "C05").GetProperty("identicalPairs").GetInt32());
        Assert.Equal(20, classes.Single(c => c.GetProperty("class").GetString() == "C07").GetProperty("tooFast").GetInt32());

        var text = Cli.Run(["validity", file, .. arguments]);
        Assert.Equal((0, ""), (text.ExitCode, text.Error));
        Assert.Contains("  C05: class of 20: 15 identical pairs", text.Output, StringComparison.Ordinal);
        Assert.Contains("作答过快：20人", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("S101", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_questionnaire_of_several_scales_needs_no_score_named()
    {
        using var folder = new Folder();
        var text = new StringBuilder("id," + string.Join(',', Enumerable.Range(1, 21).Select(i => $"dass21_{i}")) + "\n");
        var random = new Random(8);
        for (var person = 0; person < 50; person++)
        {
            text.Append(CultureInfo.InvariantCulture, $"S{person},{string.Join(',', Enumerable.Range(0, 21).Select(_ => person == 0 ? 3 : random.Next(4)))}\n");
        }

        using var json = JsonDocument.Parse(Cli.Run("validity", folder.Write("a.csv", text.ToString()), "--scale", "dass-21", "--json").Bytes);
        Assert.Equal(3, json.RootElement.GetProperty("summary").GetProperty("evenOddScales").GetInt32());
        var first = json.RootElement.GetProperty("people")[0];
        Assert.Equal("straight-line", first.GetProperty("concerns")[0].GetString());
        Assert.Equal("no-variance", first.GetProperty("evenOddStatus").GetString());
        Assert.Equal(21, first.GetProperty("longestRun").GetInt32());
    }

    [Theory]
    [InlineData("--class 'form': the file has no such column", "--class", "form")]
    [InlineData("--scale ID, or by --columns")]
    public void Wrong_usage_is_explained(string said, params string[] more)
    {
        var run = Cli.Run(more.Length == 0 ? ["validity", Answers] : [.. Columns, .. more]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }
}
