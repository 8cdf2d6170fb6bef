using System.Globalization;
using System.Numerics;
using MathNet.Numerics;

namespace Xinheng.Psychometrics;

/// <summary>How far each person's answers lie from the mean of all, in units of their covariances.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. D² = (x − μ)ᵀ S⁻¹ (x − μ), with means and covariances (divisor n − 1) of the people who answered every
/// item (Mahalanobis 1936). A person with missing answers is measured by the block of μ and S of the answered items, with as many degrees of
/// freedom. D² follows χ² only if the answers are normal, which answers about symptoms are not: take it as a rank. The rare true case lies
/// far out as well, so never set a person aside by it alone (Meade &amp; Craig 2012, Psychol. Methods 17, 437-455).
/// R, complete answers: <c>mahalanobis(x, colMeans(x), cov(x))</c>, <c>careless::mahad(x)</c>.
/// </remarks>
public sealed class MahalanobisDistances
{
    private readonly Estimate[] _squared;
    private readonly int[] _degrees;

    private MahalanobisDistances(Estimate[] squared, int[] degrees, EstimateStatus status, long used, IReadOnlyList<string> omitted)
    {
        (_squared, _degrees, Status, UsedCount, OmittedItems) = (squared, degrees, status, used, omitted);
    }

    /// <summary>D² by person.</summary>
    public IReadOnlyList<Estimate> SquaredDistance => _squared;

    /// <summary>Degrees of freedom by person: the answered items that vary.</summary>
    public IReadOnlyList<int> DegreesOfFreedom => _degrees;

    /// <summary>Whether there are distances; not positive definite where the answers to some items determine those to another.</summary>
    public EstimateStatus Status { get; }

    /// <summary>Number of people behind means and covariances.</summary>
    public long UsedCount { get; }

    /// <summary>Items without variance, which are left out.</summary>
    public IReadOnlyList<string> OmittedItems { get; }

    /// <summary>Number of people.</summary>
    public int PersonCount => _squared.Length;

    /// <summary>Measures every person.</summary>
    /// <param name="raw">Answers; turning items round changes nothing.</param>
    public static MahalanobisDistances Of(ItemMatrix raw)
    {
        ArgumentNullException.ThrowIfNull(raw);
        var covariances = raw.Covariances();
        int[] kept = [.. Enumerable.Range(0, raw.ItemCount).Where(i => covariances.Variance(i) > 0)];
        var used = covariances.UsedCount;
        string[] omitted = used < 2 ? [] : [.. raw.ItemIds.Where((_, i) => !kept.Contains(i))];
        var status = used < 2 ? EstimateStatus.TooFewPeople : kept.Length == 0 ? EstimateStatus.NoVariance : EstimateStatus.Ok;
        var inverse = status == EstimateStatus.Ok ? Symmetric.Inverse(Covariances(covariances, kept)) : null;
        if (inverse is null)
        {
            var none = new Estimate[raw.PersonCount];
            status = status == EstimateStatus.Ok ? EstimateStatus.NotPositiveDefinite : status;
            Array.Fill(none, Estimate.None(status));
            return new MahalanobisDistances(none, new int[none.Length], status, used, omitted);
        }

        var rows = Enumerable.Range(0, kept.Length).Select(i => Enumerable.Range(0, kept.Length).Select(j => inverse[i, j]).ToArray()).ToArray();
        var means = Array.ConvertAll(kept, covariances.Mean);
        var (squared, degrees) = (new Estimate[raw.PersonCount], new int[raw.PersonCount]);
        PersonBlocks.Each(raw.PersonCount, (start, count) => Measure(raw, kept, means, rows, start, count, squared, degrees));
        return new MahalanobisDistances(squared, degrees, status, used, omitted);
    }

    /// <summary>Share of χ² with the person's degrees of freedom that lies further out.</summary>
    public Estimate PValue(int person) => _squared[person].HasValue
        ? Estimate.Of(SpecialFunctions.GammaUpperRegularized(_degrees[person] / 2.0, _squared[person].Value / 2))
        : Estimate.None(_squared[person].Status);

    /// <summary>D² less its degrees of freedom, over √(2 df): what ranks people with different numbers of answers.</summary>
    internal double Standardized(int person) => (_squared[person].Value - _degrees[person]) / Math.Sqrt(2.0 * _degrees[person]);

    /// <summary>Number of people used and items left out, and the R call.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"squared Mahalanobis distances of {PersonCount} people, mean and covariance (n - 1) of {UsedCount} with all answers{(OmittedItems.Count > 0 ? $", without {string.Join(", ", OmittedItems)} (no variance)" : "")}{(Status == EstimateStatus.Ok ? "" : $"; none: {EstimateText.Of(Status).En}")}   R: mahalanobis(x, colMeans(x), cov(x))");

    private static double[,] Covariances(CovarianceMatrix covariances, int[] kept)
    {
        var matrix = new double[kept.Length, kept.Length];
        for (var i = 0; i < kept.Length; i++)
        {
            for (var j = 0; j < kept.Length; j++)
            {
                matrix[i, j] = covariances.Covariance(kept[i], kept[j]);
            }
        }

        return matrix;
    }

    /// <summary>
    /// With d = 0 for an answer that is not there and q = S⁻¹ d, the answered block is measured by d·q − q_Mᵀ ((S⁻¹)_MM)⁻¹ q_M, M the missing items: the inverse of
    /// a block from the block of the inverse.
    /// </summary>
    private static void Measure(ItemMatrix raw, int[] kept, double[] means, double[][] inverse, int start, int count, Estimate[] squared, int[] degrees)
    {
        var k = kept.Length;
        var (d, q) = (new double[count * k], new double[count * k]);
        var values = new double[count];
        for (var i = 0; i < k; i++)
        {
            raw.Columns[kept[i]].CopyTo(start, values);
            for (var person = 0; person < count; person++)
            {
                var there = !double.IsNaN(values[person]);
                d[(person * k) + i] = there ? values[person] - means[i] : 0;
                degrees[start + person] += there ? 1 : 0;
            }
        }

        for (var i = 0; i < k; i++)
        {
            for (var person = 0; person < count; person++)
            {
                q[(person * k) + i] = Dot(inverse[i], d.AsSpan(person * k, k));
            }
        }

        for (var person = 0; person < count; person++)
        {
            var total = Dot(d.AsSpan(person * k, k), q.AsSpan(person * k, k));
            if (degrees[start + person] == 0)
            {
                squared[start + person] = Estimate.None(EstimateStatus.TooFewItems);
                continue;
            }

            if (degrees[start + person] < k)
            {
                int[] missing = [.. Enumerable.Range(0, k).Where(i => double.IsNaN(raw[start + person, kept[i]]))];
                total -= Explained(inverse, missing, q.AsSpan(person * k, k));
            }

            squared[start + person] = Estimate.Of(Math.Max(0, total));
        }
    }

    private static double Explained(double[][] inverse, int[] missing, ReadOnlySpan<double> q)
    {
        var m = missing.Length;
        var lower = new double[m, m];
        var solved = new double[m];
        var sum = 0.0;
        for (var i = 0; i < m; i++)
        {
            // Cholesky and forward substitution, row by row.
            for (var j = 0; j <= i; j++)
            {
                var rest = inverse[missing[i]][missing[j]];
                for (var h = 0; h < j; h++)
                {
                    rest -= lower[i, h] * lower[j, h];
                }

                lower[i, j] = i == j ? Math.Sqrt(rest) : rest / lower[j, j];
            }

            solved[i] = q[missing[i]];
            for (var h = 0; h < i; h++)
            {
                solved[i] -= lower[i, h] * solved[h];
            }

            solved[i] /= lower[i, i];
            sum += solved[i] * solved[i];
        }

        return sum;
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = Vector<double>.Zero;
        var i = 0;
        for (; i <= left.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            sum += new Vector<double>(left[i..]) * new Vector<double>(right[i..]);
        }

        var total = Vector.Sum(sum);
        for (; i < left.Length; i++)
        {
            total += left[i] * right[i];
        }

        return total;
    }
}
