using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>A step function of an earlier score: each step holds from its start up to, not including, the next one's.</summary>
public sealed record StepScore : ScoreDefinition
{
    /// <summary>Id of the earlier score.</summary>
    [JsonRequired]
    public string Score { get => field ?? ""; init; }

    /// <summary>Steps in rising order of <see cref="Step.From"/>; the first starts at the lowest possible value of the score.</summary>
    [JsonRequired]
    public IReadOnlyList<Step> Steps { get => field ?? []; init => field = [.. value ?? []]; }
}
