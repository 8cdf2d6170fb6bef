using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>The published severity categories of one score, written as starts so that gaps and overlaps cannot be expressed.</summary>
/// <remarks>Immutable and thread-safe. Screening language: a band is not a diagnosis.</remarks>
public sealed record BandSet
{
    /// <summary>For whom these bands are; <see langword="null"/> = for everybody.</summary>
    public BandGroup? For { get; init; }

    /// <summary>Bands in rising order of the score; the first starts at the lowest possible value.</summary>
    [JsonRequired]
    public IReadOnlyList<Band> Starts { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>What the cuts rest on.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }
}
