using System.Globalization;
using System.Text.Json;

namespace Xinheng.Cli.Tests;

/// <summary>Scores of real people, person by person, against those that R computed. The data stay where they are.</summary>
public sealed class GoldenTests
{
    private static readonly string? Oracles = Environment.GetEnvironmentVariable("XINHENG_ORACLES");

    private static readonly string[] Rules = ["sum_complete", "prorated_ge80pct", "prorated_ge50pct", "mean_available"];

    [Fact]
    public void Phq9_of_600_adults_agrees_with_R()
    {
        // The answers are complete: then the shipped rule for missing answers and R's agree.
        var (scores, golden) = Score("phq9_nhanes", "phq-9", "phq9", 600);
        AssertColumn(golden, "phq9.sum_complete", scores, "phq9_total");
        Assert.All(scores, row => Assert.Equal("ok", row["phq9_total_status"]));
    }

    [Fact]
    public void The_shipped_Rosenberg_scale_of_3000_people_agrees_with_R()
    {
        // The data set reverses 3, 5, 8, 9 and 10: that is the order of rses-zh. A score needs every answer.
        var (scores, golden) = Score("rse_a", "rses-zh", "rseszh", 3_000);
        AssertColumn(golden, "selfesteem.sum_complete", scores, "rseszh_total");
        Assert.Contains(scores, row => row["rseszh_total_status"] == "too-few-answers");
    }

    [Theory]
    [InlineData("rse_a", "rse-variants", 3_000, "selfesteem")]
    [InlineData("dass42_a", "dass-42", 2_500, "depression", "anxiety", "stress")]
    [InlineData("tma_a", "tmas", 2_400, "anxiety")]
    [InlineData("pclc_wenchuan", "pcl-c", 362, "reexperience", "avoidance", "arousal", "ptsd")]
    public void Sums_means_and_proration_of_missing_answers_agree_with_R(string set, string instrument, int people, params string[] scales)
    {
        var prefix = instrument.Replace("-", "", StringComparison.Ordinal);
        var (scores, golden) = Score(set, instrument, prefix, people);
        foreach (var scale in scales)
        {
            foreach (var rule in Rules)
            {
                AssertColumn(golden, $"{scale}.{rule}", scores, $"{prefix}_{scale}_{rule}");
            }
        }
    }

    private static (List<Dictionary<string, string>> Scores, List<Dictionary<string, string>> Golden) Score(string set, string instrument, string prefix, int people)
    {
        Assert.SkipUnless(Directory.Exists(Oracles), "XINHENG_ORACLES names no folder with the reference data");
        using var folder = new Folder();
        using var sets = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Oracles!, "datasets.json")));
        var items = sets.RootElement.GetProperty(set).GetProperty("items").EnumerateArray().Select(item => item.GetString()!);
        var mapping = folder.Write("mapping.json", JsonSerializer.Serialize(new
        {
            id = "id", columns = items.Select((heading, i) => (heading, i)).ToDictionary(c => $"{prefix}_{c.i + 1}", c => c.heading),
        }));
        var data = Path.Combine(Oracles!, "data", set + ".csv");
        var run = Cli.Run("score", data, "--scales", instrument, "--definitions", Cli.Definitions, "--mapping", mapping, "--out", folder.At("scores.csv"));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var scores = Table.Read(File.ReadAllText(folder.At("scores.csv")));
        var golden = Table.Read(File.ReadAllText(Path.Combine(Oracles!, "golden", set, "scores.csv")));
        Assert.Equal((people, people), (scores.Count, golden.Count));
        Assert.Equal(golden.Select(row => row["id"]), scores.Select(row => row["id"]));
        return (scores, golden);
    }

    private static void AssertColumn(List<Dictionary<string, string>> golden, string expected, List<Dictionary<string, string>> scores, string actual)
    {
        for (var i = 0; i < golden.Count; i++)
        {
            var (want, have) = (golden[i][expected], scores[i][actual]);
            var place = $"{actual} of person {golden[i]["id"]}";
            if (want.Length == 0 || have.Length == 0)
            {
                // Of nobody's answers R makes no number either.
                Assert.True(want.Length == have.Length, place);
                continue;
            }

            var (x, y) = (double.Parse(want, CultureInfo.InvariantCulture), double.Parse(have, CultureInfo.InvariantCulture));
            Assert.True(want.Contains('.', StringComparison.Ordinal) ? Math.Abs(x - y) <= 1e-9 : x == y, place);
        }
    }
}
