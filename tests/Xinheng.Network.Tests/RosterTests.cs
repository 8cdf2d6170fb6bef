using System.Text;

namespace Xinheng.Network.Tests;

public sealed class RosterTests
{
    private static readonly DateOnly Day = new(2026, 10, 12);

    private static readonly RosterEntry Li = new() { Person = "s1", School = "A", Grade = "1", Class = "3", Row = 2 };

    [Fact]
    public void A_row_holds_on_its_first_and_on_its_last_day()
    {
        Assert.Equal(1, Province.Build([Li with { From = Day, To = Day }], Day).Count);
        Assert.Equal(["left row 2"], Found(Li with { To = Day.AddDays(-1) }));
        Assert.Equal(["not-yet-enrolled row 2"], Found(Li with { From = Day.AddDays(1) }));
        Assert.Equal(["from-after-to row 2"], Found(Li with { From = Day.AddDays(1), To = Day.AddDays(-1) }));
    }

    [Fact]
    public void A_transfer_counts_in_the_new_school_and_says_nothing()
    {
        var roster = Province.Build([Li with { To = Day.AddDays(-1) }, Li with { School = "B", From = Day, Row = 3 }], Day);
        Assert.Equal("school:B/grade:1/class:3", roster.Units.Code(roster[0].HomeUnit));
        Assert.Equal(-1, roster.Units.IndexOf("school:A"));
        Assert.Empty(roster.Findings);
    }

    [Fact]
    public void On_the_day_of_a_transfer_the_later_row_is_the_home_and_the_other_is_reported()
    {
        var roster = Province.Build([Li with { To = Day }, Li with { School = "B", From = Day, Row = 3 }, Li with { School = "B", Class = "4", From = Day, Row = 4 }], Day);
        Assert.Equal(1, roster.Count);
        Assert.Equal("school:B/grade:1/class:3", roster.Units.Code(roster[0].HomeUnit));
        Assert.Equal(["two-schools row 2", "duplicate-entry row 4"], roster.Findings.Select(finding => finding.ToString()));
        Assert.Equal(1, new NetworkState(roster).Tally(0).Enrolled);
    }

    [Fact]
    public void Of_two_equal_rows_the_refusal_is_taken()
    {
        var roster = Province.Build([Li with { Consent = true }, Li with { Consent = false, Row = 3 }, Li with { Row = 4 }], Day);
        Assert.False(roster[0].Consent);
        Assert.False(roster[0].IsConsented);
    }

    [Fact]
    public void The_same_class_and_school_in_two_places_are_different_units()
    {
        var roster = Province.Build(
            [
                Li, Li with { Person = "s2", School = "B" }, Li with { Person = "s3", City = "X", County = "Y" }, Li with { Person = "s4", City = "X" },
                Li with { Person = "s5", County = "Y" }, Li with { Person = "s6", Grade = null },
            ], Day);
        string[] codes = ["school:A/grade:1/class:3", "school:B/grade:1/class:3", "city:X/county:Y/school:A/grade:1/class:3", "city:X/school:A/grade:1/class:3", "county:Y/school:A/grade:1/class:3", "school:A/class:3"];
        Assert.Equal(codes, Enumerable.Range(0, 6).Select(person => roster.Units.Code(roster[person].ClassUnit!.Value)));
        Assert.Equal("city:X", roster.Units.Code(roster.UnitAt(2, UnitLevel.City)));
        Assert.Equal(-1, roster.UnitAt(0, UnitLevel.City));
        Assert.Equal(0, roster.UnitAt(0, UnitLevel.Province));
    }

    [Fact]
    public void Units_are_ordered_by_path_with_higher_levels_first()
    {
        var roster = Province.Build([Li with { Dormitory = "9" }, Li with { Person = "s2", City = "X", Class = null }, Li with { Person = "s3", Grade = null }], Day);
        Assert.Equal(
            ["province", "city:X", "city:X/school:A", "city:X/school:A/grade:1", "school:A", "school:A/grade:1", "school:A/grade:1/class:3", "school:A/dormitory:9", "school:A/class:3"],
            Enumerable.Range(0, roster.Units.Count).Select(roster.Units.Code));
        Assert.Equal([5, 7, 8], roster.Units.Children(4));
    }

    [Theory]
    [InlineData("")]
    [InlineData("school:A/")]
    [InlineData("school")]
    [InlineData("province/school:A")]
    [InlineData("school:%41")]
    [InlineData("room:A")]
    public void A_text_that_is_no_code_finds_no_unit(string code) => Assert.Equal(-1, Province.Build([Li], Day).Units.IndexOf(code));

    [Fact]
    public void Staff_stand_in_the_school_and_students_of_the_same_file_are_left_out()
    {
        var roster = Province.Build([Li, Li with { Person = "t1", Population = PopulationKind.Staff, Dormitory = "1", Row = 3 }], Day, PopulationKind.Staff);
        Assert.Equal(["wrong-population row 2"], roster.Findings.Select(finding => finding.ToString()));
        Assert.Equal("school:A", roster.Units.Code(roster[0].HomeUnit));
        Assert.Null(roster[0].ClassUnit);
        Assert.Null(roster[0].DormitoryUnit);
        Assert.Equal(2, roster.Units.Count);
    }

    [Fact]
    public void Missing_units_are_found_and_the_person_counts_above()
    {
        Assert.Equal(["no-class row 2"], Found(Li with { Class = " " }));
        Assert.Equal(["no-school row 2"], Found(Li with { School = null, Dormitory = "1" }));
        var roster = Province.Build([Li with { School = "", County = "Y" }], Day);
        Assert.Equal("county:Y", roster.Units.Code(roster[0].HomeUnit));
    }

    [Fact]
    public void A_row_without_a_usable_person_or_label_is_found()
    {
        Assert.Equal(["no-person row 2"], Found(Li with { Person = " " }));
        Assert.Equal(["no-person row 1"], Found(default(RosterEntry)));
        Assert.Equal(["unreadable-person row 2"], Found(Li with { Person = "s\uD800" }));
        Assert.Equal(["unreadable-person row 2"], Found(Li with { Person = new string('s', 1025) }));
        Assert.Equal(["unreadable-unit row 2"], Found(Li with { School = "A\uDC00", Class = new string('1', 1001) }));
        Assert.Equal(1, Province.Build([Li with { Person = new string('s', 1024) }], Day).Count);
    }

    [Theory]
    [InlineData("2012-10-12", "2026-10-12", 14)]
    [InlineData("2012-10-13", "2026-10-12", 13)]
    [InlineData("2012-02-29", "2026-02-28", 13)]
    [InlineData("2012-02-29", "2026-03-01", 14)]
    [InlineData("2012-02-29", "2028-02-28", 15)]
    [InlineData("2012-02-29", "2028-02-29", 16)]
    [InlineData("2012-03-01", "2026-02-28", 13)]
    [InlineData("2012-02-28", "2028-02-29", 16)]
    public void Age_is_in_completed_years(string born, string asOf, int age)
    {
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        Assert.Equal(age, Province.Build([Li with { BirthDate = DateOnly.Parse(born, invariant) }], DateOnly.Parse(asOf, invariant))[0].Age);
    }

    [Fact]
    public void An_age_that_cannot_be_is_unknown_and_found()
    {
        Assert.Equal(["birth-date-in-future row 2"], Found(Li with { BirthDate = Day.AddDays(1) }));
        Assert.Equal(["implausible-age row 2"], Found(Li with { BirthDate = Day }));
        Assert.Equal(["implausible-age row 2"], Found(Li with { BirthDate = new(1900, 1, 1) }));
        Assert.Null(Province.Build([Li with { BirthDate = Day }], Day)[0].Age);
    }

    [Theory]
    [InlineData(16, null, true)]
    [InlineData(16, true, true)]
    [InlineData(16, false, false)]
    [InlineData(14, null, true)]
    [InlineData(13, null, false)]
    [InlineData(13, true, true)]
    [InlineData(13, false, false)]
    [InlineData(null, null, false)]
    [InlineData(null, true, true)]
    [InlineData(null, false, false)]
    public void Below_fourteen_and_at_an_unknown_age_consent_must_be_there(int? age, bool? consent, bool consented) =>
        Assert.Equal(consented, Province.Build([Li with { BirthDate = age is { } years ? Day.AddYears(-years) : null, Consent = consent }], Day)[0].IsConsented);

    [Fact]
    public void An_unknown_circumstance_is_not_absent()
    {
        var member = Province.Build([Li with { LeftBehind = true, Poverty = false, Boarding = true, Sex = Sex.Male, Status = EnrolmentStatus.InTreatment }], Day)[0];
        Assert.Equal((true, null, false), (member.Has(ContextRisk.LeftBehind), member.Has(ContextRisk.SingleParent), member.Has(ContextRisk.Poverty)));
        Assert.Equal((true, Sex.Male, EnrolmentStatus.InTreatment), (member.Boarding, member.Sex, member.Status));
    }

    [Fact]
    public void Ids_are_compared_byte_by_byte()
    {
        var roster = Province.Build([Li, Li with { Person = "S1" }, Li with { Person = "s1 " }, Li with { Person = "ｓ1" }], Day);
        Assert.Equal(4, roster.Count);
        Assert.Equal("ｓ1", roster.Person(roster.IndexOf("ｓ1")));
        Assert.Equal(roster.IndexOf("s1"), roster.IndexOf("s1"u8));
        Assert.Equal(-1, roster.IndexOf("s2"));
        Assert.Equal(-1, roster.IndexOf(""));
        Assert.Equal(-1, roster.IndexOf("s\uD800"));
        Assert.Equal(-1, roster.IndexOf(new string('s', 5000)));
        Assert.Equal(-1, roster.IndexOf([0xFF]));
    }

    [Fact]
    public void Everybody_of_a_large_roster_is_found_and_nobody_else()
    {
        var builder = new RosterBuilder(Day, PopulationKind.Student);
        for (var person = 0; person < 50_000; person++)
        {
            builder.Add(Li with { Person = $"4301{person * 7:00000000}" });
        }

        var roster = builder.Build();
        for (var person = 0; person < roster.Count; person++)
        {
            Assert.Equal(person, roster.IndexOf(roster.PersonUtf8(person)));
            Assert.Equal(-1, roster.IndexOf(Encoding.UTF8.GetBytes(roster.Person(person) + "x")));
        }
    }

    [Fact]
    public void A_builder_can_build_again_after_more_rows()
    {
        var builder = new RosterBuilder(Day, PopulationKind.Student);
        builder.Add(Li);
        Assert.Equal(1, builder.Build().Count);
        builder.Add(Li with { Person = "s0" });
        Assert.Equal(["s0", "s1"], Enumerable.Range(0, 2).Select(builder.Build().Person));
    }

    [Fact]
    public void A_person_without_answers_is_unknown_and_to_be_screened()
    {
        var state = new NetworkState(Province.Build([Li with { BirthDate = new(2010, 1, 1) }], Day));
        Assert.Equal(new UnitTally { Enrolled = 1, Eligible = 1, Consented = 1, ToBeScreened = 1, Unknown = 1 }, state.Tally(0));
        state.Set("s1", new() { Outcome = new() { Tier = Tier.Green }, Sequence = 1 });
        Assert.Equal((1, 0), (state.Tally(0).Unknown, state.Tally(0).Green));
        state.Set("s1", new() { Outcome = new() { Tier = Tier.Red }, Sequence = 2 });
        Assert.Equal((1, 1, 0), (state.Tally(0).Red, state.Tally(0).ToBeScreened, state.Tally(0).Answered));
        state.Set("s1", new() { Outcome = new() { Tier = Tier.Green }, Validity = ResponseValidity.Caution, Sequence = 3 });
        Assert.Equal(new UnitTally { Enrolled = 1, Eligible = 1, Consented = 1, Answered = 1, Valid = 1, Caution = 1, Green = 1 }, state.Tally(0));
        Assert.Equal(1, state.Tally(0).Coverage);
    }

    [Fact]
    public void Somebody_on_leave_keeps_the_tier_and_is_in_no_count_of_answers()
    {
        var state = new NetworkState(Province.Build([Li with { Status = EnrolmentStatus.Leave }], Day));
        state.Set("s1", new() { Outcome = new() { Tier = Tier.Red, Incomplete = true }, Validity = ResponseValidity.Valid });
        Assert.Equal(new UnitTally { Enrolled = 1, Red = 1, Incomplete = 1 }, state.Tally(0));
        Assert.Null(state.Tally(0).Coverage);
    }

    private static IEnumerable<string> Found(RosterEntry row) => Province.Build([row], Day).Findings.Select(finding => finding.ToString());
}
