using System.Globalization;
using System.Text;
using MathNet.Numerics.LinearAlgebra;

namespace Xinheng.Psychometrics;

/// <summary>Exploratory factor analysis of correlations: so many common factors, turned towards a simple structure.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. Factors stand in the order of the variance they account for, each with a sum of loadings that is not negative. Fit statistics are those of
/// the maximum likelihood discrepancy F at the solution, n people, k items, p factors: χ² = F (n − 1 − (2k + 5)/6 − 2p/3) (Bartlett 1951). With polychoric correlations, or pairwise
/// treatment, they describe and do not test. R: <c>psych::fa(r, p, n.obs = n, fm = "minres", rotate = "oblimin")</c>; ML: <c>factanal</c>.
/// </remarks>
public sealed class FactorAnalysis
{
    private readonly double[,] _loadings;
    private readonly double[,] _unrotated;
    private readonly double[,] _factorCorrelations;
    private readonly double[] _uniquenesses;

    private FactorAnalysis(CovarianceMatrix correlations, int factors, ExtractionMethod extraction, FactorRotation rotation, EstimateStatus status)
    {
        (Correlations, FactorCount, Extraction, Rotation, Status) = (correlations, factors, extraction, rotation, status);
        (_loadings, _unrotated, _factorCorrelations, _uniquenesses) = (new double[0, 0], new double[0, 0], new double[0, 0], []);
        ChiSquare = P = Rmsea = TuckerLewis = Bic = ResidualRootMeanSquare = Estimate.None(status);
        RmseaInterval = ConfidenceInterval.None(RmseaLevel);
        VarianceAccounted = [];
    }

    private FactorAnalysis(CovarianceMatrix correlations, FactorSolution solution, ExtractionMethod extraction, FactorRotation rotation, double[,] pattern, double[,] factorCorrelations)
    {
        (Correlations, FactorCount, Extraction, Rotation, Status) = (correlations, solution.Factors, extraction, rotation, solution.Status);
        (_unrotated, _uniquenesses) = (solution.Loadings, solution.Uniquenesses);
        (_loadings, _factorCorrelations, VarianceAccounted) = Ordered(pattern, factorCorrelations);
        var (k, p, n) = (solution.Items, solution.Factors, (double)correlations.SmallestPairCount);
        var boundary = solution.Status == EstimateStatus.Boundary;
        var r = correlations.ToCorrelations();
        var (model, squares) = (new double[k, k], 0.0);
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                model[i, j] = i == j ? 1 : Enumerable.Range(0, p).Sum(f => _unrotated[i, f] * _unrotated[j, f]);
                squares += i == j ? 0 : (r[i, j] - model[i, j]) * (r[i, j] - model[i, j]);
            }
        }

        ResidualRootMeanSquare = Estimate.Of(Math.Sqrt(squares / (k * (k - 1))), boundary);
        DegreesOfFreedom = (((k - p) * (k - p)) - (k + p)) / 2;
        ChiSquare = P = Rmsea = TuckerLewis = Bic = Estimate.None(EstimateStatus.NotEstimated);
        RmseaInterval = ConfidenceInterval.None(RmseaLevel);
        if (Symmetric.Inverse(model) is not { } inverse)
        {
            ChiSquare = P = Rmsea = TuckerLewis = Bic = Estimate.None(EstimateStatus.NotPositiveDefinite);
            return;
        }

        var product = Matrix<double>.Build.DenseOfArray(inverse) * Matrix<double>.Build.DenseOfArray(r);
        var logDeterminant = Symmetric.Eigen(r).Values.Sum(Math.Log);
        var discrepancy = product.Trace() - (logDeterminant - Symmetric.Eigen(model).Values.Sum(Math.Log)) - k;
        var scale = n - 1 - (((2.0 * k) + 5) / 6) - (2.0 * p / 3);
        var chi = discrepancy * scale;
        ChiSquare = Estimate.Of(chi, boundary);
        if (DegreesOfFreedom < 1)
        {
            return;
        }

        P = Estimate.Of(ChiSquareTail.Of(chi, DegreesOfFreedom), boundary);
        Rmsea = Estimate.Of(Math.Sqrt(Math.Max(0, (chi / (DegreesOfFreedom * n)) - (1 / (n - 1)))), boundary);
        var tail = (1 - RmseaLevel) / 2;
        RmseaInterval = new ConfidenceInterval(
            Math.Sqrt(ChiSquareTail.Noncentrality(chi, DegreesOfFreedom, 1 - tail) / (DegreesOfFreedom * (n - 1))),
            Math.Sqrt(ChiSquareTail.Noncentrality(chi, DegreesOfFreedom, tail) / (DegreesOfFreedom * (n - 1))),
            RmseaLevel);
        var none = -logDeterminant * scale / (k * (k - 1) / 2);
        TuckerLewis = Estimate.Of((none - (chi / DegreesOfFreedom)) / (none - 1), boundary);
        Bic = Estimate.Of(chi - (DegreesOfFreedom * Math.Log(n)), boundary);
    }

    /// <summary>Level of <see cref="RmseaInterval"/>.</summary>
    private const double RmseaLevel = 0.9;

    /// <summary>The correlations.</summary>
    public CovarianceMatrix Correlations { get; }

    /// <summary>Number of factors, p.</summary>
    public int FactorCount { get; }

    /// <summary>What the extraction made smallest.</summary>
    public ExtractionMethod Extraction { get; }

    /// <summary>How the factors were turned.</summary>
    public FactorRotation Rotation { get; }

    /// <summary>Whether there is a solution; <see cref="EstimateStatus.Boundary"/> where an item has next to no variance of its own (Heywood case).</summary>
    public EstimateStatus Status { get; }

    /// <summary>Whether there is a solution, at the boundary or inside.</summary>
    public bool HasSolution => Status is EstimateStatus.Ok or EstimateStatus.Boundary;

    /// <summary>Sum of squared loadings of each factor, with its share in correlated factors: diagonal of ΦΛ'Λ; empty without a solution.</summary>
    public IReadOnlyList<double> VarianceAccounted { get; }

    /// <summary>χ² of the residual correlations.</summary>
    public Estimate ChiSquare { get; }

    /// <summary>Its degrees of freedom, ((k − p)² − (k + p)) / 2.</summary>
    public int DegreesOfFreedom { get; }

    /// <summary>Probability of such residuals, or larger ones, where p factors are all there is.</summary>
    public Estimate P { get; }

    /// <summary>Root mean square error of approximation, as psych has it: √max(0, χ²/(df n) − 1/(n − 1)).</summary>
    public Estimate Rmsea { get; }

    /// <summary>Its interval of 90 %.</summary>
    public ConfidenceInterval RmseaInterval { get; }

    /// <summary>Tucker-Lewis index: share of the misfit of no factor at all that p factors take away, per degree of freedom; both χ² by the same multiplier, as psych has it.</summary>
    public Estimate TuckerLewis { get; }

    /// <summary>Schwarz's criterion χ² − df ln n; lower is better.</summary>
    public Estimate Bic { get; }

    /// <summary>Root mean square of the residual correlations.</summary>
    public Estimate ResidualRootMeanSquare { get; }

    /// <summary>Analyses correlations.</summary>
    /// <param name="correlations">Product-moment or polychoric correlations.</param>
    /// <param name="factors">Number of factors, at least 1; <see cref="ParallelAnalysis"/> and <see cref="MinimumAveragePartial"/> suggest one.</param>
    /// <param name="extraction">What the extraction makes smallest.</param>
    /// <param name="rotation">How factors are turned; one factor is not.</param>
    public static FactorAnalysis Of(
        CovarianceMatrix correlations, int factors, ExtractionMethod extraction = ExtractionMethod.MinimumResiduals, FactorRotation rotation = FactorRotation.Oblimin)
    {
        ArgumentNullException.ThrowIfNull(correlations);
        ArgumentOutOfRangeException.ThrowIfLessThan(factors, 1);
        if (!FactorExtraction.IsIdentified(correlations.ItemCount, factors) || factors >= correlations.ItemCount)
        {
            return Without(EstimateStatus.TooFewItems);
        }

        if (!correlations.IsEstimable)
        {
            return Without(correlations.SmallestPairCount < 2 ? EstimateStatus.TooFewPeople : EstimateStatus.NoVariance);
        }

        if (FactorExtraction.Extract(correlations.ToCorrelations(), factors, extraction) is not { Status: EstimateStatus.Ok or EstimateStatus.Boundary } solution)
        {
            return Without(FactorExtraction.Extract(correlations.ToCorrelations(), factors, extraction)?.Status ?? EstimateStatus.NotPositiveDefinite);
        }

        var identity = new double[factors, factors];
        for (var f = 0; f < factors; f++)
        {
            identity[f, f] = 1;
        }

        var (pattern, phi, converged) = (solution.Loadings, identity, true);
        if (factors > 1 && rotation == FactorRotation.Oblimin)
        {
            (pattern, phi, converged) = ObliqueRotation.Quartimin(solution.Loadings);
        }
        else if (factors > 1 && rotation != FactorRotation.None)
        {
            (pattern, converged) = VarimaxRotation.Varimax(solution.Loadings);
            if (rotation == FactorRotation.Promax)
            {
                (pattern, phi) = VarimaxRotation.Promax(pattern);
            }
        }

        return converged ? new FactorAnalysis(correlations, solution, extraction, rotation, pattern, phi) : Without(EstimateStatus.NotConverged);

        FactorAnalysis Without(EstimateStatus status) => new(correlations, factors, extraction, rotation, status);
    }

    /// <summary>Loading of an item on a factor after rotation (pattern): weight of the factor in the item.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such item or factor, or no solution.</exception>
    public double Loading(int item, int factor) => _loadings[item, factor];

    /// <summary>Loading before rotation.</summary>
    public double UnrotatedLoading(int item, int factor) => _unrotated[item, factor];

    /// <summary>Correlation of two factors.</summary>
    public double FactorCorrelation(int first, int second) => _factorCorrelations[first, second];

    /// <summary>Share of an item's variance that is its own.</summary>
    public double Uniqueness(int item) => _uniquenesses[item];

    /// <summary>Share of an item's variance that it has in common with others: 1 − uniqueness.</summary>
    public double Communality(int item) => 1 - _uniquenesses[item];

    /// <summary>Loadings, correlations of factors and fit, with the numbers of people and the R call.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        var method = Extraction == ExtractionMethod.MinimumResiduals ? "minres" : "ml";
        var turn = FactorCount == 1 ? "none" : Rotation.ToString().ToLowerInvariant();
        text.Append(CultureInfo.InvariantCulture, $"Factor analysis of {Correlations.ItemCount} items, {FactorCount} factor{(FactorCount == 1 ? "" : "s")}, {method}, rotation {turn}{(Correlations.Kind == CorrelationKind.Polychoric ? ", polychoric correlations" : "")}; n {Correlations.UsedCount} of {Correlations.PersonCount}, {MissingText.Of(Correlations.Missing, Correlations.PersonCount - Correlations.UsedCount, Correlations.EmptyCount)}\n");
        if (!HasSolution)
        {
            return text.Append(CultureInfo.InvariantCulture, $"  not estimated: {EstimateText.Of(Status).En}\n").ToString();
        }

        text.Append(CultureInfo.InvariantCulture, $"  R: psych::fa(r, {FactorCount}, n.obs = {Correlations.SmallestPairCount}, fm = '{method}', rotate = '{turn}')\n");
        var width = Math.Max(8, Correlations.ItemIds.Max(id => id.Length));
        text.Append("  ").Append("item".PadRight(width));
        for (var f = 0; f < FactorCount; f++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{"F" + (f + 1),9}");
        }

        text.Append("  uniqueness\n");
        for (var i = 0; i < Correlations.ItemCount; i++)
        {
            text.Append("  ").Append(Correlations.ItemIds[i].PadRight(width));
            for (var f = 0; f < FactorCount; f++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{_loadings[i, f],9:F4}");
            }

            text.Append(CultureInfo.InvariantCulture, $"  {_uniquenesses[i],10:F4}\n");
        }

        text.Append("  ").Append("variance".PadRight(width)).AppendLine(string.Concat(VarianceAccounted.Select(v => v.ToString("F4", CultureInfo.InvariantCulture).PadLeft(9))));
        for (var f = 1; f < FactorCount; f++)
        {
            text.Append("  ").Append(("r of F" + (f + 1).ToString(CultureInfo.InvariantCulture)).PadRight(width)).AppendLine(string.Concat(Enumerable.Range(0, f).Select(g => _factorCorrelations[f, g].ToString("F4", CultureInfo.InvariantCulture).PadLeft(9))));
        }

        return text.Append(CultureInfo.InvariantCulture, $"  chi-square {ChiSquare}, df {DegreesOfFreedom}, p {P.Value:G3}, RMSEA {Rmsea} {RmseaInterval}, TLI {TuckerLewis}, BIC {Bic}, RMSR {ResidualRootMeanSquare}\n").Replace("\r\n", "\n").ToString();
    }

    private static (double[,] Pattern, double[,] FactorCorrelations, IReadOnlyList<double> Variances) Ordered(double[,] pattern, double[,] phi)
    {
        var (k, p) = (pattern.GetLength(0), pattern.GetLength(1));
        var variances = Enumerable.Range(0, p).Select(f => Enumerable.Range(0, p).Sum(g => phi[f, g] * Enumerable.Range(0, k).Sum(i => pattern[i, g] * pattern[i, f]))).ToArray();
        int[] order = [.. Enumerable.Range(0, p).OrderByDescending(f => variances[f])];
        int[] sign = [.. order.Select(f => Enumerable.Range(0, k).Sum(i => pattern[i, f]) < 0 ? -1 : 1)];
        var (ordered, correlations) = (new double[k, p], new double[p, p]);
        for (var f = 0; f < p; f++)
        {
            for (var i = 0; i < k; i++)
            {
                ordered[i, f] = sign[f] * pattern[i, order[f]];
            }

            for (var g = 0; g < p; g++)
            {
                correlations[f, g] = f == g ? 1 : sign[f] * sign[g] * phi[order[f], order[g]];
            }
        }

        return (ordered, correlations, Array.AsReadOnly([.. order.Select(f => variances[f])]));
    }
}
