using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>Number of items whose keyed value reaches a threshold.</summary>
public sealed record CountScore : ItemScore
{
    /// <summary>Smallest keyed value that counts.</summary>
    [JsonRequired]
    public int AtLeast { get; init; }
}
