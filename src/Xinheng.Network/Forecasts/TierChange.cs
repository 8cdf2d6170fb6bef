namespace Xinheng.Network;

/// <summary>A person who has another tier by one policy than by another, with the rules of each. For the psychologist only.</summary>
/// <remarks>Immutable and thread-safe. <c>default</c> is nobody. Screening result, not a diagnosis.</remarks>
public readonly record struct TierChange
{
    private readonly IReadOnlyList<string>? _fromRules;
    private readonly IReadOnlyList<string>? _toRules;

    /// <summary>Id of the person.</summary>
    public required string Person { get; init; }

    /// <summary>Tier by the first policy.</summary>
    public required Tier From { get; init; }

    /// <summary>Tier by the second policy.</summary>
    public required Tier To { get; init; }

    /// <summary>Ids of the rules of the first policy that fired.</summary>
    public IReadOnlyList<string> FromRules { get => _fromRules ?? []; init => _fromRules = value; }

    /// <summary>Ids of the rules of the second policy that fired.</summary>
    public IReadOnlyList<string> ToRules { get => _toRules ?? []; init => _toRules = value; }

    /// <summary>
    /// Whether the second policy asks for more than the first. The order is green, unknown, blue, yellow, orange, red: who is
    /// unknown has a task, who is green has none.
    /// </summary>
    public bool IsHigher => Attention(To) > Attention(From);

    /// <summary>Names the type. Never who or what, so that it cannot reach a log.</summary>
    public override string ToString() => "tier change";

    private static int Attention(Tier tier) => tier switch
    {
        Tier.Green => 0,
        Tier.Unknown => 1,
        _ => (int)tier,
    };
}
