using System.Globalization;

namespace Xinheng.Network;

/// <summary>What falls due within the first five school days after a survey, against the hours that are there for it.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. What is due later is not in it, and wants hours as well: see
/// <see cref="PolicyForecast.Hours"/>. Expected values stand against the line, not the ends of intervals.
/// </remarks>
public sealed record FirstSchoolDays
{
    /// <summary>Number of school days that the red line looks at. A convention of this project.</summary>
    public const int Count = 5;

    internal FirstSchoolDays()
    {
    }

    /// <summary>The first of the five: the day of the survey, if that is a school day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The fifth.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>People with something due by then, expected.</summary>
    public required Rational People { get; init; }

    /// <summary>Hours of talk that are due by then, expected.</summary>
    public required Rational Hours { get; init; }

    /// <summary>Counsellor hours of one school day, of all who talk with these people together; <see langword="null"/> = not given.</summary>
    public required Rational? CounsellorHoursPerDay { get; init; }

    /// <summary>Hours that are there in five school days; <see langword="null"/> = not given.</summary>
    public Rational? StaffedHours => CounsellorHoursPerDay * Count;

    /// <summary>Whether more is due than is staffed; <see langword="null"/> = not known, as the staffed hours were not given.</summary>
    public bool? OverRedLine => StaffedHours is { } staffed ? Hours > staffed : null;

    /// <summary>Hours beyond the red line; <see langword="null"/> when it is not crossed, or not known.</summary>
    public Rational? HoursOver => OverRedLine == true ? Hours - StaffedHours : null;

    /// <summary>
    /// School days over which the classes would have to be spread, so that no five school days in a row bring more than is
    /// staffed; <see langword="null"/> when the red line is not crossed, or not known.
    /// </summary>
    /// <remarks>
    /// Classes in equal parts on d school days: five days in a row hold the work of five parts at most, 5 x hours / d, and of
    /// all of it up to d = 5. So d = hours / (hours of one school day), rounded up.
    /// </remarks>
    public long? StaggerDays => OverRedLine == true ? CeilingOfQuotient(Hours, CounsellorHoursPerDay!.Value) : null;

    /// <summary>What to do, for people; <see langword="null"/> when the red line is not crossed, or not known.</summary>
    public LocalizedText? Remedy => StaggerDays is { } days
        ? new()
        {
            En = string.Create(CultureInfo.InvariantCulture, $"Stagger the classes over at least {days} school days, or bring in more people. Never raise the threshold of a critical item."),
            ZhHans = string.Create(CultureInfo.InvariantCulture, $"请将各班分散到至少{days}个教学日施测，或增派面谈人员；不得为此提高关键题的阈值。"),
        }
        : null;

    /// <summary>The days.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From:yyyy-MM-dd} to {Until:yyyy-MM-dd}");

    private static long CeilingOfQuotient(Rational hours, Rational perDay)
    {
        var (numerator, denominator) = ((Int128)hours.Numerator * perDay.Denominator, (Int128)hours.Denominator * perDay.Numerator);
        return (long)((numerator + denominator - 1) / denominator);
    }
}
