using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>The two steps of one validity rule.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ValidityCut
{
    /// <summary>Where caution begins.</summary>
    [JsonRequired]
    public Rational Caution { get; init; }

    /// <summary>Where the answers are no longer valid.</summary>
    [JsonRequired]
    public Rational Invalid { get; init; }

    /// <summary>What the cuts rest on.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }
}
