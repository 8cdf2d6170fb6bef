using System.Globalization;
using System.Text;

namespace Xinheng.Psychometrics;

/// <summary>Classical item analysis of a scale.</summary>
/// <remarks>Immutable and thread-safe. Class; no default state. It describes the answers of these people; an item with flags may still be indispensable.</remarks>
public sealed class ItemAnalysis
{
    /// <summary>Share of missing answers above which an item is flagged: 0.05.</summary>
    public const double ManyMissing = 0.05;

    /// <summary>Share of lowest or of highest answers from which an item is flagged: 0.80.</summary>
    public const double FloorOrCeiling = 0.80;

    /// <summary>Item-rest correlation below which an item is flagged: 0.30 (Nunnally &amp; Bernstein 1994, Psychometric Theory).</summary>
    public const double LowItemRest = 0.30;

    /// <summary>Gain of alpha above which an item is flagged: 0.01.</summary>
    public const double AlphaGain = 0.01;

    private ItemAnalysis(
        CovarianceMatrix covariances, Func<int, IReadOnlyList<ItemCategory>> categories, Func<int, long> answered, Func<int, double> minimum, Func<int, double> maximum)
    {
        Reliability = new ReliabilityResult(covariances, level: 0.95, seed: 1);
        var k = covariances.ItemCount;
        var (raw, standardized) = (covariances.ToCovariances(), Symmetric.Standardize(covariances.ToCovariances()));
        var explained = Symmetric.ResidualVariances(standardized)?.Select(u => 1 - u).ToArray();
        Items = [.. Enumerable.Range(0, k).Select(item =>
        {
            var (low, high, values) = (minimum(item), maximum(item), categories(item));
            var (count, mean, deviation, skewness, kurtosis) = Moments(values);
            var statistics = new ItemStatistics
            {
                Id = covariances.ItemIds[item],
                Count = count,
                MissingShare = covariances.PersonCount == 0 ? double.NaN : 1 - ((double)answered(item) / covariances.PersonCount),
                Mean = mean,
                StandardDeviation = deviation,
                Skewness = skewness,
                Kurtosis = kurtosis,
                Difficulty = (mean - low) / (high - low),
                FloorShare = Share(values, low, count),
                CeilingShare = Share(values, high, count),
                ItemTotal = WithTotal(raw, item, raw[item, item]),
                ItemRest = WithRest(raw, item),
                ItemTotalStandardized = WithTotal(standardized, item, 1),
                ItemTotalCorrected = Corrected(standardized, explained, item),
                AlphaIfDropped = Dropped(raw, item).Alpha,
                AlphaStandardizedIfDropped = Dropped(standardized, item).Alpha,
                Lambda6IfDropped = Dropped(standardized, item).Lambda6,
                Categories = values,
                Concerns = ItemConcerns.None,
            };
            return statistics with { Concerns = ConcernsOf(statistics) };
        })];
    }

    /// <summary>Reliability of the same answers, with the numbers of people used and dropped.</summary>
    public ReliabilityResult Reliability { get; }

    /// <summary>Statistics of the items, in their order.</summary>
    public IReadOnlyList<ItemStatistics> Items { get; }

    /// <summary>Analyses answers.</summary>
    /// <param name="matrix">Keyed answers.</param>
    /// <param name="missing">Who is used where answers are missing.</param>
    public static ItemAnalysis Of(ItemMatrix matrix, MissingTreatment missing)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.IsWhole)
        {
            return Of(matrix.ToMoments(), missing);
        }

        var counted = missing == MissingTreatment.Listwise ? matrix.CompleteCases() : matrix;
        return new ItemAnalysis(matrix.Covariances(missing), counted.Categories, item => matrix.Categories(item).Sum(c => c.Count), matrix.Minimum, matrix.Maximum);
    }

    /// <summary>Analyses exact moments, such as the merged ones of many schools.</summary>
    /// <param name="moments">Moments of keyed answers.</param>
    /// <param name="missing">Who is used where answers are missing.</param>
    public static ItemAnalysis Of(ItemMoments moments, MissingTreatment missing)
    {
        ArgumentNullException.ThrowIfNull(moments);
        return new ItemAnalysis(
            moments.Covariances(missing), item => moments.Categories(item, missing), item => moments.PairCount(item, item, MissingTreatment.Pairwise), moments.Minimum, moments.Maximum);
    }

    /// <summary>A table of the items, below that of reliability.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Reliability.ToString());
        var width = Math.Max(4, Items.Count == 0 ? 0 : Items.Max(i => i.Id.Length));
        text.Append(CultureInfo.InvariantCulture, $"  {"item".PadRight(width)}       n  missing     mean       SD     skew    floor  ceiling  item-rest  alpha without\n");
        foreach (var item in Items)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {item.Id.PadRight(width)} {item.Count,7}  {item.MissingShare,7:P1} {item.Mean,8:F3} {item.StandardDeviation,8:F3} {item.Skewness,8} {item.FloorShare,8:P1} {item.CeilingShare,8:P1} {item.ItemRest,10} {item.AlphaIfDropped,14}");
            foreach (var flag in ItemText.Of(item.Concerns))
            {
                text.Append(CultureInfo.InvariantCulture, $"  {flag.En}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private ItemConcerns ConcernsOf(ItemStatistics item) =>
        (item.StandardDeviation == 0 ? ItemConcerns.NoVariance : 0)
        | (item.MissingShare > ManyMissing ? ItemConcerns.ManyMissing : 0)
        | (item.FloorShare >= FloorOrCeiling ? ItemConcerns.Floor : 0)
        | (item.CeilingShare >= FloorOrCeiling ? ItemConcerns.Ceiling : 0)
        | (item.ItemRest.Value is >= 0 and < LowItemRest ? ItemConcerns.LowItemRest : 0)
        | (item.ItemRest.Value < 0 ? ItemConcerns.NegativeItemRest : 0)
        | (item.AlphaIfDropped.Value > Reliability.Alpha.Value + AlphaGain ? ItemConcerns.BetterWithout : 0);

    private static (long Count, double Mean, double Deviation, Estimate Skewness, Estimate Kurtosis) Moments(IReadOnlyList<ItemCategory> values)
    {
        var count = values.Sum(v => v.Count);
        var mean = values.Sum(v => v.Value * v.Count) / count;
        if (count < 2)
        {
            return (count, mean, double.NaN, Estimate.None(EstimateStatus.TooFewPeople), Estimate.None(EstimateStatus.TooFewPeople));
        }

        var deviation = values.Count == 1 ? 0 : Math.Sqrt(Central(2) / (count - 1));
        return deviation == 0
            ? (count, mean, 0, Estimate.None(EstimateStatus.NoVariance), Estimate.None(EstimateStatus.NoVariance))
            : (count, mean, deviation, Estimate.Of(Central(3) / count / Math.Pow(deviation, 3)), Estimate.Of((Central(4) / count / Math.Pow(deviation, 4)) - 3));

        double Central(int power) => values.Sum(v => v.Count * Math.Pow(v.Value - mean, power));
    }

    private static double Share(IReadOnlyList<ItemCategory> values, double value, long count) =>
        double.IsNaN(value) ? double.NaN : (double)values.Where(v => v.Value == value).Sum(v => v.Count) / count;

    private static Estimate WithTotal(double[,] matrix, int item, double variance) =>
        Estimate.Of(Row(matrix, item) / Math.Sqrt(variance * Symmetric.Sum(matrix)), EstimateStatus.NoVariance);

    private static Estimate WithRest(double[,] matrix, int item) => matrix.GetLength(0) < 2 ? Estimate.None(EstimateStatus.TooFewItems)
        : Estimate.Of((Row(matrix, item) - matrix[item, item]) / Math.Sqrt(matrix[item, item] * Symmetric.Sum(Symmetric.Without(matrix, item))), EstimateStatus.NoVariance);

    private static Estimate Corrected(double[,] standardized, double[]? explained, int item) => explained is null ? Estimate.None(double.IsFinite(Symmetric.Sum(standardized)) ? EstimateStatus.NotPositiveDefinite : EstimateStatus.NoVariance)
        : Estimate.Of((Row(standardized, item) - 1 + explained[item]) / Math.Sqrt(Symmetric.Sum(standardized) - explained.Length + explained.Sum()), EstimateStatus.NotPositiveDefinite);

    private static (Estimate Alpha, Estimate Lambda6) Dropped(double[,] matrix, int item)
    {
        var k = matrix.GetLength(0) - 1;
        if (k < 2)
        {
            return (Estimate.None(EstimateStatus.TooFewItems), Estimate.None(EstimateStatus.TooFewItems));
        }

        var rest = Symmetric.Without(matrix, item);
        var total = Symmetric.Sum(rest);
        return (
            Estimate.Of((double)k / (k - 1) * (1 - (Symmetric.Trace(rest) / total)), EstimateStatus.NoVariance),
            Symmetric.ResidualVariances(rest) is { } residuals
                ? Estimate.Of(1 - (residuals.Sum() / total))
                : Estimate.None(double.IsFinite(total) ? EstimateStatus.NotPositiveDefinite : EstimateStatus.NoVariance));
    }

    private static double Row(double[,] matrix, int item) => Enumerable.Range(0, matrix.GetLength(0)).Sum(j => matrix[item, j]);
}
