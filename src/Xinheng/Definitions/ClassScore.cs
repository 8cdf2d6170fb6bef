using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>An ordered class decided by conditions: the first class in the list whose condition holds.</summary>
/// <remarks>Three-valued: while a missing answer could still decide, there is no class, only the lowest and highest possible one.</remarks>
public sealed record ClassScore : ScoreDefinition
{
    /// <summary>Classes, the highest value first.</summary>
    [JsonRequired]
    public IReadOnlyList<ScoreClass> Classes { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>Value when no condition holds; below that of every class.</summary>
    [JsonRequired]
    public int Otherwise { get; init; }
}
