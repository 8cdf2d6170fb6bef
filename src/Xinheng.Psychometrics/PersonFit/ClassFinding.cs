using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>Whether the answers of a class look copied or filled in by one hand.</summary>
/// <remarks>Immutable and thread-safe. A reason to ask how the test was held, never a verdict on anybody.</remarks>
public sealed record ClassFinding
{
    internal ClassFinding()
    {
    }

    /// <summary>Name of the class as the data have it.</summary>
    public required string Name { get; init; }

    /// <summary>Number of people of the class with answers.</summary>
    public required int Count { get; init; }

    /// <summary>Pairs of people with the same answer to every item, straight lines apart.</summary>
    public required int IdenticalPairs { get; init; }

    /// <summary>
    /// Largest similarity of two people of the class: over the items both answered alike, the sum of −ln of the share of that answer among all. Agreeing
    /// on what few say counts for much.
    /// </summary>
    public required Estimate LargestSimilarity { get; init; }

    /// <summary>
    /// Share of simulated classes, each member replaced by somebody of another class with about the same mean answer, whose largest similarity is as high.
    /// Too few people where nobody can take a member's place.
    /// </summary>
    public required Estimate SimilarityP { get; init; }

    /// <summary>The same over all classes as a false discovery rate (Benjamini &amp; Hochberg 1995, J. R. Stat. Soc. B 57, 289-300).</summary>
    public required Estimate SimilarityRate { get; init; }

    /// <summary>Number of classes simulated.</summary>
    public required int Replications { get; init; }

    /// <summary>Straight lines in the class, other than the lowest answer throughout.</summary>
    public required int StraightLines { get; init; }

    /// <summary>Probability of as many or more if they fell on the people of all classes by chance (hypergeometric).</summary>
    public required double StraightLineP { get; init; }

    /// <summary>People whose time is known.</summary>
    public required int Timed { get; init; }

    /// <summary>Of these, those too fast to have read the questions.</summary>
    public required int TooFast { get; init; }

    /// <summary>Probability of as many or more by chance; 1 where no time is known.</summary>
    public required double TooFastP { get; init; }

    /// <summary>The counts, without the name.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"class of {Count}: {IdenticalPairs} identical pairs, largest similarity {LargestSimilarity} (p {SimilarityP}, {Replications} simulated), {StraightLines} straight lines (p {StraightLineP:F4}), {TooFast} of {Timed} too fast (p {TooFastP:F4})");
}
