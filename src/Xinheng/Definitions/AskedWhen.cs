using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>Skip logic of an item: it is asked only after certain answers to an earlier item.</summary>
/// <remarks>
/// Immutable and thread-safe. A blank is replaced by <see cref="Otherwise"/> only when the earlier answer is there and
/// says that the item is skipped. An answer that was given nevertheless is used.
/// </remarks>
public sealed record AskedWhen
{
    /// <summary>Id of the earlier item.</summary>
    [JsonRequired]
    public string Item { get => field ?? ""; init; }

    /// <summary>Stored codes of the earlier item after which this one is asked.</summary>
    [JsonRequired]
    public IReadOnlyList<int> Codes { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>The stored code that a skipped item counts as.</summary>
    [JsonRequired]
    public int Otherwise { get; init; }
}
