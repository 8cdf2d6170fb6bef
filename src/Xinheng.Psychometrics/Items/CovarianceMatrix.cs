using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>Means, covariances (divisor n − 1) and product-moment correlations of items, with the numbers of people behind them.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. A covariance is NaN with fewer than two people, a correlation also where an
/// item has no variance. R: <c>cov(x, use = ...)</c>, <c>cor(x, use = ...)</c>.
/// </remarks>
public sealed class CovarianceMatrix
{
    private readonly double[] _means;
    private readonly double[,] _covariances;
    private readonly double[,] _correlations;
    private readonly long[,] _counts;

    internal CovarianceMatrix(
        IReadOnlyList<string> itemIds, MissingTreatment missing, long persons, long used, long empty,
        double[] means, double[,] covariances, double[,] correlations, long[,] counts, CorrelationKind kind = CorrelationKind.ProductMoment)
    {
        Kind = kind;
        (ItemIds, Missing, PersonCount, UsedCount, EmptyCount) = (itemIds, missing, persons, used, empty);
        (_means, _covariances, _correlations, _counts) = (means, covariances, correlations, counts);
    }

    /// <summary>Ids of the items, in order.</summary>
    public IReadOnlyList<string> ItemIds { get; }

    /// <summary>Number of items, k.</summary>
    public int ItemCount => ItemIds.Count;

    /// <summary>Who enters a moment when answers are missing.</summary>
    public MissingTreatment Missing { get; }

    /// <summary>What the correlations are. Intervals and points of the sum exist for product-moment ones only.</summary>
    public CorrelationKind Kind { get; }

    /// <summary>Number of people in the data.</summary>
    public long PersonCount { get; }

    /// <summary>Number of people used: complete cases, or under pairwise treatment all with at least one answer.</summary>
    public long UsedCount { get; }

    /// <summary>Of the people not used, those without any answer.</summary>
    public long EmptyCount { get; }

    /// <summary>Smallest number of people behind a covariance; equal to <see cref="UsedCount"/> under listwise treatment, 0 without items.</summary>
    public long SmallestPairCount
    {
        get
        {
            var smallest = ItemCount == 0 ? 0 : long.MaxValue;
            foreach (var count in _counts)
            {
                smallest = Math.Min(smallest, count);
            }

            return smallest;
        }
    }

    /// <summary>Whether every covariance and correlation is a number: at least two people per pair, and no item without variance.</summary>
    public bool IsEstimable
    {
        get
        {
            foreach (var correlation in _correlations)
            {
                if (double.IsNaN(correlation))
                {
                    return false;
                }
            }

            return ItemCount > 0;
        }
    }

    /// <summary>Takes a published covariance or correlation matrix.</summary>
    /// <param name="itemIds">Ids of the items, each its own.</param>
    /// <param name="covariances">Symmetric, with positive diagonal. Copied.</param>
    /// <param name="persons">Number of people it was computed from.</param>
    /// <exception cref="ArgumentException">The matrix is not square, not symmetric, or has a diagonal that is not positive.</exception>
    public static CovarianceMatrix Create(IReadOnlyList<string> itemIds, double[,] covariances, long persons)
    {
        ArgumentNullException.ThrowIfNull(itemIds);
        ArgumentNullException.ThrowIfNull(covariances);
        ArgumentOutOfRangeException.ThrowIfLessThan(persons, 2);
        var k = itemIds.Count;
        if (covariances.GetLength(0) != k || covariances.GetLength(1) != k || itemIds.Distinct(StringComparer.Ordinal).Count() != k)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The matrix is {covariances.GetLength(0)} x {covariances.GetLength(1)} for {k} item ids. Pass a square matrix and one id, each its own, per row."), nameof(covariances));
        }

        var copy = new double[k, k];
        var correlations = new double[k, k];
        var counts = new long[k, k];
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                if (!(covariances[i, i] > 0) || !double.IsFinite(covariances[i, j]) || Math.Abs(covariances[i, j] - covariances[j, i]) > 1e-12 * Math.Sqrt(covariances[i, i] * covariances[j, j]))
                {
                    throw new ArgumentException($"The matrix is not a covariance matrix at items '{itemIds[i]}' and '{itemIds[j]}'. It must be symmetric and finite, with a positive diagonal.", nameof(covariances));
                }

                copy[i, j] = covariances[i, j];
                correlations[i, j] = i == j ? 1 : covariances[i, j] / Math.Sqrt(covariances[i, i] * covariances[j, j]);
                counts[i, j] = persons;
            }
        }

        var means = new double[k];
        Array.Fill(means, double.NaN);
        return new CovarianceMatrix([.. itemIds], MissingTreatment.Listwise, persons, persons, 0, means, copy, correlations, counts);
    }

    /// <summary>Mean of an item; NaN without people, or where only a matrix was given.</summary>
    public double Mean(int item) => _means[item];

    /// <summary>Variance of an item (divisor n − 1).</summary>
    public double Variance(int item) => _covariances[item, item];

    /// <summary>Covariance of two items (divisor n − 1, each about its mean among the people used for the pair).</summary>
    public double Covariance(int first, int second) => _covariances[first, second];

    /// <summary>Product-moment correlation; under pairwise treatment from the variances among the people who answered both.</summary>
    public double Correlation(int first, int second) => _correlations[first, second];

    /// <summary>Number of people behind a covariance.</summary>
    public long PairCount(int first, int second) => _counts[first, second];

    /// <summary>A copy of the covariances, k x k.</summary>
    public double[,] ToCovariances() => (double[,])_covariances.Clone();

    /// <summary>A copy of the correlations, k x k.</summary>
    public double[,] ToCorrelations() => (double[,])_correlations.Clone();

    /// <summary>Number of items and people, and the treatment of missing answers.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ItemCount} items, n {UsedCount} of {PersonCount} ({EstimateText.Of(Missing).En})");

    /// <summary>Two passes over values of any kind.</summary>
    internal static CovarianceMatrix OfValues(ItemMatrix matrix, MissingTreatment missing)
    {
        var source = missing == MissingTreatment.Listwise ? matrix.CompleteCases() : matrix;
        var k = source.ItemCount;
        var columns = Enumerable.Range(0, k).Select(source.Column).ToArray();
        var means = new double[k];
        var covariances = new double[k, k];
        var correlations = new double[k, k];
        var counts = new long[k, k];
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var (n, sumI, sumJ) = (0L, 0.0, 0.0);
                var (x, y) = (columns[i], columns[j]);
                var (firstX, firstY, variesX, variesY) = (double.NaN, double.NaN, false, false);
                for (var p = 0; p < x.Length; p++)
                {
                    if (!double.IsNaN(x[p]) && !double.IsNaN(y[p]))
                    {
                        (firstX, firstY) = n == 0 ? (x[p], y[p]) : (firstX, firstY);
                        (variesX, variesY) = (variesX || x[p] != firstX, variesY || y[p] != firstY);
                        (n, sumI, sumJ) = (n + 1, sumI + x[p], sumJ + y[p]);
                    }
                }

                // The mean of equal values may differ from them in the last digit; their variance is nevertheless zero.
                var (meanI, meanJ) = (variesX || n == 0 ? sumI / n : firstX, variesY || n == 0 ? sumJ / n : firstY);
                var (co, varI, varJ) = (0.0, 0.0, 0.0);
                for (var p = 0; p < x.Length; p++)
                {
                    if (!double.IsNaN(x[p]) && !double.IsNaN(y[p]))
                    {
                        co += (x[p] - meanI) * (y[p] - meanJ);
                        varI += (x[p] - meanI) * (x[p] - meanI);
                        varJ += (y[p] - meanJ) * (y[p] - meanJ);
                    }
                }

                counts[i, j] = counts[j, i] = n;
                covariances[i, j] = covariances[j, i] = n < 2 ? double.NaN : co / (n - 1);
                correlations[i, j] = correlations[j, i] = n < 2 || varI == 0 || varJ == 0 ? double.NaN : i == j ? 1 : Math.Clamp(co / Math.Sqrt(varI * varJ), -1, 1);
                if (i == j)
                {
                    means[i] = meanI;
                }
            }
        }

        var empty = Enumerable.Range(0, matrix.PersonCount).LongCount(p => Enumerable.Range(0, k).All(i => double.IsNaN(matrix[p, i])));
        var used = missing == MissingTreatment.Listwise ? source.PersonCount : matrix.PersonCount - empty;
        return new CovarianceMatrix(matrix.ItemIds, missing, matrix.PersonCount, used, empty, means, covariances, correlations, counts);
    }
}
