namespace Xinheng;

/// <summary>What a policy decided for one person, as compact as a province needs it. The rules are bits in the order of the policy.</summary>
/// <remarks>Immutable and thread-safe. <c>default</c> is a person of whom nothing is known. Screening result, not a diagnosis.</remarks>
public readonly record struct TierOutcome
{
    /// <summary>The tier by the rules on published scores.</summary>
    public Tier Tier { get; init; }

    /// <summary>The tier that holds whatever the missing answers are; never <see cref="Tier.Unknown"/> in a decided outcome.</summary>
    public Tier Certain { get; init; }

    /// <summary>The highest tier that the missing answers could still lead to.</summary>
    public Tier Possible { get; init; }

    /// <summary>Whether something that was asked is not known and could change the tier, a critical item is unanswered, or the answers to an instrument are not to be relied on and nothing raises a tier.</summary>
    public bool Incomplete { get; init; }

    /// <summary>Rules that fired, one bit per rule of the policy.</summary>
    public ulong Fired { get; init; }

    /// <summary>Rules that fired or could still fire, one bit per rule of the policy.</summary>
    public ulong CouldFire { get; init; }

    /// <summary>Tasks to be done, one bit per task of the policy.</summary>
    public uint Tasks { get; init; }

    /// <summary>Whether it is incomplete. Never the tier, so that it cannot reach a log.</summary>
    public override string ToString() => Incomplete ? "incomplete" : "complete";
}
