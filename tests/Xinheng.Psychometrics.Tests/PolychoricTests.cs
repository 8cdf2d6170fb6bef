using System.Text.Json;

namespace Xinheng.Psychometrics.Tests;

/// <summary>Polychoric correlations and ordinal alpha.</summary>
public class PolychoricTests
{
    [Theory]
    [InlineData("bfi25")]
    [InlineData("dass42_a")]
    [InlineData("hads")]
    [InlineData("pclc_wenchuan")]
    [InlineData("phq9_nhanes")]
    [InlineData("promis_anxiety")]
    [InlineData("promis_dep28")]
    [InlineData("rse_a")]
    [InlineData("tma_a")]
    public void Correlations_AreThoseOfLavaan(string dataSet)
    {
        var golden = Oracles.Golden(dataSet, "polychoric.json");
        string[] items = [.. golden.GetProperty("items").EnumerateArray().Select(i => i.GetString()!)];

        // R took the people with answers to all items of the data set, and the first 30 items of these.
        var found = Polychoric.Of(Oracles.All(dataSet, Oracles.Items(dataSet)).CompleteCases().WithItems(items));
        Assert.Equal(golden.GetProperty("n").GetInt64(), found.Correlations.UsedCount);
        var comparison = new Comparison(dataSet);
        var rho = golden.GetProperty("lavaan_two_step").GetProperty("rho").GetProperty("values");
        for (var i = 0; i < items.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                comparison.Same($"rho {items[i]} {items[j]}", rho[i][j].GetDouble(), found.Correlations.Correlation(i, j), 5e-5);
            }
        }

        var thresholds = golden.GetProperty("lavaan_two_step").GetProperty("thresholds").EnumerateObject().ToArray();
        var ours = items.SelectMany((item, i) => found.Thresholds(i).Select((t, c) => (Name: $"{item}|t{c + 1}", Value: t))).ToDictionary(t => t.Name, t => t.Value);
        Assert.Equal(thresholds.Length, ours.Count);
        foreach (var threshold in thresholds)
        {
            comparison.Same(threshold.Name, threshold.Value.GetDouble(), ours[threshold.Name], 1e-8);
        }

        comparison.Finish(atLeast: 20);
    }

    [Theory]
    [MemberData(nameof(ReliabilityOracleTests.Scales), MemberType = typeof(ReliabilityOracleTests))]
    public void OrdinalAlpha_IsThatOfPsych(string dataSet, string scale)
    {
        var golden = Oracles.Golden(dataSet, "reliability.json").GetProperty(scale);
        if (!golden.TryGetProperty("ordinal", out var ordinal) || ordinal.ValueKind == JsonValueKind.Null)
        {
            Assert.Equal("tma_a", dataSet); // 50 items of two answers: R was not asked.
            return;
        }

        var polychoric = Polychoric.Of(Oracles.Scale(dataSet, scale));
        var result = Reliability.Of(polychoric.Correlations);
        var comparison = new Comparison($"{dataSet}/{scale}");
        comparison.Same("ordinal_alpha", ordinal.GetProperty("ordinal_alpha").GetDouble(), result.Alpha, 1e-3);
        comparison.Same("ordinal_G6", ordinal.GetProperty("ordinal_G6").GetDouble(), result.Standardized.Lambda6, 1e-3);
        comparison.Finish(atLeast: 2);
    }

    [Fact]
    public void TwoHalvesOfTheNormal_HaveTheAngleOfTheirCorrelation()
    {
        // Both medians as thresholds: P(both below) = 1/4 + asin(ρ) / 2π (Sheppard 1899). 350 of 1000 gives ρ = sin(0.2 π).
        double[] first = [.. Enumerable.Range(0, 1000).Select(p => p < 500 ? 0.0 : 1)];
        double[] second = [.. Enumerable.Range(0, 1000).Select(p => p is < 350 or >= 850 ? 0.0 : 1)];
        var found = Polychoric.Of(ItemMatrix.FromColumns(["a", "b"], [first, second]));
        Assert.Equal(Math.Sin(0.2 * Math.PI), found.Correlations.Correlation(0, 1), 1e-9);
        Assert.Equal([0.0], found.Thresholds(0));
    }

    [Fact]
    public void EmptyCellsOnOneSide_AreTheBoundary_AndItemsWithoutVarianceHaveNoCorrelation()
    {
        double[] first = [0, 0, 0, 1, 1, 1];
        var found = Polychoric.Of(ItemMatrix.FromColumns(["a", "b", "c"], [first, [0, 0, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1]]));
        Assert.Equal((1, 0.9999), (found.BoundaryPairs, found.Correlations.Correlation(0, 1)));
        Assert.True(double.IsNaN(found.Correlations.Correlation(0, 2)));
        Assert.Empty(found.Thresholds(2));
        Assert.Equal(EstimateStatus.NoVariance, Reliability.Of(found.Correlations).Alpha.Status);
        Assert.Contains("'a' has more than 20", Assert.Throws<ArgumentException>(() => Polychoric.Of(ItemMatrix.FromColumns(["a"], [[.. Enumerable.Range(0, 30).Select(x => (double)x)]]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OrdinalReliability_HasNoIntervalAndNoPoints()
    {
        var result = Reliability.Of(Polychoric.Of(ReliabilityTests.Eight).Correlations);
        Assert.Equal(EstimateStatus.Ok, result.Alpha.Status);
        Assert.Equal(EstimateStatus.NotEstimated, result.StandardErrorOfMeasurement.Status);
        Assert.True(double.IsNaN(result.FeldtInterval.Lower));
        Assert.Contains("ordinal (polychoric correlations)", result.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, -0.3, 0.4)]
    [InlineData(-1.2, 2.0, -0.7)]
    [InlineData(1.0, 1.1, 0.95)]
    [InlineData(-0.2, -0.2, 0.99)]
    public void BivariateNormal_IsTheIntegralOfItsDensity(double x, double y, double rho)
    {
        // Along x, of φ(t) Φ((y - ρt) / √(1 - ρ²)), by Simpson's rule in steps of 0.0005.
        const int Steps = 20_000;
        var (from, width) = (x - 10, 10.0 / Steps);
        var sum = 0.0;
        for (var i = 0; i <= Steps; i++)
        {
            var t = from + (i * width);
            var weight = i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.Exp(-t * t / 2) / Math.Sqrt(2 * Math.PI) * MathNet.Numerics.Distributions.Normal.CDF(0, 1, (y - (rho * t)) / Math.Sqrt(1 - (rho * rho)));
        }

        Assert.Equal(sum * width / 3, BivariateNormal.Cdf(x, y, rho), 1e-10);
    }
}
