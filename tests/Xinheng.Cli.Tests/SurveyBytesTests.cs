using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Xinheng.Cli.Tests;

/// <summary>Whole surveys as a process: the same bytes for any number of threads and any order of the rows.</summary>
public sealed class SurveyBytesTests
{
    private static readonly string? Oracles = Environment.GetEnvironmentVariable("XINHENG_ORACLES");

    /// <summary>What keeps the order of the rows, or names it.</summary>
    private static readonly string[] InFileOrder = ["scores.csv", "quarantine.csv", "manifest.json"];

    [Fact]
    public void TwentyThousandStudents()
    {
        using var demo = new DemoFolder().Make(20_000, seed: 2026);
        using var folder = new Folder();
        AssertSameBytes(folder, Path.Combine(demo.Path, "survey.csv"), Path.Combine(demo.Path, "roster.csv"), Path.Combine(demo.Path, "events.csv"), Path.Combine(demo.Path, "battery.json"), exit: 4);
    }

    [Fact]
    public void RealAnswers_OfSixHundredAdults_OnARosterMadeForThem()
    {
        Assert.SkipUnless(Directory.Exists(Oracles), "XINHENG_ORACLES names no folder with the reference data");
        using var folder = new Folder();
        using var sets = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Oracles!, "datasets.json")));
        var items = sets.RootElement.GetProperty("phq9_nhanes").GetProperty("items").EnumerateArray().Select(item => item.GetString()!).ToList();
        var lines = File.ReadAllLines(Path.Combine(Oracles!, "data", "phq9_nhanes.csv"));
        var headings = lines[0].Split(',').Select(heading => heading.Trim('"')).ToList();
        var columns = items.Select(item => headings.IndexOf(item)).ToList();
        Assert.DoesNotContain(-1, columns);
        string[] answers = [.. lines[1..].Select(line => line.Split(',')).Select(row => string.Join(',', columns.Select(column => row[column].Trim('"') is "NA" ? "" : row[column].Trim('"'))))];
        Assert.Equal(600, answers.Length);

        // Four schools of three grades; ten people are on the roster only, and five of the answers are of nobody on it.
        var survey = folder.Write("survey.csv", "person," + string.Join(',', Enumerable.Range(1, items.Count).Select(i => $"phq9_{i}")) + "\n"
            + string.Concat(answers.Select((row, i) => $"{Id(i)},{row}\n")));
        var roster = folder.Write("roster.csv", "person,population,school,grade,class,dormitory,county,city,sex,birth_date,boarding,consent,from\n"
            + string.Concat(Enumerable.Range(5, 605).Select(i => string.Create(CultureInfo.InvariantCulture, $"{Id(i)},student,School {i % 4},Grade {i % 12 / 4},Class {i % 24 / 12},Room {i % 60 / 12},County {i % 4 / 2},City,{(i % 2 == 0 ? "female" : "male")},1990-05-0{1 + (i % 9)},yes,yes,2020-09-01\n"))));
        var events = folder.Write("events.csv", $"person,date,kind,source\n{Id(7)},2026-10-30,suicide-plan,peer\n{Id(606)},2026-10-30,teacher-report,homeroom-teacher\n{Id(9)},2026-10-29,bereavement,homeroom-teacher\n");
        var battery = folder.Write("battery.json", """{ "id": "real", "version": "1.0.0", "name": { "en": "Real answers", "zh-Hans": "真实作答" }, "population": "student", "policy": "student-default", "scales": ["phq-9"], "asOf": "2026-11-02" }""");
        AssertSameBytes(folder, survey, roster, events, battery, exit: 0);

        // The totals are those that R computed, and so every tier can be worked by hand from the answers.
        var tiers = File.ReadLines(Path.Combine(folder.At("one"), "tiers.csv")).Skip(1).Select(line => line.Split(',')).ToDictionary(row => row[0], row => (Tier: row[1], Rules: row[7]), StringComparer.Ordinal);
        Assert.Equal(610, tiers.Count);
        for (var i = 0; i < answers.Length; i++)
        {
            var codes = answers[i].Split(',').Take(9).Select(int.Parse).ToArray();
            var (total, thoughts) = (codes.Sum(), codes[8]);
            var expected = i == 7 || thoughts >= 2 ? "red" : i == 9 || thoughts >= 1 || total >= 20 ? "orange" : total >= 15 ? "yellow" : total >= 10 ? "blue" : "green";
            Assert.True(
                tiers[Id(i)].Tier == expected || (expected == "green" && tiers[Id(i)].Tier == "unknown"),
                $"row {i + 1} is not of the tier worked by hand");
        }

        Assert.Equal(("yellow", "Y7"), tiers[Id(606)]);
        Assert.Equal(9, Enumerable.Range(600, 10).Count(i => tiers[Id(i)].Tier == "unknown"));

        static string Id(int i) => string.Create(CultureInfo.InvariantCulture, $"R{i:0000}");
    }

    private static void AssertSameBytes(Folder folder, string survey, string roster, string events, string battery, int exit)
    {
        var (shuffledSurvey, shuffledRoster, shuffledEvents) = (folder.At("survey-shuffled.csv"), folder.At("roster-shuffled.csv"), folder.At("events-shuffled.csv"));
        Shuffle(survey, shuffledSurvey, keepRowsOfAPerson: true);
        Shuffle(roster, shuffledRoster, keepRowsOfAPerson: false);
        Shuffle(events, shuffledEvents, keepRowsOfAPerson: false);
        Survey("one", survey, roster, events, "1");
        Survey("two", survey, roster, events, "2");
        Survey("shuffled", shuffledSurvey, shuffledRoster, shuffledEvents, "2");
        var (one, two, shuffled) = (Digests(folder.At("one")), Digests(folder.At("two")), Digests(folder.At("shuffled")));
        Assert.True(one.Count > 20);
        Assert.Equal(one, two);
        Assert.Equal(one.Where(file => !InFileOrder.Contains(file.File)), shuffled.Where(file => !InFileOrder.Contains(file.File)));

        void Survey(string name, string input, string members, string reports, string threads)
        {
            var result = Cli.Run("survey", input, "--battery", battery, "--roster", members, "--events", reports, "--threads", threads, "--out", folder.At(name));
            Assert.True(result.ExitCode == exit, result.Error + result.Output);
        }
    }

    private static List<(string File, string Sha256)> Digests(string folder) =>
    [
        .. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(folder, file), Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))))
            .OrderBy(file => file.Item1, StringComparer.Ordinal),
    ];

    /// <summary>Rows in another order. Of several rows of one person the first counts, so these keep theirs.</summary>
    private static void Shuffle(string from, string to, bool keepRowsOfAPerson)
    {
        var lines = File.ReadAllLines(from);
        var random = new Random(20261102);
        var id = Math.Max(0, Array.FindIndex(lines[0].TrimStart('\uFEFF').Split(','), heading => heading is "学号" or "person"));
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = lines[1..].Select(line =>
        {
            var person = keepRowsOfAPerson ? line.Split(',') is var cells && id < cells.Length ? cells[id] : "" : "";
            return (Place: person.Length == 0 ? random.Next() : places.TryGetValue(person, out var known) ? known : places[person] = random.Next(), line);
        }).ToList();
        File.WriteAllLines(to, [lines[0], .. rows.OrderBy(row => row.Place).Select(row => row.line)]);
    }
}
