namespace Xinheng;

/// <summary>What a norm document says of a score's stability: the reason by which a change is called reliable.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record RetestReliability
{
    /// <summary>Id of the instrument.</summary>
    public required string Instrument { get; init; }

    /// <summary>Id of the score.</summary>
    public required string Score { get; init; }

    /// <summary>Standard deviation of the score in the norm group, above zero.</summary>
    public required Rational StandardDeviation { get; init; }

    /// <summary>Test-retest correlation, above 0 and below 1. Never an internal consistency.</summary>
    public required Rational Correlation { get; init; }

    /// <summary>
    /// Whether a change is at least <paramref name="z"/> standard errors of a difference: |d| ≥ z × SD × √(2 × (1 − r)), decided on the exact squares.
    /// </summary>
    public bool IsReliable(Rational change, Rational z) =>
        change * change >= z * z * StandardDeviation * StandardDeviation * 2 * (1 - Correlation);
}
