using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Xinheng.Network.Tests;

/// <summary>What holds for every forecast and every comparison.</summary>
public sealed class ForecastLaws
{
    private static readonly Triage Students = Triage.Compile(Screened.Students, [InstrumentCatalog.Default["phq-9"]], allowDraft: true);

    [Property(MaxTest = 300)]
    public Property Tiers_add_up_to_people_and_hours_to_hours() => ForAll((state, _) =>
    {
        var forecast = PolicyForecast.Create(state, Students, SchoolCalendar.Default, 3);
        Assert.Equal(forecast.People, forecast.Tiers.Aggregate(default(Rational), (sum, tier) => sum + tier.Expected));
        Assert.Equal(forecast.People - forecast.Waiting, forecast.Tiers.Sum(tier => tier.Decided));
        Assert.Equal(forecast.Hours, forecast.Tiers.Aggregate(default(Rational), (sum, tier) => sum + (tier.Expected * new Rational(tier.MinutesPerPerson, 60))));
        Assert.Equal(state.Roster.Count + state.UnassignedCount, forecast.People + forecast.LeftOut);
        foreach (var tier in forecast.Tiers)
        {
            Assert.True(tier.Decided <= tier.Low && tier.Low <= tier.High && tier.High <= tier.Decided + forecast.Waiting);
            Assert.InRange(tier.Expected.ToDouble(), tier.Decided, tier.Decided + forecast.Waiting);
            Assert.True(tier.DueInFirstDays is null || (tier.DueInFirstDays >= 0 && tier.DueInFirstDays <= tier.Expected));
            Assert.Equal(tier, forecast[tier.Tier]);
        }

        Assert.Equal(forecast.FirstDays?.Hours, forecast.FirstDays is null ? null : forecast.Tiers.Aggregate(default(Rational), (sum, tier) => sum + tier.HoursInFirstDays!.Value));
        Assert.True(forecast.FirstDays is null || forecast.FirstDays.Hours <= forecast.Hours);
        Assert.True(forecast.FirstDays?.StaggerDays is not { } days || (days > 5 && forecast.FirstDays.Hours <= new Rational(3 * days) && forecast.FirstDays.Hours > new Rational(3 * (days - 1))));
    });

    /// <summary>The counts by plain rules, and the due times one by one.</summary>
    [Property(MaxTest = 300)]
    public Property Counts_are_those_of_the_plain_rules() => ForAll((state, _) =>
    {
        var calendar = SchoolCalendar.Default;
        var everybody = Everybody(state).ToList();
        var decided = everybody.Where(p => p.State.Answered || p.Tier != Tier.Unknown).ToList();
        var days = Enumerable.Range(0, 100).Select(state.Roster.AsOf.AddDays).Where(calendar.IsSchoolDay).Take(5).ToList();
        var forecast = PolicyForecast.Create(state, Students, calendar);
        Assert.Equal(decided.Count(p => p.State.Answered), forecast.Answered);
        Assert.Equal(everybody.Count(p => !p.State.Answered && p.Tier == Tier.Unknown && p.Member >= 0 && state.Roster[p.Member].IsEligible), forecast.Waiting);
        Assert.Equal(days.Count == 5 ? (days[0], days[4]) : null, forecast.FirstDays is { } first ? (first.From, first.Until) : ((DateOnly, DateOnly)?)null);
        foreach (var tier in forecast.Tiers)
        {
            var inTier = decided.Where(p => p.Tier == tier.Tier).ToList();
            Assert.Equal(inTier.Count, tier.Decided);
            if (forecast.Waiting == 0 && days.Count == 5)
            {
                Assert.Equal(
                    inTier.Count(p => Students.Policy.UrgencyOf(p.State.Outcome) is { } within && DateOnly.FromDateTime(calendar.DueAt(within, calendar.StartOf(state.Roster.AsOf)).DateTime) <= days[4]),
                    tier.DueInFirstDays);
            }
        }
    });

    [Property(MaxTest = 200)]
    public Property A_policy_compared_with_itself_moves_nobody() => ForAll((state, _) =>
    {
        var comparison = PolicyComparison.Create(state, Students, state, Students);
        Assert.Equal((0, 0, 0), (comparison.Changes.Count, comparison.Higher, comparison.Lower));
        Assert.Equal(Everybody(state).Count(), comparison.People);
        Assert.All(Tiers, from => Assert.All(Tiers, to => Assert.Equal(from == to ? Everybody(state).Count(p => p.Tier == to) : 0, comparison[from, to])));
    });

    [Property(MaxTest = 200)]
    public Property A_comparison_is_the_table_of_each_persons_two_tiers_and_its_mirror_the_other_way() => ForAll((state, random) =>
    {
        // Other tiers for some, the same answers for all.
        var other = new NetworkState(state.Roster);
        foreach (var (person, _, of, _) in Everybody(state))
        {
            var tier = random.Next(2) == 0 ? of.Outcome.Tier : (Tier)random.Next(6);
            other.Set(person, of with { Sequence = of.Sequence + 1, Outcome = of.Outcome with { Tier = tier } });
        }

        var pairs = Everybody(state).Zip(Everybody(other)).ToList();
        var comparison = PolicyComparison.Create(state, Students, other, Students);
        var mirror = PolicyComparison.Create(other, Students, state, Students);
        foreach (var from in Tiers)
        {
            foreach (var to in Tiers)
            {
                Assert.Equal(pairs.Count(p => p.First.Tier == from && p.Second.Tier == to), comparison[from, to]);
                Assert.Equal(comparison[from, to], mirror[to, from]);
            }
        }

        Assert.Equal(pairs.Where(p => p.First.Tier != p.Second.Tier).Select(p => (p.First.Person, p.First.Tier, p.Second.Tier)), comparison.Changes.Select(c => (c.Person, c.From, c.To)));
        Assert.Equal((comparison.Higher, comparison.Lower), (mirror.Lower, mirror.Higher));
        Assert.All(comparison.Changes, change => Assert.Equal(Students.Policy.RulesOf(Everybody(state).First(p => p.Person == change.Person).State.Outcome.Fired).Select(r => r.Id), change.FromRules));
    });

    private static Tier[] Tiers => Enum.GetValues<Tier>();

    private static IEnumerable<(string Person, int Member, PersonState State, Tier Tier)> Everybody(NetworkState state) =>
        from person in Enumerable.Range(0, state.Roster.Count).Select(m => (Person: state.Roster.Person(m), Member: m, State: state[m])).Concat(state.Unassigned().Select(u => (Person: u.Person, Member: -1, State: u.State)))
        select (person.Person, person.Member, person.State, !person.State.Answered && person.State.Outcome.Tier == Tier.Green ? Tier.Unknown : person.State.Outcome.Tier);

    private static Property ForAll(Action<NetworkState, Random> law) => Prop.ForAll(
        (from seed in Gen.Choose(0, int.MaxValue - 1)
         from people in Gen.Choose(1, 60)
         from share in Gen.Elements(1, 2, 10, 100)
         from asOf in Gen.Elements(new DateOnly(2026, 9, 30), new DateOnly(2026, 10, 12), new DateOnly(2026, 10, 31), new DateOnly(2027, 1, 28), new DateOnly(2027, 7, 8))
         select (seed, people, share, asOf)).ToArbitrary(),
        sample =>
        {
            var random = new Random(sample.seed);
            var roster = Province.Build(Province.Rows(random, sample.asOf, sample.people), sample.asOf);
            var submissions = Province.Submissions(random, sample.people, ties: false).Take(Math.Max(1, sample.people * 2 * sample.share / 100)).ToList();
            var state = Province.Fill(roster, submissions);
            state.Set("stranger", Province.State(random, 1) with { Validity = ResponseValidity.Valid });
            law(state, random);
        });
}
