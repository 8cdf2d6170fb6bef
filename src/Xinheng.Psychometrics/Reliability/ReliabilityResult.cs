using System.Globalization;
using System.Text;

namespace Xinheng.Psychometrics;

/// <summary>Reliability of the sum of items in one group of people.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. It describes these people's answers, not the instrument, and a high value is no sign
/// that the answers are honest. Variances have divisor n − 1.
/// </remarks>
public sealed class ReliabilityResult
{
    internal ReliabilityResult(CovarianceMatrix covariances, double level, int seed)
    {
        Covariances = covariances;
        var k = covariances.ItemCount;
        Status = StatusOf(covariances);
        var raw = covariances.ToCovariances();
        var standardized = Symmetric.Standardize(raw);
        Raw = Status == EstimateStatus.Ok ? new GuttmanBounds(raw) : new GuttmanBounds(Status);
        SplitHalf = SplitHalf.Of(covariances, Status, seed);

        // The sum and alpha stand with an item that everybody answered alike; correlations do not.
        var ofCorrelations = Status == EstimateStatus.Ok && !covariances.IsEstimable ? EstimateStatus.NoVariance : Status;
        Standardized = ofCorrelations == EstimateStatus.Ok ? new GuttmanBounds(standardized) : new GuttmanBounds(ofCorrelations);
        Omega = Omega.Of(covariances, ofCorrelations);
        // Behind polychoric correlations stand variables without a unit, and their errors are not those of product moments.
        var observed = covariances.Kind == CorrelationKind.ProductMoment;
        SumMean = observed ? Enumerable.Range(0, k).Sum(covariances.Mean) : double.NaN;
        var variance = k == 0 || !observed ? double.NaN : Symmetric.Sum(raw);
        SumStandardDeviation = variance >= 0 ? Math.Sqrt(variance) : double.NaN;
        FeldtInterval = BonettInterval = AsymptoticInterval = ConfidenceInterval.None(level);
        AlphaStandardError = StandardErrorOfMeasurement = Estimate.None(Status == EstimateStatus.Ok ? EstimateStatus.NotEstimated : Status);
        AverageCorrelation = MedianCorrelation = OmegaCongeneric = OmegaCongenericObserved = Estimate.None(ofCorrelations);
        if (Status != EstimateStatus.Ok)
        {
            return;
        }

        var alpha = Alpha.Value;
        var n = covariances.Missing == MissingTreatment.Listwise ? covariances.UsedCount : covariances.SmallestPairCount;
        if (ofCorrelations == EstimateStatus.Ok)
        {
            var below = Enumerable.Range(0, k).SelectMany(i => Enumerable.Range(0, i).Select(j => standardized[i, j])).Order().ToArray();
            AverageCorrelation = Estimate.Of(below.Average());
            MedianCorrelation = Estimate.Of((below[(below.Length - 1) / 2] + below[below.Length / 2]) / 2);
            (OmegaCongeneric, OmegaCongenericObserved) = Congeneric(raw);
        }

        if (!observed)
        {
            return;
        }

        StandardErrorOfMeasurement = alpha <= 1 ? Estimate.Of(SumStandardDeviation * Math.Sqrt(1 - alpha)) : Estimate.None(EstimateStatus.NotPositiveDefinite);
        if (n > 2)
        {
            FeldtInterval = AlphaInterval.Feldt(alpha, n, k, level);
            BonettInterval = AlphaInterval.Bonett(alpha, n, k, level);
            AlphaStandardError = Estimate.Of(AlphaInterval.StandardError(raw, n), EstimateStatus.NotPositiveDefinite);
            var width = AlphaInterval.Quantile(level) * AlphaStandardError.Value;
            AsymptoticInterval = new ConfidenceInterval(alpha - width, alpha + width, level);
        }
    }

    /// <summary>Whether there is anything to estimate; where not, every estimate carries this status.</summary>
    public EstimateStatus Status { get; }

    /// <summary>The means and covariances that all follows from, with the numbers of people and the treatment of missing answers.</summary>
    public CovarianceMatrix Covariances { get; }

    /// <summary>Number of items, k.</summary>
    public int ItemCount => Covariances.ItemCount;

    /// <summary>Number of people in the data.</summary>
    public long PersonCount => Covariances.PersonCount;

    /// <summary>Number of people used: listwise those with all answers, pairwise those with at least one.</summary>
    public long UsedCount => Covariances.UsedCount;

    /// <summary>Number of people not used; why is told by <see cref="Missing"/> and <see cref="EmptyCount"/>.</summary>
    public long DroppedCount => PersonCount - UsedCount;

    /// <summary>Of the people not used, those without any answer.</summary>
    public long EmptyCount => Covariances.EmptyCount;

    /// <summary>Who was used where answers are missing.</summary>
    public MissingTreatment Missing => Covariances.Missing;

    /// <summary>Coefficient alpha of the sum, from covariances: k/(k−1) · (1 − tr C / ΣC). At most 1, possibly negative. For 0/1 items it is KR-20.</summary>
    /// <remarks>Cronbach 1951, Psychometrika 16, 297-334. R: <c>psych::alpha(x)$total$raw_alpha</c>.</remarks>
    public Estimate Alpha => Raw.Lambda3;

    /// <summary>Alpha of standardized items: k r̄ / (1 + (k − 1) r̄). R: <c>psych::alpha(x)$total$std.alpha</c>.</summary>
    public Estimate AlphaStandardized => Standardized.Lambda3;

    /// <summary>Interval of alpha by Feldt 1965. Under pairwise treatment from the smallest number of people behind a covariance. R: <c>psych::alpha.ci</c>.</summary>
    public ConfidenceInterval FeldtInterval { get; }

    /// <summary>Interval of alpha by Bonett 2002, in ln(1 − α).</summary>
    public ConfidenceInterval BonettInterval { get; }

    /// <summary>Interval α ± z · <see cref="AlphaStandardError"/>; psych prints it with z = 1.96.</summary>
    public ConfidenceInterval AsymptoticInterval { get; }

    /// <summary>Asymptotic standard error of alpha (van Zyl, Neudecker &amp; Nel 2000; Duhachek &amp; Iacobucci 2004). R: <c>psych::alpha(x)$total$ase</c>.</summary>
    public Estimate AlphaStandardError { get; }

    /// <summary>Mean correlation between two items, r̄.</summary>
    public Estimate AverageCorrelation { get; }

    /// <summary>Median correlation between two items.</summary>
    public Estimate MedianCorrelation { get; }

    /// <summary>Guttman's bounds of the sum, from covariances.</summary>
    public GuttmanBounds Raw { get; }

    /// <summary>Guttman's bounds of standardized items. Its λ6 is psych's <c>G6(smc)</c>.</summary>
    public GuttmanBounds Standardized { get; }

    /// <summary>Split-half coefficients, from covariances.</summary>
    public SplitHalf SplitHalf { get; }

    /// <summary>Omega of standardized items.</summary>
    public Omega Omega { get; }

    /// <summary>Congeneric reliability (Σλ)² / ((Σλ)² + Σθ) of one factor by maximum likelihood on covariances. R: <c>semTools::compRelSEM(fit, obs.var = FALSE)</c>.</summary>
    public Estimate OmegaCongeneric { get; }

    /// <summary>The same over the observed variance of the sum. R: <c>semTools::compRelSEM(fit)</c>.</summary>
    public Estimate OmegaCongenericObserved { get; }

    /// <summary>Mean of the sum; NaN where an item has no answer.</summary>
    public double SumMean { get; }

    /// <summary>Standard deviation of the sum (√ΣC); NaN where it has none.</summary>
    public double SumStandardDeviation { get; }

    /// <summary>Standard error of measurement in points of the sum: SD · √(1 − α). For one state at one time; change over time needs retest reliability.</summary>
    public Estimate StandardErrorOfMeasurement { get; }

    /// <summary>A table with the numbers of people, the conventions and the R calls.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Reliability of {ItemCount} items{(Covariances.Kind == CorrelationKind.Polychoric ? ", ordinal (polychoric correlations)" : "")}; n {UsedCount} of {PersonCount}, {MissingText.Of(Missing, DroppedCount, EmptyCount)}\n");
        if (Status != EstimateStatus.Ok)
        {
            return text.Append(CultureInfo.InvariantCulture, $"  not estimated: {EstimateText.Of(Status).En}\n").ToString();
        }

        var level = string.Create(CultureInfo.InvariantCulture, $"{FeldtInterval.Level:P0}").Replace(" ", "", StringComparison.Ordinal);
        Row("alpha", Alpha, $"{level} {FeldtInterval} Feldt, {BonettInterval} Bonett", "psych::alpha(x)$total$raw_alpha");
        Row("alpha, standardized", AlphaStandardized, $"mean r {AverageCorrelation}", "psych::alpha(x)$total$std.alpha");
        Row("lambda 2", Standardized.Lambda2, "standardized items", "psych::guttman(cor(x))$lambda.2");
        Row("lambda 4", Standardized.Lambda4, "standardized items, all halvings", "");
        Row("lambda 6", Standardized.Lambda6, "standardized items", "psych::alpha(x)$total$`G6(smc)`");
        Row("omega total", Omega.Total, "three factors, minres", "psych::omega(x, 3)$omega.tot");
        Row("omega hierarchical", Omega.Hierarchical, "Schmid-Leiman, oblimin", "psych::omega(x, 3)$omega_h");
        Row("omega, one factor", OmegaCongeneric, "ML on covariances", "semTools::compRelSEM(fit, obs.var = FALSE)");
        Row("split-half", SplitHalf.Mean, SplitHalf.IsExhaustive ? $"mean of all {SplitHalf.Count} halvings" : $"mean of {SplitHalf.Count} halvings drawn with seed {SplitHalf.Seed}", SplitHalf.IsExhaustive && ItemCount % 2 == 0 ? "psych::splitHalf(cov(x))$meanr" : "");
        Row("SEM", StandardErrorOfMeasurement, string.Create(CultureInfo.InvariantCulture, $"points of the sum, SD {SumStandardDeviation:F4}, mean {SumMean:F4}"), "sd(rowSums(x)) * sqrt(1 - alpha)");
        return text.ToString();

        void Row(string name, Estimate estimate, string note, string r) =>
            text.Append(CultureInfo.InvariantCulture, $"  {name,-20} {estimate,8}  {note}{(r.Length == 0 ? "" : "   R: " + r)}\n");
    }

    private static EstimateStatus StatusOf(CovarianceMatrix covariances)
    {
        var k = covariances.ItemCount;
        if (k < 2)
        {
            return EstimateStatus.TooFewItems;
        }

        if (covariances.SmallestPairCount < 2)
        {
            return EstimateStatus.TooFewPeople;
        }

        return !(Symmetric.Sum(covariances.ToCovariances()) > 0) ? EstimateStatus.NoVariance : EstimateStatus.Ok;
    }

    private (Estimate Model, Estimate Observed) Congeneric(double[,] raw)
    {
        var loadings = Omega.OneFactorMaximumLikelihoodLoadings;
        if (loadings.Count == 0)
        {
            return (Estimate.None(Omega.OneFactorMaximumLikelihood.Status), Estimate.None(Omega.OneFactorMaximumLikelihood.Status));
        }

        var (sum, unique) = (0.0, 0.0);
        for (var i = 0; i < loadings.Count; i++)
        {
            sum += loadings[i] * Math.Sqrt(raw[i, i]);
            unique += (1 - (loadings[i] * loadings[i])) * raw[i, i];
        }

        return (Estimate.Of(sum * sum / ((sum * sum) + unique)), Estimate.Of(sum * sum / Symmetric.Sum(raw)));
    }
}
