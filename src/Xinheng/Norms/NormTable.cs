using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>A published conversion table of one score in one group.</summary>
/// <remarks>Immutable and thread-safe. A value that the table does not cover gets nothing: there is no extrapolation and no interpolation.</remarks>
public sealed record NormTable
{
    /// <summary>How a value finds its row.</summary>
    [JsonRequired]
    public NormMatch Match { get; init; }

    /// <summary>Highest value that the last row of starts covers; <see langword="null"/> = the highest possible value of the score.</summary>
    public Rational? Through { get; init; }

    /// <summary>Rows in rising order of the score; all give the same of T and percentile, and each of these rises or falls throughout.</summary>
    [JsonRequired]
    public IReadOnlyList<NormRow> Rows { get => field ?? []; init => field = [.. value ?? []]; }
}
