namespace Xinheng.Network.Tests;

/// <summary>Rules about units at their bounds, with the numbers of the policy that ships.</summary>
public sealed class UnitRulesTests
{
    private const string Class = "school:A/grade:1/class:3";
    private const string Dormitory = "school:A/dormitory:7";

    private static readonly DateOnly Day = new(2026, 10, 12);
    private static readonly PolicyDefinition Students = Policy.Default(PopulationKind.Student).Definition;

    [Theory]
    [InlineData(10, 10, null)]
    [InlineData(9, 10, null)]
    [InlineData(899, 1000, "cannot be called low")]
    [InlineData(7, 10, "cannot be called low")]
    [InlineData(699, 1000, "no rate may be given")]
    [InlineData(0, 10, "no rate may be given")]
    public void Coverage_warns_below_each_gate_and_not_at_it(int valid, int eligible, string? text) =>
        AssertCoverage(text, valid, eligible, Students.Coverage);

    [Theory]
    [InlineData(2, 3, null)]
    [InlineData(666, 1000, "cannot be called low")]
    [InlineData(667, 1000, null)]
    [InlineData(1, 3, "cannot be called low")]
    [InlineData(333, 1000, "no rate may be given")]
    public void A_gate_of_thirds_is_exact(int valid, int eligible, string? text) =>
        AssertCoverage(text, valid, eligible, new() { Good = 1, CannotBeLowBelow = new(2, 3), NoRateBelow = new(1, 3) });

    [Fact]
    public void Only_those_who_consented_and_are_not_on_leave_are_still_to_be_screened()
    {
        var rows = Enumerable.Range(0, 10).Select(i => Row(i) with { Consent = i < 4, Status = i == 0 ? EnrolmentStatus.Leave : EnrolmentStatus.Enrolled });
        var warnings = UnitRules.Coverage(UnitTallies.Count(new NetworkState(Province.Build(rows, Day))), Students.Coverage);
        Assert.Equal(["province", "school:A", "school:A/grade:1", Class], warnings.Select(warning => warning.Unit));
        Assert.All(warnings, warning => Assert.Equal((UnitWarningKind.Coverage, 3), (warning.Kind, warning.People)));
    }

    [Fact]
    public void Where_nobody_is_eligible_there_is_no_coverage_and_no_warning()
    {
        Assert.Empty(UnitRules.Coverage(UnitTallies.Count(new NetworkState(Province.Build([Row(0) with { Status = EnrolmentStatus.Leave }], Day))), Students.Coverage));
        Assert.Empty(UnitRules.Coverage(UnitTallies.Count(new NetworkState(Province.Build([], Day))), Students.Coverage));
    }

    [Fact]
    public void Taking_part_is_voluntary_for_staff()
    {
        var roster = Province.Build(Enumerable.Range(0, 30).Select(i => Row(i) with { Population = PopulationKind.Staff }), Day, PopulationKind.Staff);
        var state = new NetworkState(roster);
        Assert.Equal(0, UnitTallies.Count(state)[0].Coverage);
        Assert.Empty(UnitRules.Coverage(UnitTallies.Count(state), Policy.Default(PopulationKind.Staff).Definition.Coverage));
        Assert.Empty(UnitRules.Dormitories(Fill(roster, Tier.Red, Tier.Red, Tier.Red), Students.Clusters!));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void Two_red_people_of_a_dormitory_are_close_within_thirty_days(int days, bool warned)
    {
        var state = Fill(Dormitories(2), Tier.Red, Tier.Red);
        foreach (var (first, second) in new[] { (0, days), (days, 0) })
        {
            var warnings = UnitRules.Dormitories(state, Students.Clusters!, person => Day.AddDays(person == 0 ? first : second));
            Assert.Equal(warned ? [(UnitWarningKind.DormitoryCluster, Dormitory, 2)] : [], warnings.Select(warning => (warning.Kind, warning.Unit, warning.People)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1, Tier.Red)]
    [InlineData(1, Tier.Red, Tier.Orange)]
    [InlineData(0, Tier.Orange, Tier.Orange)]
    [InlineData(0, Tier.Yellow, Tier.Yellow, Tier.Yellow, Tier.Blue, Tier.Unknown)]
    public void Fewer_are_no_cluster(int red, params Tier[] tiers)
    {
        Assert.Equal(red, tiers.Count(tier => tier == Tier.Red));
        Assert.Empty(UnitRules.Dormitories(Fill(Dormitories(8), tiers), Students.Clusters!));
    }

    [Theory]
    [InlineData(3, Tier.Red, Tier.Orange, Tier.Orange)]
    [InlineData(3, Tier.Orange, Tier.Orange, Tier.Orange)]
    [InlineData(2, Tier.Red, Tier.Red)]
    [InlineData(4, Tier.Orange, Tier.Yellow, Tier.Orange, Tier.Orange, Tier.Orange)]
    public void So_many_are_one(int people, params Tier[] tiers)
    {
        var warning = Assert.Single(UnitRules.Dormitories(Fill(Dormitories(8), tiers), Students.Clusters!));
        Assert.Equal((UnitWarningKind.DormitoryCluster, Dormitory, people), (warning.Kind, warning.Unit, warning.People));
    }

    [Fact]
    public void Three_people_far_apart_in_time_are_a_cluster_by_their_number()
    {
        var warning = Assert.Single(UnitRules.Dormitories(Fill(Dormitories(3), Tier.Red, Tier.Red, Tier.Red), Students.Clusters!, person => Day.AddDays(40 * person)));
        Assert.Equal(3, warning.People);
    }

    [Fact]
    public void People_of_two_dormitories_or_of_none_are_no_cluster()
    {
        var roster = Province.Build([Row(0), Row(1) with { Dormitory = "8" }, Row(2) with { Dormitory = null }, Row(3) with { School = "B" }, Row(4) with { Dormitory = null }], Day);
        Assert.Empty(UnitRules.Dormitories(Fill(roster, Tier.Red, Tier.Red, Tier.Red, Tier.Red, Tier.Red), Students.Clusters!));
    }

    [Fact]
    public void Red_people_whom_nobody_has_seen_are_counted_by_school()
    {
        var now = new DateTimeOffset(2026, 10, 12, 9, 0, 0, TimeSpan.FromHours(8));
        OpenRed[] open =
        [
            new() { School = "school:B", Due = now.AddTicks(-1) },
            new() { School = "school:a", Due = now.AddDays(-1) },
            new() { School = "school:B", Due = now.AddHours(-2).ToOffset(TimeSpan.Zero) },
            new() { School = "school:B", Due = now.AddTicks(1) },
            new() { School = "school:C", Due = now }, // Due now is in time.
        ];
        var warnings = UnitRules.RedOverdue(open, now);
        Assert.Equal([("school:B", 2), ("school:a", 1)], warnings.Select(warning => (warning.Unit, warning.People)));
        Assert.All(warnings, warning => Assert.Equal(UnitWarningKind.RedOverdue, warning.Kind));
        Assert.Equal(warnings, UnitRules.RedOverdue(open.Reverse(), now), (left, right) => (left.Unit, left.People) == (right.Unit, right.People));
        Assert.Empty(UnitRules.RedOverdue([], now));
        Assert.Equal(["school:B", "school:C", "school:a"], UnitRules.RedOverdue(open, now.AddMinutes(1)).Select(warning => warning.Unit));
    }

    private static void AssertCoverage(string? text, int valid, int eligible, CoverageGates gates)
    {
        var roster = Province.Build(Enumerable.Range(0, eligible).Select(Row), Day);
        var state = new NetworkState(roster);
        for (var person = 0; person < valid; person++)
        {
            state.Set(person, new PersonState { Validity = person % 2 == 0 ? ResponseValidity.Valid : ResponseValidity.Caution, Sequence = 1 });
        }

        var warnings = UnitRules.Coverage(UnitTallies.Count(state), gates);
        Assert.Equal(text is null ? 0 : 4, warnings.Count); // class, grade, school, province; not the dormitory
        Assert.All(warnings, warning =>
        {
            Assert.Equal((UnitWarningKind.Coverage, eligible - valid), (warning.Kind, warning.People));
            Assert.Contains(text!, warning.Text.En, StringComparison.Ordinal);
            Assert.NotEmpty(warning.Text.ZhHans);
        });
    }

    private static RosterEntry Row(int person) => new() { Person = $"s{person:D4}", School = "A", Grade = "1", Class = "3", Dormitory = "7", Consent = true };

    private static Roster Dormitories(int people) => Province.Build(Enumerable.Range(0, people).Select(Row), Day);

    private static NetworkState Fill(Roster roster, params Tier[] tiers)
    {
        var state = new NetworkState(roster);
        for (var person = 0; person < tiers.Length; person++)
        {
            state.Set(person, new PersonState { Outcome = new() { Tier = tiers[person] }, Validity = ResponseValidity.Valid, Sequence = 1 });
        }

        return state;
    }
}
