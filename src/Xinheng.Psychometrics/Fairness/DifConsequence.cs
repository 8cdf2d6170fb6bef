using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>What differences in functioning do to the sums of the focal group.</summary>
/// <remarks>Immutable and thread-safe. A model's answer to "what if"; no score is changed.</remarks>
public sealed record DifConsequence
{
    internal DifConsequence()
    {
    }

    /// <summary>Items of class B or C, by the strata or by regression, whose effect was taken away.</summary>
    public required IReadOnlyList<string> Items { get; init; }

    /// <summary>Number of people of the focal group.</summary>
    public required int FocalCount { get; init; }

    /// <summary>Mean effect on the sum, in points; positive: the focal group has too many.</summary>
    public required double MeanPoints { get; init; }

    /// <summary>Largest effect in size on one person, in points.</summary>
    public required double LargestPoints { get; init; }

    /// <summary>People who would be in a higher band without the effect.</summary>
    public required int Higher { get; init; }

    /// <summary>People who would be in a lower band without the effect.</summary>
    public required int Lower { get; init; }

    /// <summary>The effect and the numbers.</summary>
    public override string ToString() => Items.Count == 0
        ? string.Create(CultureInfo.InvariantCulture, $"no item of class B or C: nobody of {FocalCount} changes band")
        : string.Create(CultureInfo.InvariantCulture, $"without the effect of {string.Join(", ", Items)} ({MeanPoints:F3} points on average, {LargestPoints:F3} at most) {Higher + Lower} of {FocalCount} people of the focal group change band: {Higher} up, {Lower} down");
}
