using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>When a <see cref="ScoreClass"/> holds, or an item is asked (<see cref="AskedWhen"/>). A closed set without negation, three-valued under missing answers.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ItemCondition), "item")]
[JsonDerivedType(typeof(NumberCondition), "number")]
[JsonDerivedType(typeof(ScoreCondition), "score")]
[JsonDerivedType(typeof(CountCondition), "count")]
[JsonDerivedType(typeof(AnyCondition), "any")]
[JsonDerivedType(typeof(AllCondition), "all")]
public abstract record Condition
{
    /// <summary>The conditions this one is made of; none when it asks about one answer or score.</summary>
    internal virtual IReadOnlyList<Condition> Parts => [];

    /// <summary>Ids of the items it looks at.</summary>
    internal IEnumerable<string> Items => Leaves.Select(leaf => leaf switch { ItemCondition item => item.Item, NumberCondition number => number.Item, _ => null }).OfType<string>();

    /// <summary>Ids of the scores it looks at.</summary>
    internal IEnumerable<string> Scores => Leaves.OfType<ScoreCondition>().Select(leaf => leaf.Score);

    private IEnumerable<Condition> Leaves => Parts.Count == 0 ? [this] : Parts.SelectMany(part => part.Leaves);
}

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

/// <summary>The answer to an item with a number, such as days or hours, is at least a value.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record NumberCondition : Condition
{
    /// <summary>Id of the item.</summary>
    [JsonRequired]
    public string Item { get => field ?? ""; init; }

    /// <summary>Smallest value, in the unit of the item, for which the condition holds.</summary>
    [JsonRequired]
    public Rational AtLeast { get; init; }
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

    internal override IReadOnlyList<Condition> Parts => Of;
}

/// <summary>At least one of the conditions holds.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record AnyCondition : Condition
{
    /// <summary>The conditions.</summary>
    [JsonRequired]
    public IReadOnlyList<Condition> Of { get => field ?? []; init => field = [.. value ?? []]; }

    internal override IReadOnlyList<Condition> Parts => Of;
}

/// <summary>All conditions hold.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record AllCondition : Condition
{
    /// <summary>The conditions.</summary>
    [JsonRequired]
    public IReadOnlyList<Condition> Of { get => field ?? []; init => field = [.. value ?? []]; }

    internal override IReadOnlyList<Condition> Parts => Of;
}
