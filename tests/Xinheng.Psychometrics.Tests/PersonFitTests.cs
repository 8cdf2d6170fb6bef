namespace Xinheng.Psychometrics.Tests;

/// <summary>Careless answering and person fit, by hand and at the edges.</summary>
public class PersonFitTests
{
    private const double NA = double.NaN;

    private static readonly GradedCurves[] Items =
    [
        new(1.8, [-1, 0, 1]), new(1.2, [-.5, .7, 1.9]), new(2.1, [-.2, .6, 1.4]), new(.9, [-1.5, .3, 2.2]),
    ];

    [Fact]
    public void RunAndVariability_AreThoseOfTheWorkedExample()
    {
        var runs = RunPatterns.Of(Row(3, 3, 3, 3, 1, 2, 2, 4, 4, 4, 4, 4, 1));
        Assert.Equal(5, runs.LongestRun[0]);
        Assert.Equal(1.11516355, runs.Variability[0].Value, 1e-8); // golden.R
        Assert.Equal(13 / 5.0, runs.AverageRun[0]);
    }

    [Fact]
    public void AMissingAnswer_DoesNotEndARun_AndAPageDoes()
    {
        Assert.Equal(4, RunPatterns.Of(Row(3, 3, NA, 3, 3)).LongestRun[0]);
        Assert.Equal(2, RunPatterns.Of(Row(3, 3, NA, 3, 3), [1, 1, 1, 2, 2]).LongestRun[0]);
        Assert.Equal(0, RunPatterns.Of(Row(NA, NA)).LongestRun[0]);
        Assert.Equal(EstimateStatus.TooFewItems, RunPatterns.Of(Row(NA, 2)).Variability[0].Status);
        Assert.Throws<ArgumentException>(() => RunPatterns.Of(Row(1, 2), [1]));
    }

    [Fact]
    public void Distance_IsThatOfTheWorkedExample()
    {
        var distances = MahalanobisDistances.Of(Eight());
        Assert.Equal(5.39026718, distances.SquaredDistance[3].Value, 1e-8); // golden.R
        Assert.Equal(0.24954479, distances.PValue(3).Value, 1e-8);
        Assert.Equal(4, distances.DegreesOfFreedom[3]);
    }

    [Fact]
    public void WithMissingAnswers_TheAnsweredBlockMeasures_WithItsOwnDegreesOfFreedom()
    {
        var complete = Eight();
        var matrix = ItemMatrix.Concat([complete, ItemMatrix.FromRows(complete.ItemIds, new[,] { { 3, NA, 0, NA }, { NA, NA, NA, NA } }, 0, 3)]);
        var distances = MahalanobisDistances.Of(matrix);
        var c = complete.Covariances();
        var (x, y, vx, vy, cov) = (3 - c.Mean(0), 0 - c.Mean(2), c.Variance(0), c.Variance(2), c.Covariance(0, 2));
        var byHand = ((x * x * vy) - (2 * x * y * cov) + (y * y * vx)) / ((vx * vy) - (cov * cov));
        Assert.Equal(byHand, distances.SquaredDistance[8].Value, 1e-10);
        Assert.Equal(2, distances.DegreesOfFreedom[8]);
        Assert.Equal(Math.Exp(-byHand / 2), distances.PValue(8).Value, 1e-12); // chi-square with two degrees of freedom
        Assert.Equal(EstimateStatus.TooFewItems, distances.SquaredDistance[9].Status);
        Assert.Equal(8, distances.UsedCount);
    }

    [Fact]
    public void ASingularCovariance_IsSaid_AndAnItemWithoutVarianceIsLeftOut()
    {
        var twice = ItemMatrix.FromRows(["a", "b", "c"], new double[,] { { 0, 0, 1 }, { 1, 1, 0 }, { 2, 2, 1 }, { 3, 3, 1 } }, 0, 3);
        Assert.Equal(EstimateStatus.NotPositiveDefinite, MahalanobisDistances.Of(twice).Status);
        Assert.Contains("not positive definite", MahalanobisDistances.Of(twice).ToString(), StringComparison.Ordinal);
        var constant = ItemMatrix.FromRows(["a", "b", "c"], new double[,] { { 0, 2, 1 }, { 1, 2, 0 }, { 2, 2, 1 }, { 3, 2, 0 } }, 0, 3);
        var distances = MahalanobisDistances.Of(constant);
        Assert.Equal(["b"], distances.OmittedItems);
        Assert.Equal(2, distances.DegreesOfFreedom[0]);
        Assert.True(distances.SquaredDistance[0].HasValue);
    }

    [Fact]
    public void AStraightLiner_IsFlagged_NotMissing()
    {
        var random = new Random(5);
        var rows = new double[120, 12];
        for (var person = 0; person < 120; person++)
        {
            var level = random.NextDouble() * 3;
            for (var item = 0; item < 12; item++)
            {
                rows[person, item] = person == 0 ? 2 : person == 1 ? 0 : Math.Clamp(Math.Round(level + random.NextDouble() - 0.5, MidpointRounding.AwayFromZero), 0, 3);
            }
        }

        string[] ids = [.. Enumerable.Range(1, 12).Select(i => $"q{i}")];
        var raw = ItemMatrix.FromRows(ids, rows, 0, 3);
        var quality = AnswerQuality.Of(raw, raw, AnswerQualityOptions.Default with { Scales = [ids[..3], ids[3..6], ids[6..9], ids[9..]] });
        Assert.Equal(AnswerConcerns.StraightLine, quality.Concerns[0] & (AnswerConcerns.StraightLine | AnswerConcerns.LowestThroughout));
        Assert.Equal(AnswerConcerns.LowestThroughout, quality.Concerns[1] & (AnswerConcerns.StraightLine | AnswerConcerns.LowestThroughout));
        Assert.Equal(EstimateStatus.NoVariance, quality.EvenOdd.Consistency[0].Status);
        Assert.Equal(EstimateStatus.NoVariance, quality.Synonyms.Consistency[0].Status);
        Assert.Equal(quality.Concerns.Count(c => (c & ~AnswerConcerns.LowestThroughout) != 0), quality.AnyCount);
        Assert.All(quality.Summaries, s => Assert.Equal(120, s.Judged + s.NotJudged));
        Assert.Equal(1, quality.Summaries.Single(s => s.Concern == AnswerConcerns.Outlier).Flagged); // 1% of 120, and of equal ones all or none
        Assert.Contains("any of these", quality.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void GuttmanErrors_CountHarderStepsPassedBeforeEasierOnes()
    {
        // Popularity 3/4, 2/4, 1/4. Person 4 passes the hardest only: two errors of at most two.
        var matrix = ItemMatrix.FromRows(["a", "b", "c"], new double[,] { { 1, 1, 0 }, { 1, 1, 0 }, { 1, 0, 0 }, { 0, 0, 1 } }, 0, 1);
        var guttman = GuttmanErrors.Of(matrix);
        Assert.Equal([0, 0, 0, 2], guttman.Errors);
        Assert.Equal(1, guttman.Normed[3].Value);
        Assert.Equal(EstimateStatus.NoVariance, GuttmanErrors.Of(Row(1, 1)).Normed[0].Status);
    }

    [Fact]
    public void Likelihood_IsThatOfTheWorkedExample()
    {
        var matrix = ItemMatrix.FromRows(["a", "b", "c", "d"], new double[,] { { 2, 1, 3, 0 }, { 2, NA, 3, NA } }, 0, 3);
        var fit = LikelihoodFit.Of(matrix, Items, 99, 1);
        Assert.Equal(0.56634968, fit.Abilities[0], 1e-8); // golden.R
        Assert.Equal(0.93321299, fit.Abilities[1], 1e-8);
        Assert.Equal(-5.91312628, fit.LogLikelihood[0].Value, 1e-8);
        Assert.Equal(-0.95323900, fit.Lz[0].Value, 1e-8);
        Assert.Equal(EstimateStatus.TooFewItems, fit.Lz[1].Status);
        Assert.Equal(EstimateStatus.NotEstimated, fit.LzStar[0].Status);
    }

    [Fact]
    public void CorrectedLikelihood_OfTwoAnswers_IsSnijdersFormula()
    {
        double[] a = [1.2, .8, 1.9, 1.4, .6], b = [-1, .2, .5, -.3, 1.1], x = [1, 0, 1, 1, 0];
        const double theta = 0.4;
        var (numerator, wr, rr) = (0.0, 0.0, 0.0);
        for (var j = 0; j < 5; j++)
        {
            var p = 1 / (1 + Math.Exp(-a[j] * (theta - b[j])));
            var (slope, w) = (a[j] * p * (1 - p), Math.Log(p / (1 - p)));
            var r = slope / (p * (1 - p));
            (numerator, wr, rr) = (numerator + ((x[j] - p) * w), wr + (slope * w), rr + (slope * r));
        }

        var (c, variance) = (wr / rr, 0.0);
        for (var j = 0; j < 5; j++)
        {
            var p = 1 / (1 + Math.Exp(-a[j] * (theta - b[j])));
            variance += Math.Pow(Math.Log(p / (1 - p)) - (c * a[j]), 2) * p * (1 - p);
        }

        var curves = a.Select((slope, j) => new GradedCurves(slope, [b[j]])).ToArray();
        var fit = LikelihoodFit.At(Row(x), curves, [theta], AbilityKind.PosteriorMode);
        Assert.Equal((numerator - (c * theta)) / Math.Sqrt(variance), fit.LzStar[0].Value, 1e-12);
        Assert.Equal(EstimateStatus.NotEstimated, LikelihoodFit.At(Row(x), curves, [double.PositiveInfinity], AbilityKind.MaximumLikelihood).Lz[0].Status);
    }

    [Fact]
    public void CurvesThatDoNotFit_AreRefused()
    {
        Assert.Contains("ascending", Assert.Throws<ArgumentException>(() => new GradedCurves(1, [0, 0])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new GradedCurves(-1, [0]));
        Assert.Throws<ArgumentException>(() => new GradedCurves(1, []));
        Assert.Contains("have 4 answers", Assert.Throws<ArgumentException>(() => LikelihoodFit.At(Row(1, 0, 1, 1), Items, [0], AbilityKind.MaximumLikelihood)).Message, StringComparison.Ordinal);
        Assert.Contains("0 curves", Assert.Throws<ArgumentException>(() => LikelihoodFit.At(Row(1, 0), [], [0], AbilityKind.MaximumLikelihood)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACopiedClass_IsFound_AndTheHonestOnesAreNot()
    {
        var (matrix, classes) = Classes(copied: 3, seed: 11);
        var n = matrix.PersonCount;
        var none = new bool[n];
        var integrity = ClassIntegrity.Of(matrix, classes, none, new bool?[n], 0.05, seed: 1);
        var flagged = integrity.Classes.Where(c => c.SimilarityRate.Value <= 0.05).Select(c => c.Name).ToArray();
        Assert.Equal(["c03"], flagged);
        Assert.True(integrity.Classes.Single(c => c.Name == "c03").IdenticalPairs >= 1);
        Assert.Equal(2, Enumerable.Range(0, n).Count(p => integrity.Alike[p] == true && classes[p] == "c03"));
        Assert.DoesNotContain(Enumerable.Range(0, n), p => integrity.Alike[p] == true && classes[p] != "c03");
        Assert.DoesNotContain("c03", integrity.ToString(), StringComparison.Ordinal);
        var again = ClassIntegrity.Of(matrix, classes, none, new bool?[n], 0.05, seed: 1);
        Assert.Equal(integrity.Classes, again.Classes);
    }

    [Fact]
    public void StraightLinesAndSpeed_ThatGatherInOneClass_AreImprobable()
    {
        var (matrix, classes) = Classes(copied: -1, seed: 12);
        var n = matrix.PersonCount;
        bool[] lines = [.. classes.Select((c, p) => c == "c01" && p % 3 == 0)];
        bool?[] fast = [.. classes.Select((c, p) => p % 7 == 0 ? null : (bool?)(c == "c02"))];
        var integrity = ClassIntegrity.Of(matrix, classes, lines, fast, 0.05, seed: 1);
        Assert.True(integrity.Classes.Single(c => c.Name == "c01").StraightLineP < 1e-6);
        Assert.True(integrity.Classes.Single(c => c.Name == "c02").TooFastP < 1e-6);
        Assert.Equal(1, integrity.Classes.Single(c => c.Name == "c00").StraightLineP);
        var c02 = integrity.Classes.Single(c => c.Name == "c02");
        Assert.Equal(c02.Timed, c02.TooFast);
        Assert.True(c02.Timed < c02.Count);
    }

    private static (ItemMatrix Matrix, string?[] Classes) Classes(int copied, int seed)
    {
        var random = new Random(seed);
        var rows = new double[400, 15];
        for (var person = 0; person < 400; person++)
        {
            var level = random.NextDouble() * 2;
            for (var item = 0; item < 15; item++)
            {
                rows[person, item] = person == (copied * 20) + 1
                    ? rows[person - 1, item]
                    : (copied >= 0 && person == copied * 20) ? (item * 7 % 4) : Math.Clamp(Math.Floor(level + (random.NextDouble() * 2) - 0.5), 0, 3);
            }
        }

        return (ItemMatrix.FromRows([.. Enumerable.Range(1, 15).Select(i => $"q{i}")], rows, 0, 3), [.. Enumerable.Range(0, 400).Select(p => $"c{p / 20:D2}")]);
    }

    private static ItemMatrix Row(params double[] answers)
    {
        var row = new double[1, answers.Length];
        for (var item = 0; item < answers.Length; item++)
        {
            row[0, item] = answers[item];
        }

        return ItemMatrix.FromRows([.. Enumerable.Range(1, answers.Length).Select(i => $"q{i}")], row, 0, answers.Max() <= 1 ? 1 : 4);
    }

    private static ItemMatrix Eight() => ItemMatrix.FromRows(
        ["a", "b", "c", "d"],
        new double[,] { { 0, 1, 0, 1 }, { 1, 1, 2, 1 }, { 2, 2, 1, 2 }, { 3, 2, 3, 3 }, { 0, 0, 1, 0 }, { 2, 3, 2, 2 }, { 1, 0, 1, 1 }, { 3, 3, 3, 2 } },
        0,
        3);
}
