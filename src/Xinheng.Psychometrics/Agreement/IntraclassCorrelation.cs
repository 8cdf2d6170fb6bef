using System.Globalization;
using System.Text;
using MathNet.Numerics.Distributions;

namespace Xinheng.Psychometrics;

/// <summary>Intraclass correlations of ratings (columns: raters, or occasions of a retest) of people (rows), with exact or approximate F intervals.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. Listwise: people with a rating missing are dropped. Shrout &amp; Fleiss 1979; intervals of
/// the two-way random forms by their Satterthwaite approximation. R: <c>psych::ICC(x, lmer = FALSE)</c>.
/// </remarks>
public sealed class IntraclassCorrelation
{
    private static readonly string[] Names = ["ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)"];

    private readonly Estimate[] _values = new Estimate[6];
    private readonly ConfidenceInterval[] _intervals = new ConfidenceInterval[6];

    private IntraclassCorrelation(ItemMatrix matrix, double level)
    {
        PersonCount = matrix.PersonCount;
        RatingCount = matrix.ItemCount;
        var complete = matrix.CompleteCases();
        UsedCount = complete.PersonCount;
        var status = RatingCount < 2 ? EstimateStatus.TooFewItems : UsedCount < 2 ? EstimateStatus.TooFewPeople : EstimateStatus.Ok;
        if (status == EstimateStatus.Ok)
        {
            var (rows, columns, within, residual) = MeanSquares(complete);
            status = rows + within > 0 ? EstimateStatus.Ok : EstimateStatus.NoVariance;
            if (status == EstimateStatus.Ok)
            {
                Fill(rows, columns, within, residual, level);
                return;
            }
        }

        Array.Fill(_values, Estimate.None(status));
        Array.Fill(_intervals, ConfidenceInterval.None(level));
    }

    /// <summary>Number of people in the data.</summary>
    public int PersonCount { get; }

    /// <summary>Number of people with all ratings.</summary>
    public int UsedCount { get; }

    /// <summary>Number of people dropped, each with a rating missing.</summary>
    public int DroppedCount => PersonCount - UsedCount;

    /// <summary>Number of ratings of each person, k.</summary>
    public int RatingCount { get; }

    /// <summary>Intraclass correlation of one form. It may be negative.</summary>
    public Estimate this[IntraclassForm form] => _values[(int)form];

    /// <summary>Computes all six forms.</summary>
    /// <param name="ratings">People x ratings on one scale.</param>
    /// <param name="level">Confidence level.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not between 0 and 1.</exception>
    public static IntraclassCorrelation Of(ItemMatrix ratings, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        ConfidenceInterval.CheckLevel(level);
        return new IntraclassCorrelation(ratings, level);
    }

    /// <summary>Confidence interval of one form.</summary>
    public ConfidenceInterval Interval(IntraclassForm form) => _intervals[(int)form];

    /// <summary>A table of the six forms.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Intraclass correlations of {RatingCount} ratings; n {UsedCount} of {PersonCount}, listwise: {DroppedCount} dropped, each with a rating missing   R: psych::ICC(x, lmer = FALSE)\n");
        foreach (var form in Enum.GetValues<IntraclassForm>())
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Names[(int)form]}  {this[form],8}  {Interval(form)}\n");
        }

        return text.ToString();
    }

    private static (double Rows, double Columns, double Within, double Residual) MeanSquares(ItemMatrix matrix)
    {
        var (n, k) = (matrix.PersonCount, matrix.ItemCount);
        var values = Enumerable.Range(0, k).Select(matrix.Column).ToArray();
        var grand = values.Sum(c => c.Sum()) / ((double)n * k);
        var columnMeans = values.Select(c => c.Sum() / n).ToArray();
        var (rows, within, residual) = (0.0, 0.0, 0.0);
        for (var person = 0; person < n; person++)
        {
            var mean = values.Sum(c => c[person]) / k;
            rows += k * (mean - grand) * (mean - grand);
            for (var rating = 0; rating < k; rating++)
            {
                var value = values[rating][person];
                within += (value - mean) * (value - mean);
                residual += (value - mean - columnMeans[rating] + grand) * (value - mean - columnMeans[rating] + grand);
            }
        }

        var columns = columnMeans.Sum(m => n * (m - grand) * (m - grand));
        return (rows / (n - 1), columns / (k - 1), within / ((double)n * (k - 1)), residual / ((n - 1.0) * (k - 1)));
    }

    private void Fill(double rows, double columns, double within, double residual, double level)
    {
        var (n, k) = ((double)UsedCount, (double)RatingCount);
        var tail = 1 - ((1 - level) / 2);
        var agreement = (rows - residual) / (rows + ((k - 1) * residual) + (k * (columns - residual) / n));
        Set(IntraclassForm.OneWaySingle, (rows - within) / (rows + ((k - 1) * within)));
        Set(IntraclassForm.TwoWayRandomSingle, agreement);
        Set(IntraclassForm.TwoWayMixedSingle, (rows - residual) / (rows + ((k - 1) * residual)));
        Set(IntraclassForm.OneWayMean, (rows - within) / rows);
        Set(IntraclassForm.TwoWayRandomMean, (rows - residual) / (rows + ((columns - residual) / n)));
        Set(IntraclassForm.TwoWayMixedMean, (rows - residual) / rows);

        Array.Fill(_intervals, ConfidenceInterval.None(level));
        OfRatio(IntraclassForm.OneWaySingle, IntraclassForm.OneWayMean, rows / within, n * (k - 1));
        OfRatio(IntraclassForm.TwoWayMixedSingle, IntraclassForm.TwoWayMixedMean, rows / residual, (n - 1) * (k - 1));

        // The degrees of freedom of the error of agreement, by Satterthwaite.
        var ratio = columns / residual;
        var inner = (k * agreement * ratio) + (n * (1 + ((k - 1) * agreement))) - (k * agreement);
        var rest = (n * (1 + ((k - 1) * agreement))) - (k * agreement);
        var freedom = (n - 1) * (k - 1) * inner * inner / (((n - 1) * k * k * agreement * agreement * ratio * ratio) + (rest * rest));
        if (residual > 0 && double.IsFinite(freedom) && freedom > 0)
        {
            var (upper, lower) = (FisherSnedecor.InvCDF(n - 1, freedom, tail), FisherSnedecor.InvCDF(freedom, n - 1, tail));
            var spread = (k * columns) + (((k * n) - k - n) * residual);
            var low = n * (rows - (upper * residual)) / ((upper * spread) + (n * rows));
            var high = n * ((lower * rows) - residual) / (spread + (n * lower * rows));
            _intervals[(int)IntraclassForm.TwoWayRandomSingle] = new(low, high, level);
            _intervals[(int)IntraclassForm.TwoWayRandomMean] = new(low * k / (1 + (low * (k - 1))), high * k / (1 + (high * (k - 1))), level);
        }

        void Set(IntraclassForm form, double value) => _values[(int)form] = Estimate.Of(value, EstimateStatus.NoVariance);

        void OfRatio(IntraclassForm single, IntraclassForm mean, double f, double denominator)
        {
            if (!double.IsFinite(f))
            {
                return;
            }

            var low = f / FisherSnedecor.InvCDF(n - 1, denominator, tail);
            var high = f * FisherSnedecor.InvCDF(denominator, n - 1, tail);
            _intervals[(int)single] = new((low - 1) / (low + k - 1), (high - 1) / (high + k - 1), level);
            _intervals[(int)mean] = new(1 - (1 / low), 1 - (1 / high), level);
        }
    }
}
