using System.Text;

namespace Xinheng.Data.Tests;

/// <summary>Two waves of the same people: what the second knows of the first.</summary>
public sealed class PreviousWaveTests : IDisposable
{
    private const string Header = "学号,phq9_1,phq9_2,phq9_3,phq9_4,phq9_5,phq9_6,phq9_7,phq9_8,phq9_9\n";
    private const string RosterHeader = "person,population,school,grade,class,dormitory,county,city,sex,birth_date,boarding,left_behind,consent,from,to\n";
    private static readonly Evidence Invented = new() { Verdict = Verdict.Convention, Note = new() { En = "Invented for a test.", ZhHans = "仅供测试。" } };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Red, severe, moderate, well and a stranger at first; then the same people a year later.</summary>
    private static readonly string[] First =
        ["P1,3,3,3,3,3,3,3,3,3", "P2,3,3,3,3,3,3,2,0,0", "P3,2,2,2,2,0,0,0,0,0", "P4,0,0,0,0,0,0,0,0,0", "X9,3,3,3,3,3,3,3,3,3", "P6,0,0,0,0,0,0,0,0,2"];

    private static readonly string[] Second =
        ["P1,2,2,2,2,2,0,0,0,0", "P2,1,1,0,0,0,0,0,0,0", "P3,2,2,2,2,2,1,1,0,0", "P4,2,2,2,2,2,0,0,0,0", "X9,2,2,2,2,2,0,0,0,0", "P5,0,0,0,0,0,0,0,0,0"];

    [Fact]
    public void TheTierOfTheLastWave_IsKnown_AndCallsForSomebodyWhoDidNotAnswerThisTime()
    {
        Wave("2025", new(2025, 11, 3), First, null);
        var summary = Wave("2026", new(2026, 11, 2), Second, "2025");
        var tiers = SurveyRun.ReadTable(_folder.At("2026/tiers.csv")).ToDictionary(r => r["person"], StringComparer.Ordinal);

        // P1 and X9: moderate now, red a year ago (O5). P2: mild now. P4: moderate now, green before. P6: red before, no answer now.
        Assert.Equal(
            "P1 orange red, P2 green orange, P3 blue green, P4 blue green, P5 green , P6 unknown red, X9 orange red",
            string.Join(", ", tiers.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key} {t.Value["tier"]} {t.Value["previous"]}")));
        Assert.Equal("O5 B1", tiers["P1"]["rules"]);
        var psychologist = string.Concat(Directory.GetFiles(_folder.At("2026/warnings/psychologist"), "*.jsonl").Select(File.ReadAllText));
        Assert.Contains("\"person\":\"P6\"", psychologist, StringComparison.Ordinal);
        Assert.DoesNotContain("\"person\":\"P2\"", psychologist, StringComparison.Ordinal);
        Assert.Contains("2025-11-03", psychologist, StringComparison.Ordinal);
        Assert.Equal(
            [(Tier.Green, Tier.Blue, 2), (Tier.Orange, Tier.Green, 1), (Tier.Red, Tier.Unknown, 1), (Tier.Red, Tier.Orange, 2)],
            summary.Changes);
        Assert.DoesNotContain("previous", File.ReadLines(_folder.At("2025/tiers.csv")).First(), StringComparison.Ordinal);
        Assert.Contains("previous/manifest.json", File.ReadAllText(_folder.At("2026/manifest.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void AReliableChange_NeedsTheRetestReliabilityOfANorm_AndIsSeenFromTheExactValues()
    {
        Wave("2025", new(2025, 11, 3), First, null);

        // SD 5 and r 0.75: 1.96 x 5 x sqrt(2 x 0.25) = 6.93. P3 rose from 8 to 12, P4 from 0 to 10.
        var summary = Wave("2026", new(2026, 11, 2), Second, "2025", Norms(new(3, 4)));
        var rules = SurveyRun.ReadTable(_folder.At("2026/tiers.csv")).ToDictionary(r => r["person"], r => r["rules"], StringComparer.Ordinal);
        Assert.Equal(("B1", "Y3 B1"), (rules["P3"], rules["P4"]));
        Assert.DoesNotContain("reliable-deterioration", summary.NotAsked);

        // r 0.92: 1.96 x 5 x sqrt(2 x 0.08) = 3.92, so that a rise of 4 counts too.
        Wave("2026b", new(2026, 11, 2), Second, "2025", Norms(new(23, 25)));
        Assert.Equal("Y3 B1", SurveyRun.ReadTable(_folder.At("2026b/tiers.csv")).Single(r => r["person"] == "P3")["rules"]);
        Assert.Contains("reliable-deterioration", Wave("2026c", new(2026, 11, 2), Second, "2025").NotAsked);
    }

    [Fact]
    public void AFolderThatIsNoEarlierSurvey_OrWasChanged_IsRefused()
    {
        Wave("2025", new(2025, 11, 3), First, null);
        Assert.Equal("not-earlier", Refusal(() => Wave("x", new(2025, 11, 3), Second, "2025")));
        Directory.CreateDirectory(_folder.At("empty"));
        Assert.Equal("not-a-survey", Refusal(() => Wave("x", new(2026, 11, 2), Second, "empty")));
        File.AppendAllText(_folder.At("2025/tiers.csv"), "P4,red,red,red,no,,,\n");
        Assert.Equal("file-changed", Refusal(() => Wave("x", new(2026, 11, 2), Second, "2025")));
        File.Delete(_folder.At("2025/tiers.csv"));
        Assert.Equal("file-changed", Refusal(() => Wave("x", new(2026, 11, 2), Second, "2025")));
        Assert.False(Directory.Exists(_folder.At("x")));

        static string Refusal(Action run) => Assert.Throws<InputException>(run).Problems.Single().Code;
    }

    private static NormSet Norms(Rational r) => NormSet.Create(
        new NormDocument
        {
            Id = "phq-9-invented", Version = "1.0.0", Instrument = "phq-9",
            Population = new() { En = "Nobody", ZhHans = "无" }, Sampling = new() { En = "Invented", ZhHans = "虚构" }, Year = 2025, SampleSize = 100, Evidence = Invented,
            Groups =
            [
                new NormGroup
                {
                    Id = "all", SampleSize = 100, Label = new() { En = "All", ZhHans = "全体" },
                    Scores = [new NormScore { Score = "total", Mean = 5, Sd = 5, Evidence = Invented, TestRetest = new() { R = r, Days = 28, SampleSize = 100, Evidence = Invented } }],
                },
            ],
        },
        InstrumentCatalog.Default);

    private SurveySummary Wave(string name, DateOnly day, string[] rows, string? previous, NormSet? norms = null)
    {
        string[] members = ["P1", "P2", "P3", "P4", "P5", "P6"];
        return Xinheng.Data.SurveyRun.Run(
            new SurveyRequest
            {
                Scores = new ScoreRequest
                {
                    Input = _folder.Write($"{name}.csv", Encoding.UTF8.GetBytes(Header + string.Join('\n', rows) + "\n")), Instruments = [InstrumentCatalog.Default["phq-9"]],
                    Norms = norms is null ? [] : [norms],
                },
                Roster = _folder.Write($"{name}-roster.csv", Encoding.UTF8.GetBytes(RosterHeader + string.Concat(members.Select(m => $"{m},student,S,G,C1,,县,市,男,2008-04-30,否,否,是,2024-09-01,\n")))),
                Policy = Policy.Default(PopulationKind.Student), AsOf = day, Wave = name, AllowDraft = true,
                Previous = previous is null ? null : _folder.At(previous),
            },
            _folder.At(name),
            null,
            TestContext.Current.CancellationToken);
    }
}
