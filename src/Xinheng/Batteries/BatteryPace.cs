using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>How many seconds an item is expected to take. Opening, consent and goodbye are not in it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record BatteryPace
{
    /// <summary>Seconds for an item that is answered by choosing an option, from 1 on.</summary>
    [JsonRequired]
    public int OptionSeconds { get; init; }

    /// <summary>Seconds for an item that asks for a number or a time of day, from 1 on.</summary>
    [JsonRequired]
    public int EntrySeconds { get; init; }

    /// <summary>What the seconds rest on.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }
}
