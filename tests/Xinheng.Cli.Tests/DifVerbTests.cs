using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Xinheng.Cli.Tests;

/// <summary>Differential item functioning through the command line, on answers whose results R computed.</summary>
public sealed class DifVerbTests
{
    private static readonly string Oracle = Path.Combine(Cli.Root, "tests", "Xinheng.Psychometrics.Tests", "oracle");

    private static readonly string[] Columns = ["dif", Path.Combine(Oracle, "answers.csv"), "--columns", "q1,q2,q3,q4,q5,q6,q7,q8", "--reverse", "q3,q6", "--min", "0", "--max", "4"];

    [Fact]
    public void Columns_give_what_R_computed()
    {
        var golden = File.ReadAllLines(Path.Combine(Oracle, "fit-dif.csv"))[1..].ToDictionary(line => line.Split(',')[0], line => double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture));
        var run = Cli.Run([.. Columns, "--group", "sex", "--purify", "none", "--json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Bytes);
        Assert.Equal(("m", "f", 300, 400), (json.RootElement.GetProperty("reference").GetString(), json.RootElement.GetProperty("focal").GetString(), json.RootElement.GetProperty("n").GetInt32(), json.RootElement.GetProperty("nTotal").GetInt32()));
        foreach (var item in json.RootElement.GetProperty("items").EnumerateArray())
        {
            var id = item.GetProperty("id").GetString();
            Assert.Equal(golden[$"answers {id} mantel"], item.GetProperty("mantel").GetDouble(), 1e-9);
            Assert.Equal(golden[$"answers {id} inSd"], item.GetProperty("meanDifferenceInSd").GetDouble(), 1e-12);
            Assert.Equal(golden[$"answers {id} uniform"], item.GetProperty("logistic").GetProperty("uniform").GetDouble(), 1e-4);
            Assert.Equal(golden[$"answers {id} nagelkerkeGain"], item.GetProperty("logistic").GetProperty("nagelkerkeGain").GetDouble(), 1e-6);
            Assert.Equal(JsonValueKind.Null, item.GetProperty("delta").ValueKind);
        }

        Assert.False(json.RootElement.TryGetProperty("consequence", out _));
        var text = Cli.Run([.. Columns, "--group", "sex"]);
        Assert.Contains("100 dropped (missing answers)", text.Output, StringComparison.Ordinal);
        Assert.Contains("项目功能差异", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_that_one_group_answers_higher_is_named_with_the_people_who_change_band()
    {
        var random = new Random(9);
        var text = new StringBuilder(Table.Header.Replace("id,", "id,form,", StringComparison.Ordinal));
        for (var person = 0; person < 900; person++)
        {
            var (level, second) = ((random.NextDouble() * 3) - 0.5, person % 3 == 0);
            text.Append(CultureInfo.InvariantCulture, $"S{person},{(second ? "B" : "A")}");
            for (var item = 1; item <= 9; item++)
            {
                text.Append(',').Append(Math.Clamp((int)Math.Floor(level + random.NextDouble() + (second && item == 4 ? 0.9 : 0)), 0, 3));
            }

            text.Append('\n');
        }

        using var folder = new Folder();
        var file = folder.Write("a.csv", text.ToString());
        using var json = JsonDocument.Parse(Cli.Run("dif", file, "--scale", "phq-9", "--group", "form", "--json").Bytes);
        Assert.Equal(("A", "B"), (json.RootElement.GetProperty("reference").GetString(), json.RootElement.GetProperty("focal").GetString()));
        var found = json.RootElement.GetProperty("items").EnumerateArray().Where(i => i.GetProperty("class").GetString() != "A").ToArray();
        Assert.Equal("4", Assert.Single(found).GetProperty("id").GetString());
        Assert.False(found[0].GetProperty("anchor").GetBoolean());
        var consequence = json.RootElement.GetProperty("consequence");
        Assert.Equal(300, consequence.GetProperty("of").GetInt32());
        Assert.InRange(consequence.GetProperty("lowerBand").GetInt32(), 5, 150);
        Assert.Equal(0, consequence.GetProperty("higherBand").GetInt32());
        Assert.InRange(consequence.GetProperty("meanPoints").GetDouble(), 0.4, 1.1);
        using var turned = JsonDocument.Parse(Cli.Run("dif", file, "--scale", "phq-9", "--group", "form", "--focal", "A", "--json").Bytes);
        Assert.Equal("B", turned.RootElement.GetProperty("reference").GetString());
        Assert.Equal(0, turned.RootElement.GetProperty("consequence").GetProperty("lowerBand").GetInt32());
    }

    [Fact]
    public void A_group_without_complete_answers_and_a_single_item_are_explained()
    {
        using var folder = new Folder();
        var file = folder.Write("a.csv", "id,sex,a,b\np1,f,1,\np2,m,1,0\np3,m,0,0\n");
        var run = Cli.Run("dif", file, "--columns", "a,b", "--min", "0", "--max", "1", "--group", "sex");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("Nobody of the group 'f' answered every item", run.Error, StringComparison.Ordinal);
        Assert.Contains("One item has no others", Cli.Run("dif", file, "--columns", "a", "--min", "0", "--max", "1", "--group", "sex").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--group 'grade': the file has no such column", "--group", "grade")]
    [InlineData("--group gives 400 groups", "--group", "id")]
    [InlineData("--focal 'x': nobody", "--group", "sex", "--focal", "x")]
    [InlineData("the same group", "--group", "sex", "--focal", "f", "--reference", "f")]
    public void Wrong_usage_is_explained(string said, params string[] more)
    {
        var run = Cli.Run([.. Columns, .. more]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }
}
