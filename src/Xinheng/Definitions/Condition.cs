using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>A condition of a <see cref="ScoreClass"/>. A closed set without negation, three-valued under missing answers.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ItemCondition), "item")]
[JsonDerivedType(typeof(ScoreCondition), "score")]
[JsonDerivedType(typeof(CountCondition), "count")]
[JsonDerivedType(typeof(AnyCondition), "any")]
[JsonDerivedType(typeof(AllCondition), "all")]
public abstract record Condition;

/// <summary>The answer to an item is one of the given codes.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ItemCondition : Condition
{
    /// <summary>Id of the item.</summary>
    [JsonRequired]
    public string Item { get => field ?? ""; init; }

    /// <summary>Stored codes.</summary>
    [JsonRequired]
    public IReadOnlyList<int> Codes { get => field ?? []; init => field = [.. value ?? []]; }
}

/// <summary>An earlier score is at least a value.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ScoreCondition : Condition
{
    /// <summary>Id of the earlier score.</summary>
    [JsonRequired]
    public string Score { get => field ?? ""; init; }

    /// <summary>Smallest value for which the condition holds.</summary>
    [JsonRequired]
    public Rational AtLeast { get; init; }
}

/// <summary>At least so many of the conditions hold.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record CountCondition : Condition
{
    /// <summary>The conditions.</summary>
    [JsonRequired]
    public IReadOnlyList<Condition> Of { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>How many must hold.</summary>
    [JsonRequired]
    public int AtLeast { get; init; }
}

/// <summary>At least one of the conditions holds.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record AnyCondition : Condition
{
    /// <summary>The conditions.</summary>
    [JsonRequired]
    public IReadOnlyList<Condition> Of { get => field ?? []; init => field = [.. value ?? []]; }
}

/// <summary>All conditions hold.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record AllCondition : Condition
{
    /// <summary>The conditions.</summary>
    [JsonRequired]
    public IReadOnlyList<Condition> Of { get => field ?? []; init => field = [.. value ?? []]; }
}
