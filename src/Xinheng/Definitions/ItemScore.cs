using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>A score over the keyed values of items.</summary>
public abstract record ItemScore : ScoreDefinition
{
    /// <summary>Item ids; <c>"1-9"</c> is the run of items from 1 to 9 in the order of the instrument.</summary>
    [JsonRequired]
    public IReadOnlyList<string> Items { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>Items that this score takes as answered although the instrument reverses them (a scoring variant).</summary>
    public IReadOnlyList<string> Unreversed { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>How many answers may be missing.</summary>
    [JsonRequired]
    public MissingRule Missing { get => field ?? new(); init; }
}
