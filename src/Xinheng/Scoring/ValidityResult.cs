namespace Xinheng;

/// <summary>Whether the answers of one person to one instrument can be relied on, with what the verdict rests on.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ValidityResult
{
    internal ValidityResult()
    {
    }

    /// <summary>Valid, caution, invalid or not asked.</summary>
    public required ResponseValidity Validity { get; init; }

    /// <summary>The rules that were met.</summary>
    public required ValidityReasons Reasons { get; init; }

    /// <summary>Number of scored items that were asked.</summary>
    public required int Asked { get; init; }

    /// <summary>Number of these with an answer.</summary>
    public required int Answered { get; init; }

    /// <summary>Number of items without an answer, by reason; reasons that do not occur are left out.</summary>
    public required IReadOnlyDictionary<MissingReason, int> Missing { get; init; }

    /// <summary>Longest run of one stored code over neighbouring items with the same options.</summary>
    public required int LongestRun { get; init; }

    /// <summary>Standard deviation (divisor n − 1) of the stored option codes within the person; <see langword="null"/> below two answers.</summary>
    public required double? Variability { get; init; }

    /// <summary>The verdict.</summary>
    public override string ToString() => ScoreText.Of(Validity);
}
