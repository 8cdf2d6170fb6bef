using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>One rule of a policy: a condition, the tier it leads to, and by when somebody must act.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record PolicyRule
{
    /// <summary>Stable id, for example <c>O1</c>; upper-case letter and digits.</summary>
    [JsonRequired]
    public string Id { get => field ?? ""; init; }

    /// <summary>When it fires.</summary>
    [JsonRequired]
    public PolicyCondition When { get => field ?? new AnyOf(); init; }

    /// <summary>The tier that the person then has at least.</summary>
    [JsonRequired]
    public Tier Tier { get; init; }

    /// <summary>By when somebody must act.</summary>
    [JsonRequired]
    public ResponseTime Within { get; init; }

    /// <summary>Whether it opens the protection route: the guardian is not told until a person has cleared it.</summary>
    public bool Protection { get; init; }

    /// <summary>Whether the talk is an offer that the person may decline.</summary>
    public bool Voluntary { get; init; }

    /// <summary>The reason in words, for the psychologist. No diagnosis.</summary>
    [JsonRequired]
    public LocalizedText Reason { get => field ?? new(); init; }

    /// <summary>What the rule and its cuts rest on.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }
}

/// <summary>Something to be done that changes no tier.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record PolicyTask
{
    /// <summary>Stable id, for example <c>U1</c>.</summary>
    [JsonRequired]
    public string Id { get => field ?? ""; init; }

    /// <summary>When it is to be done.</summary>
    [JsonRequired]
    public PolicyCondition When { get => field ?? new AnyOf(); init; }

    /// <summary>By when.</summary>
    [JsonRequired]
    public ResponseTime Within { get; init; }

    /// <summary>What is to be done, for the psychologist.</summary>
    [JsonRequired]
    public LocalizedText Text { get => field ?? new(); init; }

    /// <summary>What the task rests on.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }
}
