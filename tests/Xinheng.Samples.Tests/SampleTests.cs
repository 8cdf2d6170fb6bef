[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)] // Each test runs builds of its own.

namespace Xinheng.Samples.Tests;

/// <summary>Every sample runs and prints what it is meant to show.</summary>
public class SampleTests
{
    [Fact]
    public void FirstScore_PrintsTotalBandStatusAndCriticalItem() => Assert.Equal(
        """
        Total 13 of 27
        Band moderate: Moderate · 中度
        Status Ok, critical item suicidal-ideation: Yes

        """.ReplaceLineEndings("\n"),
        Run("FirstScore"));

    [Fact]
    public void CustomScale_ScoresOneAndMany_AndListsEveryMistakeOfABrokenCopy()
    {
        var output = Run("CustomScale");
        Assert.StartsWith(
            """
            sleep-and-screens 1.0.0: 6 items, 0 of 6 examples differ
            One: 11 Restless evenings · 作息不稳, prorated, between 9 and 12
            Batch 1: 0 settled
            Batch 2: 11 restless
            Batch 3: 18 talk
            broken.json is refused, 3 problems:
              unknown-source broken.json(28) $.evidence.reversal
            """.ReplaceLineEndings("\n"),
            output,
            StringComparison.Ordinal);
        Assert.Contains("  unreachable-range broken.json(", output, StringComparison.Ordinal);
        Assert.Contains("  band-overlap broken.json(", output, StringComparison.Ordinal);
    }

    [Fact]
    public void AnnualSurvey_RunsTheShippedSurveyWhole_SaysWhatItFound_AndWhereItWrote()
    {
        using var folder = new TempFolder();
        var output = DotNet.Run(folder.Path, "run", "-c", Repository.Configuration, "--no-build", "--project", Repository.PathOf("samples", "AnnualSurvey"));
        Assert.Contains("DRAFT: nobody has signed the policy", output, StringComparison.Ordinal);
        Assert.Contains("!! Critical answers that could not be read: 1.", output, StringComparison.Ordinal);
        Assert.Contains("1,196 enrolled, 1,196 eligible, 1,184 consented", output, StringComparison.Ordinal);
        Assert.Contains("Read 1,145 rows: 1,133 scored, 1 set aside, 11 duplicates", output, StringComparison.Ordinal);
        Assert.Contains("A screen is not a diagnosis.", output, StringComparison.Ordinal);
        var results = System.IO.Path.Combine(folder.Path, "annual-survey");
        Assert.Contains(results, output, StringComparison.Ordinal);
        foreach (var file in (string[])["scores.csv", "tiers.csv", "units.csv", "coverage.csv", "quarantine.csv", "manifest.json"])
        {
            Assert.True(File.Exists(System.IO.Path.Combine(results, file)), file);
        }

        Assert.Equal(1 + 1_133, File.ReadLines(System.IO.Path.Combine(results, "scores.csv")).Count());
        Assert.Equal(1 + 1_196 + 3, File.ReadLines(System.IO.Path.Combine(results, "tiers.csv")).Count());
    }

    [Fact]
    public void LiveSubmission_ShowsTierReasonsUnitsAndWarningsOfAnswersAndThenOfAReport()
    {
        var output = Run("LiveSubmission");
        var (answers, report) = (output[..output.IndexOf("== A report", StringComparison.Ordinal)], output[output.IndexOf("== A report", StringComparison.Ordinal)..]);
        Assert.Contains("Unknown -> Blue (watch) · 未知 -> 蓝色（关注） (draft policy 草案)", answers, StringComparison.Ordinal);
        Assert.Contains("     PHQ-9 · Total: 11 (Moderate) · PHQ-9 · 总分：11（中度）", answers, StringComparison.Ordinal);
        Assert.Contains("dormitory:2026级女舍009: 0 -> 1, 0 -> 1, 0 -> 0 of 5", answers, StringComparison.Ordinal);
        Assert.Contains("0 opened, 0 closed, 6 changed", answers, StringComparison.Ordinal);
        Assert.Equal(["student", "psychologist"], Audiences(answers));
        Assert.Contains("Blue (watch) -> Orange", report, StringComparison.Ordinal);
        Assert.Contains("Reported on 2026-11-02: Bereavement · 2026-11-02 报告：亲友离世", report, StringComparison.Ordinal);
        Assert.Contains("  province: 1 -> 1, 1 -> 0, 0 -> 1 of 1200", report, StringComparison.Ordinal);
        Assert.Equal(["student", "guardian", "class-teacher", "psychologist"], Audiences(report));

        static IEnumerable<string> Audiences(string text) => text.Split('\n').Where(line => line.StartsWith("To ", StringComparison.Ordinal)).Select(line => line.Split(' ', ',')[2]);
    }

    [Fact]
    public void EverySample_HasATest() => Assert.Equal(
        ["AnnualSurvey", "CustomScale", "FirstScore", "LiveSubmission"],
        Directory.GetFiles(Repository.PathOf("samples"), "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));

    private static string Run(string sample) =>
        DotNet.Run(Repository.Root, "run", "-c", Repository.Configuration, "--no-build", "--project", Repository.PathOf("samples", sample));
}
