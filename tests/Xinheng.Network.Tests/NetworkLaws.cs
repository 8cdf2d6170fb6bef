using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Xinheng.Network.Tests;

/// <summary>What holds for every roster and every stream of answers.</summary>
public sealed class NetworkLaws
{
    [Property(MaxTest = 300)]
    public Property Every_tally_is_that_of_the_plain_rules() => ForAll(world =>
    {
        var expected = PlainNetwork.Tallies(PlainNetwork.Members(world.Rows, world.AsOf, world.Population), PlainNetwork.Latest(world.Submissions));
        expected.TryAdd("province", PlainNetwork.Text(default));
        Assert.Equal(expected, Text(world.State));
        var tallies = UnitTallies.Count(world.State);
        Assert.All(Enumerable.Range(0, tallies.Units.Count), unit => Assert.Equal(world.State.Tally(unit), tallies[unit]));
    });

    [Property(MaxTest = 200)]
    public Property Counts_add_up_in_every_unit() => ForAll(world =>
    {
        var (units, state) = (world.Roster.Units, world.State);
        for (var unit = 0; unit < units.Count; unit++)
        {
            var tally = state.Tally(unit);
            Assert.Equal(tally.Enrolled, Enum.GetValues<Tier>().Sum(tally.Of));
            Assert.Equal(tally.Answered, tally.Valid + tally.Invalid);
            Assert.InRange(tally.Caution, 0, tally.Valid);
            Assert.InRange(tally.Answered, 0, tally.Eligible);
            Assert.InRange(tally.Consented + tally.Refused, 0, tally.Eligible);
            Assert.InRange(tally.Eligible, tally.Internship, tally.Enrolled);
            Assert.InRange(tally.ToBeScreened, 0, tally.Consented);
            Assert.Equal(tally.Eligible == 0 ? null : new Rational(tally.Valid, tally.Eligible), tally.Coverage);
            Assert.True(tally.Coverage is null || (tally.Coverage >= 0 && tally.Coverage <= 1));

            // The unit is what stands below it and the people who stand in nothing below it.
            var direct = Enumerable.Range(0, world.Roster.Count).Where(person => world.Roster[person].HomeUnit == unit);
            var sum = direct.Aggregate(default(UnitTally), (total, person) => total + UnitTally.Of(world.Roster[person], state[person]));
            if (units.Level(unit) == UnitLevel.Dormitory)
            {
                Assert.Equal(0, sum.Enrolled);
                Assert.Equal(Enumerable.Range(0, world.Roster.Count).Count(person => world.Roster[person].DormitoryUnit == unit), tally.Enrolled);
            }
            else
            {
                Assert.Equal(tally, units.Children(unit).Where(child => units.Level(child) != UnitLevel.Dormitory).Aggregate(sum, (total, child) => total + state.Tally(child)));
            }
        }

        Assert.Equal(world.Roster.Count, state.Tally(0).Enrolled);
    });

    [Property(MaxTest = 200)]
    public Property Order_of_rows_and_of_answers_does_not_show() => ForAll(world =>
    {
        var (rows, submissions) = (world.Rows.ToList(), Province.Submissions(world.Random, world.People, ties: true));
        var first = Province.Fill(world.Roster, submissions);
        Province.Shuffle(world.Random, rows);
        Province.Shuffle(world.Random, submissions);
        var roster = Province.Build(rows, world.AsOf, world.Population);
        var second = Province.Fill(roster, submissions);
        Assert.Equal(Text(first), Text(second));
        Assert.Equal(Enumerable.Range(0, world.Roster.Units.Count).Select(world.Roster.Units.Code), Enumerable.Range(0, roster.Units.Count).Select(roster.Units.Code));
        Assert.Equal(world.Roster.Findings, roster.Findings);
        Assert.Equal(Enumerable.Range(0, world.Roster.Count).Select(p => (world.Roster.Person(p), world.Roster[p])), Enumerable.Range(0, roster.Count).Select(p => (roster.Person(p), roster[p])));
        Assert.Equal(Province.Bytes(first), Province.Bytes(second));
        Assert.Equal(Province.Bytes(UnitTallies.Count(first)), Province.Bytes(UnitTallies.Count(second)));
    });

    [Property(MaxTest = 200)]
    public Property A_change_reaches_the_units_of_the_person_and_no_other() => ForAll(world =>
    {
        var state = world.State;
        for (var i = 0; i < 10 && world.Roster.Count > 0; i++)
        {
            var person = world.Random.Next(world.Roster.Count);
            var before = Enumerable.Range(0, world.Roster.Units.Count).Select(state.Tally).ToList();
            var old = state[person];
            var next = Province.State(world.Random, world.Random.Next(2 * world.People));
            var changes = state.Set(person, next);
            Assert.Equal(changes.Applied ? next : old, state[person]);
            Assert.True(changes.Applied || next.Sequence <= old.Sequence);
            var own = PlainNetwork.Members(world.Rows, world.AsOf, world.Population)[world.Roster.Person(person)].Units.Select(world.Roster.Units.IndexOf).Order();
            var reached = Enumerable.Range(0, changes.Count).Select(n => changes[n]).ToList();
            Assert.Equal(changes.Delta == default ? [] : own, reached.Select(change => change.Unit).Order());
            foreach (var change in reached)
            {
                Assert.Equal((before[change.Unit], state.Tally(change.Unit)), (change.Before, change.After));
                before[change.Unit] += changes.Delta;
            }

            Assert.Equal(before, Enumerable.Range(0, world.Roster.Units.Count).Select(state.Tally));
            Assert.Equal(default, state.Set(person, state[person]));
        }
    });

    [Property(MaxTest = 200)]
    public Property Shards_of_people_merge_in_any_order_to_the_same_bytes() => ForAll(world =>
    {
        var whole = Province.Bytes(UnitTallies.Count(world.State));
        var cut = world.Random.Next(world.Roster.Count + 1);
        var left = UnitTallies.Count(world.State, 0, cut);
        var right = UnitTallies.Count(world.State, cut, world.Roster.Count - cut);
        Assert.Equal(whole, Province.Bytes(UnitTallies.Merge(left, right)));
        Assert.Equal(whole, Province.Bytes(UnitTallies.Merge(right, left)));

        // Machines that each know their own people and units only.
        var parts = world.Rows.GroupBy(row => row.Person!.Sum(c => c) % 3)
            .Select(rows => Province.Fill(Province.Build(rows, world.AsOf, world.Population), world.Submissions))
            .Append(new NetworkState(Province.Build([], world.AsOf, world.Population)))
            .Select(UnitTallies.Count).Select(Reload).ToList();
        Province.Shuffle(world.Random, parts);
        Assert.Equal(whole, Province.Bytes(parts.Aggregate(UnitTallies.Merge)));
        var (a, b, c) = (parts[0], parts[^1], left);
        Assert.Equal(Province.Bytes(UnitTallies.Merge(UnitTallies.Merge(a, b), c)), Province.Bytes(UnitTallies.Merge(a, UnitTallies.Merge(b, c))));
        Assert.Equal(Province.Bytes(UnitTallies.Merge(a, b)), Province.Bytes(UnitTallies.Merge(b, a)));
    });

    [Property(MaxTest = 200)]
    public Property Parts_of_the_answers_merge_in_any_order_to_the_same_bytes() => ForAll(world =>
    {
        var submissions = Province.Submissions(world.Random, world.People, ties: true);
        var whole = Province.Fill(world.Roster, submissions);
        var other = Province.Build(world.Rows.Where(row => row.Person!.Length % 2 == 0), world.AsOf, world.Population);
        var parts = submissions.Select((one, i) => (one, i)).GroupBy(pair => pair.i % 3, pair => pair.one)
            .Select(part => Province.Fill(world.Random.Next(2) == 0 ? world.Roster : other, part)).ToList();
        Province.Shuffle(world.Random, parts);
        var merged = new NetworkState(world.Roster);
        foreach (var part in parts.Concat(parts))
        {
            merged.Merge(part);
        }

        Assert.Equal(Province.Bytes(whole), Province.Bytes(merged));
        Assert.Equal(Text(whole), Text(merged));
    });

    [Property(MaxTest = 200)]
    public Property A_saved_state_comes_back_the_same() => ForAll(world =>
    {
        var bytes = Province.Bytes(world.State);
        var loaded = NetworkState.Load(new MemoryStream(bytes), world.Roster);
        Assert.Equal(bytes, Province.Bytes(loaded));
        Assert.Equal(Text(world.State), Text(loaded));
        Assert.Equal(world.State.Unassigned(), loaded.Unassigned());

        // On a corrected roster people move between the units and those who are kept apart, and nobody is lost.
        var corrected = Province.Build(world.Rows.Where(row => row.Person!.Length % 2 == 0), world.AsOf, world.Population);
        var moved = NetworkState.Load(new MemoryStream(bytes), corrected);
        Assert.Equal(bytes, Province.Bytes(moved));
        Assert.Equal(Text(Province.Fill(corrected, world.Submissions)), Text(moved));
    });

    [Property(MaxTest = 200)]
    public Property Whoever_is_not_on_the_roster_is_kept_apart() => ForAll(world =>
    {
        var members = PlainNetwork.Members(world.Rows, world.AsOf, world.Population);
        var expected = PlainNetwork.Latest(world.Submissions).Where(one => !members.ContainsKey(one.Key))
            .OrderBy(one => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(one.Key)), StringComparer.Ordinal);
        Assert.Equal(expected.Select(one => (one.Key, one.Value)), world.State.Unassigned().Select(one => (one.Person, one.State)));
        Assert.Equal(world.State.Unassigned().Count, world.State.UnassignedCount);
        Assert.All(Enumerable.Range(0, world.Roster.Count), person => Assert.Equal(person, world.Roster.IndexOf(world.Roster.Person(person))));
        Assert.All(world.State.Unassigned(), one => Assert.Equal(-1, world.Roster.IndexOf(one.Person)));
    });

    [Property(MaxTest = 200)]
    public Property Units_have_codes_that_lead_back_and_stand_below_their_parents() => ForAll(world =>
    {
        var units = world.Roster.Units;
        for (var unit = 0; unit < units.Count; unit++)
        {
            Assert.Equal(unit, units.IndexOf(units.Code(unit)));
            Assert.True(units.Parent(unit) < unit);
            Assert.True(unit == 0 || (unit < units.End(units.Parent(unit)) && units.End(unit) <= units.End(units.Parent(unit))));
            Assert.True(unit == 0 || UnitTree.MayStandUnder(units.Level(unit), units.Level(units.Parent(unit))));
            Assert.Contains(unit, unit == 0 ? [0] : units.Children(units.Parent(unit)));
        }
    });

    private static UnitTallies Reload(UnitTallies tallies)
    {
        var bytes = Province.Bytes(tallies);
        var loaded = UnitTallies.Load(new MemoryStream(bytes));
        Assert.Equal(bytes, Province.Bytes(loaded));
        return loaded;
    }

    private static SortedDictionary<string, string> Text(NetworkState state) => new(
        Enumerable.Range(0, state.Roster.Units.Count).ToDictionary(state.Roster.Units.Code, unit => PlainNetwork.Text(state.Tally(unit))), StringComparer.Ordinal);

    private static Property ForAll(Action<World> law) => Prop.ForAll(
        (from seed in Gen.Choose(0, int.MaxValue - 1)
         from people in Gen.Choose(0, 60)
         from asOf in Gen.Elements(Province.Dates)
         from population in Gen.Elements(PopulationKind.Student, PopulationKind.Student, PopulationKind.Staff)
         select (seed, people, asOf, population)).ToArbitrary(),
        sample => law(new World(sample.seed, sample.people, sample.asOf, sample.population)));

    private sealed class World
    {
        public World(int seed, int people, DateOnly asOf, PopulationKind population)
        {
            (Random, People, AsOf, Population) = (new Random(seed), people, asOf, population);
            Rows = Province.Rows(Random, asOf, people);
            Roster = Province.Build(Rows, asOf, population);
            Submissions = Province.Submissions(Random, people, ties: false);
            State = Province.Fill(Roster, Submissions);
        }

        public Random Random { get; }

        public int People { get; }

        public DateOnly AsOf { get; }

        public PopulationKind Population { get; }

        public List<RosterEntry> Rows { get; }

        public Roster Roster { get; }

        public List<(string Person, PersonState State)> Submissions { get; }

        public NetworkState State { get; }
    }
}
