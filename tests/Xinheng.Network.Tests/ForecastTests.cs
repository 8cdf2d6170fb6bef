namespace Xinheng.Network.Tests;

/// <summary>Forecasts worked by hand, the first five school days on the calendar, and what is refused.</summary>
public sealed class ForecastTests
{
    private static readonly Triage Students = Triage.Compile(Screened.Students, [InstrumentCatalog.Default["phq-9"]], allowDraft: true);

    /// <summary>
    /// Ten people have answered, one of them not on the roster: 1 red, 2 orange, 2 yellow, 1 blue, 3 green, 1 unknown. One more is red by a
    /// report, eight wait, one is on leave, and of one off the roster there are no answers. n + 3 = 13, and of the eight there are expected
    /// <code>
    /// red     8 x 1.5/13 = 12/13   + 2 decided = 38/13   x 90 min
    /// orange  8 x 2.5/13 = 20/13   + 2         = 46/13   x 45 min
    /// yellow  8 x 2.5/13 = 20/13   + 2         = 46/13   x 25 min
    /// blue    8 x 1.5/13 = 12/13   + 1         = 25/13   x  0 min
    /// green   8 x 3.5/13 = 28/13   + 3         = 67/13   x  0 min
    /// unknown 8 x 1.5/13 = 12/13   + 1         = 25/13   x 10 min     together 104/13 + 11 = 19 people
    /// </code>
    /// Hours: (57 + 34.5 + 230/12 + 25/6)/13 = (689/6)/13 = 53/6. Within five school days: all red and orange, nobody yellow
    /// (seven days end on Monday the 9th); unknown only the prior's half person, 8 x 0.5/13 = 4/13, since its tasks can be due
    /// the same day. Hours: (57 + 34.5 + 4/6)/13 = 553/78.
    /// </summary>
    [Fact]
    public void TenPeople_ByHand()
    {
        var state = Ten();
        var forecast = PolicyForecast.Create(state, Students, SchoolCalendar.Default, counsellorHoursPerDay: 1);
        Assert.Equal((10, 8, 2, 19), (forecast.Answered, forecast.Waiting, forecast.LeftOut, forecast.People));
        Assert.Equal(
            [(Tier.Red, 2, Thirteenths(38)), (Tier.Orange, 2, Thirteenths(46)), (Tier.Yellow, 2, Thirteenths(46)), (Tier.Blue, 1, Thirteenths(25)), (Tier.Green, 3, Thirteenths(67)), (Tier.Unknown, 1, Thirteenths(25))],
            forecast.Tiers.Select(tier => (tier.Tier, tier.Decided, tier.Expected)));
        Assert.Equal(
            [Thirteenths(38), Thirteenths(46), 0, 0, 0, Thirteenths(4)],
            forecast.Tiers.Select(tier => tier.DueInFirstDays!.Value));
        Assert.Equal(new Rational(53, 6), forecast.Hours);

        var days = forecast.FirstDays!;
        Assert.Equal((new DateOnly(2026, 11, 2), new DateOnly(2026, 11, 6)), (days.From, days.Until));
        Assert.Equal((Thirteenths(88), new Rational(553, 78)), (days.People, days.Hours));
        Assert.Equal((5, true, new Rational(163, 78), 8L), (days.StaffedHours, days.OverRedLine, days.HoursOver, days.StaggerDays));
        Assert.Contains("at least 8 school days", days.Remedy!.En, StringComparison.Ordinal);
        Assert.Contains("Never raise the threshold of a critical item", days.Remedy.En, StringComparison.Ordinal);
        Assert.Contains("不得为此提高关键题的阈值", days.Remedy.ZhHans, StringComparison.Ordinal);

        // Red: Beta(1.5, 11.5) of 8; the exact sums are those of BetaBinomialTests.
        var (low, high) = BetaBinomial.Interval(8, 1.5, 11.5, 0.05);
        Assert.Equal((2 + low, 2 + high), (forecast[Tier.Red].Low, forecast[Tier.Red].High));
        Assert.Equal((2, 5), (forecast[Tier.Red].Low, forecast[Tier.Red].High));
    }

    [Fact]
    public void TheRedLine_IsCrossedByMoreThanIsStaffed_AndUnknownWithoutHours()
    {
        var need = PolicyForecast.Create(Ten(), Students, SchoolCalendar.Default).FirstDays!;
        Assert.Equal((null, null, null, null, null), (need.StaffedHours, need.OverRedLine, need.HoursOver, need.StaggerDays, need.Remedy));
        Assert.Equal(new Rational(553, 78), need.Hours);

        // 553/78 hours in five days are 1.4179... hours a day.
        var over = PolicyForecast.Create(Ten(), Students, SchoolCalendar.Default, new Rational(141, 100)).FirstDays!;
        var within = PolicyForecast.Create(Ten(), Students, SchoolCalendar.Default, new Rational(142, 100)).FirstDays!;
        Assert.Equal((true, 6L), (over.OverRedLine, over.StaggerDays));
        Assert.Equal((false, null, null, null), (within.OverRedLine, within.HoursOver, within.StaggerDays, within.Remedy));
    }

    [Fact]
    public void WhenAllHaveAnswered_NothingIsGuessed()
    {
        var state = State(Screened.AsOf, ("a", "thoughts"), ("b", "well"), ("c", "severe"));
        var forecast = PolicyForecast.Create(state, Students, SchoolCalendar.Default);
        Assert.All(forecast.Tiers, tier => Assert.Equal((tier.Decided, tier.Decided, (Rational)tier.Decided), (tier.Low, tier.High, tier.Expected)));
        Assert.Equal(new Rational(45 + 25, 60), forecast.Hours);
    }

    /// <summary>
    /// Wednesday 30 September 2026, the last day before the National Day holiday of 1-7 October: the five school days are that
    /// one, Thursday 8, Friday 9, the make-up Saturday 10 and Monday 12 October. Seven days hold no school day, so that what is
    /// due within them is due before the holiday, and counts.
    /// </summary>
    [Fact]
    public void FiveSchoolDays_PassOverAHolidayAndHoldAMakeUpSaturday()
    {
        var state = State(new DateOnly(2026, 9, 30), ("a", "severe"), ("b", "moderate"), ("c", "well"));
        var forecast = PolicyForecast.Create(state, Students, SchoolCalendar.Default);
        var days = forecast.FirstDays!;
        Assert.Equal((new DateOnly(2026, 9, 30), new DateOnly(2026, 10, 12)), (days.From, days.Until));
        Assert.Equal((1, 0), (forecast[Tier.Yellow].DueInFirstDays, forecast[Tier.Blue].DueInFirstDays));
        Assert.Equal(new Rational(25, 60), days.Hours);
    }

    /// <summary>Seven days from Friday 9 October 2026 end on Friday 16: the make-up Saturday 10 is the second of five school days, Wednesday 14 the fifth.</summary>
    [Theory]
    [InlineData("2026-10-09", "2026-10-09", "2026-10-14", 0)]
    [InlineData("2026-10-31", "2026-11-02", "2026-11-06", 1)] // A Saturday: within seven days lies the Friday.
    [InlineData("2026-11-02", "2026-11-02", "2026-11-06", 0)]
    public void WhatIsDueAfterTheFifthSchoolDay_DoesNotCount(string asOf, string from, string until, int due)
    {
        var forecast = PolicyForecast.Create(State(Day(asOf), ("a", "severe")), Students, SchoolCalendar.Default);
        Assert.Equal((Day(from), Day(until), due), (forecast.FirstDays!.From, forecast.FirstDays.Until, forecast[Tier.Yellow].DueInFirstDays));
    }

    [Fact]
    public void WhereTheCalendarEnds_ThereIsNoRedLine()
    {
        var forecast = PolicyForecast.Create(State(new DateOnly(2027, 7, 7), ("a", "severe")), Students, SchoolCalendar.Default, 1);
        Assert.Null(forecast.FirstDays);
        Assert.All(forecast.Tiers, tier => Assert.Null(tier.DueInFirstDays));
        Assert.Equal(new Rational(25, 60), forecast.Hours);
    }

    [Fact]
    public void WhatCannotBeForecast_IsRefused()
    {
        var some = State(Screened.AsOf, ("a", "well"));
        Assert.Contains("Nobody has answered", Refusal(() => PolicyForecast.Create(State(Screened.AsOf, ("a", null)), Students, SchoolCalendar.Default)), StringComparison.Ordinal);
        Assert.Contains("another population", Refusal(() => PolicyForecast.Create(some, Triage.Compile(Screened.Staff, [], allowDraft: true), SchoolCalendar.Default)), StringComparison.Ordinal);
        foreach (var hours in new Rational[] { 0, -1, new(1, 3), new(1, 1000), 1_000_001 })
        {
            Assert.Contains("above 0", Refusal(() => PolicyForecast.Create(some, Students, SchoolCalendar.Default, hours)), StringComparison.Ordinal);
        }

        Assert.Contains("the same people", Refusal(() => PolicyComparison.Create(some, Students, State(Screened.AsOf, ("a", "well")), Students)), StringComparison.Ordinal);
        var other = new NetworkState(some.Roster);
        Assert.Contains("the same answers", Refusal(() => PolicyComparison.Create(some, Students, other, Students)), StringComparison.Ordinal);
        other.Set("stranger", Answered("well"));
        Assert.Contains("the same people", Refusal(() => PolicyComparison.Create(some, Students, other, Students)), StringComparison.Ordinal);
    }

    /// <summary>What the second policy makes of the same people: yellow by Y1 becomes orange, blue by B1 is gone, an open question stays one.</summary>
    [Fact]
    public void TwoPolicies_ShowWhoMoves_AndByWhichRules()
    {
        var definition = Screened.Students.Definition;
        var second = Policy.Create(
            definition with { Rules = [.. definition.Rules.Where(rule => rule.Id is not "B1").Select(rule => rule.Id == "Y1" ? rule with { Tier = Tier.Orange, Within = ResponseTime.Hours(48) } : rule)] },
            InstrumentCatalog.Default);
        (string, string?)[] people = [("a", "severe"), ("b", "moderate"), ("c", "well"), ("d", "thoughts"), ("e", null), ("stranger", "severe")];
        var first = State(Screened.AsOf, people);
        var other = new NetworkState(first.Roster);
        foreach (var (person, name) in people)
        {
            if (name is not null)
            {
                other.Set(person, Answered(name, second));
            }
        }

        var triage = Triage.Compile(second, [InstrumentCatalog.Default["phq-9"]], allowDraft: true);
        var comparison = PolicyComparison.Create(first, Students, other, triage);
        Assert.Equal(
            ["a yellow orange higher Y1 B1 > Y1", "b blue green lower B1 > ", "stranger yellow orange higher Y1 B1 > Y1"],
            comparison.Changes.Select(c => $"{c.Person} {PolicyText.Of(c.From)} {PolicyText.Of(c.To)} {(c.IsHigher ? "higher" : "lower")} {string.Join(' ', c.FromRules)} > {string.Join(' ', c.ToRules)}"));
        Assert.Equal((6, 2, 1), (comparison.People, comparison.Higher, comparison.Lower));
        Assert.Equal((2, 1, 1, 1, 1), (comparison[Tier.Yellow, Tier.Orange], comparison[Tier.Blue, Tier.Green], comparison[Tier.Green, Tier.Green], comparison[Tier.Orange, Tier.Orange], comparison[Tier.Unknown, Tier.Unknown]));
        Assert.DoesNotContain("a", comparison.Changes[0].ToString().Split(' '));
        Assert.Throws<ArgumentOutOfRangeException>(() => comparison[Tier.Red, (Tier)6]);
    }

    [Theory]
    [InlineData(Tier.Green, Tier.Unknown, true)] // Somebody has to complete it.
    [InlineData(Tier.Unknown, Tier.Green, false)]
    [InlineData(Tier.Unknown, Tier.Blue, true)]
    [InlineData(Tier.Blue, Tier.Unknown, false)]
    [InlineData(Tier.Orange, Tier.Red, true)]
    [InlineData(Tier.Red, Tier.Yellow, false)]
    public void AChange_IsHigherWhenMoreIsAskedFor(Tier from, Tier to, bool higher) =>
        Assert.Equal(higher, new TierChange { Person = "x", From = from, To = to }.IsHigher);

    private static NetworkState Ten()
    {
        List<(string, string?)> people =
        [
            ("a", "frequent thoughts"), ("b", "thoughts"), ("c", "two severe"), ("d", "severe"), ("e", "two moderate"), ("f", "moderate"), ("g", "well"), ("h", "well"), ("i", "open question"),
            ("stranger", "well"), .. Enumerable.Range(1, 9).Select(i => ($"w{i}", (string?)null)), ("leave", null),
        ];
        var state = State(Screened.AsOf, [.. people]);
        state.Set("w9", Answered("plan reported") with { Validity = ResponseValidity.NotAsked });
        state.Set("stranger-without-answers", new PersonState { Outcome = Students.DecideUnanswered(default, Screened.AsOf), Sequence = 1 });
        return state;
    }

    /// <summary>Members by id, answered as one of the screened people or not at all; 'stranger' is not on the roster, 'leave' is on leave.</summary>
    private static NetworkState State(DateOnly asOf, params (string Person, string? Screened)[] people)
    {
        var roster = Province.Build(
            from person in people
            where person.Person != "stranger"
            select new RosterEntry { Person = person.Person, School = "S", Status = person.Person == "leave" ? EnrolmentStatus.Leave : EnrolmentStatus.Enrolled },
            asOf);
        var state = new NetworkState(roster);
        foreach (var (person, name) in people)
        {
            state.Set(person, name is null ? new PersonState { Outcome = Students.DecideUnanswered(default, asOf), Sequence = 1 } : Answered(name));
        }

        return state;
    }

    private static PersonState Answered(string name, Policy? policy = null) => new() { Outcome = Screened.Report(name, policy ?? Screened.Students).Outcome, Validity = ResponseValidity.Valid, Sequence = 2 };

    private static Rational Thirteenths(int count) => new(count, 13);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string Refusal(Func<object> action) => Assert.ThrowsAny<ArgumentException>(action).Message;
}
