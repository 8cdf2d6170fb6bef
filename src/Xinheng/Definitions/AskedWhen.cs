using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>Skip logic of an item: it is asked only when earlier answers meet a condition.</summary>
/// <remarks>
/// Immutable and thread-safe. Three-valued: a blank counts as <see cref="Otherwise"/> only when the earlier answers say for certain
/// that the item is skipped. While they leave it open, the blank stays unknown. An answer that was given nevertheless is used, and
/// so is a refusal.
/// </remarks>
public sealed record AskedWhen
{
    /// <summary>When the item is asked: a condition on answers to earlier items, after their own skip logic. Not on scores, which come later.</summary>
    [JsonRequired]
    public Condition When { get => field ?? new AnyCondition(); init; }

    /// <summary>The stored code that a skipped item counts as.</summary>
    [JsonRequired]
    public int Otherwise { get; init; }
}
