using FsCheck.Xunit;

namespace Xinheng.Tests;

/// <summary>What must hold for every due time, and what a plain walk over the days says of it.</summary>
[Properties(MaxTest = 2_000)]
public class CalendarLaws
{
    internal static readonly ResponseTime[] Times =
    [
        .. ((string[])["immediate", "1h", "2h", "23h", "same-school-day", "24h", "1d", "48h", "2d", "3d", "7d", "14d", "30d", "366d"]).Select(text => ResponseTime.Parse(text)),
    ];

    private static readonly SchoolCalendar[] Calendars = [SchoolCalendar.Default, CalendarTests.Of(CalendarTests.Small)];

    [Property]
    public void NothingIsDue_BeforeItStarts(int minutes, sbyte zone, bool small) =>
        Assert.All(Times, within => Assert.True(Of(small).DueAt(within, At(minutes, zone, small)) >= At(minutes, zone, small)));

    [Property]
    public void TheOffsetOfTheStart_DoesNotMatter(int minutes, sbyte zone, bool small) =>
        Assert.All(Times, within => Assert.Equal(Of(small).DueAt(within, At(minutes, 0, small)), Of(small).DueAt(within, At(minutes, zone, small))));

    [Property]
    public void WhatStartsLater_IsNeverDueEarlier(int minutes, short later, bool small)
    {
        var (first, second) = (At(minutes, 0, small), At(minutes, 0, small).AddMinutes(Math.Abs((int)later) % 20_000));
        Assert.All(Times, within => Assert.True(Of(small).DueAt(within, first) <= Of(small).DueAt(within, second), within.ToString()));
    }

    [Property]
    public void Hours_AreElapsedTime(int minutes, byte hours, bool small)
    {
        var start = At(minutes, 0, small);
        Assert.Equal(TimeSpan.FromHours(hours + 1), Of(small).DueAt(ResponseTime.Hours(hours + 1), start) - start);
    }

    [Property]
    public void AMoreUrgentTime_IsNeverDueLater_ExceptHoursThatRunPastACutOff(int minutes, bool small)
    {
        var start = At(minutes, 0, small);
        foreach (var urgent in Times)
        {
            foreach (var other in Times.Where(other => urgent < other && !(IsHours(urgent) && !IsHours(other)) && !(urgent.MayWaitForSchoolDay && IsHours(other))))
            {
                Assert.True(Of(small).DueAt(urgent, start) <= Of(small).DueAt(other, start), $"{urgent} {other} {start}");
            }
        }
    }

    [Property]
    public void WhatCannotWaitForASchoolDay_IsDueWithinItsLongestHours(int minutes, bool small)
    {
        var start = At(minutes, 0, small);
        Assert.All(Times.Where(within => !within.MayWaitForSchoolDay), within => Assert.True(Of(small).DueAt(within, start) - start <= TimeSpan.FromHours(within.LongestHours)));
    }

    [Property]
    public void APlainWalkOverTheDays_Agrees(int minutes, bool small)
    {
        var start = At(minutes, 0, small);
        Assert.All(Times, within => Assert.Equal(Walk(Of(small), within, start), Of(small).DueAt(within, start)));
    }

    [Property]
    public void SchoolDaysFromADay_AreThoseOfAWalkFromIt_AndEndWithTheCalendar(int minutes, byte count, bool small)
    {
        var day = DateOnly.FromDateTime(At(minutes, 0, small).DateTime);
        Assert.Equal(Enumerable.Range(0, 1_000).Select(day.AddDays).Where(Of(small).IsSchoolDay).Take(count), Of(small).SchoolDaysFrom(day, count));
    }

    [Fact]
    public void SchoolDaysFrom_TheEndsOfTime_AndANegativeNumber()
    {
        Assert.Equal([new DateOnly(2028, 2, 14)], Of(small: true).SchoolDaysFrom(DateOnly.MinValue, 1));
        Assert.Empty(Of(small: true).SchoolDaysFrom(DateOnly.MaxValue, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(small: true).SchoolDaysFrom(DateOnly.MinValue, -1));
    }

    [Fact]
    public void NoDayFrom1990To2100_Throws()
    {
        for (var day = new DateOnly(1990, 1, 1); day.Year <= 2100; day = day.AddDays(1))
        {
            var start = SchoolCalendar.Default.StartOf(day);
            foreach (var within in Times)
            {
                Assert.True(SchoolCalendar.Default.DueAt(within, start) >= start);
            }
        }
    }

    private static bool IsHours(ResponseTime within) => within.ToString().EndsWith('h');

    private static SchoolCalendar Of(bool small) => Calendars[small ? 1 : 0];

    /// <summary>Minutes around the terms: FsCheck begins small, and few starts lie years away.</summary>
    private static DateTimeOffset At(int minutes, sbyte zone, bool small)
    {
        var scattered = unchecked((int)((uint)minutes * 2_654_435_761u));
        var start = Of(small).StartOf(Of(small).Definition.Terms[0].From.AddDays(-20));
        return start.AddMinutes(scattered % (small ? 150_000 : 800_000)).ToOffset(TimeSpan.FromMinutes(15 * (zone % 56)));
    }

    /// <summary>The rules once more, as a person would go through a calendar on the wall.</summary>
    private static DateTimeOffset Walk(SchoolCalendar calendar, ResponseTime within, DateTimeOffset start)
    {
        var local = start.ToOffset(TimeSpan.FromHours(8));
        var today = DateOnly.FromDateTime(local.DateTime);
        var text = within.ToString();
        var inTime = calendar.IsSchoolDay(today) && local < CutOff(today);
        if (text == "immediate")
        {
            return local;
        }

        if (text == "same-school-day")
        {
            var next = CutOff(Next(today) ?? today.AddDays(1));
            return inTime ? CutOff(today) : next < local.AddHours(24) ? next : local.AddHours(24);
        }

        var count = int.Parse(text[..^1], System.Globalization.CultureInfo.InvariantCulture);
        if (text.EndsWith('h'))
        {
            return local.AddHours(count);
        }

        for (var day = count; day > 0; day--)
        {
            if (calendar.IsSchoolDay(today.AddDays(day)))
            {
                return CutOff(today.AddDays(day));
            }
        }

        return CutOff(inTime ? today : Next(today) ?? today.AddDays(count));

        DateOnly? Next(DateOnly day)
        {
            for (var i = 1; i < 2_000; i++)
            {
                if (calendar.IsSchoolDay(day.AddDays(i)))
                {
                    return day.AddDays(i);
                }
            }

            return null;
        }

        DateTimeOffset CutOff(DateOnly day) => new(day.ToDateTime(calendar.Definition.Hours.EndOfDay), TimeSpan.FromHours(8));
    }
}
