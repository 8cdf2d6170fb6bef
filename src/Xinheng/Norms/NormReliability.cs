using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>Internal consistency of a score in people of a group.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record NormReliability
{
    /// <summary>Which coefficient it is.</summary>
    [JsonRequired]
    public ReliabilityKind Kind { get; init; }

    /// <summary>The coefficient, above 0 and below 1.</summary>
    [JsonRequired]
    public Rational R { get; init; }

    /// <summary>What this rests on.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }
}
