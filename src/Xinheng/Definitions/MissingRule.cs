using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>How many answers a score may lack, and how it is then completed.</summary>
/// <remarks>
/// Immutable and thread-safe. Within the limit a sum is prorated: sum of the answers × number of items / number of
/// answers, rounded by <see cref="Round"/>; a mean is the mean of the answers. Beyond the limit there is no score.
/// </remarks>
public sealed record MissingRule
{
    /// <summary>Largest number of missing answers with which the score is still given; 0 = every answer is needed.</summary>
    [JsonRequired]
    public int MaxMissing { get; init; }

    /// <summary>Rounding of a prorated sum. Required where <see cref="MaxMissing"/> is above 0.</summary>
    public Rounding? Round { get; init; }

    /// <summary>What the rule rests on.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }
}
