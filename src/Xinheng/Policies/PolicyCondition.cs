using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>
/// A condition of a <see cref="PolicyRule"/>. A closed set without negation, so that a worse answer can never undo a
/// rule; three-valued under missing answers.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SeverityCondition), "severity")]
[JsonDerivedType(typeof(CriticalClassCondition), "critical")]
[JsonDerivedType(typeof(UnansweredCondition), "unanswered")]
[JsonDerivedType(typeof(EventCondition), "event")]
[JsonDerivedType(typeof(UnknownEventCondition), "unknown-event")]
[JsonDerivedType(typeof(HistoryCondition), "history")]
[JsonDerivedType(typeof(ChangeCondition), "reliable-deterioration")]
[JsonDerivedType(typeof(ValidityCondition), "validity")]
[JsonDerivedType(typeof(ContextCondition), "context")]
[JsonDerivedType(typeof(AnyOf), "any")]
[JsonDerivedType(typeof(AllOf), "all")]
public abstract record PolicyCondition;

/// <summary>Which domains a condition looks at.</summary>
public enum DomainScope
{
    /// <summary>The domains that the policy calls core.</summary>
    Core,

    /// <summary>All domains of the policy.</summary>
    All,
}

/// <summary>The severity reaches a value in at least so many domains.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record SeverityCondition : PolicyCondition
{
    /// <summary>Domains that count.</summary>
    public DomainScope Scope { get; init; }

    /// <summary>Smallest severity that counts, 1 to 4.</summary>
    [JsonRequired]
    public int AtLeast { get; init; }

    /// <summary>In how many domains; <see langword="null"/> = one.</summary>
    public int? Domains { get; init; }
}

/// <summary>A critical item of one of the classes is raised. Unknown while one of them is unanswered and none is raised.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record CriticalClassCondition : PolicyCondition
{
    /// <summary>Classes.</summary>
    [JsonRequired]
    public IReadOnlyList<CriticalClass> Classes { get => field ?? []; init => field = [.. value ?? []]; }
}

/// <summary>
/// A critical item that was asked has no answer, or one that cannot be read; or the tier is unknown, because a score without a
/// value could raise it. For tasks only.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record UnansweredCondition : PolicyCondition
{
    /// <summary>Whether only critical answers count that stand there and cannot be read.</summary>
    public bool UnreadableOnly { get; init; }
}

/// <summary>Somebody reported an event of one of the kinds within the days before the date of the survey.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record EventCondition : PolicyCondition
{
    /// <summary>Kinds, keys of <see cref="PolicyDefinition.EventKinds"/>.</summary>
    [JsonRequired]
    public IReadOnlyList<string> Kinds { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>How many days back, the day itself included as day 0; 1 to 3660.</summary>
    [JsonRequired]
    public int WithinDays { get; init; }
}

/// <summary>A report of a kind that the policy does not know was handed in: nobody but a person can say what it means. For tasks only.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record UnknownEventCondition : PolicyCondition;

/// <summary>An earlier wave gave the person at least this tier.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record HistoryCondition : PolicyCondition
{
    /// <summary>Smallest tier that counts.</summary>
    [JsonRequired]
    public Tier AtLeast { get; init; }

    /// <summary>How many days back; 1 to 3660.</summary>
    [JsonRequired]
    public int WithinDays { get; init; }
}

/// <summary>
/// A score is reliably worse than in the last wave: the change exceeds z × SD × √2 × √(1 − r), with SD and test-retest
/// reliability r of a norm document (Jacobson and Truax 1991). Not asked where there is no such reliability.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ChangeCondition : PolicyCondition
{
    /// <summary>Domains that count.</summary>
    public DomainScope Scope { get; init; }

    /// <summary>Smallest standardized change, for example 1.96.</summary>
    [JsonRequired]
    public Rational AtLeast { get; init; }
}

/// <summary>The answers to at least so many instruments carry this verdict or a worse one.</summary>
/// <remarks>Immutable and thread-safe. It looks at patterns of answers, so it can only add care and never takes any away.</remarks>
public sealed record ValidityCondition : PolicyCondition
{
    /// <summary>Mildest verdict that counts.</summary>
    [JsonRequired]
    public ResponseValidity AtLeast { get; init; }

    /// <summary>On how many instruments; <see langword="null"/> = one.</summary>
    public int? Instruments { get; init; }
}

/// <summary>The roster knows at least so many circumstances that burden a person. Never a reason by itself.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ContextCondition : PolicyCondition
{
    /// <summary>Circumstances that count.</summary>
    [JsonRequired]
    public IReadOnlyList<ContextRisk> Of { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>How many.</summary>
    [JsonRequired]
    public int AtLeast { get; init; }
}

/// <summary>At least one of the conditions holds.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record AnyOf : PolicyCondition
{
    /// <summary>The conditions.</summary>
    [JsonRequired]
    public IReadOnlyList<PolicyCondition> Of { get => field ?? []; init => field = [.. value ?? []]; }
}

/// <summary>All conditions hold.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record AllOf : PolicyCondition
{
    /// <summary>The conditions.</summary>
    [JsonRequired]
    public IReadOnlyList<PolicyCondition> Of { get => field ?? []; init => field = [.. value ?? []]; }
}
