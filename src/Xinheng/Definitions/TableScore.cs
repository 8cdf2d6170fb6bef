using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>A published conversion table of an earlier score: each possible value has its own entry.</summary>
public sealed record TableScore : ScoreDefinition
{
    /// <summary>Id of the earlier score, a whole number.</summary>
    [JsonRequired]
    public string Score { get => field ?? ""; init; }

    /// <summary>Converted values, one for each whole number from the lowest possible value of the score on.</summary>
    [JsonRequired]
    public IReadOnlyList<Rational> Values { get => field ?? []; init => field = [.. value ?? []]; }
}
