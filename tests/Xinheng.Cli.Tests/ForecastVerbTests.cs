using System.Text.Json;

namespace Xinheng.Cli.Tests;

/// <summary><c>xinheng survey --dry-run</c> as a process, on the survey that ships with the sources.</summary>
public class ForecastVerbTests
{
    private static readonly string Data = Path.Combine(Cli.Root, "samples", "data");

    [Fact]
    public void DryRun_HasTheTiersOfTheRealRun_AndWritesNothing()
    {
        using var folder = new Folder();
        var real = Survey("--out", folder.At("real"));
        var before = Directory.GetFileSystemEntries(Data).Concat(Directory.GetFileSystemEntries(Cli.Root)).ToList();
        var trial = Survey("--dry-run", "--json", "--counsellor-hours", "7.5");
        Assert.Equal((real.ExitCode, real.Error), (trial.ExitCode, trial.Error));
        Assert.StartsWith("! Battery 'synthetic-province': ask the owners", Assert.Single(trial.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(Data).Concat(Directory.GetFileSystemEntries(Cli.Root)));
        Assert.Equal(["real"], folder.Names);
        using var json = JsonDocument.Parse(trial.Bytes);
        var root = json.RootElement;
        var tiers = Table.Read(File.ReadAllText(Path.Combine(folder.At("real"), "tiers.csv")));
        Assert.Equal(tiers.Count, root.GetProperty("forecast").GetProperty("people").GetInt32() + root.GetProperty("leftOut").GetInt32());
        foreach (var tier in root.GetProperty("forecast").GetProperty("tiers").EnumerateArray())
        {
            var name = tier.GetProperty("tier").GetString();
            Assert.Equal(
                tiers.Count(t => t["tier"] == name),
                tier.GetProperty("decided").GetInt32() + (name == "unknown" ? root.GetProperty("waiting").GetInt32() + root.GetProperty("leftOut").GetInt32() : 0));
        }

        var days = root.GetProperty("forecast").GetProperty("firstDays");
        Assert.Equal(("2026-11-02", "2026-11-06", 37.5, true), (days.GetProperty("from").GetString(), days.GetProperty("until").GetString(), days.GetProperty("staffedHours").GetDouble(), days.GetProperty("overRedLine").GetBoolean()));
        Assert.Equal(days.GetProperty("hours").GetDouble() - 37.5, days.GetProperty("hoursOver").GetDouble(), 1e-9);
        Assert.Equal(Math.Ceiling(days.GetProperty("hours").GetDouble() / 7.5), days.GetProperty("staggerDays").GetDouble());
        Assert.Contains("critical item", days.GetProperty("remedy").GetProperty("en").GetString(), StringComparison.Ordinal);
        Assert.False(root.TryGetProperty("moves", out _));
        Assert.DoesNotContain("S0000", trial.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoPolicies_StandSideBySide_AndOnlyTheFileNamesPeople()
    {
        using var folder = new Folder();
        var shipped = File.ReadAllText(Path.Combine(Cli.Root, "scales", "policies", "student-default.json"));
        var stricter = folder.Write("stricter.json", Changed(shipped, "\"id\": \"student-default\"", "\"id\": \"stricter\"", "\"minutesPerPerson\": {\n    \"red\": 90", "\"minutesPerPerson\": {\n    \"red\": 120", "\"tier\": \"blue\"", "\"tier\": \"yellow\""));
        var text = Survey("--dry-run", "--compare", stricter, "--out", folder.At("forecast"));
        Assert.Equal(4, text.ExitCode);
        Assert.StartsWith("DRAFT", text.Output, StringComparison.Ordinal);
        Assert.Contains("A = student-default 1.0.0, B = stricter 1.0.0", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("S0000", text.Output + text.Error, StringComparison.Ordinal);
        Assert.Equal(["changes.csv", "forecast.csv", "manifest.json"], Directory.GetFiles(folder.At("forecast")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var changes = Table.Read(File.ReadAllText(Path.Combine(folder.At("forecast"), "changes.csv")));
        Assert.NotEmpty(changes);
        Assert.All(changes, change => Assert.Equal(("blue", "yellow", "higher"), (change["from"], change["to"], change["change"])));

        using var json = JsonDocument.Parse(Survey("--dry-run", "--compare", stricter, "--json").Bytes);
        var moves = json.RootElement.GetProperty("moves");
        Assert.Equal((changes.Count, 0, 36), (moves.GetProperty("higher").GetInt32(), moves.GetProperty("lower").GetInt32(), moves.GetProperty("table").GetArrayLength()));
        Assert.Equal(moves.GetProperty("people").GetInt32(), moves.GetProperty("table").EnumerateArray().Sum(cell => cell.GetProperty("people").GetInt32()));
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("compared").GetProperty("firstDays").GetProperty("overRedLine").ValueKind);
        Assert.Equal(120, json.RootElement.GetProperty("compared").GetProperty("tiers")[0].GetProperty("minutesPerPerson").GetInt32());
    }

    [Fact]
    public void WhatIsMissingOrWrong_IsSaidPlainly_AndNothingIsWritten()
    {
        using var folder = new Folder();
        var staff = Path.Combine(Cli.Root, "scales", "policies", "staff-default.json");
        Assert.Equal((2, true), Said(Survey(), "--dry-run"));
        Assert.Equal((2, true), Said(Survey("--out", folder.At("out"), "--compare", staff), "--compare belongs to a forecast"));
        Assert.Equal((2, true), Said(Survey("--out", folder.At("out"), "--counsellor-hours", "8"), "--counsellor-hours belongs to a forecast"));
        Assert.Equal((2, true), Said(Survey("--dry-run", "--compare", staff), "another population"));
        Assert.Equal((2, true), Said(Survey("--dry-run", "--compare", folder.At("none.json")), "There is no file"));
        Assert.Equal((1, true), Said(Survey("--dry-run", "--compare", Path.Combine(Data, "battery.json")), "unknown-member"));
        foreach (var hours in new[] { "0", "-3", "eight", "7.125", "1000001" })
        {
            Assert.Equal((2, true), Said(Survey("--dry-run", "--counsellor-hours", hours), "no number of hours above 0"));
        }

        Assert.Empty(folder.Names);

        static (int, bool) Said(Cli.Result result, string text) => (result.ExitCode, result.Error.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void Help_ShowsAForecast()
    {
        var help = Cli.Run("survey", "--help");
        Assert.Contains("--dry-run --counsellor-hours 12", help.Output, StringComparison.Ordinal);
        Assert.Contains("--compare stricter.json", help.Output, StringComparison.Ordinal);
    }

    private static string Changed(string text, params string[] pairs)
    {
        for (var i = 0; i < pairs.Length; i += 2)
        {
            Assert.Contains(pairs[i], text, StringComparison.Ordinal);
            text = i + 2 == pairs.Length ? ReplaceFirst(text, pairs[i], pairs[i + 1]) : text.Replace(pairs[i], pairs[i + 1], StringComparison.Ordinal);
        }

        return text;
    }

    private static string ReplaceFirst(string text, string from, string to)
    {
        // The first rule that leads to blue is B1; notifications stand behind the rules.
        var at = text.IndexOf(from, text.IndexOf("\"id\": \"B1\"", StringComparison.Ordinal), StringComparison.Ordinal);
        return string.Concat(text.AsSpan(0, at), to, text.AsSpan(at + from.Length));
    }

    private static Cli.Result Survey(params string[] more) => Cli.Run(
        ["survey", Path.Combine(Data, "survey.csv"), "--battery", Path.Combine(Data, "battery.json"), "--roster", Path.Combine(Data, "roster.csv"), "--events", Path.Combine(Data, "events.csv"), .. more]);
}
