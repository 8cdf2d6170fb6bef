namespace Xinheng.Psychometrics;

/// <summary>Velicer's minimum average partial test: how many components leave the least correlation behind.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. After m components are taken out, the mean squared partial correlation falls as long as they take what items share.
/// Velicer 1976, Psychometrika 41, 321-327. R: <c>psych::vss(x)$map</c>, whose first value is for one component.
/// </remarks>
public sealed class MinimumAveragePartial
{
    private MinimumAveragePartial(EstimateStatus status, IReadOnlyList<double> averages) => (Status, Averages) = (status, averages);

    /// <summary>Whether there is anything to tell.</summary>
    public EstimateStatus Status { get; }

    /// <summary>Mean squared partial correlation with 0, 1, 2 ... components taken out, up to two less than there are items.</summary>
    public IReadOnlyList<double> Averages { get; }

    /// <summary>Number of components with the lowest average; 0 where none lowers it, or nothing could be told.</summary>
    public int Count => Averages.Count == 0 ? 0 : Averages.Select((value, m) => (value, m)).Min().m;

    /// <summary>Computes the averages.</summary>
    public static MinimumAveragePartial Of(CovarianceMatrix correlations)
    {
        ArgumentNullException.ThrowIfNull(correlations);
        var k = correlations.ItemCount;
        if (k < 3 || !correlations.IsEstimable)
        {
            return new MinimumAveragePartial(k < 3 ? EstimateStatus.TooFewItems : correlations.SmallestPairCount < 2 ? EstimateStatus.TooFewPeople : EstimateStatus.NoVariance, []);
        }

        var rest = correlations.ToCorrelations();
        var (values, vectors) = Symmetric.Eigen(rest);
        if (!(values[^1] > 1e-12 * values[0]))
        {
            return new MinimumAveragePartial(EstimateStatus.NotPositiveDefinite, []);
        }

        var averages = new List<double>();
        for (var m = 0; m <= k - 2; m++)
        {
            var sum = 0.0;
            for (var i = 0; i < k; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    sum += 2 * rest[i, j] * rest[i, j] / (rest[i, i] * rest[j, j]);
                }
            }

            averages.Add(sum / (k * (k - 1)));
            for (var i = 0; i < k; i++)
            {
                for (var j = 0; j < k; j++)
                {
                    rest[i, j] -= values[m] * vectors[i, m] * vectors[j, m];
                }
            }
        }

        return new MinimumAveragePartial(EstimateStatus.Ok, averages.AsReadOnly());
    }

    /// <summary>The number of components.</summary>
    public override string ToString() => Status == EstimateStatus.Ok ? $"  MAP (Velicer): {Count} components   R: psych::vss(x)$map\n" : $"  MAP (Velicer): {EstimateText.Of(Status).En}\n";
}
