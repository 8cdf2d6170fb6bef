using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>How stable a score is over time in people of a group.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record TestRetest
{
    /// <summary>Correlation between two occasions, above 0 and below 1.</summary>
    [JsonRequired]
    public Rational R { get; init; }

    /// <summary>Days between the occasions, 1 to 3660.</summary>
    [JsonRequired]
    public int Days { get; init; }

    /// <summary>Number of people who answered twice, at least 2.</summary>
    [JsonRequired]
    [JsonPropertyName("n")]
    public int SampleSize { get; init; }

    /// <summary>What this rests on.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }
}
