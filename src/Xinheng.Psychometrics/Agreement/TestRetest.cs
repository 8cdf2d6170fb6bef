using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>Stability of a score over two occasions.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. Listwise: people without both values are dropped. The interval of time between the
/// occasions belongs to every report of it. R: <c>cor.test(x1, x2)</c>, <c>psych::ICC(cbind(x1, x2), lmer = FALSE)</c>.
/// </remarks>
public sealed class TestRetest
{
    private TestRetest(ItemMatrix occasions, double level)
    {
        Intraclass = IntraclassCorrelation.Of(occasions, level);
        var covariances = occasions.Covariances();
        var n = covariances.UsedCount;
        var status = n < 2 ? EstimateStatus.TooFewPeople : EstimateStatus.NoVariance;
        Correlation = Estimate.Of(covariances.Correlation(0, 1), status);
        Interval = ConfidenceInterval.None(level);
        if (Math.Abs(Correlation.Value) < 1 && n > 3)
        {
            var (z, width) = (Math.Atanh(Correlation.Value), AlphaInterval.Quantile(level) / Math.Sqrt(n - 3));
            Interval = new ConfidenceInterval(Math.Tanh(z - width), Math.Tanh(z + width), level);
        }

        MeanChange = covariances.Mean(1) - covariances.Mean(0);
        var variance = covariances.Variance(0) + covariances.Variance(1) - (2 * covariances.Covariance(0, 1));
        ChangeStandardDeviation = Estimate.Of(Math.Sqrt(Math.Max(0, variance)), status);
        StandardErrorOfMeasurement = Estimate.Of(ChangeStandardDeviation.Value / Math.Sqrt(2), status);
        SmallestDetectableChange = Estimate.Of(ChangeStandardDeviation.Value * AlphaInterval.Quantile(level), status);
    }

    /// <summary>Intraclass correlations of the two occasions, with the numbers of people. ICC(2,1) is agreement, ICC(3,1) consistency.</summary>
    public IntraclassCorrelation Intraclass { get; }

    /// <summary>Product-moment correlation of the two occasions. Blind to a change of everybody.</summary>
    public Estimate Correlation { get; }

    /// <summary>Interval of the correlation by Fisher's z; none below four people, or where it is 1 or −1.</summary>
    public ConfidenceInterval Interval { get; }

    /// <summary>Mean of the second occasion less that of the first; NaN without people.</summary>
    public double MeanChange { get; }

    /// <summary>Standard deviation (divisor n − 1) of the differences.</summary>
    public Estimate ChangeStandardDeviation { get; }

    /// <summary>Standard error of measurement from the differences: SD / √2. Leaves a change of everybody out (consistency).</summary>
    public Estimate StandardErrorOfMeasurement { get; }

    /// <summary>z · SD of the differences: a change that error alone exceeds in 1 − level of unchanged people.</summary>
    public Estimate SmallestDetectableChange { get; }

    /// <summary>Computes the stability of a score.</summary>
    /// <param name="first">Values of the first occasion, one per person; NaN for none.</param>
    /// <param name="second">Values of the second occasion, people in the same order.</param>
    /// <param name="level">Confidence level.</param>
    /// <exception cref="ArgumentException">There is not one value per person on each occasion, or a value is infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not between 0 and 1.</exception>
    public static TestRetest Of(double[] first, double[] second, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ConfidenceInterval.CheckLevel(level);
        return new TestRetest(ItemMatrix.FromColumns(["first", "second"], [first, second]), level);
    }

    /// <summary>Correlation, change and intraclass correlations.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Test-retest r {Correlation} {Interval}, mean change {MeanChange:F4}, SEM {StandardErrorOfMeasurement}, smallest detectable change {SmallestDetectableChange}   R: cor.test(x1, x2)\n{Intraclass}");
}
