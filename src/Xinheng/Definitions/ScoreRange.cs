using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>Lowest and highest value a score can take. Written down on purpose although it follows from the key: the loader recomputes it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ScoreRange
{
    /// <summary>Lowest possible value.</summary>
    [JsonRequired]
    public Rational Min { get; init; }

    /// <summary>Highest possible value.</summary>
    [JsonRequired]
    public Rational Max { get; init; }
}
