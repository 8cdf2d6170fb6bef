using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>A day that would be free and is a school day, for example a Saturday that makes up for a holiday.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record MakeUpDay
{
    /// <summary>The day; it lies in a term.</summary>
    [JsonRequired]
    public DateOnly Date { get; init; }

    /// <summary>What the date rests on.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }
}
