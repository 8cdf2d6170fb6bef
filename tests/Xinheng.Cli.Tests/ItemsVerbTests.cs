using System.Globalization;
using System.Text.Json;

namespace Xinheng.Cli.Tests;

/// <summary>Reliability and item analysis through the command line, on answers whose results R computed.</summary>
public sealed class ItemsVerbTests
{
    private static readonly string Oracle = Path.Combine(Cli.Root, "tests", "Xinheng.Psychometrics.Tests", "oracle");

    private static readonly string Answers = Path.Combine(Oracle, "answers.csv");

    private static readonly Dictionary<string, double> Golden = File.ReadAllLines(Path.Combine(Oracle, "golden.csv"))[1..]
        .ToDictionary(line => line.Split(',')[0], line => double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture));

    private static readonly string[] Columns = ["items", Answers, "--columns", "q1,q2,q3,q4,q5,q6,q7,q8", "--reverse", "q3,q6", "--min", "0", "--max", "4"];

    [Fact]
    public void Columns_give_what_R_computed_for_all_and_by_group()
    {
        var run = Cli.Run([.. Columns, "--by", "sex", "--json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Bytes);
        var all = json.RootElement;
        Same("all n", all.GetProperty("n"));
        Assert.Equal((8, 400, "listwise"), (all.GetProperty("k").GetInt32(), all.GetProperty("nTotal").GetInt32(), all.GetProperty("missing").GetString()));
        Same("all feldt lower", all.GetProperty("alphaInterval").GetProperty("lower"));
        Same("all feldt upper", all.GetProperty("alphaInterval").GetProperty("upper"));
        Same("all lambda2", all.GetProperty("lambda2"));
        Same("all lambda4", all.GetProperty("lambda4"));
        Same("all sem", all.GetProperty("sem"));
        Assert.Equal(Golden["all omegaTotal"], all.GetProperty("omegaTotal").GetDouble(), 2e-3);
        Assert.Equal(Golden["all omegaHierarchical"], all.GetProperty("omegaHierarchical").GetDouble(), 2e-3);
        Scale("all", all);
        foreach (var item in all.GetProperty("items").EnumerateArray())
        {
            var id = item.GetProperty("id").GetString();
            Same($"all mean {id}", item.GetProperty("mean"));
            Same($"all sd {id}", item.GetProperty("sd"));
            Same($"all itemRest {id}", item.GetProperty("itemRest"));
            Assert.Equal(all.GetProperty("n").GetInt64(), item.GetProperty("n").GetInt64());
        }

        Assert.Equal(["f", "m"], all.GetProperty("groups").EnumerateArray().Select(g => g.GetProperty("group").GetString()));
        foreach (var group in all.GetProperty("groups").EnumerateArray())
        {
            Same($"{group.GetProperty("group").GetString()} n", group.GetProperty("n"));
            Scale(group.GetProperty("group").GetString()!, group);
        }

        using var pairwise = JsonDocument.Parse(Cli.Run([.. Columns, "--missing", "pairwise", "--json"]).Bytes);
        Scale("pairwise", pairwise.RootElement);
    }

    [Fact]
    public void People_read_a_table_with_the_numbers_used_and_the_R_calls()
    {
        var run = Cli.Run(Columns);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("8 columns", run.Output, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"n {Golden["all n"]} of 400, listwise: {400 - Golden["all n"]} dropped"), run.Output, StringComparison.Ordinal);
        Assert.Contains("R: psych::alpha(x)$total$raw_alpha", run.Output, StringComparison.Ordinal);
        Assert.Contains("信度描述的是这批人的作答", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scale_is_keyed_by_its_instrument_and_its_critical_items_are_counted()
    {
        using var folder = new Folder();
        var file = folder.Write("survey.csv", Table.Survey(60));
        using var json = JsonDocument.Parse(Cli.Run("items", file, "--scale", "phq-9", "--json").Bytes);
        Assert.Equal((60, 9), (json.RootElement.GetProperty("n").GetInt32(), json.RootElement.GetProperty("k").GetInt32()));
        var critical = json.RootElement.GetProperty("critical")[0];
        Assert.Equal(60, critical.GetProperty("answered").GetInt32());
        var several = Cli.Run("items", file, "--scale", "dass-21");
        Assert.Equal(2, several.ExitCode);
        Assert.Contains("name one by --score: depression, anxiety, stress", several.Error, StringComparison.Ordinal);
        var derived = Cli.Run("items", file, "--scale", "psqi", "--score", "total");
        Assert.Equal(2, derived.ExitCode);
        Assert.Contains("no score 'total' that is a sum over items", derived.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_shows_the_people_of_every_band_in_either_language()
    {
        using var folder = new Folder();
        var file = folder.Write("survey.csv", Table.Survey(60));
        var totals = Table.Read(File.ReadAllText(file)).Select(row => Enumerable.Range(1, 9).Sum(i => int.Parse(row[$"phq9_{i}"], CultureInfo.InvariantCulture))).ToArray();
        foreach (var (language, moderate, people) in new[] { ("en", "Moderate", "People"), ("zh-Hans", "中度", "人数") })
        {
            var picture = folder.At(language + ".svg");
            Assert.Equal((0, ""), (Cli.Run("items", file, "--scale", "phq-9", "--svg", picture, "--language", language) is var run ? run.ExitCode : 0, run.Error));
            var texts = System.Xml.Linq.XDocument.Load(picture).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToArray();
            Assert.Contains(texts, t => t.StartsWith(moderate, StringComparison.Ordinal) && t.Contains($"{totals.Count(t => t is >= 10 and < 15)}{(language == "en" ? " (" : "（")}", StringComparison.Ordinal));
            Assert.Contains(people, texts);
            Assert.Contains("n = 60", texts);
        }

        Assert.Equal(2, Cli.Run("items", file, "--scale", "phq-9", "--svg", folder.At("x.svg"), "--language", "fr").ExitCode);
        Assert.Equal(3, Cli.Run("items", file, "--scale", "phq-9", "--svg", file).ExitCode); // the survey is not drawn over
        Assert.Equal(["en.svg", "survey.csv", "zh-Hans.svg"], folder.Names);
    }

    [Fact]
    public void A_cell_that_cannot_be_read_is_missing_and_ends_with_1()
    {
        using var folder = new Folder();
        var run = Cli.Run("items", folder.Write("x.csv", "id,a,b\np1,0,1\np2,1,2\np3,2,2\np4,1,seven\n"), "--columns", "a,b", "--min", "0", "--max", "2");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("n 3 of 4, listwise: 1 dropped", run.Output, StringComparison.Ordinal);
        Assert.Contains("row 5", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("seven", run.Error + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_is_not_there_is_named()
    {
        var run = Cli.Run("items", Answers, "--columns", "q1,q99", "--min", "0", "--max", "4");
        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains("No column has the heading 'q99'", run.Error, StringComparison.Ordinal);
        Assert.Contains("Correct --columns", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--scale ID, or by --columns")]
    [InlineData("--scale ID, or by --columns", "--scale", "phq-9", "--columns", "q1,q2")]
    [InlineData("--min and --max give", "--columns", "q1,q2")]
    [InlineData("--min and --max give", "--columns", "q1,q2", "--min", "4", "--max", "0")]
    [InlineData("names 'q3'", "--columns", "q1,q2", "--reverse", "q3", "--min", "0", "--max", "4")]
    [InlineData("a column twice", "--columns", "q1,q1", "--min", "0", "--max", "4")]
    [InlineData("go with --columns", "--scale", "phq-9", "--max", "4")]
    [InlineData("no instrument 'phq9'", "--scale", "phq9")]
    [InlineData("the file has no such column", "--columns", "q1,q2", "--min", "0", "--max", "4", "--by", "q1")]
    [InlineData("more than 200 groups", "--columns", "q1,q2", "--min", "0", "--max", "4", "--by", "id")]
    public void Wrong_usage_is_explained(string said, params string[] arguments)
    {
        var run = Cli.Run(["items", Answers, .. arguments]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    private static void Scale(string label, JsonElement found)
    {
        Same($"{label} alpha", found.GetProperty("alpha"));
        Same($"{label} alphaStandardized", found.GetProperty("alphaStandardized"));
        Same($"{label} lambda6", found.GetProperty("lambda6"));
        foreach (var item in found.GetProperty("items").EnumerateArray())
        {
            Same($"{label} alphaIfDropped {item.GetProperty("id").GetString()}", item.GetProperty("alphaIfDropped"));
        }
    }

    private static void Same(string name, JsonElement found) => Assert.Equal(Golden[name], found.GetDouble(), 1e-9);
}
