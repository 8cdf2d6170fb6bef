using System.Text.Json;

namespace Xinheng.Psychometrics.Tests;

/// <summary>Reliability of real data, as psych, lavaan and semTools computed it.</summary>
public class ReliabilityOracleTests
{
    public static TheoryData<string, string> Scales => new()
    {
        { "bfi25", "agree" }, { "bfi25", "conscientious" }, { "bfi25", "extraversion" }, { "bfi25", "neuroticism" }, { "bfi25", "openness" },
        { "dass42_a", "depression" }, { "dass42_a", "anxiety" }, { "dass42_a", "stress" }, { "hads", "depression" }, { "hads", "anxiety" },
        { "pclc_wenchuan", "reexperience" }, { "pclc_wenchuan", "avoidance" }, { "pclc_wenchuan", "arousal" }, { "pclc_wenchuan", "ptsd" },
        { "phq9_nhanes", "phq9" }, { "promis_anxiety", "anxiety" }, { "promis_dep28", "depression" }, { "rse_a", "selfesteem" }, { "tma_a", "anxiety" },
    };

    [Theory]
    [MemberData(nameof(Scales))]
    public void EveryCoefficient_IsWhatRComputed(string dataSet, string scale)
    {
        var golden = Oracles.Golden(dataSet, "reliability.json").GetProperty(scale);
        var matrix = Oracles.Scale(dataSet, scale);
        var moments = matrix.ToMoments();
        var result = Reliability.Of(moments.Covariances());
        var k = result.ItemCount;
        var n = (double)result.UsedCount;
        Assert.Equal(golden.GetProperty("n_listwise").GetInt64(), result.UsedCount);
        Assert.Equal(golden.GetProperty("k").GetInt32(), k);
        var comparison = new Comparison($"{dataSet}/{scale}");

        Alpha("alpha", result);
        comparison.Same("alpha ase", golden.GetProperty("alpha").GetProperty("ase").GetDouble(), result.AlphaStandardError, 1e-9);
        comparison.Same("mean of the item mean", golden.GetProperty("alpha").GetProperty("mean").GetDouble(), result.SumMean / k, 1e-9);
        comparison.Same("sd of the item mean", golden.GetProperty("alpha").GetProperty("sd").GetDouble(), result.SumStandardDeviation / k, 1e-9);
        Alpha("alpha_pairwise", Reliability.Of(moments.Covariances(MissingTreatment.Pairwise)));

        Value("alpha_feldt_ci95 lower", result.FeldtInterval.Lower, 1e-9);
        Value("alpha_feldt_ci95 upper", result.FeldtInterval.Upper, 1e-9);
        // psych takes 1.96 for the normal quantile 1.959964.
        Value("alpha_duhachek lower", result.Alpha.Value - (1.96 * result.AlphaStandardError.Value), 1e-9);
        Value("alpha_duhachek upper", result.Alpha.Value + (1.96 * result.AlphaStandardError.Value), 1e-9);
        Assert.Equal(result.AsymptoticInterval.Upper, golden.GetProperty("alpha_duhachek").GetProperty("upper").GetDouble(), 1e-4);
        Value("sem_sd_sqrt_1_minus_alpha", result.StandardErrorOfMeasurement.Value, 1e-9);
        Value("total_sd", result.SumStandardDeviation, 1e-9);
        Value("guttman_on_R lambda.1", result.Standardized.Lambda1.Value, 1e-9);
        Value("guttman_on_R lambda.2", result.Standardized.Lambda2.Value, 1e-9);
        Value("guttman_on_R lambda.3", result.Standardized.Lambda3.Value, 1e-9);
        Value("guttman_on_R lambda.5", result.Standardized.Lambda5.Value, 1e-9);
        Value("guttman_on_R lambda.6", result.Standardized.Lambda6.Value, 1e-9);
        Value("split_half_odd_even r", result.SplitHalf.OddEvenCorrelation.Value, 1e-9);
        Value("split_half_odd_even spearman_brown", result.SplitHalf.SpearmanBrown.Value, 1e-9);
        Value("split_half_odd_even guttman_rulon_lambda4", result.SplitHalf.OddEven.Value, 1e-9);
        Value("psych_splitHalf_cov lambda6", result.Raw.Lambda6.Value, 1e-9);
        Value("psych_splitHalf_cov alpha", result.Alpha.Value, 1e-9);
        Halves(golden, result, comparison);

        Value("one_factor_minres omega_total_std_1f", result.Omega.OneFactor.Value, 1e-4);
        // It squares the loadings. Where lavaan stops early (promis_anxiety) it misses its own value of a stricter stop, 0.967976, by 1.3e-5.
        Value("cfa_one_factor_ML omega_obs_var", result.OmegaCongenericObserved.Value, 2e-5);
        Value("cfa_one_factor_ML omega_model_var", result.OmegaCongeneric.Value, 1e-5);
        for (var i = 0; i < k; i++)
        {
            // lavaan divides by n.
            var variance = result.Covariances.Variance(i) * (n - 1) / n;
            var loading = result.Omega.OneFactorMaximumLikelihoodLoadings[i];
            Value($"one_factor_minres loadings {matrix.ItemIds[i]}", result.Omega.OneFactorLoadings[i], 1e-4);
            Value($"cfa_one_factor_ML loadings {matrix.ItemIds[i]}", loading * Math.Sqrt(variance), 1e-5);
            Value($"cfa_one_factor_ML residual_var {matrix.ItemIds[i]}", (1 - (loading * loading)) * variance, 1e-5);
        }

        var likelihood = FactorExtraction.Extract(result.Covariances.ToCorrelations(), 1, ExtractionMethod.MaximumLikelihood)!;
        Value("cfa_one_factor_ML fit chisq", n * likelihood.Discrepancy, 1e-5 * n * likelihood.Discrepancy);
        var hierarchical = golden.GetProperty("mcdonald_3factor_schmid_leiman");
        if (hierarchical.ValueKind == JsonValueKind.Null)
        {
            Assert.Equal((EstimateStatus.TooFewItems, 5), (result.Omega.Hierarchical.Status, k));
        }
        else
        {
            Value("mcdonald_3factor_schmid_leiman omega_h", result.Omega.Hierarchical, 2e-3);
            Value("mcdonald_3factor_schmid_leiman omega_lim", result.Omega.Limit, 2e-3);
            Value("mcdonald_3factor_schmid_leiman omega_t", result.Omega.Total, 2e-3);
            Value("mcdonald_3factor_schmid_leiman alpha", result.AlphaStandardized.Value, 1e-9);
            Value("mcdonald_3factor_schmid_leiman G6", result.Standardized.Lambda6.Value, 1e-9);
        }

        comparison.Finish(atLeast: 40);

        void Value<T>(string path, T ours, double tolerance)
            where T : struct
        {
            var expected = path.Split(' ').Aggregate(golden, (element, name) => element.GetProperty(name)).GetDouble();
            if (ours is Estimate estimate)
            {
                comparison.Same(path, expected, estimate, tolerance);
            }
            else
            {
                comparison.Same(path, expected, (double)(object)ours, tolerance);
            }
        }

        void Alpha(string name, ReliabilityResult found)
        {
            Value($"{name} raw_alpha", found.Alpha.Value, 1e-9);
            Value($"{name} std.alpha", found.AlphaStandardized.Value, 1e-9);
            Value($"{name} G6(smc)", found.Standardized.Lambda6.Value, 1e-9);
            Value($"{name} average_r", found.AverageCorrelation.Value, 1e-9);
            Value($"{name} median_r", found.MedianCorrelation.Value, 1e-9);
            Value($"{name} S/N", found.AlphaStandardized.Value / (1 - found.AlphaStandardized.Value), 1e-8);
        }
    }

    /// <summary>
    /// With an even number of items psych tries what we try. With an odd one it tries the first half of the halvings in the order of
    /// <c>combn</c>, rounded up, so that its extremes can only lie within ours; its mean is their sum over half the number, not rounded. Beyond 16 items it samples without a seed.
    /// </summary>
    private static void Halves(JsonElement golden, ReliabilityResult result, Comparison comparison)
    {
        var k = result.ItemCount;
        var split = golden.GetProperty("psych_splitHalf_cov");
        var (max, min, mean) = (split.GetProperty("maxrb").GetDouble(), split.GetProperty("minrb").GetDouble(), split.GetProperty("meanr").GetDouble());
        var four = golden.GetProperty("guttman_on_R").GetProperty("lambda.4").GetDouble();
        if (k > GuttmanBounds.MostItemsForLambda4)
        {
            Assert.Equal(EstimateStatus.TooManyItems, result.Standardized.Lambda4.Status);
            Assert.False(result.SplitHalf.IsExhaustive);
            comparison.Same("meanr of a sample", mean, result.SplitHalf.Mean, 2e-3);
            return;
        }

        Assert.True(result.SplitHalf.IsExhaustive);
        if (k % 2 == 0)
        {
            comparison.Same("lambda.4", four, result.Standardized.Lambda4, 1e-9);
            comparison.Same("maxrb", max, result.SplitHalf.Maximum, 1e-9);
            comparison.Same("minrb", min, result.SplitHalf.Minimum, 1e-9);
            comparison.Same("meanr", mean, result.SplitHalf.Mean, 1e-9);
            comparison.Same("mean of all halvings, which is alpha", result.Alpha.Value, result.SplitHalf.Mean, 1e-12);
            return;
        }

        Assert.InRange(max, 0, result.SplitHalf.Maximum.Value + 1e-12);
        Assert.InRange(min, result.SplitHalf.Minimum.Value - 1e-12, 1);
        var raw = FirstHalf(result.Covariances.ToCovariances());
        comparison.Same("maxrb, first half of the halvings", max, raw.Max(), 1e-9);
        comparison.Same("minrb, first half of the halvings", min, raw.Min(), 1e-9);
        comparison.Same("meanr, first half of the halvings", mean, raw.Sum() / (GuttmanBounds.Halvings(k).Count() / 2.0), 1e-9);
        comparison.Same("lambda.4, first half of the halvings", four, FirstHalf(result.Covariances.ToCorrelations()).Max(), 1e-9);
        Assert.True(result.Standardized.Lambda4.Value >= four - 1e-12);
    }

    private static double[] FirstHalf(double[,] matrix)
    {
        var k = matrix.GetLength(0);
        // The order of combn: by the first item, then by the second, and so on.
        var ordered = GuttmanBounds.Halvings(k).OrderByDescending(half => Enumerable.Range(0, k).Aggregate(0u, (reversed, i) => reversed | ((half >> i & 1) << (k - 1 - i)))).ToArray();
        return [.. ordered.Take((ordered.Length + 1) / 2).Select(half => GuttmanBounds.SplitHalfCoefficient(matrix, half, Symmetric.Sum(matrix)))];
    }
}
