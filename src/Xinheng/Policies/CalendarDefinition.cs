using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>What a calendar file says: the school days of some terms, the hours of a day, and what each rests on.</summary>
/// <remarks>
/// Immutable and thread-safe. Not checked: <see cref="SchoolCalendar"/> is the checked form. A date of birth is a date and
/// has no offset: it never goes through a calendar.
/// </remarks>
public sealed record CalendarDefinition
{
    /// <summary>Address of the schema, for editors.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Kebab-case id.</summary>
    [JsonRequired]
    public string Id { get => field ?? ""; init; }

    /// <summary>Semantic version.</summary>
    [JsonRequired]
    public string Version { get => field ?? ""; init; }

    /// <summary>Name for people.</summary>
    [JsonRequired]
    public LocalizedText Name { get => field ?? new(); init; }

    /// <summary>Name of the time zone, for people, such as <c>Asia/Shanghai</c>. Nothing is computed from it.</summary>
    [JsonRequired]
    public string TimeZone { get => field ?? ""; init; }

    /// <summary>Distance of local time from UTC, such as <c>+08:00</c>. It is the same on every day: there is no summer time.</summary>
    [JsonRequired]
    public TimeSpan UtcOffset { get; init; }

    /// <summary>Days of the week that are school days in a term.</summary>
    [JsonRequired]
    public IReadOnlyList<DayOfWeek> Weekdays { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>Hours and cut-offs of every school day.</summary>
    [JsonRequired]
    public SchoolHours Hours { get => field ?? new(); init; }

    /// <summary>Terms in the order of their dates.</summary>
    [JsonRequired]
    public IReadOnlyList<SchoolTerm> Terms { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>Holidays in the order of their dates.</summary>
    [JsonRequired]
    public IReadOnlyList<SchoolHoliday> Holidays { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>Make-up days in the order of their dates.</summary>
    [JsonRequired]
    public IReadOnlyList<MakeUpDay> MakeUpDays { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>Sources by id.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<string, Source> Sources { get => field ?? ReadOnlyDictionary<string, Source>.Empty; init => field = new ReadOnlyDictionary<string, Source>(new Dictionary<string, Source>(value ?? ReadOnlyDictionary<string, Source>.Empty)); }

    /// <summary>What the facts of the calendar as a whole rest on.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<CalendarFact, Evidence> Evidence { get => field ?? ReadOnlyDictionary<CalendarFact, Evidence>.Empty; init => field = new ReadOnlyDictionary<CalendarFact, Evidence>(new Dictionary<CalendarFact, Evidence>(value ?? ReadOnlyDictionary<CalendarFact, Evidence>.Empty)); }
}
