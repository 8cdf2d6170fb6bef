namespace Xinheng.Network;

/// <summary>What is known of one person in a wave: the outcome of the policy, what the answers are worth, and when it was said.</summary>
/// <remarks>
/// Immutable and thread-safe. <c>default</c> is a person of whom nothing was heard: tier unknown, no answers. Of two states the
/// later <see cref="Sequence"/> stands. With the same sequence the higher tier stands, then the higher of the other parts in a
/// fixed order, so that the result never depends on which came first. Screening result, not a diagnosis.
/// </remarks>
public readonly record struct PersonState
{
    /// <summary>What the policy decided.</summary>
    public TierOutcome Outcome { get; init; }

    /// <summary>Whether the answers can be relied on, over all instruments; <see cref="ResponseValidity.NotAsked"/> where there are no answers.</summary>
    public ResponseValidity Validity { get; init; }

    /// <summary>Place in the order of what was submitted, from 0: a number that grows with every correction, or a time in ticks.</summary>
    public long Sequence { get; init; }

    /// <summary>Whether there are answers.</summary>
    public bool Answered => Validity != ResponseValidity.NotAsked;

    /// <summary>The tier that counts: nobody is healthy for want of answers, but a tier that a report raised stands without them.</summary>
    internal Tier CountedTier => !Answered && Outcome.Tier == Tier.Green ? Tier.Unknown : Outcome.Tier;

    /// <summary>Whether there are answers. Never the tier, so that it cannot reach a log.</summary>
    public override string ToString() => Answered ? "answered" : "not answered";

    /// <summary>The state that answers and facts come to: the gravest doubt about any of the answers is that about the person.</summary>
    internal static PersonState Of(TierOutcome outcome, ReadOnlySpan<ScoreBlock?> scores, int person, long sequence)
    {
        var validity = ResponseValidity.NotAsked;
        foreach (var block in scores)
        {
            validity = block?.Validity[person] is { } other && other > validity ? other : validity;
        }

        return new() { Outcome = outcome, Validity = validity, Sequence = sequence };
    }

    internal bool IsDefined => Sequence >= 0 && Validity <= ResponseValidity.Invalid && Outcome is { Tier: <= Tier.Red, Certain: <= Tier.Red, Possible: <= Tier.Red };

    internal int CompareTo(in PersonState other)
    {
        var order = Sequence.CompareTo(other.Sequence);
        order = order != 0 ? order : (Outcome.Tier, Outcome.Certain, Outcome.Possible, Outcome.Incomplete).CompareTo((other.Outcome.Tier, other.Outcome.Certain, other.Outcome.Possible, other.Outcome.Incomplete));
        return order != 0
            ? order
            : (Validity, Outcome.Fired, Outcome.CouldFire, Outcome.Tasks).CompareTo((other.Validity, other.Outcome.Fired, other.Outcome.CouldFire, other.Outcome.Tasks));
    }
}
