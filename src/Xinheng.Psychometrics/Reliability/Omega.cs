using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>McDonald's omega: the share of a sum's variance that common factors make, or one general factor.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. Of standardized items, from correlations R, with V = ΣR.
/// Hierarchical solution: three factors by minimum residuals, direct quartimin, one general factor above them by minimum residuals,
/// transformed by Schmid &amp; Leiman 1957, Psychometrika 22, 53-61. ωt = 1 − Σu² / V and ωh = (Σg)² / V (McDonald 1999, Test Theory;
/// Zinbarg, Revelle, Yovel &amp; Li 2005, Psychometrika 70, 123-133). R: <c>psych::omega(x, nfactors = 3, fm = "minres", rotate = "oblimin")</c>,
/// which also turns items round that load negatively; here items are taken as keyed.
/// </remarks>
public sealed class Omega
{
    /// <summary>Number of group factors of the hierarchical solution.</summary>
    public const int GroupFactors = 3;

    private Omega(EstimateStatus status)
    {
        Total = Hierarchical = Limit = OneFactor = OneFactorMaximumLikelihood = Estimate.None(status);
        General = Uniquenesses = OneFactorLoadings = OneFactorMaximumLikelihoodLoadings = [];
    }

    private Omega(double[,] correlations)
    {
        var k = correlations.GetLength(0);
        var total = Symmetric.Sum(correlations);
        (OneFactor, OneFactorLoadings) = Single(correlations, ExtractionMethod.MinimumResiduals, total);
        (OneFactorMaximumLikelihood, OneFactorMaximumLikelihoodLoadings) = Single(correlations, ExtractionMethod.MaximumLikelihood, total);
        General = Uniquenesses = [];
        Total = Hierarchical = Limit = Estimate.None(EstimateStatus.TooFewItems);
        if (!FactorExtraction.IsIdentified(k, GroupFactors))
        {
            return;
        }

        var solution = FactorExtraction.Extract(correlations, GroupFactors, ExtractionMethod.MinimumResiduals);
        if (solution is not { Status: EstimateStatus.Ok or EstimateStatus.Boundary })
        {
            Total = Hierarchical = Limit = Estimate.None(solution?.Status ?? EstimateStatus.NotPositiveDefinite);
            return;
        }

        Uniquenesses = solution.Uniquenesses;
        var boundary = solution.Status == EstimateStatus.Boundary;
        Total = Estimate.Of(1 - (Uniquenesses.Sum() / total), boundary);
        var (pattern, factorCorrelations, converged) = ObliqueRotation.Quartimin(solution.Loadings);
        if (!converged)
        {
            Hierarchical = Limit = Estimate.None(EstimateStatus.NotConverged);
            return;
        }

        Reflect(pattern, factorCorrelations);
        var above = FactorExtraction.Extract(factorCorrelations, 1, ExtractionMethod.MinimumResiduals);
        if (above is not { Status: EstimateStatus.Ok or EstimateStatus.Boundary })
        {
            Hierarchical = Limit = Estimate.None(above?.Status ?? EstimateStatus.NotPositiveDefinite);
            return;
        }

        boundary |= above.Status == EstimateStatus.Boundary;
        General = [.. Enumerable.Range(0, k).Select(i => Enumerable.Range(0, GroupFactors).Sum(f => pattern[i, f] * above.Loadings[f, 0]))];
        var general = General.Sum();
        Hierarchical = Estimate.Of(general * general / total, boundary);
        Limit = Estimate.Of(Hierarchical.Value / Total.Value, boundary);
    }

    /// <summary>ωt of the three-factor solution; needs six items.</summary>
    public Estimate Total { get; }

    /// <summary>ωh: the share of one general factor; needs six items.</summary>
    public Estimate Hierarchical { get; }

    /// <summary>ωh / ωt: what ωh would tend to with ever more items of this kind.</summary>
    public Estimate Limit { get; }

    /// <summary>(Σλ)² / V of one factor by minimum residuals; needs three items.</summary>
    public Estimate OneFactor { get; }

    /// <summary>
    /// (Σλ)² / V of one factor by maximum likelihood, standardized. Congeneric reliability in the items' own units is
    /// <see cref="ReliabilityResult.OmegaCongeneric"/>.
    /// </summary>
    public Estimate OneFactorMaximumLikelihood { get; }

    /// <summary>Loadings of the items on the general factor; empty where there is none.</summary>
    public IReadOnlyList<double> General { get; }

    /// <summary>Unique variance of the items in the three-factor solution, of 1; empty where there is none.</summary>
    public IReadOnlyList<double> Uniquenesses { get; }

    /// <summary>Standardized loadings on one factor, minimum residuals; empty where there is none.</summary>
    public IReadOnlyList<double> OneFactorLoadings { get; }

    /// <summary>Standardized loadings on one factor, maximum likelihood; empty where there is none.</summary>
    public IReadOnlyList<double> OneFactorMaximumLikelihoodLoadings { get; }

    /// <summary>The coefficients.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"total {Total}, hierarchical {Hierarchical}, one factor {OneFactor} (minres) {OneFactorMaximumLikelihood} (ML)");

    internal static Omega Of(CovarianceMatrix covariances, EstimateStatus status) =>
        status == EstimateStatus.Ok ? new Omega(covariances.ToCorrelations()) : new Omega(status);

    private static (Estimate Omega, IReadOnlyList<double> Loadings) Single(double[,] correlations, ExtractionMethod method, double total)
    {
        var k = correlations.GetLength(0);
        if (!FactorExtraction.IsIdentified(k, 1))
        {
            return (Estimate.None(EstimateStatus.TooFewItems), []);
        }

        var solution = FactorExtraction.Extract(correlations, 1, method);
        if (solution is not { Status: EstimateStatus.Ok or EstimateStatus.Boundary })
        {
            return (Estimate.None(solution?.Status ?? EstimateStatus.NotPositiveDefinite), []);
        }

        double[] loadings = [.. Enumerable.Range(0, k).Select(i => solution.Loadings[i, 0])];
        var sum = loadings.Sum();
        return (Estimate.Of(sum * sum / total, solution.Status == EstimateStatus.Boundary), loadings);
    }

    /// <summary>Turns factors so that their loadings have a sum that is not negative.</summary>
    private static void Reflect(double[,] pattern, double[,] correlations)
    {
        for (var f = 0; f < pattern.GetLength(1); f++)
        {
            if (Enumerable.Range(0, pattern.GetLength(0)).Sum(i => pattern[i, f]) >= 0)
            {
                continue;
            }

            for (var i = 0; i < pattern.GetLength(0); i++)
            {
                pattern[i, f] = -pattern[i, f];
            }

            for (var other = 0; other < pattern.GetLength(1); other++)
            {
                if (other != f)
                {
                    correlations[f, other] = correlations[other, f] = -correlations[f, other];
                }
            }
        }
    }
}
