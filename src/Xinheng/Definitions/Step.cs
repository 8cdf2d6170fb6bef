using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>One step of a <see cref="StepScore"/>.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record Step
{
    /// <summary>Start of the step.</summary>
    [JsonRequired]
    public Rational From { get; init; }

    /// <summary>Whether the start itself belongs to the step before: "more than 7 hours" is <c>from 7, after true</c>.</summary>
    public bool After { get; init; }

    /// <summary>Value on the step.</summary>
    [JsonRequired]
    public Rational Value { get; init; }
}
