namespace Xinheng.Psychometrics.Tests;

/// <summary>Differential functioning by hand, and at the edges.</summary>
public class FairnessTests
{
    [Fact]
    public void MantelHaenszel_IsThatOfTheWorkedExample()
    {
        // golden.R: three sums; reference right and wrong, then focal.
        int[][] tables = [[20, 10, 15, 15], [30, 20, 22, 28], [40, 10, 30, 20]];
        var (answers, sums, focal) = (new List<double>(), new List<double>(), new List<bool>());
        for (var m = 0; m < 3; m++)
        {
            for (var cell = 0; cell < 4; cell++)
            {
                for (var i = 0; i < tables[m][cell]; i++)
                {
                    answers.Add(cell % 2 == 0 ? 1 : 0);
                    sums.Add(m);
                    focal.Add(cell >= 2);
                }
            }
        }

        var strata = new SumStrata([.. answers], [.. sums], [.. focal]);
        var (ratio, delta, error, square) = strata.MantelHaenszel();
        Assert.Equal(2.16161616, ratio.Value, 1e-8);
        Assert.Equal(-1.81151199, delta.Value, 1e-8);
        Assert.Equal(7.90142794, square.Value, 1e-8);
        Assert.Equal(0.61781162, error.Value, 1e-8);
        Assert.Equal(strata.Mantel().Value, strata.Generalized().Value, 1e-10);
        Assert.Equal(DifClass.B, SumStrata.ClassOf(delta, error, default, SumStrata.P(square), 0.05)); // 1.81 is not significantly above 1
    }

    [Theory]
    [InlineData(0.99, 0.1, 0.001, DifClass.A)]
    [InlineData(-1.2, 0.1, 0.001, DifClass.B)]
    [InlineData(-1.2, 0.1, 0.06, DifClass.A)]
    [InlineData(1.5, 0.1, 0.001, DifClass.C)]
    [InlineData(1.5, 0.4, 0.001, DifClass.B)]
    [InlineData(-2.1, 0.3, 0.001, DifClass.C)]
    public void Classes_OfTwoAnswers_AreThoseOfEts(double delta, double error, double p, DifClass expected) =>
        Assert.Equal(expected, SumStrata.ClassOf(Estimate.Of(delta), Estimate.Of(error), Estimate.None(EstimateStatus.NotEstimated), Estimate.Of(p), 0.05));

    [Theory]
    [InlineData(0.17, 0.001, DifClass.A)]
    [InlineData(-0.18, 0.001, DifClass.B)]
    [InlineData(0.25, 0.001, DifClass.B)]
    [InlineData(-0.26, 0.001, DifClass.C)]
    [InlineData(0.26, 0.05, DifClass.A)]
    public void Classes_OfMoreAnswers_GoByStandardDeviations(double difference, double p, DifClass expected) =>
        Assert.Equal(expected, SumStrata.ClassOf(Estimate.None(EstimateStatus.NotEstimated), Estimate.None(EstimateStatus.NotEstimated), Estimate.Of(difference), Estimate.Of(p), 0.05));

    [Fact]
    public void AnItemThatFavoursOneGroup_IsFound_SetApart_AndItsEffectOnBandsTold()
    {
        var (matrix, groups) = Simulate(3000, seed: 21, shift: 1.2);
        var study = DifferentialFunctioning.Of(matrix, groups, "a", "b", DifOptions.Default);
        Assert.Equal(["q1"], study.Items.Where(i => i.Class is DifClass.B or DifClass.C).Select(i => i.Id));
        Assert.True(study.Items[0].MeanDifference.Value > 0);
        Assert.True(study.Items[0].Logistic.GroupSlope.Value > 0);
        Assert.Equal(["q1"], study.Items.Where(i => !i.IsAnchor).Select(i => i.Id));
        Assert.True(study.IsSettled);
        Assert.Equal(1.2, study.Items[0].Logistic.GroupSlope.Value, 0.35); // close to the shift: sums stand for the trait
        var consequence = study.Consequence([4, 8, 12]);
        Assert.Equal(["q1"], consequence.Items);
        Assert.Equal(0, consequence.Higher);
        Assert.InRange(consequence.Lower, 1, study.FocalCount / 4);
        Assert.Equal(0.5, consequence.MeanPoints, 0.3);
        Assert.Equal(0, study.Consequence([]).Lower);
        Assert.Contains("matched by the sum, purified by effect", study.ToString(), StringComparison.Ordinal);
        Assert.Contains("set apart", study.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutADifference_NobodyChangesBand()
    {
        var (matrix, groups) = Simulate(2000, seed: 22, shift: 0);
        var study = DifferentialFunctioning.Of(matrix, groups, "a", "b", DifOptions.Default);
        Assert.All(study.Items, i => Assert.Equal(DifClass.A, i.Class));
        var consequence = study.Consequence([4, 8]);
        Assert.Equal((0, 0, 0.0), (consequence.Higher, consequence.Lower, consequence.MeanPoints));
    }

    [Fact]
    public void ADifferenceThatGrowsWithTheSum_IsNonUniform()
    {
        var (matrix, groups) = Simulate(4000, seed: 23, shift: 0, slope: 0.9);
        var logistic = DifferentialFunctioning.Of(matrix, groups, "a", "b", DifOptions.Default).Items[0].Logistic;
        Assert.True(logistic.NonUniformP.Value < 1e-6);
        Assert.True(logistic.NonUniform.Value > logistic.Uniform.Value);
    }

    [Fact]
    public void PeopleWithMissingAnswersAndOfOtherGroups_AreCounted()
    {
        var (matrix, groups) = Simulate(300, seed: 24, shift: 0);
        var first = matrix.Column(0);
        first[0] = first[1] = double.NaN;
        var holes = ItemMatrix.FromColumns(matrix.ItemIds, [first, .. Enumerable.Range(1, 5).Select(matrix.Column)], 0, 3);
        groups[2] = "c";
        groups[3] = null;
        var study = DifferentialFunctioning.Of(holes, groups, "a", "b", DifOptions.Default);
        Assert.Equal((300, 2, 296), (study.PersonCount, study.IncompleteCount, study.UsedCount));
        Assert.Contains("2 dropped (missing answers), 2 in neither group", study.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnItemThatOneGroupAnswersAlike_HasAStatus_NotANumber()
    {
        var matrix = ItemMatrix.FromRows(["a", "b", "c"], new double[,] { { 1, 0, 1 }, { 1, 1, 0 }, { 1, 0, 0 }, { 1, 1, 1 }, { 1, 1, 0 }, { 1, 0, 1 } }, 0, 1);
        var study = DifferentialFunctioning.Of(matrix, ["a", "a", "a", "b", "b", "b"], "a", "b", DifOptions.Default with { Purify = PurifyRule.None });
        Assert.Equal(EstimateStatus.NoVariance, study.Items[0].Delta.Status);
        Assert.Equal(EstimateStatus.NoVariance, study.Items[0].Logistic.Status);
        Assert.Equal(DifClass.None, study.Items[0].Class);
        Assert.DoesNotContain("NaN", study.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void GroupsThatAreNotThere_AreRefused()
    {
        var (matrix, groups) = Simulate(50, seed: 25, shift: 0);
        Assert.Throws<ArgumentException>(() => DifferentialFunctioning.Of(matrix, groups, "a", "z", DifOptions.Default));
        Assert.Throws<ArgumentException>(() => DifferentialFunctioning.Of(matrix, groups, "a", "a", DifOptions.Default));
        Assert.Throws<ArgumentException>(() => DifferentialFunctioning.Of(matrix, groups[..9], "a", "b", DifOptions.Default));
        var study = DifferentialFunctioning.Of(matrix, groups, "a", "b", DifOptions.Default);
        Assert.Throws<ArgumentException>(() => study.Consequence([4, 4]));
    }

    internal static (ItemMatrix Matrix, string?[] Groups) Simulate(int persons, int seed, double shift, double slope = 0)
    {
        var random = new Random(seed);
        var rows = new double[persons, 6];
        var groups = new string?[persons];
        for (var person = 0; person < persons; person++)
        {
            groups[person] = random.Next(2) == 0 ? "a" : "b";
            var theta = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            for (var item = 0; item < 6; item++)
            {
                var focal = groups[person] == "b" && item == 0;
                var eta = ((1.6 + (focal ? slope : 0)) * theta) + (focal ? shift : 0);
                var u = random.NextDouble();
                rows[person, item] = new[] { 1.0, -0.3, -1.6 }.Count(cut => u < 1 / (1 + Math.Exp(-(eta + cut))));
            }
        }

        return (ItemMatrix.FromRows(["q1", "q2", "q3", "q4", "q5", "q6"], rows, 0, 3), groups);
    }
}
