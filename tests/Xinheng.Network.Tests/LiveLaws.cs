using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Xinheng.Network.Tests;

/// <summary>One submission after the other comes to what a survey of everybody comes to, and says what it changed.</summary>
public sealed class LiveLaws
{
    [Property(MaxTest = 200)]
    public Property Any_order_with_corrections_and_repeats_ends_in_the_bytes_of_the_batch() => ForAll(world =>
    {
        var live = world.Live();
        var broken = world.Live();
        var cut = world.Random.Next(world.Stream.Count + 1);
        for (var i = 0; i < world.Stream.Count; i++)
        {
            if (i == cut)
            {
                broken = world.Live(NetworkState.Load(new MemoryStream(Province.Bytes(broken.State)), world.Roster));
            }

            live.Submit(world.Submission(world.Stream[i]));
            broken.Submit(world.Submission(world.Stream[i]));
        }

        var batch = world.BatchState(world.Last);
        Assert.Equal(Province.Bytes(batch), Province.Bytes(live.State));
        Assert.Equal(Province.Bytes(batch), Province.Bytes(broken.State));
        Assert.Equal(Province.Bytes(UnitTallies.Count(batch)), Province.Bytes(UnitTallies.Count(live.State)));
        Assert.Equal(batch.Unassigned(), live.State.Unassigned());
    });

    [Property(MaxTest = 200)]
    public Property Warnings_are_those_of_the_batch_unless_a_later_state_stands() => ForAll(world =>
    {
        var expected = world.Batch(world.Everything).ToDictionary(one => one.State.Sequence);
        var live = world.Live();
        foreach (var known in world.Stream)
        {
            var update = live.Submit(world.Submission(known));
            var (person, state, warnings) = expected[known.Sequence];
            Assert.Equal(known.Person, person);
            Assert.Equal(state.Outcome, update.Report.Outcome);
            Assert.Equal(update.Before.Sequence < known.Sequence, update.Applied);
            Assert.Equal(update.Applied ? state : update.Before, update.After);
            Assert.Equal(update.After, live.State.Of(known.Person));
            Assert.Equal(update.After == state ? warnings : [], update.Warnings.Select(LiveWorld.Text));
        }
    });

    [Property(MaxTest = 150)]
    public Property What_is_reported_of_units_is_the_difference_of_counting_anew() => ForAll(world =>
    {
        var live = world.Live();
        var (tallies, warnings) = (UnitTallies.Count(live.State), UnitWarnings(world, live.State));
        foreach (var known in world.Stream)
        {
            var update = live.Submit(world.Submission(known));
            var (after, warned) = (UnitTallies.Count(live.State), UnitWarnings(world, live.State));
            Assert.Equal(
                Enumerable.Range(0, after.Units.Count).Where(unit => tallies[unit] != after[unit]).Select(unit => new UnitChange(unit, tallies[unit], after[unit])),
                Enumerable.Range(0, update.Units.Count).Select(i => update.Units[i]).OrderBy(change => change.Unit));
            Assert.Equal(InOrder(warnings.Except(warned)), InOrder(update.UnitWarnings.Select(change => change.Before).OfType<UnitWarning>()));
            Assert.Equal(InOrder(warned.Except(warnings)), InOrder(update.UnitWarnings.Select(change => change.After).OfType<UnitWarning>()));
            Assert.All(update.UnitWarnings, change => Assert.True(
                change.Before is null || change.After is null || (change.Before.Kind, change.Before.Unit) == (change.After.Kind, change.After.Unit)));
            (tallies, warnings) = (after, warned);
        }
    });

    /// <summary>The laws above would say little of people who stay where they are.</summary>
    [Fact]
    public void Among_the_generated_cases_at_least_three_in_ten_corrections_change_a_tier_and_all_else_occurs()
    {
        var (corrections, raised, lowered, repeated, late, strangers, clusters, coverage) = (0, 0, 0, 0, 0, 0, 0, 0);
        for (var seed = 0; seed < 200; seed++)
        {
            var world = new LiveWorld(seed, 5 + (seed % 40), Province.Dates[seed % Province.Dates.Length], seed % 3 == 0 ? PopulationKind.Staff : PopulationKind.Student);
            var live = world.Live();
            foreach (var known in world.Stream)
            {
                var update = live.Submit(world.Submission(known));
                var change = update.After.Outcome.Tier.CompareTo(update.Before.Outcome.Tier);
                var corrected = update.Applied && update.Before.Sequence > 0;
                corrections += corrected ? 1 : 0;
                raised += corrected && change > 0 ? 1 : 0;
                lowered += corrected && change < 0 ? 1 : 0;
                repeated += update.Before.Sequence == known.Sequence ? 1 : 0;
                late += update.Before.Sequence > known.Sequence ? 1 : 0;
                strangers += world.Roster.IndexOf(known.Person) < 0 && update.Warnings.Count > 0 ? 1 : 0;
                clusters += update.UnitWarnings.Count(w => (w.Before ?? w.After)!.Kind == UnitWarningKind.DormitoryCluster);
                coverage += update.UnitWarnings.Count(w => w.After is null && w.Before!.Kind == UnitWarningKind.Coverage);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{corrections} corrections: {raised} raised, {lowered} lowered; {repeated} repeats, {late} late, {strangers} strangers warned of, {clusters} changes of clusters, {coverage} units covered");
        Assert.InRange((raised + lowered) / (double)corrections, 0.3, 1);
        Assert.All(new[] { raised, lowered, repeated, late, strangers, clusters, coverage }, count => Assert.InRange(count, 50, int.MaxValue));
    }

    private static List<UnitWarning> UnitWarnings(LiveWorld world, NetworkState state)
    {
        var policy = world.Triage.Policy.Definition;
        return [.. UnitRules.Coverage(UnitTallies.Count(state), policy.Coverage), .. policy.Clusters is { } rules ? UnitRules.Dormitories(state, rules) : []];
    }

    private static IEnumerable<UnitWarning> InOrder(IEnumerable<UnitWarning> warnings) => warnings.OrderBy(warning => warning.Unit, StringComparer.Ordinal).ThenBy(warning => warning.Kind);

    private static Property ForAll(Action<LiveWorld> law) => Prop.ForAll(
        (from seed in Gen.Choose(0, int.MaxValue - 1)
         from people in Gen.Choose(0, 25)
         from asOf in Gen.Elements(Province.Dates)
         from population in Gen.Elements(PopulationKind.Student, PopulationKind.Student, PopulationKind.Staff)
         select (seed, people, asOf, population)).ToArbitrary(),
        sample => law(new LiveWorld(sample.seed, sample.people, sample.asOf, sample.population)));
}
