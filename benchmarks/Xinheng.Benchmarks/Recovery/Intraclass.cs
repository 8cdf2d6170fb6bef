namespace Xinheng.Benchmarks.Recovery;

/// <summary>Intraclass correlation of groups: estimated from values, and implied by a model for a sum of answers.</summary>
internal static class Intraclass
{
    /// <summary>One-way ANOVA estimator with its normal-theory standard error.</summary>
    /// <remarks>
    /// (MSB - MSW) / (MSB + (n0 - 1) MSW). Standard error: Swiger, Harvey, Everson &amp; Gregory 1964, Biometrics 20, 818-826,
    /// at the estimate.
    /// </remarks>
    public static (double Value, double StandardError) Anova(IEnumerable<(int Group, double Value)> values)
    {
        var groups = values.GroupBy(v => v.Group).Select(g => (Count: (double)g.Count(), Mean: g.Average(v => v.Value), Values: g)).ToArray();
        var people = groups.Sum(g => g.Count);
        var mean = groups.Sum(g => g.Count * g.Mean) / people;
        var between = groups.Sum(g => g.Count * (g.Mean - mean) * (g.Mean - mean)) / (groups.Length - 1);
        var within = groups.Sum(g => g.Values.Sum(v => (v.Value - g.Mean) * (v.Value - g.Mean))) / (people - groups.Length);
        var size = (people - (groups.Sum(g => g.Count * g.Count) / people)) / (groups.Length - 1);
        var value = (between - within) / (between + ((size - 1) * within));
        var spread = (1 - value) * (1 + ((size - 1) * value));
        return (value, Math.Sqrt(2 * (people - 1) * spread * spread / (size * size * (people - groups.Length) * (groups.Length - 1))));
    }

    /// <summary>What a latent intraclass correlation makes of the sum of the items: attenuated, and bent by the items.</summary>
    public static double OfSum(IReadOnlyList<GradedItem> items, double latent)
    {
        var expected = new double[Quadrature.Count];
        var noise = 0.0;
        Span<double> probabilities = stackalloc double[16];
        for (var q = 0; q < expected.Length; q++)
        {
            foreach (var item in items)
            {
                item.Probabilities(Quadrature.Points[q], probabilities);
                var (mean, square) = (0.0, 0.0);
                for (var c = 1; c < item.Categories; c++)
                {
                    mean += c * probabilities[c];
                    square += c * c * probabilities[c];
                }

                expected[q] += mean;
                noise += Quadrature.Weights[q] * (square - (mean * mean));
            }
        }

        var total = Variance(expected, Quadrature.Weights) + noise;
        var schools = Quadrature.Points.Select(z => Mean(expected, Quadrature.Normal(z * Math.Sqrt(latent), Math.Sqrt(1 - latent)))).ToArray();
        return Variance(schools, Quadrature.Weights) / total;
    }

    /// <summary>The latent intraclass correlation that makes this of the sum, with its standard error by the delta method.</summary>
    public static (double Value, double StandardError) Latent(IReadOnlyList<GradedItem> items, (double Value, double StandardError) ofSum)
    {
        var (low, high) = (1e-6, 0.9);
        while (high - low > 1e-6)
        {
            var middle = (low + high) / 2;
            (low, high) = OfSum(items, middle) < ofSum.Value ? (middle, high) : (low, middle);
        }

        const double Step = 1e-3;
        var slope = (OfSum(items, low + Step) - OfSum(items, low)) / Step;
        return (low, ofSum.StandardError / slope);
    }

    private static double Mean(double[] values, double[] weights) => values.Zip(weights, (v, w) => v * w).Sum();

    private static double Variance(double[] values, double[] weights)
    {
        var mean = Mean(values, weights);
        return values.Zip(weights, (v, w) => w * (v - mean) * (v - mean)).Sum();
    }
}
