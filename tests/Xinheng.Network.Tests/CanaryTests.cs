namespace Xinheng.Network.Tests;

/// <summary>Ids, names of units and tiers of people reach neither an exception nor what an object prints.</summary>
public sealed class CanaryTests
{
    private const string Canary = "张三丰CANARY";

    private static readonly string[] Canaries = [Canary, "CANARY", "张三丰", "Red", "Female", "2011"];

    [Fact]
    public void Objects_print_nobody()
    {
        var (roster, state) = Make();
        var changes = state.Set(Canary, Bad(3));
        var submission = Submission(4);
        var live = Live(state);
        var update = live.Submit(submission);
        Assert.NotEmpty(update.UnitWarnings);
        Assert.Equal(Tier.Red, update.After.Outcome.Tier);
        object[] all =
        [
            Row, roster, roster[0], roster.Units, state, state[0], state.Tally(0), changes, changes[0], state.Unassigned()[0], UnitTallies.Count(state),
            submission, live, update, update.UnitWarnings[0], new RosterBuilder(new(2026, 10, 12), PopulationKind.Student), .. roster.Findings.Select(finding => (object)finding),
        ];
        Assert.NotEmpty(roster.Findings);
        Assert.All(all, value => AssertClean(value.ToString()!));
    }

    [Fact]
    public void Exceptions_name_nobody()
    {
        var (roster, state) = Make();
        Action[] wrong =
        [
            () => _ = roster[7],
            () => roster.Person(7),
            () => roster.UnitAt(7, UnitLevel.Class),
            () => roster.Units.Code(99),
            () => state.Set(7, default(PersonState)),
            () => state.Set(Canary + '\uD800', default(PersonState)),
            () => state.Set(Canary + new string('1', 2000), default(PersonState)),
            () => state.Set(Canary, new() { Sequence = -1 }),
            () => state.Set(Canary, new() { Outcome = new() { Tier = (Tier)77 } }),
            () => state.Set(" ", default(PersonState)),
            () => state.Set([0xFF, 0x43], default(PersonState)),
            () => _ = new RosterBuilder(new(2026, 10, 12), (PopulationKind)9),
            () => Add(Row with { Population = (PopulationKind)9 }),
            () => Add(Row with { Status = (EnrolmentStatus)9 }),
            () => Add(Row with { Sex = (Sex)9 }),
            () => Add(Row with { Row = -2 }),
            () => state.Tally(0).Of((Tier)9),
            () => _ = state.Set(Canary, Bad(9))[9],
            () => UnitTallies.Count(state, 0, 9),
            () => Live(state).Submit(Submission(-1)),
            () => Live(state).Submit(Submission(9) with { Person = Canary + '\uD800' }),
            () => Live(state).Submit(Submission(9) with { Reports = [null] }),
            () => NetworkState.Load(new MemoryStream(Province.Bytes(state)[..60]), roster),
        ];
        foreach (var action in wrong)
        {
            var error = Record.Exception(action);
            Assert.NotNull(error);
            AssertClean(string.Join('\n', error.ToString().Split('\n').Where(line => !line.TrimStart().StartsWith("at ", StringComparison.Ordinal))));
        }
    }

    private static RosterEntry Row => new() { Person = Canary, School = Canary, Dormitory = Canary, Sex = Sex.Female, BirthDate = new(2011, 1, 1), Row = 5 };

    private static Submission Submission(long sequence) => new()
    {
        Person = Canary, Reports = [], Sequence = sequence, Start = Screened.Start,
        Facts = new() { Events = [new() { Kind = "suicide-plan", Date = new(2026, 10, 1), Source = Canary }] },
    };

    private static LiveScreening Live(NetworkState state) => new(Triage.Compile(Screened.Students, [], allowDraft: true), state, SchoolCalendar.Default, "2026");

    private static PersonState Bad(long sequence) => new() { Outcome = new() { Tier = Tier.Red }, Validity = ResponseValidity.Valid, Sequence = sequence };

    private static void Add(RosterEntry entry) => new RosterBuilder(new(2026, 10, 12), PopulationKind.Student).Add(entry);

    private static (Roster Roster, NetworkState State) Make()
    {
        var roster = Province.Build([Row, Row with { School = Canary + "2" }], new(2026, 10, 12));
        var state = new NetworkState(roster);
        state.Set(Canary + "0", Bad(1));
        return (roster, state);
    }

    private static void AssertClean(string text) => Assert.All(Canaries, canary => Assert.DoesNotContain(canary, text, StringComparison.Ordinal));
}
