using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Xinheng.Data.Tests;

/// <summary>Surveys with a roster: from files to tiers, units and warnings.</summary>
public class WholeSurveyTests
{
    private const string Header = "id,phq9_1,phq9_2,phq9_3,phq9_4,phq9_5,phq9_6,phq9_7,phq9_8,phq9_9\n";
    private const string RosterHeader = "person,population,school,grade,class,dormitory,county,city,sex,birth_date,boarding,left_behind,consent,from,to\n";
    private static readonly DateOnly Day = new(2026, 11, 2);

    /// <summary>Ten people: healthy, severe, item 9, blank item 9, unreadable item 9, absent, refused, unknown to the roster, reported, left.</summary>
    private static readonly string[] Rows =
    [
        "P01,0,0,0,0,0,0,0,0,0", "P02,3,3,3,3,3,3,2,0,0", "P03,0,0,0,0,0,0,0,0,1", "P04,0,0,0,0,0,0,0,0,", "P05,0,0,0,0,0,0,0,0,#REF!",
        "P07,0,0,0,0,0,0,0,0,0", "P08,3,3,3,3,3,3,3,3,3", "P09,0,0,0,0,0,0,0,0,0",
    ];

    private static readonly string[] Members =
    [
        "P01,student,S,G,C1,D1,县,市,男,2010-04-30,是,否,是,2026-09-01,", "P02,student,S,G,C1,D1,县,市,男,2010-04-30,是,否,是,2026-09-01,",
        "P03,student,S,G,C1,D1,县,市,男,2010-04-30,是,否,是,2026-09-01,", "P04,student,S,G,C1,,县,市,女,2010-04-30,否,否,是,2026-09-01,",
        "P05,student,S,G,C2,,县,市,女,2010-04-30,否,否,是,2026-09-01,", "P06,student,S,G,C2,,县,市,女,2010-04-30,否,否,是,2026-09-01,",
        "P07,student,S,G,C2,,县,市,女,2010-04-30,否,否,否,2026-09-01,", "P09,student,S,G,C2,,县,市,女,2010-04-30,否,否,是,2026-09-01,",
        "P10,student,S,G,C2,,县,市,女,2010-04-30,否,否,是,2026-09-01,2026-10-01",
    ];

    private const string Events = "person,date,kind,source\nP09,2026-10-30,suicide-plan,peer\nP06,2026-10-30,teacher-report,homeroom-teacher\n";

    [Fact]
    public void EachPerson_HasTheTierThatAnswersAndReportsGive_AndNobodyIsLost()
    {
        using var run = Run(Rows, Members, Events);
        var tiers = run.Table("tiers.csv").ToDictionary(r => r["person"], StringComparer.Ordinal);
        Assert.Equal(
            "P01 green, P02 orange, P03 orange, P04 unknown, P05 unknown, P06 yellow, P07 green, P08 red, P09 red",
            string.Join(", ", tiers.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key} {t.Value["tier"]}")));
        Assert.Equal(("red", "yes", "2026-11-02T17:30:00+08:00"), (tiers["P05"]["possible"], tiers["P05"]["incomplete"], tiers["P05"]["due"]));
        Assert.Equal("O1", tiers["P03"]["rules"]);
        Assert.Equal("2026-11-02T07:30:00+08:00", tiers["P09"]["due"]);
        Assert.Equal((1, 1L), (run.Summary.Unassigned, run.Summary.Scores.CriticalUnreadable));
        var school = run.Table("units.csv").Single(u => u["level"] == "school");
        Assert.Equal(
            "8 8 7 7 7",
            string.Join(' ', school["enrolled"], school["eligible"], school["consented"], school["answered"], school["valid"]));
        Assert.Equal("8", (from tier in new[] { "red", "orange", "yellow", "blue", "green", "unknown" } select int.Parse(school[tier], CultureInfo.InvariantCulture)).Sum().ToString(CultureInfo.InvariantCulture));
        Assert.Contains(run.Table("coverage.csv"), r => (r["person"], r["reason"]) == ("P06", "not-answered"));
        Assert.Contains(run.Table("coverage.csv"), r => (r["person"], r["reason"]) == ("P07", "refused"));
        Assert.Contains(run.Table("quarantine.csv"), r => (r["file"], r["code"]) == ("roster.csv", "left"));
        Assert.Contains("P08", run.Text("warnings/psychologist/not-on-the-roster.jsonl"), StringComparison.Ordinal);
    }

    [Fact]
    public void TheFolder_IsTheSameForAnyThreads_AndAllButScoresForAnyOrderOfRows()
    {
        using var one = Run(Rows, Members, Events, threads: 1, block: 1);
        using var two = Run(Rows, Members, Events, threads: 2, block: 3);
        using var turned = Run([.. Rows.Reverse()], [.. Members.Reverse()], Events);
        Assert.Equal(one.Files, two.Files);
        Assert.All(one.Files, file => Assert.Equal(one.Text(file), two.Text(file)));
        Assert.All(
            one.Files.Where(f => f is not ("scores.csv" or "quarantine.csv" or "manifest.json")), file => Assert.Equal(one.Text(file), turned.Text(file)));
    }

    [Fact]
    public void OnlyThePsychologistsFiles_HoldScoresAnswersAndReasons()
    {
        using var run = Run(Rows, Members, Events);
        string[] words = ["phq", "PHQ", "score", "tier", "red", "orange", "红色", "橙色", "severe", "重度", "\"O1\"", "suicid", "自杀", "item", "题"];
        var others = run.Files.Where(f => f.StartsWith("warnings/", StringComparison.Ordinal) && !f.StartsWith("warnings/psychologist", StringComparison.Ordinal) && !f.StartsWith("warnings/county", StringComparison.Ordinal) && !f.StartsWith("warnings/province", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(others);
        foreach (var line in others.SelectMany(f => f.EndsWith(".json", StringComparison.Ordinal) ? [run.Text(f)] : run.Text(f).Split('\n', StringSplitOptions.RemoveEmptyEntries)))
        {
            using var warning = JsonDocument.Parse(line);
            var shown = string.Join('\n', warning.RootElement.EnumerateObject().Where(m => m.Name is not ("id" or "case")).Select(m => $"{m.Name} {m.Value}"));
            Assert.All(words, word => Assert.DoesNotMatch($@"(?<![a-z]){System.Text.RegularExpressions.Regex.Escape(word)}", shown));
        }

        Assert.All(run.Files.Where(f => f.StartsWith("warnings/county", StringComparison.Ordinal) || f.StartsWith("warnings/province", StringComparison.Ordinal)), f => Assert.DoesNotContain("P0", run.Text(f), StringComparison.Ordinal));
        Assert.Contains("null", run.Text(run.Files.Single(f => f.StartsWith("warnings/province", StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("1900-01-00")]
    [InlineData("2099-01-01")]
    [InlineData("")]
    [InlineData("CANARY")]
    public void ABirthDateThatCannotBe_IsUnknown_ListedWithoutItsText_AndTheMemberStays(string born)
    {
        using var run = Run(["P01,0,0,0,0,0,0,0,0,0"], [$"P01,student,S,G,C,,县,市,男,{born},否,否,,2026-09-01,"], null);
        Assert.Equal(1, run.Summary.Everybody.Enrolled);
        Assert.Equal(0, run.Summary.Everybody.Consented); // Of unknown age: under 14 until known.
        Assert.Equal(born.Length == 0 ? 0 : 1, run.Table("quarantine.csv").Count(r => r["file"] == "roster.csv"));
        Assert.DoesNotContain("CANARY", run.Text("quarantine.csv"), StringComparison.Ordinal);
    }

    /// <summary>The last block then holds nobody.</summary>
    [Fact]
    public void ASurvey_OfExactlyOneBlock_RunsToItsEnd()
    {
        using var full = Run(Rows, Members, Events, block: Rows.Length);
        using var usual = Run(Rows, Members, Events);
        Assert.Equal(usual.Text("tiers.csv"), full.Text("tiers.csv"));
    }

    [Fact]
    public void AReport_OfAnUnknownKindOrWithoutADay_IsATaskForToday_NotLost()
    {
        using var run = Run(
            ["P01,0,0,0,0,0,0,0,0,0", "P02,0,0,0,0,0,0,0,0,0"], [.. Members.Take(2)], "person,date,kind,source\nP01,2026-10-30,suicide-paln,peer\nP02,30 October,suicide-plan,peer\n,2026-10-30,suicide-plan,peer\n");
        var tiers = run.Table("tiers.csv").ToDictionary(r => r["person"], StringComparer.Ordinal);
        Assert.Equal((3, "same-school-day", "red"), (run.Summary.UnreadReports, tiers["P01"]["urgency"], tiers["P02"]["tier"]));
    }

    [Fact]
    public void ThirtyIdenticalForms_OfOneClass_AreThirtyPeople()
    {
        using var run = Run(
            [.. Enumerable.Range(1, 30).Select(i => string.Create(CultureInfo.InvariantCulture, $"Q{i:00},1,1,1,1,1,1,1,1,1"))],
            [.. Enumerable.Range(1, 30).Select(i => string.Create(CultureInfo.InvariantCulture, $"Q{i:00},student,S,G,C1,,县,市,女,2009-04-30,否,否,是,2026-09-01,"))],
            null);
        Assert.Equal((30, 30, 30), (run.Summary.Everybody.Answered, run.Summary.Everybody.Orange, run.Table("scores.csv").Count));
        Assert.Equal(0, run.Summary.Scores.Duplicates);
    }

    [Fact]
    public void RowsOfStaff_AreNotCountedAmongStudents()
    {
        using var run = Run(["P01,0,0,0,0,0,0,0,0,0"], [Members[0], "T1,staff,S,,,,县,市,男,1980-01-01,,,是,2026-09-01,"], null);
        Assert.Equal(1, run.Summary.Everybody.Enrolled);
        Assert.Contains(run.Table("quarantine.csv"), r => r["code"] == "wrong-population");
    }

    [Theory]
    [InlineData("person,grade\nP01,G\n", "missing-column")]
    [InlineData("person,school,学校\nP01,S,S\n", "repeated-column")]
    [InlineData("person,school,from\nP01,S,2027-09-01\n", "empty-roster")]
    public void ARosterThatCannotBeUsed_IsRefused_AndNothingIsWritten(string roster, string code)
    {
        using var folder = new TempFolder();
        var request = Request(folder, Header + Rows[0] + "\n", roster, null);
        var refusal = Assert.Throws<InputException>(() => Xinheng.Data.SurveyRun.Run(request, folder.At("out"), null, TestContext.Current.CancellationToken));
        Assert.Contains(refusal.Problems, p => p.Code == code);
        Assert.Equal(["roster.csv", "survey.csv"], folder.Names);
    }

    [Fact]
    public void AFolderThatNoSurveyWrote_IsNotReplaced_AndAnOlderSurveyIs()
    {
        using var folder = new TempFolder();
        var request = Request(folder, Header + Rows[0] + "\n", RosterHeader + Members[0] + "\n", null);
        Directory.CreateDirectory(folder.At("out"));
        File.WriteAllText(folder.At("out/letter.txt"), "mine");
        Assert.Throws<IOException>(() => Xinheng.Data.SurveyRun.Run(request, folder.At("out"), null, TestContext.Current.CancellationToken));
        File.Delete(folder.At("out/letter.txt"));
        Xinheng.Data.SurveyRun.Run(request, folder.At("out"), null, TestContext.Current.CancellationToken);
        var before = File.ReadAllText(folder.At("out/manifest.json"));
        Xinheng.Data.SurveyRun.Run(request, folder.At("out"), null, TestContext.Current.CancellationToken);
        Assert.Equal(before, File.ReadAllText(folder.At("out/manifest.json")));
        Assert.Equal(["out", "roster.csv", "survey.csv"], Directory.GetFileSystemEntries(folder.At(".")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static SurveyRequest Request(TempFolder folder, string survey, string roster, string? events, int threads = 2, int block = 2048) => new()
    {
        Scores = new ScoreRequest { Input = folder.Write("survey.csv", Encoding.UTF8.GetBytes(survey)), Instruments = [InstrumentCatalog.Default["phq-9"]], IdColumn = "id", Threads = threads, BlockSize = block },
        Roster = folder.Write("roster.csv", Encoding.UTF8.GetBytes(roster)),
        Events = events is null ? null : folder.Write("events.csv", Encoding.UTF8.GetBytes(events)),
        Policy = Policy.Default(PopulationKind.Student),
        AsOf = Day,
        Wave = "2026",
        AllowDraft = true,
    };

    private static Whole Run(IReadOnlyList<string> rows, IReadOnlyList<string> members, string? events, int threads = 2, int block = 2048)
    {
        var folder = new TempFolder();
        var request = Request(folder, Header + string.Join('\n', rows) + "\n", RosterHeader + string.Join('\n', members) + "\n", events, threads, block);
        return new Whole(folder, Xinheng.Data.SurveyRun.Run(request, folder.At("out"), null, TestContext.Current.CancellationToken));
    }

    private sealed record Whole(TempFolder Folder, SurveySummary Summary) : IDisposable
    {
        public IReadOnlyList<string> Files =>
            [.. Directory.GetFiles(Folder.At("out"), "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder.At("out"), f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

        public string Text(string file) => File.ReadAllText(Folder.At("out/" + file));

        public List<Dictionary<string, string>> Table(string file) => SurveyRun.ReadTable(Folder.At("out/" + file));

        public void Dispose() => Folder.Dispose();
    }
}
