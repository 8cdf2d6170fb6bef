using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>A single answer that matters whatever the total is.</summary>
/// <remarks>Immutable and thread-safe. Screening: it calls for a conversation, it is not a finding.</remarks>
public sealed record CriticalItem
{
    /// <summary>Id, kebab-case, unique within the instrument.</summary>
    [JsonRequired]
    public string Id { get => field ?? ""; init; }

    /// <summary>Id of the item.</summary>
    [JsonRequired]
    public string Item { get => field ?? ""; init; }

    /// <summary>Stored codes that raise it.</summary>
    [JsonRequired]
    public IReadOnlyList<int> Codes { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>What kind of danger the answer speaks of.</summary>
    [JsonRequired]
    public CriticalClass Class { get; init; }

    /// <summary>What the trigger rests on.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }
}
