using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>Quotient of two earlier scores, limited to the declared range. Undefined when the divisor is zero.</summary>
public sealed record RatioScore : ScoreDefinition
{
    /// <summary>Id of the score that is divided.</summary>
    [JsonRequired]
    public string Numerator { get => field ?? ""; init; }

    /// <summary>Id of the score that divides.</summary>
    [JsonRequired]
    public string Denominator { get => field ?? ""; init; }
}
