using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>One row of a <see cref="NormTable"/>.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record NormRow
{
    /// <summary>Value of the score, or where the row begins.</summary>
    [JsonRequired]
    public Rational Raw { get; init; }

    /// <summary>T score as published; <see langword="null"/> = the table gives none.</summary>
    public Rational? T { get; init; }

    /// <summary>Percentile rank as published, 0 to 100; <see langword="null"/> = the table gives none.</summary>
    public Rational? Percentile { get; init; }
}
