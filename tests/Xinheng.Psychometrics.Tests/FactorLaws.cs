using FsCheck.Xunit;

namespace Xinheng.Psychometrics.Tests;

/// <summary>What holds for every factor analysis.</summary>
public class FactorLaws
{
    [Property(MaxTest = 15)]
    public void PeopleAndItemsInAnyOrder_AndAnswersOnAnyScale_GiveTheSameFactors(int seed)
    {
        var random = new Random(seed);
        var matrix = TwoFactors(seed, 500);
        string[] ids = [.. matrix.ItemIds];
        random.Shuffle(ids);
        var persons = Enumerable.Range(0, 500).ToArray();
        random.Shuffle(persons);
        var other = matrix.WithPersons(persons).WithItems(ids);
        var scaled = ItemMatrix.FromColumns(ids, [.. Enumerable.Range(0, ids.Length).Select(i => other.Column(i).Select(x => (x * 3) + i).ToArray())]);
        foreach (var rotation in Enum.GetValues<FactorRotation>())
        {
            var (before, after) = (FactorAnalysis.Of(matrix.Covariances(), 2, rotation: rotation), FactorAnalysis.Of(scaled.Covariances(), 2, rotation: rotation));
            Assert.Equal(before.Status, after.Status);
            for (var i = 0; i < ids.Length && before.HasSolution; i++)
            {
                var place = Array.IndexOf(ids, matrix.ItemIds[i]);
                Assert.Equal(before.Communality(i), after.Communality(place), 1e-5);
                // Two factors of next to the same variance may change places; their loadings do not.
                Assert.Equal(Sorted(before, i), Sorted(after, place), (a, b) => Math.Abs(a - b) < 1e-4);
            }
        }

        static double[] Sorted(FactorAnalysis analysis, int item) => [.. Enumerable.Range(0, 2).Select(f => Math.Abs(analysis.Loading(item, f))).Order()];
    }

    [Property(MaxTest = 15)]
    public void Turning_ChangesNoCommunality_AndMomentsMergedOfPartsGiveTheSameBits(int seed)
    {
        var matrix = TwoFactors(seed, 400);
        var parts = ItemMoments.Merge([matrix.WithPersons([.. Enumerable.Range(150, 250)]).ToMoments(), matrix.WithPersons([.. Enumerable.Range(0, 150)]).ToMoments()]).Covariances();
        foreach (var rotation in Enum.GetValues<FactorRotation>())
        {
            var (analysis, merged) = (FactorAnalysis.Of(matrix.Covariances(), 2, rotation: rotation), FactorAnalysis.Of(parts, 2, rotation: rotation));
            for (var i = 0; i < matrix.ItemCount && analysis.HasSolution; i++)
            {
                Assert.Equal(analysis.Loading(i, 1), merged.Loading(i, 1));
                var (a, b) = (analysis.Loading(i, 0), analysis.Loading(i, 1));
                Assert.Equal(analysis.Communality(i), (a * a) + (b * b) + (2 * a * b * analysis.FactorCorrelation(0, 1)), 1e-5);
            }

            Assert.Equal(Enumerable.Range(0, matrix.ItemCount).Sum(analysis.Communality), analysis.VarianceAccounted.Sum(), 1e-5);
        }
    }

    [Property(MaxTest = 10)]
    public void TwoFactors_AreCounted_AndNoiseHasNone_WithTheSameDrawsForTheSameSeed(int seed)
    {
        var matrix = TwoFactors(seed, 600);
        foreach (var reference in Enum.GetValues<ParallelReference>())
        {
            var (first, again) = (ParallelAnalysis.Of(matrix, reference, draws: 40, seed: seed), ParallelAnalysis.Of(matrix, reference, draws: 40, seed: seed));
            Assert.Equal(2, first.Count);
            Assert.Equal(first.ReferenceQuantiles, again.ReferenceQuantiles);
        }

        Assert.Equal(2, MinimumAveragePartial.Of(matrix.Covariances()).Count);
    }

    [Fact]
    public void CountingStopsAtTheFirstFailure_AndPolychoricHasNoNormalReference()
    {
        var matrix = TwoFactors(5, 300);
        Assert.Equal(2, ParallelAnalysis.Of(matrix, kind: CorrelationKind.Polychoric, draws: 20).Count);
        Assert.Throws<ArgumentException>(() => ParallelAnalysis.Of(matrix, ParallelReference.Normal, CorrelationKind.Polychoric));

        // Eight items of one group and a pair of its own: the third eigenvalue is below chance, later ones near the end are above it.
        var found = ParallelAnalysis.Of(matrix, ParallelReference.Normal, draws: 200);
        Assert.Contains(found.Eigenvalues.Zip(found.ReferenceMeans).Skip(found.Count), pair => pair.First < pair.Second);
        Assert.Contains("psych::fa.parallel", found.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatCannotBeEstimated_SaysWhy()
    {
        var matrix = TwoFactors(9, 100);
        Assert.Equal(EstimateStatus.TooFewItems, FactorAnalysis.Of(matrix.WithItems(["q1", "q2", "q3"]).Covariances(), 2).Status);
        Assert.Equal(EstimateStatus.TooFewPeople, FactorAnalysis.Of(matrix.WithPersons([0]).Covariances(), 1).Status);
        var twice = ItemMatrix.FromColumns(["a", "b", "c", "d"], [matrix.Column(0), matrix.Column(0), matrix.Column(1), matrix.Column(2)]);
        Assert.Equal(EstimateStatus.NotPositiveDefinite, FactorAnalysis.Of(twice.Covariances(), 1).Status);
        Assert.Equal(EstimateStatus.NotPositiveDefinite, SamplingAdequacy.Of(twice.Covariances()).Status);
        Assert.Equal(EstimateStatus.NotPositiveDefinite, MinimumAveragePartial.Of(twice.Covariances()).Status);
        var flat = ItemMatrix.FromColumns(["a", "b", "c", "d"], [matrix.Column(0), matrix.Column(3), matrix.Column(1), [.. matrix.Column(2).Select(_ => 1.0)]]);
        Assert.Equal(EstimateStatus.NoVariance, FactorAnalysis.Of(flat.Covariances(), 1).Status);
        Assert.Equal(EstimateStatus.NoVariance, ParallelAnalysis.Of(flat).Status);
        Assert.Contains("not estimated", FactorAnalysis.Of(flat.Covariances(), 1).ToString(), StringComparison.Ordinal);
        Assert.Contains("rotation oblimin", FactorAnalysis.Of(matrix.Covariances(), 2).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3.2, 5, 0, 0.330817097967)]
    [InlineData(10, 4, 6, 0.565536202121)]
    public void NoncentralChiSquare_IsThatOfR(double value, int df, double noncentrality, double golden) =>
        Assert.Equal(golden, ChiSquareTail.Cdf(value, df, noncentrality), 1e-10); // pchisq(value, df, ncp)

    private static ItemMatrix TwoFactors(int seed, int persons)
    {
        var random = new Random(seed);
        double Gauss() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var columns = Enumerable.Range(0, 8).Select(_ => new double[persons]).ToArray();
        for (var p = 0; p < persons; p++)
        {
            double[] factors = [Gauss(), Gauss()];
            for (var i = 0; i < 8; i++)
            {
                columns[i][p] = Math.Clamp(Math.Floor((0.8 * factors[i / 4]) + (0.6 * Gauss()) + 2.5), 0, 4);
            }
        }

        return ItemMatrix.FromColumns([.. Enumerable.Range(1, 8).Select(i => $"q{i}")], columns, 0, 4);
    }
}
