namespace Xinheng;

/// <summary>What one answer contributed to a score.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ItemContribution
{
    internal ItemContribution()
    {
    }

    /// <summary>The item.</summary>
    public required Item Item { get; init; }

    /// <summary>The answer as given.</summary>
    public required Answer Given { get; init; }

    /// <summary>The stored code or quantity that was used; <see langword="null"/> when there is none.</summary>
    public required int? Code { get; init; }

    /// <summary>Why nothing was used; <see langword="null"/> when something was.</summary>
    public required MissingReason? Reason { get; init; }

    /// <summary>Whether a blank was replaced by skip logic or by the published meaning of a blank.</summary>
    public required bool Replaced { get; init; }

    /// <summary>Whether the item was reversed.</summary>
    public required bool Reversed { get; init; }

    /// <summary>The value after reversal; <see langword="null"/> when there is no answer.</summary>
    public required Rational? Keyed { get; init; }

    /// <summary>What entered the score: the keyed value, or 1 or 0 where values are counted.</summary>
    public required Rational? Contribution { get; init; }

    /// <summary>The item, and whether there is an answer. Never the answer itself, so that it cannot reach a log.</summary>
    public override string ToString() => $"item {Item.Id}: {(Reason is { } reason ? reason.ToString() : "answered")}";
}
