using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>Split-half reliability of a sum: how two halves of the items agree.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. A split's coefficient is 4 · cov(A, B) / var(A + B) (Guttman 1945; Rulon 1939,
/// Harv. Educ. Rev. 9, 99-103). Up to 16 items every halving is tried; beyond, a seeded sample, and then <see cref="Maximum"/> and
/// <see cref="Minimum"/> are those of the sample only. R: <c>psych::splitHalf(cov(x))</c>; with an odd number of items psych 2.2.9 tries half
/// of the halvings.
/// </remarks>
public sealed class SplitHalf
{
    /// <summary>Number of halvings drawn where there are too many to try all.</summary>
    public const int SampleSize = 10_000;

    private SplitHalf(EstimateStatus status) =>
        Maximum = Minimum = Mean = OddEvenCorrelation = SpearmanBrown = OddEven = Estimate.None(status);

    private SplitHalf(double[,] covariances, int seed)
    {
        var k = covariances.GetLength(0);
        var total = Symmetric.Sum(covariances);
        IsExhaustive = k <= GuttmanBounds.MostItemsForLambda4;
        Seed = IsExhaustive ? null : seed;
        var (sum, low, high) = (0.0, double.PositiveInfinity, double.NegativeInfinity);
        foreach (var coefficient in IsExhaustive
            ? GuttmanBounds.Halvings(k).Select(half => GuttmanBounds.SplitHalfCoefficient(covariances, half, total))
            : Sample(covariances, total, seed))
        {
            (Count, sum, low, high) = (Count + 1, sum + coefficient, Math.Min(low, coefficient), Math.Max(high, coefficient));
        }

        (Maximum, Minimum, Mean) = (Estimate.Of(high), Estimate.Of(low), Estimate.Of(sum / Count));
        var odd = Enumerable.Range(0, k).Select(i => i % 2 == 0).ToArray();
        var (between, varianceOdd, varianceEven) = Parts(covariances, odd);
        var r = between / Math.Sqrt(varianceOdd * varianceEven);
        OddEvenCorrelation = Estimate.Of(r, EstimateStatus.NoVariance);
        SpearmanBrown = Estimate.Of(2 * r / (1 + r), EstimateStatus.NoVariance);
        OddEven = Estimate.Of(4 * between / total, EstimateStatus.NoVariance);
    }

    /// <summary>Number of halvings tried.</summary>
    public int Count { get; }

    /// <summary>Whether these are all there are.</summary>
    public bool IsExhaustive { get; }

    /// <summary>Seed of the sample; <see langword="null"/> where all halvings were tried.</summary>
    public int? Seed { get; }

    /// <summary>Largest coefficient of the halvings tried; λ4 where all were tried.</summary>
    public Estimate Maximum { get; }

    /// <summary>Smallest coefficient of the halvings tried; β where all were tried.</summary>
    public Estimate Minimum { get; }

    /// <summary>Mean coefficient; with an even number of items and all halvings it is alpha.</summary>
    public Estimate Mean { get; }

    /// <summary>Correlation of the sums of the items in odd and in even places.</summary>
    public Estimate OddEvenCorrelation { get; }

    /// <summary>2r / (1 + r) of <see cref="OddEvenCorrelation"/> (Spearman 1910; Brown 1910, Br. J. Psychol. 3).</summary>
    public Estimate SpearmanBrown { get; }

    /// <summary>Coefficient of the halving into odd and even places.</summary>
    public Estimate OddEven { get; }

    /// <summary>What was tried, and the coefficients.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsExhaustive ? $"all {Count} halvings" : $"a sample of {Count} halvings (seed {Seed})")}: largest {Maximum}, mean {Mean}, smallest {Minimum}; odd-even {SpearmanBrown} (Spearman-Brown), {OddEven} (Guttman-Rulon)");

    internal static SplitHalf Of(CovarianceMatrix covariances, EstimateStatus status, int seed) =>
        status == EstimateStatus.Ok ? new SplitHalf(covariances.ToCovariances(), seed) : new SplitHalf(status);

    private static (double Between, double First, double Second) Parts(double[,] covariances, bool[] inFirst)
    {
        var (between, first, second) = (0.0, 0.0, 0.0);
        for (var i = 0; i < inFirst.Length; i++)
        {
            for (var j = 0; j < inFirst.Length; j++)
            {
                if (inFirst[i] && !inFirst[j])
                {
                    between += covariances[i, j];
                }
                else if (inFirst[i] && inFirst[j])
                {
                    first += covariances[i, j];
                }
                else if (!inFirst[i] && !inFirst[j])
                {
                    second += covariances[i, j];
                }
            }
        }

        return (between, first, second);
    }

    private static IEnumerable<double> Sample(double[,] covariances, double total, int seed)
    {
        var random = new Random(seed);
        var order = Enumerable.Range(0, covariances.GetLength(0)).ToArray();
        var inFirst = new bool[order.Length];
        for (var draw = 0; draw < SampleSize; draw++)
        {
            random.Shuffle(order);
            for (var i = 0; i < order.Length; i++)
            {
                inFirst[order[i]] = i < order.Length / 2;
            }

            yield return 4 * Parts(covariances, inFirst).Between / total;
        }
    }
}
