namespace Xinheng.Psychometrics.Tests;

/// <summary>Reliability by hand-sized examples, and what is said where there is none.</summary>
public class ReliabilityTests
{
    private const double Na = double.NaN;

    /// <summary>The matrix of the golden values that base R computed.</summary>
    internal static ItemMatrix Eight { get; } = ItemMatrix.FromRows(
        ["a", "b", "c", "d"],
        new double[,] { { 0, 1, 0, 1 }, { 1, 1, 2, 1 }, { 2, 2, 1, 2 }, { 3, 2, 3, 3 }, { 0, 0, 1, 0 }, { 2, 3, 2, 2 }, { 1, 0, 1, 1 }, { 3, 3, 3, 2 } },
        0,
        3);

    [Fact]
    public void SmallMatrix_GivesWhatBaseRGives()
    {
        var result = Reliability.Of(Eight.Covariances());
        Assert.Equal(0.92596768, result.Alpha.Value, 5e-9);
        Assert.Equal(0.92916314, result.AlphaStandardized.Value, 5e-9);
        Assert.Equal(0.78022541, result.FeldtInterval.Lower, 5e-9);
        Assert.Equal(0.98337116, result.FeldtInterval.Upper, 5e-9);
        // Bonett 2002: ln(1 - α) ± 1.959964 √(2k / ((k - 1)(n - 2))), here √(8 / 18).
        Assert.Equal(1 - ((1 - result.Alpha.Value) * Math.Exp(1.959963984540054 * Math.Sqrt(8.0 / 18))), result.BonettInterval.Lower, 1e-12);
        Assert.Equal(1 - ((1 - result.Alpha.Value) * Math.Exp(-1.959963984540054 * Math.Sqrt(8.0 / 18))), result.BonettInterval.Upper, 1e-12);
    }

    [Fact]
    public void OmegaOfKnownLoadings_IsTheFormula()
    {
        // Correlations that one factor with loadings .8 .7 .6 .5 makes without error: (Σλ)² / ((Σλ)² + Σ(1 - λ²)).
        double[] loadings = [0.8, 0.7, 0.6, 0.5];
        var correlations = new double[4, 4];
        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < 4; j++)
            {
                correlations[i, j] = i == j ? 1 : loadings[i] * loadings[j];
            }
        }

        var result = Reliability.Of(CovarianceMatrix.Create(["a", "b", "c", "d"], correlations, 100));
        Assert.Equal(0.74944568, result.Omega.OneFactor.Value, 5e-9);
        Assert.Equal(0.74944568, result.Omega.OneFactorMaximumLikelihood.Value, 5e-9);
        Assert.Equal(0.74944568, result.OmegaCongeneric.Value, 5e-9);
        Assert.All(loadings.Zip(result.Omega.OneFactorLoadings), pair => Assert.Equal(pair.First, pair.Second, 1e-8));
        Assert.Equal(EstimateStatus.TooFewItems, result.Omega.Hierarchical.Status);
    }

    [Fact]
    public void OmegaOfAKnownHierarchy_IsTheFormula()
    {
        // Nine items: general loadings .6, and .5 on one of three group factors: h² = .61, Schmid-Leiman by construction.
        var correlations = new double[9, 9];
        for (var i = 0; i < 9; i++)
        {
            for (var j = 0; j < 9; j++)
            {
                correlations[i, j] = i == j ? 1 : 0.36 + (i / 3 == j / 3 ? 0.25 : 0);
            }
        }

        var omega = Reliability.Of(CovarianceMatrix.Create([.. Enumerable.Range(1, 9).Select(i => $"q{i}")], correlations, 500)).Omega;
        var total = 9 + (72 * 0.36) + (18 * 0.25);
        Assert.Equal(1 - (9 * 0.39 / total), omega.Total.Value, 1e-8);
        Assert.Equal(81 * 0.36 / total, omega.Hierarchical.Value, 1e-7);
        Assert.Equal(EstimateStatus.Ok, omega.Hierarchical.Status);
        Assert.All(omega.General, g => Assert.Equal(0.6, g, 1e-7));
    }

    [Fact]
    public void EveryHalving_IsTriedOnce()
    {
        // C(k, k/2) / 2 with equal halves, C(k, (k-1)/2) else.
        Assert.Equal([1, 3, 3, 10, 10, 35, 35, 126], Enumerable.Range(2, 8).Select(k => GuttmanBounds.Halvings(k).Distinct().Count()));
        Assert.Equal(6435, GuttmanBounds.Halvings(16).Count());
    }

    [Fact]
    public void WithManyItems_HalvingsAreDrawnWithASeed_AndItIsSaid()
    {
        var matrix = MomentLaws.AnyMatrix(new Random(3), 300, 18);
        var result = Reliability.Of(matrix.Covariances(MissingTreatment.Pairwise), seed: 7);
        Assert.Equal((false, 7, SplitHalf.SampleSize), (result.SplitHalf.IsExhaustive, result.SplitHalf.Seed, result.SplitHalf.Count));
        Assert.Contains("drawn with seed 7", result.ToString(), StringComparison.Ordinal);
        Assert.Equal(result.SplitHalf.Mean, Reliability.Of(matrix.Covariances(MissingTreatment.Pairwise), seed: 7).SplitHalf.Mean);
        Assert.Equal(result.Alpha.Value, result.SplitHalf.Mean.Value, 0.01);
        Assert.Equal(EstimateStatus.TooManyItems, result.Standardized.Lambda4.Status);
    }

    [Fact]
    public void WhatCannotBeEstimated_SaysWhy()
    {
        Assert.Equal(EstimateStatus.TooFewItems, Of([1, 2, 3]).Alpha.Status);
        Assert.Equal(EstimateStatus.TooFewItems, Of().Status);
        Assert.Equal(EstimateStatus.TooFewPeople, Of([1, Na], [Na, 2]).Alpha.Status);
        Assert.Equal(EstimateStatus.TooFewPeople, Of([], []).Alpha.Status);
        Assert.Equal(EstimateStatus.NoVariance, Of([1, 1, 1], [1, 2, 3]).Omega.OneFactor.Status);
        Assert.Equal(EstimateStatus.NoVariance, Of([1, 2, 3], [3, 2, 1]).Alpha.Status);
        Assert.Equal(EstimateStatus.NoVariance, Of([0.1, 0.1, 0.1], [0.3, 0.2, 0.4]).AlphaStandardized.Status);

        // The third item is the sum of the others: no inverse, but alpha stands.
        var dependent = Of([1, 2, 4, 3], [2, 1, 3, 5], [3, 3, 7, 8]);
        Assert.Equal((EstimateStatus.Ok, EstimateStatus.NotPositiveDefinite), (dependent.Alpha.Status, dependent.Raw.Lambda6.Status));
        Assert.Equal(EstimateStatus.NotPositiveDefinite, dependent.OmegaCongeneric.Status);
        Assert.Contains("not estimated: an item or the sum does not vary", Of([1, 2, 3], [3, 2, 1]).ToString(), StringComparison.Ordinal);
        Assert.True(double.IsNaN(Of([1, 2, 3], [3, 2, 1]).Alpha.Value));

        // With an item that does not vary the sum still has an alpha.
        Assert.Equal((0, EstimateStatus.NoVariance), (Of([1, 1, 1], [1, 2, 3]).Alpha.Value, Of([1, 1, 1], [1, 2, 3]).AlphaStandardized.Status));
        Assert.All(Enum.GetValues<EstimateStatus>(), status => Assert.NotEqual(EstimateText.Of(status).En, EstimateText.Of(status).For("zh")));

        static ReliabilityResult Of(params double[][] columns) =>
            Reliability.Of(ItemMatrix.FromColumns([.. columns.Select((_, i) => $"q{i}")], columns).Covariances());
    }

    [Fact]
    public void Result_SaysWhoWasUsedAndHow()
    {
        var matrix = ItemMatrix.FromRows(["a", "b", "c"], new double[,] { { 1, 2, 2 }, { 2, 3, 3 }, { 3, 3, 4 }, { 4, 5, 3 }, { 2, Na, 1 }, { Na, Na, Na } });
        var text = Reliability.Of(matrix.Covariances()).ToString();
        Assert.StartsWith("Reliability of 3 items; n 4 of 6, listwise: 2 dropped, each with an answer missing (1 without any)", text, StringComparison.Ordinal);
        Assert.Contains("R: psych::alpha(x)$total$raw_alpha", text, StringComparison.Ordinal);
        Assert.Contains("n 5 of 6, pairwise: 1 dropped, each without any answer", Reliability.Of(matrix.Covariances(MissingTreatment.Pairwise)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_AreEstimatedApart()
    {
        string?[] groups = ["m", "f", "m", "f", "m", "f", "m", null];
        var found = Reliability.ByGroup(Eight, groups);
        Assert.Equal(["f", "m"], found.Select(g => g.Key));
        Assert.Equal([3, 4], found.Select(g => g.Value.UsedCount));
        Assert.Equal(Reliability.Of(Eight.WithPersons([0, 2, 4, 6]).Covariances()).Alpha, found[1].Value.Alpha);
    }
}
