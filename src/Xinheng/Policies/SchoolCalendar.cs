using System.Security.Cryptography;
using Xinheng.Documents;

namespace Xinheng;

/// <summary>The school days of some terms, checked, and when something that has to be done is due.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. Valid by construction: a file with a problem is refused when it
/// is loaded, with every problem at once. The offset from UTC is fixed; no time zone of the machine is asked, and a
/// date of birth never goes through a calendar. A day outside the terms is no school day; nothing throws for it.
/// </remarks>
public sealed class SchoolCalendar
{
    private const string ShippedFile = "calendars/hunan-2026-2027.json";

    private static readonly Lazy<SchoolCalendar> Shipped = new(() => Load(Embedded.Read(ShippedFile), $"scales/{ShippedFile}"));

    private readonly int[] _schoolDays; // day numbers, rising

    private SchoolCalendar(CalendarDefinition definition, string hash)
    {
        Definition = definition;
        Hash = hash;
        _schoolDays = CalendarCheck.SchoolDays(definition);
    }

    /// <summary>
    /// The calendar that ships with the library: Hunan, spring 2026 to summer 2027. Its term dates are a convention and
    /// its holidays of 2027 are not confirmed: a school replaces the file with its own.
    /// </summary>
    public static SchoolCalendar Default => Shipped.Value;

    /// <summary>Everything the file says.</summary>
    public CalendarDefinition Definition { get; }

    /// <summary>Kebab-case id, for example <c>hunan-2026-2027</c>.</summary>
    public string Id => Definition.Id;

    /// <summary>SHA-256 of the file in lower-case hexadecimal; results carry it.</summary>
    public string Hash { get; }

    /// <summary>Loads and checks a calendar file.</summary>
    /// <param name="utf8">Content of the file; a byte-order mark is skipped.</param>
    /// <param name="file">The file's name, for problems.</param>
    /// <exception cref="DefinitionException">The file is refused; the exception carries all its problems.</exception>
    public static SchoolCalendar Load(ReadOnlySpan<byte> utf8, string file) =>
        TryLoad(utf8, file, out var calendar, out var problems) ? calendar! : throw new DefinitionException(problems);

    /// <summary>Loads and checks a calendar file; gives all its problems instead of throwing.</summary>
    /// <returns><see langword="true"/> when there is no problem.</returns>
    public static bool TryLoad(ReadOnlySpan<byte> utf8, string file, out SchoolCalendar? calendar, out IReadOnlyList<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(file);
        calendar = null;
        var report = new ProblemReport(file);
        var definition = DocumentReader.TryRead(utf8, report, XinhengJson.Default.CalendarDefinition);
        if (definition is not null)
        {
            CalendarCheck.Run(definition, report);
        }

        problems = report.Problems;
        if (problems.Count > 0 || definition is null)
        {
            return false;
        }

        calendar = new SchoolCalendar(definition, Convert.ToHexStringLower(SHA256.HashData(utf8)));
        return true;
    }

    /// <summary>Checks a calendar that was built in code. Its hash is that of its JSON form.</summary>
    /// <exception cref="DefinitionException">The calendar is refused; the exception carries all its problems.</exception>
    public static SchoolCalendar Create(CalendarDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Load(DocumentReader.Write(definition, XinhengJson.Default.CalendarDefinition), definition.Id);
    }

    /// <summary>Whether there is school on a day: a school weekday of a term that is no holiday, or a make-up day.</summary>
    public bool IsSchoolDay(DateOnly day) => IsSchoolDay(day.DayNumber);

    /// <summary>The first school days from a day on, that day included.</summary>
    /// <param name="day">The day to begin with; it need not be a school day.</param>
    /// <param name="count">How many, from 0 on.</param>
    /// <returns>The days in their order; fewer than asked for where the calendar ends.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public IReadOnlyList<DateOnly> SchoolDaysFrom(DateOnly day, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return [.. _schoolDays.Skip(IndexAfter(day.DayNumber - 1)).Take(count).Select(DateOnly.FromDayNumber)];
    }

    /// <summary>When a day opens, be it a school day or not: the start of what is known by its date only, such as a survey.</summary>
    /// <remarks>On the very first and last day that the framework knows, the nearest time that it can hold.</remarks>
    public DateTimeOffset StartOf(DateOnly day) => At((day.DayNumber * TimeSpan.TicksPerDay) + Definition.Hours.Opens.Ticks);

    /// <summary>When something is due that starts at a time, in the offset of the calendar.</summary>
    /// <remarks>
    /// <para>The rules are conventions of this project; a cut-off is the end-of-day cut-off of <see cref="SchoolHours.EndOfDay"/>.</para>
    /// <list type="bullet">
    /// <item>At once: when it starts.</item>
    /// <item>Hours: so many hours of elapsed time, nights and holidays included.</item>
    /// <item>
    /// The same school day: the cut-off of the day on which it starts, if that is a school day and it starts before its
    /// cut-off. Otherwise 24 hours later, or at the cut-off of the next school day if that is earlier; after the last
    /// school day of the calendar the next day stands for the next school day.
    /// </item>
    /// <item>
    /// Days: the cut-off of the last school day among so many calendar days after the day on which it starts. If there
    /// is none among them (holidays), the cut-off of the day on which it starts, if that is a school day and it starts
    /// before its cut-off: rather before the holiday than after. Otherwise the cut-off of the first school day that
    /// follows, and after the last school day of the calendar the cut-off of the last of these calendar days.
    /// </item>
    /// </list>
    /// <para>
    /// It is never due before it starts, and what starts later is never due earlier. A more urgent time is never due later,
    /// but hours that run past a cut-off can be: at 16:00 two hours end after the school day does, and days can end
    /// before hours because they end rather before a holiday.
    /// </para>
    /// </remarks>
    public DateTimeOffset DueAt(ResponseTime within, DateTimeOffset start)
    {
        var local = start.UtcTicks + Definition.UtcOffset.Ticks;
        var day = (int)((local + TimeSpan.TicksPerDay) / TimeSpan.TicksPerDay) - 1; // rounds down before the year 1 too
        var thisDay = IsSchoolDay(day) && local < CutOff(day);
        return At(within.Unit switch
        {
            ResponseTime.TimeUnit.Immediate => local,
            ResponseTime.TimeUnit.Hours => local + (within.Count * TimeSpan.TicksPerHour),
            ResponseTime.TimeUnit.SameSchoolDay when thisDay => CutOff(day),
            ResponseTime.TimeUnit.SameSchoolDay => Math.Min(local + TimeSpan.TicksPerDay, CutOff(SchoolDayAfter(day) ?? day + 1)),
            _ => CutOff(LastDay(day, within.Count, thisDay)),
        });
    }

    /// <summary>Id and version.</summary>
    public override string ToString() => $"{Id} {Definition.Version}";

    private bool IsSchoolDay(int day) => Array.BinarySearch(_schoolDays, day) >= 0;

    private int LastDay(int day, int days, bool thisDay)
    {
        var (first, end) = (IndexAfter(day), IndexAfter(day + days));
        return end > first ? _schoolDays[end - 1]
            : thisDay ? day
            : SchoolDayAfter(day) ?? day + days;
    }

    private int? SchoolDayAfter(int day) => IndexAfter(day) is var index && index < _schoolDays.Length ? _schoolDays[index] : null;

    /// <summary>Position of the first school day after a day.</summary>
    private int IndexAfter(int day)
    {
        var index = Array.BinarySearch(_schoolDays, day);
        return index >= 0 ? index + 1 : ~index;
    }

    /// <summary>The end-of-day cut-off as local ticks.</summary>
    private long CutOff(int day) => (day * TimeSpan.TicksPerDay) + Definition.Hours.EndOfDay.Ticks;

    /// <summary>Local ticks as a time, kept within what the framework can hold as UTC and as local time.</summary>
    private DateTimeOffset At(long local)
    {
        var offset = Definition.UtcOffset;
        var (min, max) = (Math.Max(0, offset.Ticks), DateTime.MaxValue.Ticks + Math.Min(0, offset.Ticks));
        return new DateTimeOffset(Math.Clamp(local, min, max), offset);
    }
}
