namespace Xinheng;

/// <summary>How one score came about.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ScoreExplanation
{
    internal ScoreExplanation()
    {
    }

    /// <summary>The score.</summary>
    public required ScoreResult Result { get; init; }

    /// <summary>What each item contributed; empty for a score over other scores.</summary>
    public required IReadOnlyList<ItemContribution> Items { get; init; }

    /// <summary>Ids of the scores it was computed from; empty for a score over items.</summary>
    public required IReadOnlyList<string> Scores { get; init; }

    /// <summary>The operation in words.</summary>
    public required string Rule { get; init; }

    /// <summary>Start of the band the value is in; <see langword="null"/> where there is no band.</summary>
    public required Rational? BandStart { get; init; }

    /// <summary>The score and its rule; no answer and no value.</summary>
    public override string ToString() => $"{Result}: {Rule}";
}
