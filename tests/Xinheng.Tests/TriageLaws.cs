using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Xinheng.Tests;

/// <summary>One person with answers to a random battery, and what else is known.</summary>
public sealed class Screening
{
    private static readonly string[] Instruments = ["phq-9", "gad-7", "scl-90", "mht", "dass-21", "c-ssrs-screener", "who-5", "upi", "k10", "mssmhs", "phq-a", "sdq-self"];

    private static readonly string[] Kinds = [.. Policy.Default(PopulationKind.Student).Definition.EventKinds.Keys, "a-kind-nobody-knows"];

    internal Screening(Instrument[] battery, Given[][] answers, Respondent known, PersonFacts facts) => (Battery, Answers, Known, Facts) = (battery, answers, known, facts);

    internal static DateOnly AsOf { get; } = new(2026, 11, 2);

    internal Instrument[] Battery { get; }

    internal Given[][] Answers { get; }

    internal Respondent Known { get; }

    internal PersonFacts Facts { get; }

    internal ScoreReport[] Reports => [.. Battery.Select((instrument, i) => Scorer.Compile(instrument).Score([.. Answers[i].Select(a => a.ToAnswer())], Known))];

    internal Screening With(int instrument, int item, Given given) =>
        new(Battery, [.. Answers.Select((a, i) => i == instrument ? a.Select((g, j) => j == item ? given : g).ToArray() : a)], Known, Facts);

    public static Arbitrary<Screening> Arbitrary() => Arb.From(Any);

    public override string ToString() =>
        string.Join("; ", Battery.Select((b, i) => $"{b.Id}: {string.Join(' ', Answers[i])}")) + $"; age {Known.Age}, {Facts.Events.Count} events, context {Facts.Context}, before {Facts.PreviousTier}";

    /// <summary>Codes of an item from the healthiest on: keyed upwards, or downwards where lower is worse.</summary>
    internal static int[] FromHealthy(Instrument instrument, int item)
    {
        var set = (OptionSet)instrument.ResponsesOf(item);
        var worseIsLower = instrument.Scores.OfType<ItemScore>().FirstOrDefault(s => instrument.Resolve(s.Items).Contains(item))?.Direction == Direction.LowerWorse;
        var sign = (instrument.Items[item].Reverse ? -1 : 1) * (worseIsLower ? -1 : 1);
        return [.. set.Options.OrderBy(o => sign * o.Value).ThenBy(o => instrument.Definition.CriticalItems.Any(c => c.Item == instrument.Items[item].Id && c.Codes.Contains(o.Code))).Select(o => o.Code)];
    }

    private static Gen<Given> One(Instrument instrument, int item, int burden, int blanks)
    {
        var codes = FromHealthy(instrument, item);
        return from kind in Gen.Choose(0, 99)
               from bad in Gen.Choose(0, 99)
               from any in Gen.OneOf(Gen.Choose(0, codes.Length - 1), Gen.Constant(1))
               from unreadable in Gen.Choose(0, 9)
               select kind < blanks ? Given.Missing(unreadable == 0 ? MissingReason.Unreadable : MissingReason.Skipped)
                   : new Given(bad < burden ? codes[any] : codes[0]);
    }

    private static Gen<PersonFacts> AnyFacts { get; } =
        from events in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(1, 2)))
        from kinds in Gen.ArrayOf(Gen.Elements(Kinds), events)
        from days in Gen.ArrayOf(Gen.Choose(-3, 120), events)
        from context in Gen.Choose(0, 7)
        from before in Gen.Elements(Tier.Unknown, Tier.Green, Tier.Yellow, Tier.Orange, Tier.Red)
        from ago in Gen.Elements<int?>(null, 30, 365, 366, 367, 500)
        select new PersonFacts
        {
            Events = [.. kinds.Select((k, i) => new PersonEvent { Kind = k, Date = AsOf.AddDays(-days[i]), Source = "peer" })],
            Context = (byte)context,
            PreviousTier = ago is null ? Tier.Unknown : before,
            PreviousDate = ago is { } d ? AsOf.AddDays(-d) : null,
        };

    private static Gen<Screening> Any { get; } =
        from count in Gen.Choose(1, 3)
        from ids in Gen.ArrayOf(Gen.Elements(Instruments), count)
        let battery = ids.Distinct().Select(id => InstrumentCatalog.Default[id]).ToArray()
        from burden in Gen.Elements(0, 0, 0, 0, 1, 3, 10, 30, 100)
        from blanks in Gen.Elements(0, 0, 2, 15, 60)
        from answers in Gen.CollectToArray(battery, b => Gen.CollectToArray(Enumerable.Range(0, b.Items.Count).ToArray(), i => One(b, i, burden, blanks)))
        from age in Gen.Elements<int?>(null, 15, 16, 17)
        from quick in Gen.Elements<double?>(null, 0.5, 1.5, 5)
        from facts in AnyFacts
        from plain in Gen.Elements(true, true, false)
        select new Screening(battery, answers, new Respondent { Age = age, SecondsPerItem = quick }, plain ? default : facts);
}

/// <summary>What must hold for every policy that ships, whoever is screened.</summary>
[Properties(Arbitrary = [typeof(Screening)], MaxTest = 400)]
public class TriageLaws
{
    private static readonly Policy Student = Policy.Default(PopulationKind.Student);

    /// <summary>Rules on patterns of answers stand outside the laws on worse and completed answers: they look at how, not at what.</summary>
    private static readonly Policy OnAnswers = Policy.Create(
        Student.Definition with { Rules = [.. Student.Definition.Rules.Where(r => r.When is not ValidityCondition)] }, InstrumentCatalog.Default);

    private static TierReport Decide(Policy policy, Screening screening) =>
        Triage.Compile(policy, screening.Battery, allowDraft: true).Decide(screening.Reports, screening.Facts, Screening.AsOf);

    private static int Rank(Tier tier) => Math.Max((int)tier, (int)Tier.Green);

    [Property]
    public void APlainSecondImplementation_Agrees(Screening screening)
    {
        ArgumentNullException.ThrowIfNull(screening);
        foreach (var policy in new[] { Student, Policy.Default(PopulationKind.Staff) })
        {
            var plain = PlainTriage.Decide(policy.Definition, screening.Battery, screening.Reports, screening.Facts, Screening.AsOf);
            var report = Decide(policy, screening);
            Assert.Equal(plain, new(report.Tier, report.Certain, report.Possible, report.Incomplete, string.Join(' ', report.Rules.Where(r => r.Fired).Select(r => r.Rule.Id)), string.Join(' ', report.Tasks.Select(t => t.Id))));
        }
    }

    [Property]
    public void TheTier_LiesBetweenCertainAndPossible(Screening screening)
    {
        ArgumentNullException.ThrowIfNull(screening);
        var report = Decide(Student, screening);
        Assert.InRange(Rank(report.Tier), (int)report.Certain, (int)report.Possible);
        Assert.True(report.Tier != Tier.Unknown || report.Incomplete);
    }

    [Property]
    public void WithCompleteAnswers_TheThreeTiersAreOne(Screening screening)
    {
        ArgumentNullException.ThrowIfNull(screening);
        var complete = Complete(screening);
        var report = Decide(Student, complete);
        var doubtful = report.Certain == Tier.Green && complete.Reports.Any(r => r!.Validity.Validity == ResponseValidity.Invalid);
        Assert.Equal(doubtful ? Tier.Unknown : report.Certain, report.Tier);
        Assert.Equal((report.Certain, doubtful), (report.Possible, report.Incomplete));
    }

    [Property]
    public void WorseningAnAnswer_NeverLowersTheTier(Screening screening, NonNegativeInt which, NonNegativeInt how)
    {
        ArgumentNullException.ThrowIfNull(screening);
        var complete = Complete(screening);
        var (before, after) = (Decide(OnAnswers, complete).Tier, Decide(OnAnswers, Worse(complete, which.Get, how.Get)).Tier);
        Assert.True(after >= before, $"{before} became {after}");
    }

    [Property]
    public void FillingABlank_KeepsTheTierWithinItsBounds(Screening screening, NonNegativeInt which, NonNegativeInt how)
    {
        ArgumentNullException.ThrowIfNull(screening);
        var blanks = Blanks(screening).Where(blank => !IsSkippedByAnEarlierAnswer(screening, blank.Instrument, blank.Item)).ToList();
        if (blanks.Count == 0)
        {
            return;
        }

        var (instrument, item) = blanks[which.Get % blanks.Count];
        var codes = Screening.FromHealthy(screening.Battery[instrument], item);
        var before = Decide(OnAnswers, screening);
        var after = Decide(OnAnswers, screening.With(instrument, item, new Given(codes[how.Get % codes.Length])));
        Assert.InRange(Rank(after.Tier), (int)before.Certain, (int)before.Possible);
        Assert.True(after.Certain >= before.Certain && after.Possible <= before.Possible);
    }

    [Property]
    public void ARuleMore_NeverLowersATier(Screening screening)
    {
        ArgumentNullException.ThrowIfNull(screening);
        Assert.True(Rank(Decide(Student, screening).Tier) >= Rank(Decide(OnAnswers, screening).Tier));
    }

    [Property]
    public void TheOrderOfRules_ChangesNoTier(Screening screening)
    {
        ArgumentNullException.ThrowIfNull(screening);
        var reversed = Policy.Create(Student.Definition with { Rules = [.. Student.Definition.Rules.Reverse()] }, InstrumentCatalog.Default);
        var (a, b) = (Decide(Student, screening), Decide(reversed, screening));
        Assert.Equal((a.Tier, a.Certain, a.Possible, a.Incomplete, a.Urgency), (b.Tier, b.Certain, b.Possible, b.Incomplete, b.Urgency));
    }

    [Property(MaxTest = 100)]
    public void ABatch_EqualsOneByOne(Screening screening, Screening other, bool turned)
    {
        ArgumentNullException.ThrowIfNull(screening);
        ArgumentNullException.ThrowIfNull(other);
        var battery = screening.Battery;
        var second = new Screening(battery, [.. screening.Answers.Select(a => a.Reverse().Select((g, i) => i % 7 == 0 ? Given.Missing(MissingReason.Skipped) : a[i]).ToArray())], other.Known, other.Facts);
        Screening[] people = turned ? [second, screening, screening] : [screening, second, second];
        var blocks = battery.Select((instrument, i) =>
        {
            var answers = new AnswerBlock(instrument, 3) { Count = 3 };
            for (var person = 0; person < 3; person++)
            {
                for (var item = 0; item < instrument.Items.Count; item++)
                {
                    answers.Set(person, item, people[person].Answers[i][item].ToAnswer());
                }

                answers.SetPerson(person, people[person].Known);
            }

            var scores = new ScoreBlock(instrument, 3);
            Scorer.Compile(instrument).ScoreBatch(answers, scores);
            return scores;
        }).ToArray();
        var triage = Triage.Compile(Student, battery, allowDraft: true);
        var outcomes = new TierOutcome[3];
        triage.DecideBatch(blocks, [.. people.Select(p => p.Facts)], Screening.AsOf, outcomes);
        Assert.Equal(people.Select(p => triage.Decide(p.Reports, p.Facts, Screening.AsOf).Outcome), outcomes);
    }

    [Fact]
    public void TheGenerator_ChangesATier_InThreeOfTenCases()
    {
        var changed = 0;
        var screenings = Screening.Arbitrary().Generator.Sample(400).ToList();
        for (var i = 0; i < screenings.Count; i++)
        {
            var complete = Complete(screenings[i]);
            changed += Decide(OnAnswers, complete).Tier != Decide(OnAnswers, Worse(complete, i, i)).Tier ? 1 : 0;
        }

        Assert.True(changed >= 0.3 * screenings.Count, $"only {changed} of {screenings.Count} cases change a tier");
    }

    private static Screening Complete(Screening screening) =>
        Blanks(screening).Aggregate(screening, (s, blank) => s.With(blank.Instrument, blank.Item, new Given(Screening.FromHealthy(s.Battery[blank.Instrument], blank.Item)[0])));

    /// <summary>Makes answers worse: one, every second, all by a step, or all of an instrument as bad as can be.</summary>
    private static Screening Worse(Screening screening, int which, int how)
    {
        var instrument = which % screening.Battery.Length;
        var definition = screening.Battery[instrument].Definition;
        var items = screening.Battery[instrument].Items.Count;
        var critical = definition.CriticalItems.Count > 0 ? screening.Battery[instrument].IndexOfItem(definition.CriticalItems[which % definition.CriticalItems.Count].Item) : 0;
        var (first, step) = (how % 5) switch
        {
            0 => (critical, items),
            1 => (which % items, items),
            2 => (which % 2, 2),
            _ => (0, 1),
        };
        for (var item = first; item < items; item += step)
        {
            var codes = Screening.FromHealthy(screening.Battery[instrument], item).ToList();
            var now = codes.IndexOf(screening.Answers[instrument][item].Number);
            screening = screening.With(instrument, item, new Given(how % 5 == 4 ? codes[^1] : codes[Math.Min(codes.Count - 1, now + 1)]));
        }

        return screening;
    }

    /// <summary>Whether an earlier answer says that the item is not asked: its blank is known, and a code there would contradict that answer, not complete it.</summary>
    private static bool IsSkippedByAnEarlierAnswer(Screening screening, int instrument, int item) =>
        screening.Answers[instrument][item].Reason == MissingReason.Skipped
        && PlainScorer.Score(screening.Battery[instrument].Definition, screening.Answers[instrument], default).IsSkipped(item);

    private static IEnumerable<(int Instrument, int Item)> Blanks(Screening screening) =>
        from instrument in Enumerable.Range(0, screening.Battery.Length)
        from item in Enumerable.Range(0, screening.Battery[instrument].Items.Count)
        where screening.Answers[instrument][item].Reason is not null
        select (instrument, item);
}
