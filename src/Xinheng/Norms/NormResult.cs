namespace Xinheng;

/// <summary>One score of one person compared with a norm group.</summary>
/// <remarks>Immutable and thread-safe. Screening result, not a diagnosis.</remarks>
public sealed record NormResult
{
    internal NormResult()
    {
    }

    /// <summary>Id of the score.</summary>
    public required string Score { get; init; }

    /// <summary>How the norm score came about, or why there is none.</summary>
    public required NormStatus Status { get; init; }

    /// <summary>The group whose norm was used, after any fallback; <see langword="null"/> where there is none.</summary>
    public required NormGroup? Group { get; init; }

    /// <summary>
    /// T score: 50 is the group's mean, 10 its standard deviation. As published in a table, or 50 + 10 (x − mean) / sd; the
    /// latter is <c>50 + 10 * (x - mean) / sd</c> in R, computed exactly and rounded once. <see langword="null"/> where there is none.
    /// </summary>
    public required double? T { get; init; }

    /// <summary>Percentile rank from the published table, 0 to 100; <see langword="null"/> where there is none.</summary>
    public required double? Percentile { get; init; }

    /// <summary>Id and status. Never a value, so that it cannot reach a log.</summary>
    public override string ToString() => $"{Score} ({ScoreText.Of(Status)})";
}
