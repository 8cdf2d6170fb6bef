using System.Globalization;
using System.Text.Json;

namespace Xinheng.Cli.Tests;

/// <summary>Factor analysis through the command line, on answers whose results R computed.</summary>
public sealed class FactorVerbTests
{
    private static readonly string Oracle = Path.Combine(Cli.Root, "tests", "Xinheng.Psychometrics.Tests", "oracle");

    private static readonly Dictionary<string, double> Golden = File.ReadAllLines(Path.Combine(Oracle, "golden-factor.csv"))[1..]
        .ToDictionary(line => line.Split(',')[0], line => double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture));

    private static readonly string[] Columns = ["factor", Path.Combine(Oracle, "answers.csv"), "--columns", "q1,q2,q3,q4,q5,q6,q7,q8", "--reverse", "q3,q6", "--min", "0", "--max", "4"];

    [Fact]
    public void Columns_give_what_R_computed()
    {
        var run = Cli.Run([.. Columns, "--factors", "2", "--rotate", "oblimin", "--draws", "50", "--json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Bytes);
        var all = json.RootElement;
        Assert.Equal(Golden["n"], all.GetProperty("n").GetInt64());
        Assert.Equal(Golden["kmo"], all.GetProperty("kmo").GetProperty("overall").GetDouble(), 1e-8);
        Assert.Equal(Golden["bartlett"], all.GetProperty("bartlett").GetProperty("chiSquare").GetDouble(), 1e-5);
        Assert.Equal(Golden["eigenvalue 1"], all.GetProperty("parallel").GetProperty("eigenvalues")[0].GetDouble(), 1e-8);
        Assert.Equal(Golden["map 1"], all.GetProperty("map").GetProperty("averages")[1].GetDouble(), 1e-8);
        Assert.Equal(Golden["oblimin2 phi"], all.GetProperty("factorCorrelations")[0][1].GetDouble(), 2e-3);
        Assert.Equal(Golden["oblimin2 rmsea"], all.GetProperty("fit").GetProperty("rmsea").GetDouble(), 1e-4);
        Assert.Equal(8, all.GetProperty("items").GetArrayLength());
        Assert.Equal(2, all.GetProperty("items")[0].GetProperty("loadings").GetArrayLength());
    }

    [Fact]
    public void Polychoric_correlations_give_what_R_computed_of_them()
    {
        var run = Cli.Run([.. Columns, "--factors", "1", "--polychoric", "--draws", "20", "--json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Bytes);
        Assert.Equal("polychoric", json.RootElement.GetProperty("correlations").GetString());
        foreach (var item in json.RootElement.GetProperty("items").EnumerateArray())
        {
            Assert.Equal(Golden[$"polychoric1 {item.GetProperty("id").GetString()} 1"], item.GetProperty("loadings")[0].GetDouble(), 5e-4);
        }
    }

    [Fact]
    public void People_read_tables_and_the_same_seed_gives_the_same_bytes()
    {
        var run = Cli.Run([.. Columns, "--draws", "30", "--seed", "5"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("R: psych::fa(", run.Output, StringComparison.Ordinal);
        Assert.Contains("parallel analysis: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("listwise", run.Output, StringComparison.Ordinal);
        Assert.Contains("并不证明某种特质存在", run.Output, StringComparison.Ordinal);
        Assert.Equal(run.Bytes, Cli.Run([.. Columns, "--draws", "30", "--seed", "5"]).Bytes);
    }

    [Theory]
    [InlineData("--extract is minres or ml", "--extract", "paf")]
    [InlineData("from 20 on", "--draws", "3")]
    [InlineData("from 1 on", "--factors", "0")]
    [InlineData("Use permutation", "--polychoric", "--reference", "normal")]
    public void Wrong_usage_is_explained(string said, params string[] arguments)
    {
        var run = Cli.Run([.. Columns, .. arguments]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void More_factors_than_the_items_determine_are_refused()
    {
        var run = Cli.Run([.. Columns, "--factors", "6", "--draws", "20", "--json"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("too few items", run.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(run.Bytes);
        Assert.False(json.RootElement.GetProperty("converged").GetBoolean());
    }
}
