using System.Collections.Concurrent;
using System.Globalization;

namespace Xinheng.Tests;

/// <summary>
/// A person worked by hand: answers, what else is known, and what a policy must decide. Forms name an instrument and what differs
/// from its healthiest answers: <c>9=1</c> a code, <c>9=-</c> a blank, <c>9=?</c> an unreadable answer, <c>1-8:20</c> twenty steps to
/// the worse spread over items 1 to 8, <c>@1.5</c> seconds per item, <c>male@15</c> sex and age, <c>none</c> no answers at all. Known are events as
/// <c>kind@days</c>, the last wave as <c>last=orange@366</c>, its scores as <c>before:phq-9/total=6</c>, circumstances by their names.
/// Expected are tier (with <c>certain..possible</c> where they differ), rules, tasks and urgency.
/// </summary>
public sealed record WorkedPerson(PopulationKind Policy, string Forms, string Known, string Expected)
{
    private static readonly ConcurrentDictionary<string, ScoreReport?> Reports = new(StringComparer.Ordinal);

    internal static DateOnly AsOf { get; } = new(2026, 11, 2);

    /// <summary>One yes-no question for each class of critical items, in the order of the classes: the shipped instruments ask some classes only together, and some not at all.</summary>
    internal static Instrument Questions { get; } = MakeQuestions();

    /// <summary>SD 5 and r 0.92: z × SD × √(2 × (1 − r)) = 1.96 × 5 × 0.4 = 3.92.</summary>
    internal static IReadOnlyList<RetestReliability> Stability { get; } =
        [.. new[] { ("phq-9", "total"), ("k10", "total"), ("who-5", "percent") }.Select(s => Stable(s.Item1, s.Item2, 5))];

    internal static RetestReliability Stable(string instrument, string score, Rational deviation) =>
        new() { Instrument = instrument, Score = score, StandardDeviation = deviation, Correlation = new(92, 100) };

    internal Instrument[] Battery => [.. Parts(Forms, ';').Select(f => Find(f.Split(' ')[0]))];

    internal string BatteryKey => string.Join(' ', Parts(Forms, ';').Select(f => f.Split(' ')[0]));

    internal ScoreReport?[] Answered => [.. Parts(Forms, ';').Select(f => Reports.GetOrAdd(f, Score))];

    internal Triage Compile(Policy policy) => Triage.Compile(policy, Battery, allowDraft: true, Stability);

    internal TierReport Decide(Triage triage) => triage.Decide(Answered, FactsFor(triage), AsOf);

    internal static string Text(TierReport report)
    {
        var bounds = report.Certain == report.Tier && report.Possible == report.Tier ? "" : $" {PolicyText.Of(report.Certain)}..{PolicyText.Of(report.Possible)}";
        var rules = report.Rules.Where(r => r.Fired).Select(r => r.Rule.Id + (r.Rule.Protection ? "+protection" : "") + (r.Rule.Voluntary ? "+voluntary" : ""));
        return $"{PolicyText.Of(report.Tier)}{bounds}; {Joined(rules)}; {Joined(report.Tasks.Select(t => t.Id))}; {report.Urgency?.ToString() ?? "-"}";
    }

    public override string ToString() => $"{Policy}: {Forms} | {Known}";

    internal PersonFacts FactsFor(Triage triage)
    {
        var facts = default(PersonFacts);
        var events = new List<PersonEvent>();
        var before = new Rational?[triage.ChangeScores.Count];
        foreach (var part in Parts(Known, ' '))
        {
            if (part.StartsWith("before:", StringComparison.Ordinal))
            {
                var (score, value) = Two(part["before:".Length..], '=');
                if (triage.ChangeScores.ToList().FindIndex(c => $"{c.Instrument}/{c.Score}" == score) is var index and >= 0)
                {
                    before[index] = new Rational(Number(value));
                }

                facts = facts with { PreviousScores = before };
            }
            else if (part.StartsWith("last=", StringComparison.Ordinal))
            {
                var (tier, days) = Two(part["last=".Length..], '@');
                facts = facts with { PreviousTier = Enum.Parse<Tier>(tier, ignoreCase: true), PreviousDate = AsOf.AddDays(-Number(days)) };
            }
            else if (part.Contains('@', StringComparison.Ordinal))
            {
                var (kind, days) = Two(part, '@');
                events.Add(new() { Kind = kind, Date = AsOf.AddDays(-Number(days)), Source = "peer" });
            }
            else
            {
                facts = facts.With(Enum.GetValues<ContextRisk>().Single(risk => PolicyText.Of(risk) == part));
            }
        }

        return facts with { Events = events };
    }

    private static Instrument Find(string id) => id == Questions.Id ? Questions : InstrumentCatalog.Default[id];

    private static ScoreReport? Score(string form)
    {
        var parts = Parts(form, ' ');
        var instrument = Find(parts[0]);
        if (parts.Contains("none"))
        {
            return null;
        }

        var codes = Enumerable.Range(0, instrument.Items.Count).Select(item => instrument.ResponsesOf(item) is NumberRange ? [0] : Screening.FromHealthy(instrument, item)).ToArray();
        var answers = codes.Select(c => (Answer)c[0]).ToArray();
        var known = default(Respondent);
        foreach (var part in parts[1..])
        {
            if (part[0] == '@')
            {
                known = known with { SecondsPerItem = double.Parse(part[1..], CultureInfo.InvariantCulture) };
            }
            else if (part.Contains('@', StringComparison.Ordinal))
            {
                var (sex, age) = Two(part, '@');
                known = known with { Sex = Enum.Parse<Sex>(sex, ignoreCase: true), Age = Number(age) };
            }
            else if (part.Contains(':', StringComparison.Ordinal))
            {
                var (items, steps) = Two(part, ':');
                var left = Number(steps);
                foreach (var item in ItemsOf(instrument, items))
                {
                    var now = Math.Min(left, codes[item].Length - 1);
                    answers[item] = codes[item][now];
                    left -= now;
                }

                Assert.Equal(0, left);
            }
            else
            {
                var (items, value) = Two(part, '=');
                foreach (var item in ItemsOf(instrument, items))
                {
                    answers[item] = value switch { "-" => Answer.Skipped, "?" => Answer.Unreadable, _ => Number(value) };
                }
            }
        }

        return Scorer.Compile(instrument).Score(answers, known);
    }

    private static IEnumerable<int> ItemsOf(Instrument instrument, string runs)
    {
        foreach (var run in runs.Split(','))
        {
            if (!run.Contains('-', StringComparison.Ordinal))
            {
                yield return instrument.IndexOfItem(run);
                continue;
            }

            var (from, to) = Two(run, '-');
            for (var item = Number(from); item <= Number(to); item++)
            {
                yield return instrument.IndexOfItem(item.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    private static string Joined(IEnumerable<string> ids) => string.Join(' ', ids) is { Length: > 0 } text ? text : "-";

    private static string[] Parts(string text, char separator) => text.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static (string First, string Second) Two(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return (text[..at], text[(at + 1)..]);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static Instrument MakeQuestions()
    {
        var evidence = new Evidence { Verdict = Verdict.Convention };
        var text = new LocalizedText { En = "x", ZhHans = "x" };
        var classes = Enum.GetValues<CriticalClass>();
        return Instrument.Create(new()
        {
            Id = "questions", Version = "1.0.0", Name = text, Abbreviation = "Q", Description = text,
            Population = new() { Description = text, Evidence = evidence },
            Licence = new() { Status = LicenceStatus.Free, Holder = "x", Terms = text, Evidence = evidence },
            Sources = new Dictionary<string, Source>(), Evidence = new Dictionary<Fact, Evidence> { [Fact.Items] = evidence },
            Responses = new Dictionary<string, ResponseSet> { ["yes-no"] = new OptionSet { Options = [new() { Code = 0 }, new() { Code = 1 }], Evidence = evidence } },
            Items = [.. Enumerable.Range(1, classes.Length + 1).Select(i => new Item { Id = $"{i}", Label = text, Responses = "yes-no", Unscored = i <= classes.Length })],
            Scores = [new SumScore { Id = "sum", Name = text, Direction = Direction.Neutral, Evidence = evidence, Items = [$"{classes.Length + 1}"], Missing = new() { Evidence = evidence }, Range = new() { Min = 0, Max = 1 } }],
            CriticalItems = [.. classes.Select((c, i) => new CriticalItem { Id = PolicyText.Of(c), Item = $"{i + 1}", Codes = [1], Class = c, Evidence = evidence })],
            Examples = [],
        });
    }
}
