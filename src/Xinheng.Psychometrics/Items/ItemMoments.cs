using System.Globalization;
using System.Numerics;

namespace Xinheng.Psychometrics;

/// <summary>
/// Exact sufficient statistics of whole answers: numbers of people, sums, cross products and frequencies, as integers. What was counted
/// in schools and merged, in any order, equals what one pass over all the people counts, and every statistic from it has the same bits.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. Holds no row of anybody; frequencies of a small unit can still tell of single
/// people, so treat it as internal to the unit. Complete cases and the others are kept apart: listwise moments use the first,
/// pairwise moments both.
/// <code>
/// Complete cases:  n,  Σx_i,  Σx_i x_j
/// Others, per pair of items both answered:  n_ij,  Σx_i,  Σx_i²,  Σx_i x_j
/// Per item: frequency of every value, among complete cases and among all
/// </code>
/// Merging sums of squares about a mean (Chan, Golub &amp; LeVeque 1983, Am. Stat. 37(3), 242-247) rounds at every step; integers do not.
/// </remarks>
public sealed class ItemMoments
{
    private readonly Int128[] _sums;
    private readonly Int128[] _products;
    private readonly PairMoments? _others;
    private readonly ItemFrequencies[] _frequencies;
    private readonly double[] _minima;
    private readonly double[] _maxima;

    private ItemMoments(
        IReadOnlyList<string> itemIds, double[] minima, double[] maxima, long persons, long complete, long empty,
        Int128[] sums, Int128[] products, PairMoments? others, ItemFrequencies[] frequencies)
    {
        (ItemIds, _minima, _maxima, PersonCount, CompleteCount, EmptyCount) = (itemIds, minima, maxima, persons, complete, empty);
        (_sums, _products, _others, _frequencies) = (sums, products, others, frequencies);
    }

    /// <summary>Ids of the items, in order.</summary>
    public IReadOnlyList<string> ItemIds { get; }

    /// <summary>Number of items, k.</summary>
    public int ItemCount => ItemIds.Count;

    /// <summary>Number of people counted, with or without missing answers.</summary>
    public long PersonCount { get; }

    /// <summary>Number of people who answered every item.</summary>
    public long CompleteCount { get; }

    /// <summary>Number of people who answered no item at all.</summary>
    public long EmptyCount { get; }

    internal ReadOnlySpan<ItemFrequencies> Frequencies => _frequencies;

    /// <summary>Counts a matrix in one pass.</summary>
    /// <exception cref="InvalidOperationException">An answer is not a whole number of at most 2^20 in size.</exception>
    public static ItemMoments Of(ItemMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (!matrix.IsWhole)
        {
            throw new InvalidOperationException("Exact moments need whole answers of at most 1048576 in size. For others use ItemMatrix.Covariances.");
        }

        var tally = new MomentTally(matrix);
        return new ItemMoments(
            matrix.ItemIds,
            [.. Enumerable.Range(0, matrix.ItemCount).Select(matrix.Minimum)],
            [.. Enumerable.Range(0, matrix.ItemCount).Select(matrix.Maximum)],
            matrix.PersonCount, tally.Complete, tally.Empty, tally.Sums, tally.Products, tally.Others, tally.Frequencies);
    }

    /// <summary>The moments of the people of both; commutative and associative to the bit.</summary>
    /// <exception cref="ArgumentException">The items, their order or their ranges differ.</exception>
    public ItemMoments Merge(ItemMoments other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!ItemIds.SequenceEqual(other.ItemIds, StringComparer.Ordinal) || !_minima.AsSpan().SequenceEqual(other._minima) || !_maxima.AsSpan().SequenceEqual(other._maxima))
        {
            throw new ArgumentException("The moments are of different items, of another order, or of other ranges. Count the same items in the same order.", nameof(other));
        }

        return new ItemMoments(
            ItemIds, _minima, _maxima, PersonCount + other.PersonCount, CompleteCount + other.CompleteCount, EmptyCount + other.EmptyCount,
            Add(_sums, other._sums), Add(_products, other._products),
            _others is null ? other._others : other._others is null ? _others : _others.Add(other._others),
            [.. _frequencies.Zip(other._frequencies, (a, b) => a.Add(b))]);
    }

    /// <summary>The moments of all parts together.</summary>
    /// <exception cref="ArgumentException">There is no part, or the parts differ in items, order or ranges.</exception>
    public static ItemMoments Merge(IEnumerable<ItemMoments> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return parts.Aggregate((ItemMoments?)null, (sum, part) => sum?.Merge(part) ?? part)
            ?? throw new ArgumentException("There is nothing to merge. Pass at least one part.", nameof(parts));
    }

    /// <summary>Lowest possible value of an item, NaN when none was declared.</summary>
    public double Minimum(int item) => _minima[item];

    /// <summary>Highest possible value of an item, NaN when none was declared.</summary>
    public double Maximum(int item) => _maxima[item];

    /// <summary>The values that occur among the answers to an item, lowest first, with their frequencies.</summary>
    /// <param name="item">Position of the item.</param>
    /// <param name="missing">Listwise: among complete cases; pairwise: among all who answered the item.</param>
    public IReadOnlyList<ItemCategory> Categories(int item, MissingTreatment missing) => _frequencies[item].Of(missing);

    /// <summary>Number of people with answers to both items, or to the one when both are the same.</summary>
    public long PairCount(int first, int second, MissingTreatment missing) =>
        CompleteCount + (missing == MissingTreatment.Pairwise && _others is not null ? _others.Counts[Triangle(first, second)] : 0);

    /// <summary>Means and covariances (divisor n − 1); each is one division of exact integers.</summary>
    public CovarianceMatrix Covariances(MissingTreatment missing = MissingTreatment.Listwise)
    {
        var k = ItemCount;
        var means = new double[k];
        var covariances = new double[k, k];
        var correlations = new double[k, k];
        var counts = new long[k, k];
        var pairs = missing == MissingTreatment.Pairwise ? _others : null;
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var t = Triangle(i, j);
                var n = CompleteCount + (pairs?.Counts[t] ?? 0);
                var sumI = _sums[i] + (pairs?.Sums[(i * k) + j] ?? 0);
                var sumJ = _sums[j] + (pairs?.Sums[(j * k) + i] ?? 0);
                var squareI = _products[Triangle(i, i)] + (pairs?.Squares[(i * k) + j] ?? 0);
                var squareJ = _products[Triangle(j, j)] + (pairs?.Squares[(j * k) + i] ?? 0);
                var product = _products[t] + (pairs?.Products[t] ?? 0);
                // n² times the covariance with divisor n, and the two variances about the pair's own means.
                var (co, varI, varJ) = ((n * product) - (sumI * sumJ), (n * squareI) - (sumI * sumI), (n * squareJ) - (sumJ * sumJ));
                counts[i, j] = counts[j, i] = n;
                covariances[i, j] = covariances[j, i] = n < 2 ? double.NaN : (double)co / ((double)n * (n - 1));
                correlations[i, j] = correlations[j, i] = n < 2 || varI == 0 || varJ == 0 ? double.NaN : i == j ? 1 : Math.Clamp((double)co / (Math.Sqrt((double)varI) * Math.Sqrt((double)varJ)), -1, 1);
                if (i == j)
                {
                    means[i] = n == 0 ? double.NaN : (double)sumI / n;
                }
            }
        }

        return new CovarianceMatrix(ItemIds, missing, PersonCount, missing == MissingTreatment.Listwise ? CompleteCount : PersonCount - EmptyCount, EmptyCount, means, covariances, correlations, counts);
    }

    /// <summary>Number of people and items.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"moments of {PersonCount} people x {ItemCount} items, {CompleteCount} complete");

    /// <summary>Place of a pair in a lower triangle.</summary>
    internal static int Triangle(int i, int j) => i >= j ? (i * (i + 1) / 2) + j : (j * (j + 1) / 2) + i;

    internal static T[] Add<T>(T[] left, T[] right)
        where T : INumber<T>
    {
        var sum = new T[left.Length];
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] = left[i] + right[i];
        }

        return sum;
    }
}
