using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>The answer to one item as a number: a quantity in its unit, or the keyed value of an option.</summary>
public sealed record QuantityScore : ScoreDefinition
{
    /// <summary>Id of the item.</summary>
    [JsonRequired]
    public string Item { get => field ?? ""; init; }
}
