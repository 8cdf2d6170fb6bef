using System.Globalization;
using System.Text.Json;

namespace Xinheng.Cli.Tests;

/// <summary>Item response theory through the command line, on answers whose results R computed.</summary>
public sealed class IrtVerbTests
{
    private static readonly string Oracle = Path.Combine(Cli.Root, "tests", "Xinheng.Psychometrics.Tests", "oracle");

    private static readonly Dictionary<string, double> Golden = File.ReadAllLines(Path.Combine(Oracle, "golden-irt.csv"))[1..]
        .ToDictionary(line => line.Split(',')[0], line => double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture));

    private static readonly string[] Columns = [Path.Combine(Oracle, "answers.csv"), "--columns", "q1,q2,q4,q7", "--min", "0", "--max", "4", "--id", "id"];

    [Theory]
    [InlineData("grm")]
    [InlineData("gpcm")]
    public void A_fit_gives_what_R_computed_and_its_parameters_score_as_R_does(string model)
    {
        using var folder = new Folder();
        var fit = Cli.Run(["irt", "fit", .. Columns, "--model", model, "--out", folder.At("params.json"), "--json"]);
        Assert.Equal((0, ""), (fit.ExitCode, fit.Error));
        using var json = JsonDocument.Parse(fit.Bytes);
        Assert.True(json.RootElement.GetProperty("converged").GetBoolean());
        Assert.Equal(Golden[$"{model} logLik"], json.RootElement.GetProperty("logLik").GetDouble(), 1e-4);
        Assert.Equal(4, json.RootElement.GetProperty("items").GetArrayLength());
        foreach (var item in json.RootElement.GetProperty("items").EnumerateArray())
        {
            var id = item.GetProperty("id").GetString();
            Assert.Equal(Golden[$"{model} a {id}"], item.GetProperty("a").GetDouble(), 1e-3);
            Assert.Equal(Golden[$"{model} se a {id}"], item.GetProperty("se").GetProperty("a").GetDouble(), 1e-2);
            Assert.Equal(4, item.GetProperty("b").GetArrayLength());
            Assert.Equal(Golden[$"{model} b {id} 1"], item.GetProperty("b")[0].GetDouble(), 1e-3);
            Assert.InRange(item.GetProperty("b")[3].GetRawText().Count(char.IsDigit), 1, 17);
        }

        var score = Cli.Run("irt", "score", Columns[0], "--params", folder.At("params.json"), "--out", folder.At("theta.csv"), "--id", "id", "--json");
        Assert.Equal((0, ""), (score.ExitCode, score.Error));
        var rows = Table.Read(File.ReadAllText(folder.At("theta.csv")));
        Assert.Equal(400, rows.Count);
        for (var i = 1; i <= 10; i++)
        {
            Assert.Equal($"p{i:000}", rows[i - 1]["id"]);
            Assert.Equal(Golden[$"{model} theta {i}"], double.Parse(rows[i - 1]["theta"], CultureInfo.InvariantCulture), 1e-3);
            Assert.Equal(Golden[$"{model} theta se {i}"], double.Parse(rows[i - 1]["theta_se"], CultureInfo.InvariantCulture), 1e-3);
        }

        Assert.Equal(["params.json", "theta.csv", "theta.manifest.json", "theta.quarantine.csv"], folder.Names);
        Assert.Contains("irt-parameters:params.json", File.ReadAllText(folder.At("theta.manifest.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_scale_is_keyed_by_its_instrument_and_people_read_a_table()
    {
        using var folder = new Folder();
        var file = folder.Write("survey.csv", Table.Survey(300));
        var run = Cli.Run("irt", "fit", file, "--scale", "phq-9", "--model", "rasch", "--out", folder.At("p.json"));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Rasch model of 9 items; n 300 of 300", run.Output, StringComparison.Ordinal);
        Assert.Contains("R: mirt::mirt", run.Output, StringComparison.Ordinal);
        Assert.Contains("不是常模", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"instrument\": \"phq-9\"", File.ReadAllText(folder.At("p.json")), StringComparison.Ordinal);
        var score = Cli.Run("irt", "score", file, "--params", folder.At("p.json"), "--method", "wle", "--out", folder.At("t.csv"));
        Assert.Equal((0, ""), (score.ExitCode, score.Error));
        Assert.Contains("wle: 300 people", score.Output, StringComparison.Ordinal);
        Assert.All(Table.Read(File.ReadAllText(folder.At("t.csv"))), row => Assert.True(double.IsFinite(double.Parse(row["theta"], CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void What_cannot_be_fitted_writes_no_parameters_and_ends_with_1()
    {
        using var folder = new Folder();
        var run = Cli.Run("irt", "fit", folder.Write("x.csv", "a,b,c\n0,1,1\n1,2,1\n2,2,1\n1,1,1\n"), "--columns", "a,b,c", "--min", "0", "--max", "2", "--model", "grm", "--out", folder.At("p.json"), "--json");
        Assert.Equal(1, run.ExitCode);
        using var json = JsonDocument.Parse(run.Bytes);
        Assert.False(json.RootElement.GetProperty("converged").GetBoolean());
        Assert.Equal(0, json.RootElement.GetProperty("items").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("logLik").ValueKind);
        Assert.Contains("does not vary (c). '", run.Error, StringComparison.Ordinal);
        Assert.Equal(["x.csv"], folder.Names);
    }

    [Theory]
    [InlineData("--model is one of rasch, 2pl, grm, gpcm", "fit", "--columns", "q1,q2,q4", "--min", "0", "--max", "4", "--model", "3pl")]
    [InlineData("Use the graded response model", "fit", "--columns", "q1,q2,q4", "--min", "0", "--max", "4", "--model", "2pl")]
    [InlineData("--scale ID, or by --columns", "fit", "--model", "grm")]
    [InlineData("a number from 11 on", "fit", "--columns", "q1,q2,q4", "--min", "0", "--max", "4", "--model", "grm", "--points", "3")]
    [InlineData("no file 'none.json'", "score", "--params", "none.json", "--out", "t.csv")]
    public void Wrong_usage_is_explained(string said, string verb, params string[] arguments)
    {
        var run = Cli.Run(["irt", verb, Columns[0], .. arguments]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_that_do_not_belong_to_the_file_are_refused()
    {
        using var folder = new Folder();
        var parameters = folder.Write("p.json", "{\"kind\":\"irt-parameters\",\"version\":1,\"model\":\"grm\",\"latent\":{\"mean\":0,\"sd\":1},\"items\":[{\"id\":\"q1\",\"a\":1,\"b\":[0,1],\"values\":[[0],[1],[2]]},{\"id\":\"q2\",\"a\":1,\"b\":[0,1,2,3],\"values\":[[0],[1],[2],[3],[4]]}]}");
        var run = Cli.Run("irt", "score", Columns[0], "--params", parameters, "--out", folder.At("t.csv"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Item 'q1' has an answer that its parameters do not know. They know: 0, 1, 2.", run.Error, StringComparison.Ordinal);
        Assert.Equal(["p.json"], folder.Names);
        var broken = Cli.Run("irt", "score", Columns[0], "--params", folder.Write("b.json", "{}"), "--out", folder.At("t.csv"));
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("missing-member", broken.Error, StringComparison.Ordinal);
    }
}
