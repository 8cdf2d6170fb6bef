using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>The hours of a school day, in the calendar's local time.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record SchoolHours
{
    /// <summary>When the day opens; a clock that starts on a date starts then.</summary>
    [JsonRequired]
    public TimeOnly Opens { get; init; }

    /// <summary>By when the tasks of a school day are done.</summary>
    [JsonRequired]
    public TimeOnly EndOfDay { get; init; }

    /// <summary>By when nothing of the day may be left open without a signature.</summary>
    [JsonRequired]
    public TimeOnly Evening { get; init; }

    /// <summary>When the day closes.</summary>
    [JsonRequired]
    public TimeOnly Closes { get; init; }
}
