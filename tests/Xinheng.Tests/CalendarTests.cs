using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Xinheng.Tests;

/// <summary>School days and due times, worked by hand; and what a wrong calendar file is told.</summary>
public partial class CalendarTests
{
    internal static readonly string Shipped = File.ReadAllText(Repository.PathOf("scales", "calendars", "hunan-2026-2027.json"));

    /// <summary>Two short terms: one in February of a leap year, one after a break, with a holiday and a make-up Saturday.</summary>
    internal const string Small = """
        {
          "id": "small",
          "version": "1.0.0",
          "name": { "en": "Small", "zh-Hans": "小" },
          "timeZone": "Asia/Shanghai",
          "utcOffset": "+08:00",
          "weekdays": ["monday", "tuesday", "wednesday", "thursday", "friday"],
          "hours": { "opens": "07:30", "endOfDay": "17:30", "evening": "21:30", "closes": "22:00" },
          "terms": [
            { "id": "one", "label": { "en": "One", "zh-Hans": "一" }, "from": "2028-02-14", "to": "2028-03-10", "evidence": { "verdict": "convention" } },
            { "id": "two", "label": { "en": "Two", "zh-Hans": "二" }, "from": "2028-04-03", "to": "2028-04-28", "evidence": { "verdict": "convention" } }
          ],
          "holidays": [
            { "label": { "en": "Rest", "zh-Hans": "休" }, "from": "2028-03-02", "to": "2028-03-03", "evidence": { "verdict": "convention" } },
            { "label": { "en": "Rest", "zh-Hans": "休" }, "from": "2028-04-05", "to": "2028-04-07", "evidence": { "verdict": "convention" } }
          ],
          "makeUpDays": [{ "date": "2028-02-26", "evidence": { "sources": ["notice"], "verdict": "publication" } }, { "date": "2028-04-22", "evidence": { "verdict": "convention" } }],
          "sources": { "notice": { "kind": "official", "citation": "A notice" } },
          "evidence": { "time-zone": { "verdict": "convention" }, "weekdays": { "verdict": "convention" }, "hours": { "verdict": "convention" } }
        }
        """;

    public sealed record Mistake(string From, string To, string Code, string Path, string Found, string Expected)
    {
        public override string ToString() => $"{Code} {Path} {Found}";
    }

    private const string FirstTerm = "\"from\": \"2028-02-14\", \"to\": \"2028-03-10\"";
    private const string Week = "[\"monday\", \"tuesday\", \"wednesday\", \"thursday\", \"friday\"]";
    private const string Holiday = "{ \"label\": { \"en\": \"Rest\", \"zh-Hans\": \"休\" }, \"from\": \"2028-03-02\"";

    public static TheoryData<Mistake> Mistakes => [.. All];

    private static Mistake[] All =>
    [
        // Structure
        new("\"utcOffset\": \"+08:00\"", "\"utcOffset\": \"8\"", "wrong-value", "$.utcOffset", "the text '8'", "a distance from UTC such as \"+08:00\""),
        new("\"opens\": \"07:30\"", "\"opens\": \"7:30\"", "wrong-value", "$.hours.opens", "the text '7:30'", "a time of day such as \"17:30\""),
        new("\"opens\": \"07:30\"", "\"opens\": \"24:00\"", "wrong-value", "$.hours.opens", "the text '24:00'", "a time of day such as \"17:30\""),
        new("2028-03-10", "2028-02-30", "wrong-value", "$.terms[0].to", "the text '2028-02-30'", "a date such as \"2026-09-01\""),
        new("\"monday\"", "\"Monday\"", "wrong-value", "$.weekdays[0]", "the text 'Monday'", "one of 'sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'"),
        new("\"weekdays\": { \"verdict\"", "\"week\": { \"verdict\"", "unknown-member", "$.evidence.week", "a member 'week'", "one of 'time-zone', 'weekdays', 'hours'"),
        new("\"timeZone\": \"Asia/Shanghai\",", "", "missing-member", "$", "no member 'timeZone'", "a member 'timeZone'"),

        // Meaning
        new("\"id\": \"small\"", "\"id\": \"Small\"", "invalid-id", "$.id", "an id with other characters", "lower-case letters, digits and single hyphens, beginning with a letter"),
        new("\"id\": \"small\"", "\"id\": \"\"", "invalid-id", "$.id", "an id with other characters", "lower-case letters, digits and single hyphens, beginning with a letter"),
        new("1.0.0", "1.0", "invalid-version", "$.version", "a version of another form", "three numbers such as 1.0.0"),
        new("Asia/Shanghai", "China Standard Time", "invalid-time-zone", "$.timeZone", "a name of another form", "at most 64 letters, digits and / _ + -, such as Asia/Shanghai"),
        new("+08:00", "-14:01", "invalid-offset", "$.utcOffset", "more than 14 hours", "at most 14 hours, such as +08:00"),
        new(", \"hours\": { \"verdict\": \"convention\" } }", " }", "missing-evidence", "$.evidence", "no evidence for 'hours'", "a member 'hours' that says what the fact rests on"),
        new("\"sources\": [\"notice\"]", "\"sources\": [\"rumour\"]", "unknown-source", "$.makeUpDays[0].evidence.sources[0]", "source 'rumour'", "an id of 'sources'"),
        new("\"sources\": [\"notice\"], \"verdict\"", "\"verdict\"", "missing-source", "$.makeUpDays[0].evidence", "no source", "at least one source for this verdict"),
        new("\"verdict\": \"publication\"", "\"verdict\": \"disputed\"", "missing-note", "$.makeUpDays[0].evidence", "a disputed fact without a note", "a note with the values that disagree and the choice"),
        new(Week, "[]", "empty-week", "$.weekdays", "no day", "at least one day of the week"),
        new("\"tuesday\"", "\"monday\"", "duplicate-weekday", "$.weekdays[1]", "a day a second time", "each day of the week once"),
        new("\"endOfDay\": \"17:30\"", "\"endOfDay\": \"07:30\"", "invalid-hours", "$.hours.endOfDay", "07:30 with 'opens' at 07:30", "a time after 'opens'"),
        new("\"endOfDay\": \"17:30\"", "\"endOfDay\": \"21:31\"", "invalid-hours", "$.hours.evening", "21:30 with 'endOfDay' at 21:31", "a time not before 'endOfDay'"),
        new("\"closes\": \"22:00\"", "\"closes\": \"21:29\"", "invalid-hours", "$.hours.closes", "21:29 with 'evening' at 21:30", "a time not before 'evening'"),
        new("\"id\": \"two\"", "\"id\": \"one\"", "duplicate-id", "$.terms[1].id", "term 'one'", "a kebab-case id, each once"),
        new("\"id\": \"two\"", "\"id\": \"Two\"", "duplicate-id", "$.terms[1].id", "term 'Two'", "a kebab-case id, each once"),
        new("\"to\": \"2028-03-10\"", "\"to\": \"2028-02-13\"", "reversed-dates", "$.terms[0].to", "2028-02-13 after a first day 2028-02-14", "a last day that is not before the first day"),
        new("\"to\": \"2028-04-28\"", "\"to\": \"2029-04-04\"", "too-many-days", "$.terms[1].to", "367 days", "at most 366 days"),
        new("\"from\": \"2028-04-03\"", "\"from\": \"2028-03-10\"", "overlapping-dates", "$.terms[1].from", "2028-03-10 within the entry before, which lasts until 2028-03-10", "entries that share no day"),
        new("\"from\": \"2028-04-03\"", "\"from\": \"2028-02-13\"", "unordered-dates", "$.terms[1].from", "2028-02-13 after an entry that begins on 2028-02-14", "entries in the order of their dates"),
        new("\"from\": \"2028-04-05\"", "\"from\": \"2028-03-03\"", "overlapping-dates", "$.holidays[1].from", "2028-03-03 within the entry before, which lasts until 2028-03-03", "entries that share no day"),
        new("\"date\": \"2028-04-22\"", "\"date\": \"2028-02-26\"", "unordered-dates", "$.makeUpDays[1].date", "2028-02-26 after 2028-02-26", "days in their order, each once"),
        new("2028-02-14", "1989-12-31", "invalid-year", "$.terms[0].from", "1989-12-31", "a year from 1990 to 2100"),
        new("2028-02-14", "0001-01-01", "invalid-year", "$.terms[0].from", "0001-01-01", "a year from 1990 to 2100"),
        new("2028-04-22", "2101-01-01", "invalid-year", "$.makeUpDays[1].date", "2101-01-01", "a year from 1990 to 2100"),
        new("2028-04-22", "2028-04-21", "make-up-on-school-day", "$.makeUpDays[1].date", "2028-04-21, which is a school day already", "a day that would be free"),
        new("2028-04-22", "2028-04-07", "make-up-in-holiday", "$.makeUpDays[1].date", "2028-04-07, which lies in a holiday", "a day that is no holiday"),
        new("2028-04-22", "2028-04-29", "make-up-outside-terms", "$.makeUpDays[1].date", "2028-04-29, which lies in no term", "a day of a term"),
        new("\"makeUpDays\": [", "\"makeUpDays\": [" + Repeat("{ \"date\": \"2028-02-19\", \"evidence\": { \"verdict\": \"convention\" } }, ", 399), "too-many-dates", "$.makeUpDays", "401 make-up days", "at most 400 make-up days"),
        new(Holiday, Repeat(Holiday + ", \"to\": \"2028-03-02\", \"evidence\": { \"verdict\": \"convention\" } }, ", 399) + Holiday, "too-many-dates", "$.holidays", "401 holidays", "at most 400 holidays"),
        new("{ \"id\": \"one\"", Repeat("{ \"id\": \"x\", \"label\": { \"en\": \"x\", \"zh-Hans\": \"x\" }, " + FirstTerm + ", \"evidence\": { \"verdict\": \"convention\" } }, ", 39) + "{ \"id\": \"one\"", "too-many-dates", "$.terms", "41 terms", "1 to 40 terms"),
    ];

    [Fact]
    public void TheSmallCalendar_AndTheShippedOne_HaveNoProblem()
    {
        Assert.Empty(Problems(Small));
        Assert.Empty(Problems(Shipped));
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void AMistake_IsReportedWithItsPath_AndWhatWasExpected(Mistake mistake)
    {
        ArgumentNullException.ThrowIfNull(mistake);
        var text = DefinitionTests.Edit(Small, (mistake.From, mistake.To));
        var problem = Assert.Single(Problems(text), p => p.Code == mistake.Code && p.Path == mistake.Path && p.Found == mistake.Found);
        Assert.Equal("small.json", problem.File);
        Assert.Equal(mistake.Expected, problem.Expected);
        Assert.NotNull(problem.Line);
    }

    [Fact]
    public void EveryProblemCodeOfTheCheck_IsTestedHere()
    {
        var reported = ReportedCode().Matches(File.ReadAllText(Repository.PathOf("src", "Xinheng", "Policies", "CalendarCheck.cs"))).Select(call => call.Groups[1].Value).ToHashSet();
        var tested = All.Select(mistake => mistake.Code).ToHashSet();
        Assert.Contains("make-up-in-holiday", reported);
        Assert.Empty(reported.Except(tested));
    }

    [Fact]
    public void SeveralMistakes_AreAllReported_AndAMissingMemberOnce()
    {
        var text = DefinitionTests.Edit(Small, ("\"id\": \"small\",", ""), ("\"opens\": \"07:30\", ", ""), ("\"endOfDay\": \"17:30\"", "\"endOfDay\": \"22:30\""), ("\"from\": \"2028-02-14\", ", ""), ("2028-04-22", "2028-04-29"));
        Assert.Equal(
            ["missing-member $", "missing-member $.hours", "invalid-hours $.hours.evening", "missing-member $.terms[0]", "make-up-outside-terms $.makeUpDays[1].date"],
            Problems(text).Where(p => p.Path != "$.makeUpDays[0].date").Select(p => $"{p.Code} {p.Path}"));
        Assert.Equal(Problems(text).Count, Assert.Throws<DefinitionException>(() => SchoolCalendar.Load(Encoding.UTF8.GetBytes(text), "small.json")).Problems.Count);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("")]
    public void AFileThatIsNoCalendar_GivesOneProblem(string text) => Assert.Single(Problems(text));

    [Fact]
    public void NoTerm_IsRefused() => Assert.Contains(
        Problems(Regex.Replace(Small, "\"terms\": \\[.*?\\],\n", "\"terms\": [],\n", RegexOptions.Singleline)), p => (p.Code, p.Found) == ("too-many-dates", "0 terms"));

    [Fact]
    public void AHash_IsThatOfTheFile_AndACalendarBuiltInCode_IsChecked()
    {
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Shipped))), SchoolCalendar.Default.Hash);
        Assert.Equal("hunan-2026-2027 1.0.0", SchoolCalendar.Default.ToString());
        var small = Of(Small);
        var again = SchoolCalendar.Create(small.Definition);
        Assert.Equal(again.Hash, SchoolCalendar.Create(again.Definition).Hash);
        Assert.Equal(Days(small), Days(again));
        Assert.Equal("empty-week", Assert.Throws<DefinitionException>(() => SchoolCalendar.Create(small.Definition with { Weekdays = [], MakeUpDays = [] })).Problems[0].Code);

        static IEnumerable<bool> Days(SchoolCalendar calendar) => Enumerable.Range(0, 400).Select(i => calendar.IsSchoolDay(new DateOnly(2028, 1, 1).AddDays(i)));
    }

    [Theory]
    [InlineData("2026-09-20", true)] // Sunday, made up
    [InlineData("2026-10-10", true)] // Saturday, made up
    [InlineData("2026-05-09", true)]
    [InlineData("2026-09-27", false)]
    [InlineData("2026-09-25", false)] // Mid-Autumn
    [InlineData("2026-09-30", true)]
    [InlineData("2026-10-01", false)]
    [InlineData("2026-10-07", false)]
    [InlineData("2026-10-08", true)]
    [InlineData("2026-10-17", false)] // a Saturday like any other
    [InlineData("2026-04-06", false)] // Qingming
    [InlineData("2026-06-19", false)] // Dragon Boat
    [InlineData("2026-07-10", true)] // last day of a term
    [InlineData("2026-07-13", false)]
    [InlineData("2026-09-01", true)]
    [InlineData("2026-08-31", false)]
    [InlineData("2027-01-01", false)]
    [InlineData("2027-02-06", false)] // Spring Festival
    [InlineData("1988-07-15", false)]
    [InlineData("0001-01-01", false)]
    [InlineData("9999-12-31", false)]
    public void SchoolDays_OfTheShippedCalendar(string day, bool school) =>
        Assert.Equal(school, SchoolCalendar.Default.IsSchoolDay(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)));

    /// <summary>The framework has the lunar calendar: festivals of the shipped file are held against it.</summary>
    [Theory]
    [InlineData("Spring Festival 2026", 2026, 1, 1)]
    [InlineData("Dragon Boat Festival 2026", 2026, 5, 5)]
    [InlineData("Mid-Autumn 2026", 2026, 8, 15)]
    [InlineData("Spring Festival 2027", 2027, 1, 1)]
    [InlineData("Dragon Boat Festival 2027", 2027, 5, 5)]
    public void ALunarFestival_LiesInItsHoliday(string name, int year, int month, int day)
    {
        var lunar = new ChineseLunisolarCalendar();
        var leap = lunar.GetLeapMonth(year);
        var date = DateOnly.FromDateTime(lunar.ToDateTime(year, leap > 0 && month >= leap ? month + 1 : month, day, 0, 0, 0, 0));
        var holiday = Assert.Single(SchoolCalendar.Default.Definition.Holidays, h => h.Label.En == name);
        Assert.InRange(date, holiday.From, holiday.To);
    }

    [Fact]
    public void WhatIsNotConfirmed_SaysSo()
    {
        var calendar = SchoolCalendar.Default.Definition;
        Assert.All(calendar.Holidays, h => Assert.Equal(h.From.Year == 2026 ? Verdict.Publication : Verdict.Unconfirmed, h.Evidence.Verdict));
        Assert.All(calendar.Terms, t => Assert.Equal(Verdict.Convention, t.Evidence.Verdict));
        Assert.All(calendar.Terms.Select(t => t.Evidence).Concat(calendar.Holidays.Where(h => h.From.Year > 2026).Select(h => h.Evidence)), e => Assert.NotNull(e.Note));
    }

    /// <summary>Worked by hand. The shipped calendar; local time where no offset is given.</summary>
    [Theory]
    // At once, and hours: elapsed time, whatever the calendar says
    [InlineData("immediate", "2026-10-03T03:00", "2026-10-03T03:00")]
    [InlineData("2h", "2026-10-03T23:00", "2026-10-04T01:00")]
    [InlineData("24h", "2026-10-01T10:00", "2026-10-02T10:00")]
    [InlineData("48h", "2027-02-05T10:00", "2027-02-07T10:00")]
    // The same school day: before the cut-off, at it, after it
    [InlineData("same-school-day", "2026-09-16T00:00", "2026-09-16T17:30")]
    [InlineData("same-school-day", "2026-09-16T17:29:59", "2026-09-16T17:30")]
    [InlineData("same-school-day", "2026-09-16T17:30", "2026-09-17T17:30")]
    [InlineData("same-school-day", "2026-09-16T23:59", "2026-09-17T17:30")]
    [InlineData("same-school-day", "2026-09-11T18:00", "2026-09-12T18:00")] // Friday evening: 24 hours
    [InlineData("same-school-day", "2026-09-13T20:00", "2026-09-14T17:30")] // Sunday evening: Monday's cut-off
    [InlineData("same-school-day", "2026-09-20T10:00", "2026-09-20T17:30")] // a Sunday with school
    [InlineData("same-school-day", "2026-09-30T18:00", "2026-10-01T18:00")] // into National Day
    [InlineData("same-school-day", "2026-10-07T20:00", "2026-10-08T17:30")]
    [InlineData("same-school-day", "2027-07-10T20:00", "2027-07-11T17:30")] // after the last term
    // Days
    [InlineData("7d", "2026-09-02T10:00", "2026-09-09T17:30")]
    [InlineData("7d", "2026-09-02T23:00", "2026-09-09T17:30")]
    [InlineData("7d", "2026-09-13T10:00", "2026-09-20T17:30")] // the seventh day is the Sunday with school
    [InlineData("7d", "2026-10-03T10:00", "2026-10-10T17:30")] // the seventh day is the make-up Saturday
    [InlineData("7d", "2026-09-20T10:00", "2026-09-24T17:30")] // Mid-Autumn: the last school day before it
    [InlineData("7d", "2026-09-30T10:00", "2026-09-30T17:30")] // National Day: rather before it
    [InlineData("7d", "2026-09-30T17:30", "2026-10-08T17:30")] // too late for that
    [InlineData("1d", "2026-09-11T10:00", "2026-09-11T17:30")]
    [InlineData("1d", "2026-09-12T10:00", "2026-09-14T17:30")]
    [InlineData("7d", "2027-01-29T09:00", "2027-01-29T17:30")] // last day of the term, in the morning
    [InlineData("7d", "2027-01-29T19:00", "2027-02-22T17:30")] // and in the evening: Spring Festival lies between
    [InlineData("7d", "2027-02-06T00:00", "2027-02-22T17:30")]
    [InlineData("30d", "2027-02-06T00:00", "2027-03-08T17:30")]
    [InlineData("7d", "2027-07-09T18:00", "2027-07-16T17:30")] // no school day is known any more
    [InlineData("7d", "2030-01-01T00:00", "2030-01-08T17:30")]
    [InlineData("7d", "1988-07-15T00:00", "2026-03-02T17:30")] // before the calendar: its first school day
    // Other offsets: the day is that of the calendar
    [InlineData("same-school-day", "2026-09-16T09:29:00Z", "2026-09-16T17:30")]
    [InlineData("same-school-day", "2026-09-15T23:00:00Z", "2026-09-16T17:30")]
    [InlineData("same-school-day", "2026-09-15T20:00:00-07:00", "2026-09-16T17:30")]
    [InlineData("7d", "2026-09-30T18:00:00+09:00", "2026-09-30T17:30")]
    [InlineData("immediate", "2026-09-15T16:00:00Z", "2026-09-16T00:00")]
    public void DueTimes(string within, string start, string due)
    {
        var found = SchoolCalendar.Default.DueAt(ResponseTime.Parse(within), Time(start));
        Assert.Equal((Time(due), TimeSpan.FromHours(8)), (found, found.Offset));
    }

    [Theory]
    [InlineData("7d", "2028-02-22T10:00", "2028-02-29T17:30")]
    [InlineData("1d", "2028-02-28T18:00", "2028-02-29T17:30")]
    [InlineData("same-school-day", "2028-02-29T10:00", "2028-02-29T17:30")]
    [InlineData("24h", "2028-02-28T12:00", "2028-02-29T12:00")]
    [InlineData("24h", "2028-02-29T12:00", "2028-03-01T12:00")]
    [InlineData("1d", "2028-02-25T18:00", "2028-02-26T17:30")]
    [InlineData("same-school-day", "2028-02-29T18:00", "2028-03-01T17:30")]
    public void DueTimes_Around29February(string within, string start, string due) =>
        Assert.Equal(Time(due), Of(Small).DueAt(ResponseTime.Parse(within), Time(start)));

    [Fact]
    public void ADay_StartsWhenItOpens_InTheFixedOffset_EvenInASummerThatHadSummerTime()
    {
        Assert.Equal("1988-07-15T07:30:00.0000000+08:00", SchoolCalendar.Default.StartOf(new DateOnly(1988, 7, 15)).ToString("O", CultureInfo.InvariantCulture));
        for (var day = new DateOnly(1985, 1, 1); day.Year < 1993; day = day.AddDays(1))
        {
            var start = SchoolCalendar.Default.StartOf(day);
            Assert.Equal((day, TimeSpan.FromHours(8)), (DateOnly.FromDateTime(start.DateTime), start.Offset));
        }
    }

    [Fact]
    public void TheEndsOfTime_AreNoReasonToThrow()
    {
        foreach (var calendar in new[] { Of(Small), Of(DefinitionTests.Edit(Small, ("+08:00", "-14:00"))), Of(DefinitionTests.Edit(Small, ("+08:00", "+14:00"))) })
        {
            foreach (var day in new[] { DateOnly.MinValue, DateOnly.MaxValue })
            {
                Assert.InRange(calendar.StartOf(day).Year, day.Year == 1 ? 1 : 9999, day.Year);
            }

            foreach (var start in new[] { DateTimeOffset.MinValue, DateTimeOffset.MaxValue })
            {
                Assert.All(CalendarLaws.Times, within => Assert.InRange(calendar.DueAt(within, start).UtcTicks, 0, DateTimeOffset.MaxValue.UtcTicks));
            }
        }
    }

    internal static SchoolCalendar Of(string text) => SchoolCalendar.Load(Encoding.UTF8.GetBytes(text), "small.json");

    private static DateTimeOffset Time(string text) => text.Length > 19
        ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture)
        : new DateTimeOffset(DateTime.Parse(text, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static IReadOnlyList<Problem> Problems(string text)
    {
        SchoolCalendar.TryLoad(Encoding.UTF8.GetBytes(text), "small.json", out var calendar, out var problems);
        Assert.Equal(calendar is null, problems.Count > 0);
        return problems;
    }

    [GeneratedRegex("_report\\.Add\\(\\s*\"([a-z-]+)\"")]
    private static partial Regex ReportedCode();
}
