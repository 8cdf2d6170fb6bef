using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>Days without school, weekends within them included. One that lies outside the terms has no effect.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record SchoolHoliday
{
    /// <summary>Name of the holiday.</summary>
    [JsonRequired]
    public LocalizedText Label { get => field ?? new(); init; }

    /// <summary>First day.</summary>
    [JsonRequired]
    public DateOnly From { get; init; }

    /// <summary>Last day.</summary>
    [JsonRequired]
    public DateOnly To { get; init; }

    /// <summary>What the dates rest on.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }
}
