using System.Globalization;

namespace Xinheng;

/// <summary>Within which time somebody must act: at once, the same school day, or within a number of hours or of days.</summary>
/// <remarks>
/// Immutable and thread-safe. <c>default</c> is <see cref="Immediate"/>, so that nothing forgotten waits. Ordered by
/// urgency: a smaller value is more urgent. The order is that of <see cref="LongestHours"/>; of equal ones the same
/// school day comes before the hours, and the hours before the days: <c>immediate</c>, <c>2h</c>,
/// <c>same-school-day</c>, <c>24h</c>, <c>1d</c>, <c>48h</c>, <c>7d</c>. So two values compare as equal only when they
/// are equal. When a time is due says <see cref="SchoolCalendar.DueAt"/>.
/// </remarks>
public readonly record struct ResponseTime : IComparable<ResponseTime>
{
    /// <summary>The longest time in days.</summary>
    public const int MaxDays = 366;

    /// <summary>The longest time in hours.</summary>
    public const int MaxHours = 24 * MaxDays;

    private const string ImmediateText = "immediate";
    private const string SameSchoolDayText = "same-school-day";

    private ResponseTime(TimeUnit unit, int count)
    {
        Unit = unit;
        Count = count;
    }

    /// <summary>What <see cref="Count"/> counts; declared in the order of urgency of equal lengths.</summary>
    internal enum TimeUnit : byte
    {
        Immediate,
        SameSchoolDay,
        Hours,
        Days,
    }

    /// <summary>At once: due when it starts.</summary>
    public static ResponseTime Immediate => default;

    /// <summary>Before the end of the school day.</summary>
    public static ResponseTime SameSchoolDay => new(TimeUnit.SameSchoolDay, 0);

    /// <summary>The most hours it can mean on a calendar without holidays: 0 at once, 24 the same school day, 24 for each day.</summary>
    public int LongestHours => Unit switch
    {
        TimeUnit.Immediate => 0,
        TimeUnit.SameSchoolDay => 24,
        TimeUnit.Hours => Count,
        _ => 24 * Count,
    };

    /// <summary>
    /// Whether a holiday can make it longer than <see cref="LongestHours"/>: true for days, which end on a school day.
    /// What must happen within hours whatever the calendar says is written in hours.
    /// </summary>
    public bool MayWaitForSchoolDay => Unit == TimeUnit.Days;

    /// <summary>The time in words, for example <c>within 7 days</c> and <c>7天内</c>.</summary>
    public LocalizedText Text => Unit switch
    {
        TimeUnit.Immediate => new() { En = "at once", ZhHans = "立即" },
        TimeUnit.SameSchoolDay => new() { En = "the same school day", ZhHans = "当个教学日内" },
        TimeUnit.Hours => new() { En = Within("hour"), ZhHans = string.Create(CultureInfo.InvariantCulture, $"{Count}小时内") },
        _ => new() { En = Within("day"), ZhHans = string.Create(CultureInfo.InvariantCulture, $"{Count}天内") },
    };

    internal TimeUnit Unit { get; }

    internal int Count { get; }

    /// <summary>Within a number of hours, whatever the calendar says.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not 1 to <see cref="MaxHours"/>.</exception>
    public static ResponseTime Hours(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxHours);
        return new(TimeUnit.Hours, count);
    }

    /// <summary>Within a number of calendar days, and on a school day.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not 1 to <see cref="MaxDays"/>.</exception>
    public static ResponseTime Days(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxDays);
        return new(TimeUnit.Days, count);
    }

    /// <summary>Reads <c>immediate</c>, <c>same-school-day</c>, hours such as <c>2h</c> or days such as <c>7d</c>; no other spelling.</summary>
    /// <returns><see langword="false"/> when the text is none of them.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out ResponseTime value)
    {
        value = default;
        if (text is ImmediateText)
        {
            return true;
        }

        if (text is SameSchoolDayText)
        {
            value = SameSchoolDay;
            return true;
        }

        if (text.Length < 2
            || text[0] == '0'
            || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        switch (text[^1])
        {
            case 'h' when count <= MaxHours:
                value = Hours(count);
                return true;
            case 'd' when count <= MaxDays:
                value = Days(count);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">The text is no such time.</exception>
    public static ResponseTime Parse(ReadOnlySpan<char> text) => TryParse(text, out var value)
        ? value
        : throw new FormatException("A response time is 'immediate', 'same-school-day', hours such as '2h' or days such as '7d'.");

    /// <summary>Whether the left time is more urgent.</summary>
    public static bool operator <(ResponseTime left, ResponseTime right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left time is less urgent.</summary>
    public static bool operator >(ResponseTime left, ResponseTime right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left time is more urgent or the same.</summary>
    public static bool operator <=(ResponseTime left, ResponseTime right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left time is less urgent or the same.</summary>
    public static bool operator >=(ResponseTime left, ResponseTime right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(ResponseTime other) => LongestHours == other.LongestHours
        ? Unit.CompareTo(other.Unit)
        : LongestHours.CompareTo(other.LongestHours);

    /// <summary>The form that definitions carry, for example <c>same-school-day</c> or <c>7d</c>.</summary>
    public override string ToString() => Unit switch
    {
        TimeUnit.Immediate => ImmediateText,
        TimeUnit.SameSchoolDay => SameSchoolDayText,
        TimeUnit.Hours => string.Create(CultureInfo.InvariantCulture, $"{Count}h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Count}d"),
    };

    private string Within(string unit) => string.Create(CultureInfo.InvariantCulture, $"within {Count} {unit}{(Count == 1 ? "" : "s")}");
}
