using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>Scores that share no item and together use every scored item. The loader refuses an item keyed twice or never.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record Partition
{
    /// <summary>Ids of the scores.</summary>
    [JsonRequired]
    public IReadOnlyList<string> Scores { get => field ?? []; init => field = [.. value ?? []]; }
}
