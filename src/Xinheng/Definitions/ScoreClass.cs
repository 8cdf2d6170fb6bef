using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>One class of a <see cref="ClassScore"/>.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ScoreClass
{
    /// <summary>Value of the class.</summary>
    [JsonRequired]
    public int Value { get; init; }

    /// <summary>When a person belongs to it.</summary>
    [JsonRequired]
    public Condition When { get => field ?? new AnyCondition(); init; }
}
