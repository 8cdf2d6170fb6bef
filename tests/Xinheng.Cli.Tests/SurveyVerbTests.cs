using System.Text.Json;

namespace Xinheng.Cli.Tests;

/// <summary><c>xinheng survey</c> as a process, on the survey that ships with the sources.</summary>
public class SurveyVerbTests
{
    private static readonly string Data = Path.Combine(Cli.Root, "samples", "data");

    [Fact]
    public void TheSampleSurvey_IsRunWhole_SaysThatThePolicyIsADraft_AndExitsForUnreadCriticalAnswers()
    {
        using var folder = new Folder();
        var output = Path.Combine(folder.Path, "out");
        var result = Survey("--events", Path.Combine(Data, "events.csv"), "--out", output);
        Assert.Equal(4, result.ExitCode);
        Assert.StartsWith("DRAFT", result.Output, StringComparison.Ordinal);
        Assert.Contains("Coverage 覆盖率", result.Output, StringComparison.Ordinal);
        Assert.Contains("Red 红色", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("S0000", result.Output + result.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["coverage.csv", "manifest.json", "quarantine.csv", "scores.csv", "tiers.csv", "units.csv", "warnings"],
            Directory.GetFileSystemEntries(output).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(1 + 1_196 + 3, File.ReadLines(Path.Combine(output, "tiers.csv")).Count());
    }

    [Fact]
    public void TheSummaryAsJson_SaysTheSame_AndTheNextWaveReadsTheFolder()
    {
        using var folder = new Folder();
        var result = Survey("--as-of", "2026-11-02", "--json", "--out", folder.At("first"));
        using var first = JsonDocument.Parse(result.Bytes);
        var tiers = first.RootElement.GetProperty("tiers").EnumerateObject().ToDictionary(t => t.Name, t => t.Value.GetInt32(), StringComparer.Ordinal);
        Assert.Equal(["red", "orange", "yellow", "blue", "green", "unknown"], tiers.Keys);
        Assert.Equal(first.RootElement.GetProperty("people").GetProperty("enrolled").GetInt32(), tiers.Values.Sum());
        Assert.Equal(0, first.RootElement.GetProperty("changes").GetArrayLength());
        Assert.True(first.RootElement.GetProperty("policy").GetProperty("draft").GetBoolean());

        // The same answers a day later: nobody has changed.
        using var second = JsonDocument.Parse(Survey("--as-of", "2026-11-03", "--previous", folder.At("first"), "--json", "--out", folder.At("second")).Bytes);
        var changes = second.RootElement.GetProperty("changes").EnumerateArray().ToList();
        Assert.NotEmpty(changes);
        Assert.All(changes, change => Assert.Contains((change.GetProperty("before").GetString(), change.GetProperty("now").GetString()), Kept.Append(("yellow", "yellow"))));
        Assert.Contains("Since the last wave", Survey("--as-of", "2026-11-03", "--previous", folder.At("first"), "--out", folder.At("third")).Output, StringComparison.Ordinal);
    }

    /// <summary>What a tier can become when the answers stay: O5 raises nobody who was not orange or red.</summary>
    private static readonly (string?, string?)[] Kept = [("red", "red"), ("orange", "orange"), ("blue", "blue"), ("green", "green")];

    [Fact]
    public void WhatIsMissingOrWrong_IsSaidPlainly()
    {
        using var folder = new Folder();
        var output = Path.Combine(folder.Path, "out");
        Assert.Equal((2, true), Said(Survey("--as-of", "yesterday", "--out", output), "2026-11-02"));
        Assert.Equal((2, true), Said(Survey("--events", Path.Combine(folder.Path, "none.csv"), "--out", output), "There is no file"));
        Assert.Equal((2, true), Said(Survey("--previous", folder.At("none"), "--out", output), "There is no folder"));
        Assert.Equal((3, true), Said(Survey("--previous", folder.Path, "--out", output), "not-a-survey"));
        Assert.Equal((3, true), Said(Survey("--as-of", "2019-01-01", "--out", output), "empty-roster"));
        Assert.Equal((1, true), Said(Survey("--policy", Path.Combine(Data, "battery.json"), "--out", output), "unknown-member"));
        var staff = Path.Combine(Cli.Root, "scales", "policies", "staff-default.json");
        Assert.Equal((2, true), Said(Survey("--policy", staff, "--out", output), "is for staff and the battery 'synthetic-province' for student"));
        Assert.Equal((2, true), Said(With("students-short", output), "Shipped are: second-stage, "));
        var broken = folder.Write("battery.json", """{ "scales": ["phq-9", "gad7"], "populations": "student" }""");
        Assert.Equal((1, true), Said(With(broken, output), "'populations'"));
        Assert.Equal((1, true), Said(With(broken, output), "instrument 'gad7'"));
        Assert.False(Directory.Exists(output));

        static (int, bool) Said(Cli.Result result, string text) => (result.ExitCode, result.Error.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void AShippedBattery_IsTakenByItsId()
    {
        using var folder = new Folder();
        var header = string.Join(',', BatteryCatalog.Default["student-short"].Instruments.SelectMany(i => i.Items.Select(item => $"{i.ColumnPrefix}_{item.Id}")));
        var survey = folder.Write("survey.csv", $"id,{header}\nS0000001,{string.Join(',', Enumerable.Repeat("0", header.Count(c => c == ',') + 1))}\n");
        var roster = folder.Write("roster.csv", string.Join('\n', File.ReadLines(Path.Combine(Data, "roster.csv")).Take(2)) + "\n");
        var output = folder.At("out");
        var run = Cli.Run(["survey", survey, "--battery", "student-short", "--roster", roster, "--as-of", "2026-11-02", "--id", "id", "--out", output]);
        Assert.Equal((0, false), (run.ExitCode, run.Error.Contains("ask the owners", StringComparison.Ordinal)));
        Assert.Contains("S0000001,blue,", File.ReadAllText(Path.Combine(output, "tiers.csv")), StringComparison.Ordinal); // WHO-5 of 0 percent
    }

    [Fact]
    public void ABatteryThatNeedsPermission_SaysSo() =>
        Assert.Contains("ask the owners before use 使用前须先取得许可: scl-90 (unclear), mht (unclear).", Survey("--dry-run").Error, StringComparison.Ordinal);

    private static Cli.Result With(string battery, string output) => Cli.Run(
        ["survey", Path.Combine(Data, "survey.csv"), "--battery", battery, "--roster", Path.Combine(Data, "roster.csv"), "--as-of", "2026-11-02", "--out", output]);

    private static Cli.Result Survey(params string[] more) => Cli.Run(
        ["survey", Path.Combine(Data, "survey.csv"), "--battery", Path.Combine(Data, "battery.json"), "--roster", Path.Combine(Data, "roster.csv"), .. more]);
}
