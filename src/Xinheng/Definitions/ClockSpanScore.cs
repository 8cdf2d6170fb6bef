using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>Minutes from one time of day to the next occurrence of another: 1 to 1440, over midnight where needed.</summary>
public sealed record ClockSpanScore : ScoreDefinition
{
    /// <summary>Id of the item with the earlier time.</summary>
    [JsonRequired]
    public string From { get => field ?? ""; init; }

    /// <summary>Id of the item with the later time.</summary>
    [JsonRequired]
    public string To { get => field ?? ""; init; }
}
