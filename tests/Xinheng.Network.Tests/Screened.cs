namespace Xinheng.Network.Tests;

/// <summary>People at every tier by many rules, screened with real instruments.</summary>
internal static class Screened
{
    public static readonly DateOnly AsOf = new(2026, 11, 2);
    public static readonly DateTimeOffset Start = new(2026, 11, 2, 9, 0, 0, TimeSpan.FromHours(8));
    public static readonly Policy Students = Policy.Default(PopulationKind.Student);
    public static readonly Policy Staff = Policy.Default(PopulationKind.Staff);

    public const string Canary = "canary-kind";

    private static readonly Instrument[] Battery = [.. new[] { "phq-9", "gad-7", "c-ssrs-screener", "mssmhs", "upi", "dass-21" }.Select(id => InstrumentCatalog.Default[id])];

    /// <summary>Who answers below two seconds per item.</summary>
    private const string Hurried = "hurried";

    /// <summary>So stable that a rise of 7 is a change: 1.96 x 5 x sqrt(2 x 0.25) = 6.93.</summary>
    private static readonly RetestReliability[] Stability = [new() { Instrument = "phq-9", Score = "total", StandardDeviation = 5, Correlation = new(3, 4) }];

    /// <summary>Name, tier by the student policy, rules that fired, answers that differ from the healthiest, facts.</summary>
    private static readonly (string Name, Tier Tier, string Rules, (string Instrument, Answer[] Answers)[] Answers, PersonFacts Facts)[] All =
    [
        ("intent", Tier.Red, "R1 O1 O3 Y1 B1", [("c-ssrs-screener", [0, 1, 0, 1, 0, 0, Answer.NotAsked])], default),
        ("plan reported", Tier.Red, "R2", [], Event("suicide-plan")),
        ("threat reported", Tier.Red, "R3", [], Event("violent-threat")),
        ("frequent thoughts", Tier.Red, "R4 O1", [("phq-9", Phq(0, 2))], default),
        ("frequent thoughts and abuse", Tier.Red, "R4 O1 O7", [("phq-9", Phq(0, 3))], Event("abuse")),
        ("thoughts", Tier.Orange, "O1", [("phq-9", Phq(0, 1))], default),
        ("self-harm reported", Tier.Orange, "O2", [], Event("self-harm")),
        ("most severe", Tier.Orange, "O3 Y1 B1", [("phq-9", Phq(24, 0))], default),
        ("two severe", Tier.Orange, "O4 Y1 Y2 B1", [("phq-9", Phq(16, 0)), ("gad-7", Gad(21))], default),
        ("red last year", Tier.Orange, "O5 B1", [("phq-9", Phq(10, 0))], new PersonFacts { PreviousTier = Tier.Red, PreviousDate = AsOf.AddDays(-100) }),
        ("bereaved", Tier.Orange, "O6", [], Event("bereavement")),
        ("abused", Tier.Orange, "O7", [], Event("abuse")),
        ("urge to hurt", Tier.Orange, "O8", [("mssmhs", [.. Enumerable.Range(1, 60).Select(item => (Answer)(item == 52 ? 5 : 1))])], default),
        ("severe", Tier.Yellow, "Y1 B1", [("phq-9", Phq(16, 0))], default),
        ("two moderate", Tier.Yellow, "Y2 B1", [("phq-9", Phq(10, 0)), ("gad-7", Gad(10))], default),
        ("worse than last year", Tier.Yellow, "Y3 B1", [("phq-9", Phq(10, 0))], new PersonFacts { PreviousTier = Tier.Green, PreviousDate = AsOf.AddDays(-100), PreviousScores = [3] }),
        (Hurried, Tier.Yellow, "Y5", [], default),
        ("without hope", Tier.Yellow, "Y6", [("dass-21", [.. Enumerable.Range(1, 21).Select(item => (Answer)(item == 21 ? 2 : 0))])], default),
        ("asked for help", Tier.Yellow, "Y1 Y4 B1", [("upi", [.. Enumerable.Range(1, 64).Select(item => (Answer)(item == 64 ? 1 : 0))])], default),
        ("teacher worried", Tier.Yellow, "Y7", [], Event("teacher-report")),
        ("moderate", Tier.Blue, "B1", [("phq-9", Phq(10, 0))], default),
        ("burdened and mild", Tier.Blue, "B2", [("phq-9", Phq(5, 0))], default(PersonFacts).With(ContextRisk.LeftBehind).With(ContextRisk.Poverty)),
        ("well", Tier.Green, "", [], default),
        ("well, and a report nobody knows", Tier.Green, "", [], Event(Canary)),
        ("open question", Tier.Unknown, "", [("phq-9", [0, 0, 0, 0, 0, 0, 0, 0, Answer.Skipped, 0])], default),
        ("nothing answered", Tier.Unknown, "", [("", [])], default),
    ];

    public static IEnumerable<string> Names => All.Select(person => person.Name);

    public static (Tier Tier, string Rules) Expected(string name) => All.Where(person => person.Name == name).Select(person => (person.Tier, person.Rules)).Single();

    /// <summary>A person of the student policy.</summary>
    public static TierReport Report(string name) => Report(name, Students);

    public static TierReport Report(string name, Policy policy)
    {
        var person = All.Single(one => one.Name == name);
        return Triage.Compile(policy, Battery, allowDraft: true, Stability).Decide(Scores(name), person.Facts, AsOf);
    }

    public static IReadOnlyList<ScoreReport?> Scores(string name)
    {
        var given = All.Single(one => one.Name == name).Answers;
        return [.. Battery.Select(instrument => given is [("", _)] ? null : Scorer.Compile(instrument).Score(
            given.FirstOrDefault(one => one.Instrument == instrument.Id).Answers ?? Healthy(instrument), new Respondent { SecondsPerItem = name == Hurried ? 1.9 : null }))];
    }

    private static Answer[] Healthy(Instrument instrument) => instrument.Id switch
    {
        "c-ssrs-screener" => [0, 0, Answer.NotAsked, Answer.NotAsked, Answer.NotAsked, 0, Answer.NotAsked],
        "mssmhs" => [.. Enumerable.Repeat((Answer)1, 60)],
        _ => [.. Enumerable.Repeat((Answer)0, instrument.Items.Count)],
    };

    /// <summary>A total over the first eight items, the ninth, and no difficulty.</summary>
    private static Answer[] Phq(int sum, int ninth) => [.. Spread(sum, 8), ninth, 0];

    private static Answer[] Gad(int sum) => [.. Spread(sum, 7)];

    private static IEnumerable<Answer> Spread(int sum, int items) => Enumerable.Range(0, items).Select(item => (Answer)((sum / items) + (item < sum % items ? 1 : 0)));

    private static PersonFacts Event(string kind) => new() { Events = [new() { Kind = kind, Date = AsOf.AddDays(-3), Source = "canary-source" }] };
}
