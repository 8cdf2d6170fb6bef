namespace Xinheng.Network.Tests;

/// <summary>Single submissions, by hand.</summary>
public sealed class LiveScreeningTests
{
    private static readonly Scorer Phq9 = Scorer.Compile(InstrumentCatalog.Default["phq-9"]);
    private static readonly Triage Triage = Triage.Compile(Screened.Students, [Phq9.Instrument], allowDraft: true);

    [Fact]
    public void A_second_red_person_opens_the_warning_about_the_dormitory_and_a_correction_closes_it()
    {
        var live = Live(2);
        Assert.DoesNotContain(live.Submit(Of("s0", 2, 1)).UnitWarnings, IsCluster);
        var opened = Assert.Single(live.Submit(Of("s1", 3, 1)).UnitWarnings, IsCluster);
        Assert.Equal((null, "school:A/dormitory:7", 2), (opened.Before, opened.After?.Unit, opened.After?.People));
        var corrected = live.Submit(Of("s1", 0, 2));
        Assert.Equal((Tier.Red, Tier.Green), (corrected.Before.Outcome.Tier, corrected.After.Outcome.Tier));
        Assert.Equal(new UnitWarningChange(opened.After, null), Assert.Single(corrected.UnitWarnings, IsCluster));
        Assert.Empty(corrected.Warnings);

        static bool IsCluster(UnitWarningChange change) => (change.Before ?? change.After)!.Kind == UnitWarningKind.DormitoryCluster;
    }

    [Fact]
    public void The_last_answers_that_were_missing_close_the_warnings_about_coverage()
    {
        var live = Live(2);
        var first = live.Submit(Of("s0", 0, 1));
        Assert.Equal(4, first.UnitWarnings.Count);
        Assert.All(first.UnitWarnings, change => Assert.Equal((2, 1), (change.Before?.People, change.After?.People)));
        var second = live.Submit(Of("s1", 0, 1));
        Assert.Equal(["province", "school:A", "school:A/grade:1", "school:A/grade:1/class:3"], second.UnitWarnings.Select(change => change.Before?.Unit).Order(StringComparer.Ordinal));
        Assert.All(second.UnitWarnings, change => Assert.Null(change.After));
    }

    [Fact]
    public void A_report_raises_somebody_without_answers_and_an_older_submission_changes_nothing()
    {
        var live = Live(1);
        var plan = Of("s0", 0, 2) with { Reports = [null], Facts = new() { Events = [new() { Kind = "suicide-plan", Date = Screened.AsOf, Source = "peer" }] } };
        var update = live.Submit(plan);
        Assert.Equal((true, Tier.Red, false), (update.Applied, update.After.Outcome.Tier, update.After.Answered));
        Assert.Equal(7, update.Warnings.Count);
        var older = live.Submit(Of("s0", 0, 1));
        Assert.Equal((false, Tier.Green, Tier.Red, 0, 0, 0), (older.Applied, older.Report.Tier, older.After.Outcome.Tier, older.Warnings.Count, older.Units.Count, older.UnitWarnings.Count));
        var repeated = live.Submit(plan);
        Assert.Equal((false, 0), (repeated.Applied, repeated.Units.Count));
        Assert.Equal(update.Warnings.Select(LiveWorld.Text), repeated.Warnings.Select(LiveWorld.Text));
    }

    [Fact]
    public void Whoever_only_has_not_been_screened_is_a_matter_of_coverage_and_not_of_warnings()
    {
        var update = Live(1).Submit(Of("s0", 0, 1) with { Reports = [null] });
        Assert.Equal((true, Tier.Unknown, Tier.Red, 0), (update.Applied, update.Report.Tier, update.Report.Possible, update.Warnings.Count));
    }

    [Fact]
    public void Somebody_who_is_not_on_the_roster_has_a_tier_and_warnings_and_stands_in_no_unit()
    {
        var live = Live(1);
        var before = Province.Bytes(UnitTallies.Count(live.State));
        var update = live.Submit(Of("stranger", 3, 1));
        Assert.Equal((true, Tier.Red, 0, 0), (update.Applied, update.After.Outcome.Tier, update.Units.Count, update.UnitWarnings.Count));
        Assert.Equal([Audience.Student, Audience.Guardian, Audience.Psychologist], update.Warnings.Select(warning => warning.Audience));
        Assert.Equal(before, Province.Bytes(UnitTallies.Count(live.State)));
        Assert.Equal((update.After, default), (live.State.Of("stranger"), live.State.Of("another")));
        Assert.False(live.Submit(Of("stranger", 0, 1)).Applied);
    }

    [Fact]
    public void Who_refused_consent_is_decided_and_counted_as_answered_without_it()
    {
        var update = Live(1, consent: false).Submit(Of("s0", 3, 1));
        Assert.Equal((Tier.Red, 7, 1), (update.After.Outcome.Tier, update.Warnings.Count, update.Units.Delta.AnsweredWithoutConsent));
    }

    [Fact]
    public void What_cannot_be_is_refused_and_changes_nothing()
    {
        var live = Live(1);
        var before = Province.Bytes(live.State);
        Submission right = Of("s0", 3, 1);
        Submission[] wrong =
        [
            right with { Reports = [] }, right with { Reports = null! }, right with { Reports = [right.Reports[0], null] }, right with { Sequence = -1 },
            right with { Reports = [Scorer.Compile(InstrumentCatalog.Default["phq-2"]).Score([0, 0])] },
            right with { Person = "" }, right with { Person = " " }, right with { Person = "\uD800" }, right with { Person = null! }, right with { Person = new string('x', 2000) },
        ];
        Assert.All(wrong, submission => Assert.ThrowsAny<ArgumentException>(() => live.Submit(submission)));
        Assert.Equal(before, Province.Bytes(live.State));
        Assert.Throws<ArgumentException>(() => new LiveScreening(Triage.Compile(Screened.Staff, [Phq9.Instrument], allowDraft: true), live.State, SchoolCalendar.Default, "2026"));
        Assert.Throws<ArgumentException>(() => new LiveScreening(Triage, live.State, SchoolCalendar.Default, " "));
    }

    [Fact]
    public void The_roster_adds_what_did_not_come_with_the_answers()
    {
        var roster = Roster(1, true);
        Assert.Equal(new Respondent { Age = 15, Sex = Sex.Female, SecondsPerItem = 3 }, roster.Complete(0, new Respondent { SecondsPerItem = 3 }));
        Assert.Equal(new Respondent { Age = 16, Sex = Sex.Male }, roster.Complete(0, new Respondent { Age = 16, Sex = Sex.Male }));
        Assert.Equal(default, roster.Complete(-1, default(Respondent)));
        PersonEvent[] events = [new() { Kind = "b", Date = Screened.AsOf, Source = "x" }, new() { Kind = "b", Date = Screened.AsOf, Source = "A" }, new() { Kind = "a", Date = Screened.AsOf, Source = "y" }, new() { Kind = "z", Date = Screened.AsOf.AddDays(-1), Source = "z" }];
        var known = new PersonFacts { Events = events, PreviousTier = Tier.Blue }.With(ContextRisk.Poverty);
        Assert.Equal([events[3], events[2], events[1], events[0]], roster.Complete(-1, known).Events);
        Assert.Equal(known.With(ContextRisk.LeftBehind).Context, roster.Complete(0, known).Context);
        Assert.Equal((known.Context, Tier.Blue), (roster.Complete(-1, known).Context, roster.Complete(-1, known).PreviousTier));
        Assert.Throws<IndexOutOfRangeException>(() => roster.Complete(1, known));
    }

    private static Roster Roster(int people, bool consent) => Province.Build(
        Enumerable.Range(0, people).Select(i => new RosterEntry
        {
            Person = $"s{i}", School = "A", Grade = "1", Class = "3", Dormitory = "7", Consent = consent, BirthDate = new(2011, 1, 1), Sex = Sex.Female, LeftBehind = true, SingleParent = false,
        }),
        Screened.AsOf);

    private static LiveScreening Live(int people, bool consent = true) => new(Triage, new NetworkState(Roster(people, consent)), SchoolCalendar.Default, "2026");

    /// <summary>Healthy but for item 9.</summary>
    private static Submission Of(string person, int ninth, long sequence) => new()
    {
        Person = person, Reports = [Phq9.Score([0, 0, 0, 0, 0, 0, 0, 0, ninth, 0])], Sequence = sequence, Start = Screened.Start,
    };
}
