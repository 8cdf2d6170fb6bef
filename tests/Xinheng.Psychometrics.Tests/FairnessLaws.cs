using FsCheck.Xunit;

namespace Xinheng.Psychometrics.Tests;

/// <summary>What differential functioning must not depend on.</summary>
public class FairnessLaws
{
    private static readonly DifOptions Plain = DifOptions.Default with { Purify = PurifyRule.None };

    [Property(MaxTest = 10)]
    public void PermutingPeople_ChangesNoStatistic(int seed)
    {
        var (matrix, groups) = FairnessTests.Simulate(250, seed, 0.5);
        var people = Enumerable.Range(0, 250).ToArray();
        new Random(seed).Shuffle(people);
        var found = DifferentialFunctioning.Of(matrix.WithPersons(people), [.. people.Select(p => groups[p])], "a", "b", DifOptions.Default);
        Assert.Equal(DifferentialFunctioning.Of(matrix, groups, "a", "b", DifOptions.Default).ToString(), found.ToString());
    }

    [Property(MaxTest = 10)]
    public void ExchangingTheGroups_TurnsSigns_AndLeavesTests(int seed)
    {
        var (matrix, groups) = FairnessTests.Simulate(250, seed, 0.5);
        var halves = ItemMatrix.FromColumns(matrix.ItemIds, [.. Enumerable.Range(0, 6).Select(i => matrix.Column(i).Select(x => x >= 2 ? 1.0 : 0.0).ToArray())], 0, 1);
        foreach (var answers in new[] { matrix, halves })
        {
            var (there, back) = (DifferentialFunctioning.Of(answers, groups, "a", "b", Plain), DifferentialFunctioning.Of(answers, groups, "b", "a", Plain));
            foreach (var (x, y) in there.Items.Zip(back.Items))
            {
                Assert.Equal(x.Mantel.Value, y.Mantel.Value, 1e-9);
                Assert.Equal(x.Generalized.Value, y.Generalized.Value, 1e-8);
                Assert.Equal(x.Delta.Value, -y.Delta.Value, 1e-9);
                Assert.Equal(x.DeltaError.Value, y.DeltaError.Value, 1e-9);
                Assert.Equal(x.Logistic.Total.Value, y.Logistic.Total.Value, 1e-6);
                Assert.Equal(x.Logistic.GroupSlope.Value, -y.Logistic.GroupSlope.Value, 1e-5);
            }
        }
    }

    [Property(MaxTest = 10)]
    public void TurningAllItemsRound_TurnsSigns_AndLeavesTests(int seed)
    {
        var (matrix, groups) = FairnessTests.Simulate(250, seed, 0.5);
        var (there, back) = (DifferentialFunctioning.Of(matrix, groups, "a", "b", Plain), DifferentialFunctioning.Of(matrix.Reverse(matrix.ItemIds), groups, "a", "b", Plain));
        foreach (var (x, y) in there.Items.Zip(back.Items))
        {
            Assert.Equal(x.Mantel.Value, y.Mantel.Value, 1e-9);
            Assert.Equal(x.MeanDifference.Value, -y.MeanDifference.Value, 1e-9);
            Assert.Equal(x.Logistic.Total.Value, y.Logistic.Total.Value, 1e-6);
            Assert.Equal(x.Logistic.Nagelkerke(1).Value, y.Logistic.Nagelkerke(1).Value, 1e-8);
        }
    }

    [Property(MaxTest = 10)]
    public void LargerModels_FitNoWorse_AndTestsAddUp(int seed)
    {
        var (matrix, groups) = FairnessTests.Simulate(200, seed, 0.5);
        Assert.All(DifferentialFunctioning.Of(matrix, groups, "a", "b", DifOptions.Default).Items, item =>
        {
            Assert.Equal(EstimateStatus.Ok, item.Logistic.Status);
            Assert.True(item.Logistic.Uniform.Value >= -1e-9 && item.Logistic.NonUniform.Value >= -1e-9);
            Assert.Equal(item.Logistic.Total.Value, item.Logistic.Uniform.Value + item.Logistic.NonUniform.Value, 1e-9);
            Assert.InRange(item.Logistic.Nagelkerke(3).Value, item.Logistic.McFadden(3).Value, 1);
        });
    }
}
