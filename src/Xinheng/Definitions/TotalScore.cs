using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>Sum of earlier scores. There is no total while one of them is missing.</summary>
public sealed record TotalScore : ScoreDefinition
{
    /// <summary>Ids of earlier scores.</summary>
    [JsonRequired]
    public IReadOnlyList<string> Scores { get => field ?? []; init => field = [.. value ?? []]; }
}
