using System.Globalization;
using System.Text;
using MathNet.Numerics.Distributions;

namespace Xinheng.Psychometrics;

/// <summary>Horn's parallel analysis: how many components are larger than chance makes them.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. Horn 1965, Psychometrika 30, 179-185; the 95th percentile of Glorfeld 1995, Educ. Psychol. Meas. 55, 377-393. Counting
/// stops at the first component that is not above its reference, whatever comes after. People with all answers are used. R: <c>psych::fa.parallel(x, fa = "pc", quant = .95)</c>, with
/// draws of its own.
/// </remarks>
public sealed class ParallelAnalysis
{
    private ParallelAnalysis(EstimateStatus status, CovarianceMatrix correlations, ParallelReference reference, int draws, int seed) =>
        (Status, Correlations, Reference, Draws, Seed, Eigenvalues, ReferenceMeans, ReferenceQuantiles) = (status, correlations, reference, draws, seed, [], [], []);

    /// <summary>Whether there is anything to tell.</summary>
    public EstimateStatus Status { get; }

    /// <summary>The correlations of the answers.</summary>
    public CovarianceMatrix Correlations { get; }

    /// <summary>What the eigenvalues are held against.</summary>
    public ParallelReference Reference { get; }

    /// <summary>Number of draws.</summary>
    public int Draws { get; }

    /// <summary>Seed of the draws.</summary>
    public int Seed { get; }

    /// <summary>Eigenvalues of the correlations, largest first; empty where nothing could be told.</summary>
    public IReadOnlyList<double> Eigenvalues { get; private init; }

    /// <summary>Mean of each eigenvalue over the draws.</summary>
    public IReadOnlyList<double> ReferenceMeans { get; private init; }

    /// <summary>95th percentile of each eigenvalue over the draws.</summary>
    public IReadOnlyList<double> ReferenceQuantiles { get; private init; }

    /// <summary>Number of components above the 95th percentile before the first that is not.</summary>
    public int Count => Eigenvalues.Zip(ReferenceQuantiles).TakeWhile(pair => pair.First > pair.Second).Count();

    /// <summary>Runs a parallel analysis.</summary>
    /// <param name="matrix">Keyed answers.</param>
    /// <param name="reference">What the eigenvalues are held against.</param>
    /// <param name="kind">Kind of correlation, the same for the answers and the reference; polychoric only with permutation.</param>
    /// <param name="draws">Number of draws, at least 20; 500 is usual. Polychoric correlations of many items take long.</param>
    /// <param name="seed">Seed: the same seed gives the same draws, on any number of threads.</param>
    /// <exception cref="ArgumentException">Polychoric correlations were asked with a normal reference, or an item has too many answers for them.</exception>
    public static ParallelAnalysis Of(
        ItemMatrix matrix, ParallelReference reference = ParallelReference.Permutation, CorrelationKind kind = CorrelationKind.ProductMoment, int draws = 500, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 20);
        if (kind == CorrelationKind.Polychoric && reference == ParallelReference.Normal)
        {
            throw new ArgumentException("Polychoric correlations have no normal reference: both sides must be of one kind. Use permutation.", nameof(reference));
        }

        var complete = matrix.CompleteCases();
        var correlations = Correlate(complete, kind);
        var k = matrix.ItemCount;
        if (k < 2 || !correlations.IsEstimable || correlations.UsedCount <= k)
        {
            return new ParallelAnalysis(k < 2 ? EstimateStatus.TooFewItems : correlations.UsedCount <= k ? EstimateStatus.TooFewPeople : EstimateStatus.NoVariance, matrix.Covariances(), reference, draws, seed);
        }

        var drawn = new double[draws][];
        Parallel.For(0, draws, draw =>
        {
            // A seed of its own for every draw: threads do not matter.
            var random = new Random(unchecked((seed * 1_000_003) + draw));
            drawn[draw] = Symmetric.Eigen(reference == ParallelReference.Normal
                ? NormalCorrelations(random, complete.PersonCount, k)
                : Correlate(Dealt(complete, random), kind).ToCorrelations()).Values;
        });
        var columns = Enumerable.Range(0, k).Select(m => drawn.Select(d => d[m]).Order().ToArray()).ToArray();
        return new ParallelAnalysis(EstimateStatus.Ok, kind == CorrelationKind.Polychoric ? correlations : matrix.Covariances(), reference, draws, seed)
        {
            Eigenvalues = Array.AsReadOnly(Symmetric.Eigen(correlations.ToCorrelations()).Values),
            ReferenceMeans = Array.AsReadOnly([.. columns.Select(c => c.Average())]),
            ReferenceQuantiles = Array.AsReadOnly([.. columns.Select(c => Quantile(c, 0.95))]),
        };
    }

    /// <summary>The eigenvalues with their reference.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Status != EstimateStatus.Ok)
        {
            return text.Append(CultureInfo.InvariantCulture, $"  parallel analysis: {EstimateText.Of(Status).En}\n").ToString();
        }

        text.Append(CultureInfo.InvariantCulture, $"  parallel analysis: {Count} components; {(Reference == ParallelReference.Normal ? "normal" : "permuted")} reference, {Draws} draws, seed {Seed}   R: psych::fa.parallel(x, fa = 'pc', quant = .95)\n  component  eigenvalue  reference 95 %\n");
        for (var m = 0; m < Eigenvalues.Count && m <= Count + 2; m++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {m + 1,9}  {Eigenvalues[m],10:F4}  {ReferenceQuantiles[m],14:F4}\n");
        }

        return text.ToString();
    }

    private static CovarianceMatrix Correlate(ItemMatrix matrix, CorrelationKind kind) => kind == CorrelationKind.Polychoric ? Polychoric.Of(matrix).Correlations : matrix.Covariances();

    private static ItemMatrix Dealt(ItemMatrix matrix, Random random)
    {
        var columns = new double[matrix.ItemCount][];
        for (var item = 0; item < columns.Length; item++)
        {
            columns[item] = matrix.Column(item);
            random.Shuffle(columns[item]);
        }

        return ItemMatrix.FromColumns(matrix.ItemIds, columns);
    }

    /// <summary>Correlations of n people in k uncorrelated normal variables, by Bartlett's decomposition of a Wishart matrix (Bartlett 1933, Proc. R. Soc. Edinb. 53, 260-283).</summary>
    private static double[,] NormalCorrelations(Random random, int people, int k)
    {
        var (factor, product) = (new double[k, k], new double[k, k]);
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < i; j++)
            {
                factor[i, j] = Normal.Sample(random, 0, 1);
            }

            factor[i, i] = Math.Sqrt(ChiSquared.Sample(random, people - 1 - i));
        }

        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                for (var m = 0; m <= j; m++)
                {
                    product[i, j] += factor[i, m] * factor[j, m];
                }

                product[j, i] = product[i, j];
            }
        }

        return Symmetric.Standardize(product);
    }

    /// <summary>R's quantile of type 7.</summary>
    private static double Quantile(double[] sorted, double probability)
    {
        var place = (sorted.Length - 1) * probability;
        var below = (int)place;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }
}
