using System.Globalization;
using System.Text.Json;

namespace Xinheng.Cli.Tests;

/// <summary><c>--norms</c> through the command line.</summary>
public sealed class NormVerbTests
{
    private const string Shipped = "scl-90-chinese-adults-1986";

    private static readonly string Document = Path.Combine(Cli.Root, "scales", "scl-90", "norms.chinese-adults-1986.json");

    [Fact]
    public void A_shipped_norm_is_found_by_its_id_and_a_file_by_its_name()
    {
        using var folder = new Folder();
        var survey = folder.Write("survey.csv", Survey());
        var run = Cli.Run("score", survey, "--scales", "scl-90", "--norms", Shipped, "--out", folder.At("scores.csv"));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains($"norms: {Shipped} 1.0.0", run.Output, StringComparison.Ordinal);
        Assert.Contains("The norm is of 1986", run.Output, StringComparison.Ordinal);
        var rows = Table.Read(File.ReadAllText(folder.At("scores.csv")));
        Assert.Equal(("adults", "no-group"), (rows[0]["scl90_total_norm"], rows[1]["scl90_total_norm"]));
        Assert.Equal(83.95833333333333, double.Parse(rows[0]["scl90_somatization_t"], CultureInfo.InvariantCulture), 1e-12);

        var file = Cli.Run("score", survey, "--scales", "scl-90", "--norms", Document, "--out", "-");
        Assert.Equal(0, file.ExitCode);
        Assert.Equal(File.ReadAllBytes(folder.At("scores.csv")), file.Bytes);

        var json = Cli.Run("score", survey, "--scales", "scl-90", "--norms", Shipped, "--json", "--out", folder.At("other.csv"));
        using var summary = JsonDocument.Parse(json.Output);
        var norms = summary.RootElement.GetProperty("instruments")[0].GetProperty("norms");
        Assert.Equal((Shipped, 1), (norms.GetProperty("id").GetString(), norms.GetProperty("statuses").GetProperty("total").GetProperty("no-group").GetInt32()));
    }

    [Fact]
    public void An_explanation_shows_the_norm()
    {
        using var folder = new Folder();
        var survey = folder.Write("survey.csv", Survey());
        var text = Cli.Run("explain", survey, "--scales", "scl-90", "--norms", Shipped, "--row", "a");
        Assert.Contains($"norms {Shipped} 1.0.0: adults, T 83.96", text.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Cli.Run("explain", survey, "--scales", "scl-90", "--norms", Shipped, "--row", "b", "--json").Output);
        var norm = json.RootElement[0].GetProperty("scores")[0].GetProperty("norm");
        Assert.Equal(("no-group", JsonValueKind.Null), (norm.GetProperty("status").GetString(), norm.GetProperty("t").ValueKind));
    }

    [Fact]
    public void A_norm_document_is_never_overwritten()
    {
        using var folder = new Folder();
        var content = File.ReadAllText(Document);
        var run = Cli.Run("score", folder.Write("survey.csv", Survey()), "--scales", "scl-90", "--norms", folder.Write("own.json", content), "--out", folder.At("own.json"));
        Assert.Equal((3, content), (run.ExitCode, File.ReadAllText(folder.At("own.json"))));
        Assert.Contains("would overwrite", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_norm_document_is_refused_with_all_its_problems()
    {
        using var folder = new Folder();
        var broken = File.ReadAllText(Document).Replace("\"year\": 1986", "\"year\": 86", StringComparison.Ordinal).Replace("\"sd\": 0.48", "\"sd\": 0", StringComparison.Ordinal);
        var run = Cli.Run("score", folder.Write("survey.csv", Survey()), "--scales", "scl-90", "--norms", folder.Write("own.json", broken), "--out", folder.At("scores.csv"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("invalid-number", run.Error, StringComparison.Ordinal);
        Assert.Contains("invalid-sd", run.Error, StringComparison.Ordinal);
        Assert.Equal(["own.json", "survey.csv"], folder.Names);
    }

    [Theory]
    [InlineData("scl-90", "nothing", "Shipped are: ces-d-chinese-cities-2010")]
    [InlineData("phq-9", Shipped, "which is not asked")]
    public void Wrong_norms_are_wrong_usage(string scales, string norms, string message)
    {
        using var folder = new Folder();
        var run = Cli.Run("score", folder.Write("survey.csv", Survey()), "--scales", scales, "--norms", norms, "--out", folder.At("scores.csv"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_norms_of_one_instrument_are_wrong_usage()
    {
        using var folder = new Folder();
        var run = Cli.Run("score", folder.Write("survey.csv", Survey()), "--scales", "scl-90", "--norms", Shipped, "--norms", Document, "--out", folder.At("scores.csv"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("name one", run.Error, StringComparison.Ordinal);
    }

    private static string Survey()
    {
        var header = "id,age," + string.Join(',', Enumerable.Range(1, 90).Select(i => $"scl90_{i.ToString(CultureInfo.InvariantCulture)}"));
        var threes = string.Join(',', Enumerable.Repeat("3", 90));
        return $"{header}\na,30,{threes}\nb,16,{threes}\n";
    }
}
