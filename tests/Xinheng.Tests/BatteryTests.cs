using System.Text;
using System.Text.Json;

namespace Xinheng.Tests;

/// <summary>Batteries: the shipped ones add up and fit their policy, wrong ones are refused.</summary>
public class BatteryTests
{
    private const string Small = """
        {
          "id": "small",
          "version": "1.0.0",
          "name": { "en": "Small", "zh-Hans": "小" },
          "population": "student",
          "minAge": 12,
          "maxAge": 17,
          "policy": "student-default",
          "scales": ["phq-9", "psqi"],
          "reasons": { "phq-9": { "en": "Mood", "zh-Hans": "情绪" } },
          "pace": { "optionSeconds": 10, "entrySeconds": 20, "evidence": { "sources": ["book"], "verdict": "publication" } },
          "sources": { "book": { "kind": "manual", "citation": "A book" } },
          "asOf": "2026-11-02"
        }
        """;

    public static TheoryData<string> Ids => [.. BatteryCatalog.Default.Ids];

    public static TheoryData<DefinitionTests.Mistake> Mistakes => [.. All];

    private static DefinitionTests.Mistake[] All =>
    [
        new("\"scales\"", "\"scale\"", "unknown-member", "$.scale", "\"scale\":", "a member 'scale'", "'scales'"),
        new("\"population\": \"student\"", "\"population\": \"parents\"", "wrong-value", "$.population", "parents", "the text 'parents'", "one of 'student', 'staff'"),
        new("\"id\": \"small\"", "\"id\": \"Small\"", "invalid-id", "$.id", "\"Small\",", "an id with other characters", "lower-case letters, digits and single hyphens, beginning with a letter"),
        new("\"minAge\": 12", "\"minAge\": 18", "invalid-age", "$.minAge", "\"minAge\": 18", "ages that are no range", "minAge at most maxAge, both 0 to 120"),
        new("\"student-default\"", "\"our-policy\"", "unknown-policy", "$.policy", "our-policy", "policy 'our-policy'", "the id of a shipped policy: student-default, staff-default"),
        new("\"student-default\"", "\"staff-default\"", "wrong-population", "$.policy", "staff-default", "policy 'staff-default', which is for staff", "a policy for student"),
        new("\"phq-9\", \"psqi\"", "", "no-scales", "$.scales", "\"scales\"", "0 instruments", "1 to 100 instruments"),
        new("\"phq-9\", \"psqi\"", "\"phq-9\", \"phq-9\"", "duplicate-id", "$.scales[1]", "\"scales\"", "instrument 'phq-9' a second time", "each instrument once"),
        new("\"phq-9\", \"psqi\"", "\"phq-9\", \"phq9\"", "unknown-instrument", "$.scales[1]", "\"scales\"", "instrument 'phq9'", "an id of the catalogue"),
        new("\"phq-9\", \"psqi\"", "\"phq-9\", \"school-provision\"", "not-about-people", "$.scales[1]", "\"scales\"", "'school-provision', which is about a school", "an instrument about a person"),
        new("\"phq-9\", \"psqi\"", "\"phq-9\", \"pcl-5\"", "outside-population", "$.scales[1]", "\"scales\"", "'pcl-5', which is published for ages from 18", "an instrument for everybody of ages from 12 to 17"),
        new("\"maxAge\": 17", "\"maxAge\": 18", "outside-population", "$.scales[2]", "\"scales\"", "'phq-a', which is published for ages from 11 to 17", "an instrument for everybody of ages from 12 to 18"),
        new("\"reasons\": { \"phq-9\"", "\"reasons\": { \"gad-7\"", "unknown-instrument", "$.reasons.gad-7", "\"reasons\"", "a reason for 'gad-7'", "reasons for instruments of 'scales' only"),
        new("\"optionSeconds\": 10", "\"optionSeconds\": 0", "invalid-number", "$.pace.optionSeconds", "\"pace\"", "0 seconds", "1 to 600 seconds for an item"),
        new("\"entrySeconds\": 20", "\"entrySeconds\": 601", "invalid-number", "$.pace.entrySeconds", "\"pace\"", "601 seconds", "1 to 600 seconds for an item"),
        new("[\"book\"]", "[\"film\"]", "unknown-source", "$.pace.evidence.sources[0]", "\"pace\"", "source 'film'", "an id of 'sources'"),
        new("\"2026-11-02\"", "\"02.11.2026\"", "wrong-value", "$.asOf", "\"asOf\"", "the text '02.11.2026'", "a date such as \"2026-09-01\""),
    ];

    /// <summary>Items times seconds by hand: 10 for a choice, none of these asks for a number or a time of day.</summary>
    [Theory]
    [InlineData("student-short", 5 + 10 + 7 + 5)]
    [InlineData("student-full", 5 + 10 + 7 + 60 + 5)]
    [InlineData("student-full-16-plus", 5 + 10 + 7 + 90 + 5)]
    [InlineData("second-stage", 7 + 33 + 41 + 8)]
    [InlineData("second-stage-18-plus", 7 + 20 + 20 + 10)]
    [InlineData("staff", 10 + 10 + 7 + 19 + 7)]
    public void ExpectedMinutes_AddUp(string id, int items)
    {
        var battery = BatteryCatalog.Default[id];
        Assert.Equal((items, new Rational(items * 10, 60)), (battery.Items, battery.ExpectedMinutes));
    }

    [Fact]
    public void EveryShippedBattery_HasItsMinutesWorkedByHand() =>
        Assert.Equal(["second-stage", "second-stage-18-plus", "staff", "student-full", "student-full-16-plus", "student-short"], BatteryCatalog.Default.Ids);

    /// <summary>PHQ-9: ten choices. PSQI: two times of day, two numbers, fourteen choices.</summary>
    [Fact]
    public void NumbersAndTimesOfDay_TakeTheSecondsOfAnEntry() =>
        Assert.Equal(new Rational((24 * 10) + (4 * 20), 60), Load(Small).ExpectedMinutes);

    [Fact]
    public void WithoutAPace_NoMinutesAreExpected() =>
        Assert.Null(Battery.Create(Load(Small).Definition with { Pace = null }, InstrumentCatalog.Default).ExpectedMinutes);

    [Theory]
    [MemberData(nameof(Ids))]
    public void AShippedBattery_FitsItsPolicyAndItsPeople_AndSaysWhy(string id)
    {
        var battery = BatteryCatalog.Default[id];
        Assert.Equal(id, battery.Definition.Id);
        Assert.Equal(battery.Definition.Population, battery.Policy.Definition.Population);
        Assert.Equal(id.StartsWith("staff", StringComparison.Ordinal) ? PopulationKind.Staff : PopulationKind.Student, battery.Definition.Population);
        Assert.Equal(battery.Definition.Scales, battery.Definition.Reasons.Keys);
        Assert.All(battery.Definition.Reasons.Values.Append(battery.Definition.Description!).Append(battery.Definition.Name!), text => Assert.True(text.En.Length > 0 && text.ZhHans.Any(c => c > 0x2E80)));
        for (var age = battery.Definition.MinAge!.Value; age <= (battery.Definition.MaxAge ?? 60); age++)
        {
            Assert.All(battery.Instruments, instrument => Assert.True(instrument.Definition.Population.Includes(age), $"{instrument.Id} at {age}"));
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void AShippedBattery_AsksAboutThoughtsOfSuicide(string id) =>
        Assert.Contains(CriticalClass.SuicidalIdeation, BatteryCatalog.Default[id].CriticalClasses);

    /// <summary>Everything of a shipped battery decides something, but for instruments without published bands, by name.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void AShippedBattery_DecidesOnAllButInstrumentsWithoutBands(string id)
    {
        var battery = BatteryCatalog.Default[id];
        Assert.Equal(id == "staff" ? ["cbi"] : [], battery.ScoredOnly.Select(i => i.Id));
        Assert.All(battery.ScoredOnly, instrument => Assert.All(instrument.Scores, score => Assert.Empty(score.Bands)));
    }

    /// <summary>Read again from the files of the definitions, without the library.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void TheLicences_AreThoseOfTheDefinitions(string id)
    {
        var battery = BatteryCatalog.Default[id];
        var expected = battery.Definition.Scales.Select(scale =>
        {
            using var definition = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("scales", scale, "instrument.json")));
            return (Scale: scale, Status: definition.RootElement.GetProperty("licence").GetProperty("status").GetString()!);
        }).ToArray();
        Assert.Equal(
            expected.Select(e => $"{e.Status}: {e.Scale}").Order(StringComparer.Ordinal),
            battery.Licences.SelectMany(l => l.Value.Select(scale => $"{JsonNamingPolicy.KebabCaseLower.ConvertName(l.Key.ToString())}: {scale}")).Order(StringComparer.Ordinal));
        Assert.Equal(expected.Where(e => e.Status is "permission-needed" or "unclear").Select(e => e.Scale), battery.AskFirst.Select(i => i.Id));
        Assert.DoesNotContain("licence", File.ReadAllText(Repository.PathOf("scales", "batteries", $"{id}.json")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void OnlyTheShortBattery_NeedsNobodysPermission() =>
        Assert.Equal(["second-stage-18-plus", "student-short"], BatteryCatalog.Default.Ids.Where(id => BatteryCatalog.Default[id].AskFirst.Count == 0));

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void AMistake_IsReportedWithItsLineAndPath_AndWhatWasExpected(DefinitionTests.Mistake mistake)
    {
        ArgumentNullException.ThrowIfNull(mistake);
        var small = mistake.Path == "$.scales[2]" ? Small.Replace("\"psqi\"", "\"psqi\", \"phq-a\"", StringComparison.Ordinal) : Small;
        Load(small);
        var text = DefinitionTests.Edit(small, (mistake.From, mistake.To));
        Assert.False(Battery.TryLoad(Encoding.UTF8.GetBytes(text), "small.json", InstrumentCatalog.Default, out _, out var problems));
        var problem = Assert.Single(problems, p => p.Code == mistake.Code && p.Path == mistake.Path);
        Assert.Equal((mistake.Found, mistake.Expected, "small.json"), (problem.Found, problem.Expected, problem.File));
        Assert.Equal(text.AsSpan(0, text.IndexOf(mistake.Line, StringComparison.Ordinal)).Count('\n') + 1, problem.Line);
    }

    [Fact]
    public void SeveralMistakes_AreAllReported()
    {
        var text = DefinitionTests.Edit(Small, ("\"version\": \"1.0.0\"", "\"version\": \"1\""), ("\"psqi\"", "\"psq\""), ("student-default", "staff-default"), ("\"optionSeconds\": 10", "\"optionSeconds\": -1"), ("\"name\"", "\"nmae\""));
        Battery.TryLoad(Encoding.UTF8.GetBytes(text), "small.json", InstrumentCatalog.Default, out _, out var problems);
        Assert.Equal(["invalid-number", "invalid-version", "unknown-instrument", "unknown-member", "wrong-population"], problems.Select(p => p.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ABatteryBuiltInCode_IsCheckedAsAFileIs()
    {
        var battery = Battery.Create(Load(Small).Definition with { Scales = ["phq-9"] }, InstrumentCatalog.Default);
        Assert.Equal(["phq-9"], battery.Instruments.Select(i => i.Id));
        Assert.Throws<DefinitionException>(() => Battery.Create(battery.Definition with { Scales = [] }, InstrumentCatalog.Default));
        Assert.Equal("small 1.0.0", battery.ToString());
    }

    [Fact]
    public void ACatalogueOfItsOwn_GivesItsInstrumentsToTheShippedBatteries()
    {
        var own = Instrument.Create(InstrumentCatalog.Default["phq-9"].Definition with { Version = "9.9.9" });
        var catalog = InstrumentCatalog.Default.With([own]);
        Assert.Contains(own, BatteryCatalog.For(catalog)["student-short"].Instruments);
        Assert.DoesNotContain(own, BatteryCatalog.Default["student-short"].Instruments);
        Assert.Contains("student-short", Assert.Throws<KeyNotFoundException>(() => BatteryCatalog.Default["short"]).Message, StringComparison.Ordinal);
    }

    /// <summary>Only the scales are needed: the rest is the file's name, no name, no version, students and the default policy for them.</summary>
    [Theory]
    [InlineData("", PopulationKind.Student, "student-default")]
    [InlineData(", \"population\": \"staff\"", PopulationKind.Staff, "staff-default")]
    public void ABatteryOfScalesAlone_IsEnoughToScore(string more, PopulationKind population, string policy)
    {
        var battery = Battery.Load(Encoding.UTF8.GetBytes($"{{ \"scales\": [\"phq-9\", \"gad-7\"], \"asOf\": \"2026-11-02\"{more} }}"), "surveys/autumn.2026.json", InstrumentCatalog.Default);
        Assert.Equal((population, policy, "autumn.2026", "autumn.2026"), (battery.Definition.Population, battery.Policy.Id, battery.Id, battery.ToString()));
        Assert.Equal((null, null, null, new DateOnly(2026, 11, 2)), (battery.Definition.Name, battery.Definition.Version, battery.Definition.Policy, battery.Definition.AsOf!.Value));
        Assert.Equal(["phq-9", "gad-7"], battery.Instruments.Select(i => i.Id));
        Assert.Equal("battery", Battery.Create(new BatteryDefinition { Scales = ["phq-9"] }, InstrumentCatalog.Default).Id);
        Battery.TryLoad("{ \"asOf\": \"2026-11-02\" }"u8, "empty.json", InstrumentCatalog.Default, out _, out var problems);
        Assert.Equal(("missing-member", "$"), (Assert.Single(problems).Code, problems[0].Path));
    }

    private static Battery Load(string text) => Battery.Load(Encoding.UTF8.GetBytes(text), "small.json", InstrumentCatalog.Default);
}
