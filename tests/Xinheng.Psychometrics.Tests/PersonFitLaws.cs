using FsCheck.Xunit;

namespace Xinheng.Psychometrics.Tests;

/// <summary>What indices of careless answering must not depend on.</summary>
public class PersonFitLaws
{
    [Property(MaxTest = 15)]
    public void APerson_KeepsRunsErrorsAndFit_WhoeverElseIsThere(int seed)
    {
        var random = new Random(seed);
        var matrix = MomentLaws.AnyMatrix(random, 80, 6);
        var people = Enumerable.Range(0, 80).ToArray();
        random.Shuffle(people);
        var some = people[..random.Next(1, 80)];
        var (all, part) = (matrix, matrix.WithPersons(some));
        var (runs, partRuns) = (RunPatterns.Of(all), RunPatterns.Of(part));
        var curves = Curves(random, matrix);
        var (fit, partFit) = (LikelihoodFit.Of(all, curves, 99, 7), LikelihoodFit.Of(part, curves, 99, 7));
        for (var i = 0; i < some.Length; i++)
        {
            Assert.Equal(runs.LongestRun[some[i]], partRuns.LongestRun[i]);
            Assert.Equal(runs.Variability[some[i]], partRuns.Variability[i]);
            Assert.Equal(fit.Lz[some[i]], partFit.Lz[i]);
            Assert.Equal(fit.PValue[some[i]], partFit.PValue[i]);
        }
    }

    [Property(MaxTest = 15)]
    public void PermutingPeople_PermutesResults(int seed)
    {
        var random = new Random(seed);
        var matrix = MomentLaws.AnyMatrix(random, 90, 6);
        var people = Enumerable.Range(0, 90).ToArray();
        random.Shuffle(people);
        var turned = matrix.WithPersons(people);
        var (distances, other) = (MahalanobisDistances.Of(matrix), MahalanobisDistances.Of(turned));
        var (synonyms, otherSynonyms) = (SynonymConsistency.Of(matrix, 0.2), SynonymConsistency.Of(turned, 0.2));
        var (guttman, otherGuttman) = (GuttmanErrors.Of(matrix), GuttmanErrors.Of(turned));
        for (var i = 0; i < 90; i++)
        {
            Assert.Equal(distances.SquaredDistance[people[i]], other.SquaredDistance[i]);
            Assert.Equal(synonyms.Consistency[people[i]], otherSynonyms.Consistency[i]);
            Assert.Equal(guttman.Errors[people[i]], otherGuttman.Errors[i]);
            Assert.Equal(guttman.Normed[people[i]], otherGuttman.Normed[i]);
        }
    }

    [Property(MaxTest = 15)]
    public void TurningItemsRound_LeavesDistances_AndTheirMeanIsTheirDegreesOfFreedom(int seed)
    {
        var random = new Random(seed);
        var matrix = MomentLaws.AnyMatrix(random, 120, 5);
        var distances = MahalanobisDistances.Of(matrix);
        var turned = MahalanobisDistances.Of(matrix.Reverse(matrix.ItemIds.Where(_ => random.Next(2) == 0)));
        Assert.All(Enumerable.Range(0, 120), i => Assert.Equal(distances.SquaredDistance[i].Value, turned.SquaredDistance[i].Value, 1e-8));
        var complete = MahalanobisDistances.Of(matrix.CompleteCases());
        var n = complete.PersonCount;
        Assert.Equal(5.0 * (n - 1) / n, complete.SquaredDistance.Average(d => d.Value), 1e-8);
    }

    [Property(MaxTest = 15)]
    public void LeavingOutAnswers_NeverLengthensADistance(int seed)
    {
        var random = new Random(seed);
        var matrix = MomentLaws.AnyMatrix(random, 100, 5).CompleteCases();
        var person = random.Next(matrix.PersonCount);
        var left = Enumerable.Range(0, 5).Select(i => matrix.Column(i)).ToArray();
        var extra = left.Select((c, i) => (double[])[.. c, random.Next(2) == 0 ? double.NaN : c[person]]).ToArray();
        var distances = MahalanobisDistances.Of(ItemMatrix.FromColumns(matrix.ItemIds, extra));
        var shorter = distances.SquaredDistance[matrix.PersonCount];
        if (shorter.HasValue && distances.DegreesOfFreedom[matrix.PersonCount] < 5)
        {
            Assert.True(shorter.Value <= distances.SquaredDistance[person].Value + 1e-9);
        }
    }

    [Property(MaxTest = 15)]
    public void GuttmanErrors_AreCountedPairByPair_AndNeverMoreThanTheMost(int seed)
    {
        var random = new Random(seed);
        var matrix = MomentLaws.AnyMatrix(random, 60, 4);
        var guttman = GuttmanErrors.Of(matrix);
        var steps = Enumerable.Range(0, 4)
            .SelectMany(item => Enumerable.Range(1, (int)(matrix.Maximum(item) - matrix.Minimum(item))).Select(step => (item, cut: matrix.Minimum(item) + step)))
            .Select(s => (s.item, s.cut, popularity: Share(matrix, s.item, s.cut)))
            .OrderByDescending(s => s.popularity).ThenBy(s => s.item).ThenBy(s => s.cut).ToArray();
        for (var person = 0; person < 60; person++)
        {
            var answered = steps.Where(s => !double.IsNaN(matrix[person, s.item])).Select(s => matrix[person, s.item] >= s.cut).ToArray();
            var errors = 0L;
            for (var easier = 0; easier < answered.Length; easier++)
            {
                errors += answered[easier] ? 0 : answered[(easier + 1)..].Count(passed => passed);
            }

            Assert.Equal(errors, guttman.Errors[person]);
            Assert.True(!guttman.Normed[person].HasValue || guttman.Normed[person].Value is >= 0 and <= 1);
        }
    }

    [Property(MaxTest = 10)]
    public void Curves_SumToOne_AndTheirDerivativesAreThoseOfSmallSteps(int seed)
    {
        var random = new Random(seed);
        var curve = new GradedCurves(0.3 + (random.NextDouble() * 3), [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => (random.NextDouble() * 6) - 3).Order()]);
        var m = curve.CategoryCount;
        var (p, first, second) = (new double[m], new double[m], new double[m]);
        var (up, down, upFirst, downFirst) = (new double[m], new double[m], new double[m], new double[m]);
        var theta = (random.NextDouble() * 8) - 4;
        curve.Evaluate(theta, p, first, second);
        curve.Evaluate(theta + 1e-5, up, upFirst, []);
        curve.Evaluate(theta - 1e-5, down, downFirst, []);
        Assert.Equal(1, p.Sum(), 1e-12);
        Assert.Equal(0, first.Sum(), 1e-12);
        for (var k = 0; k < m; k++)
        {
            Assert.Equal((up[k] - down[k]) / 2e-5, first[k], 1e-6);
            Assert.Equal((upFirst[k] - downFirst[k]) / 2e-5, second[k], 1e-5);
        }
    }

    [Fact]
    public void OfPeopleWhoAnswerByTheModel_AsManyAreFlaggedAsTheChanceLevelSays()
    {
        var random = new Random(20261125);
        var curves = Enumerable.Range(0, 12).Select(_ => new GradedCurves(1 + random.NextDouble(), [-1.2 + random.NextDouble(), 0.2 + random.NextDouble()])).ToArray();
        const int n = 4000;
        var rows = new double[n, 12];
        for (var person = 0; person < n; person++)
        {
            var theta = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            for (var item = 0; item < 12; item++)
            {
                var p = new double[3];
                curves[item].Evaluate(theta, p, [], []);
                var u = random.NextDouble();
                rows[person, item] = person % 4 == 0 && item == 3 ? double.NaN : u < p[0] ? 0 : u < p[0] + p[1] ? 1 : 2;
            }
        }

        var fit = LikelihoodFit.Of(ItemMatrix.FromRows([.. Enumerable.Range(1, 12).Select(i => $"q{i}")], rows, 0, 2), curves, 499, 3);
        foreach (var level in new[] { 0.01, 0.05, 0.10, 0.50 })
        {
            var share = fit.PValue.Count(p => p.Value <= level) / (double)n;
            Assert.InRange(share, level - (4 * Math.Sqrt(level * (1 - level) / n)) - (0.15 * level), level + (4 * Math.Sqrt(level * (1 - level) / n)) + (0.15 * level));
        }
    }

    private static double Share(ItemMatrix matrix, int item, double cut)
    {
        var answers = matrix.Column(item).Where(v => !double.IsNaN(v)).ToArray();
        return answers.Length == 0 ? 0 : answers.Count(v => v >= cut) / (double)answers.Length;
    }

    private static GradedCurves[] Curves(Random random, ItemMatrix matrix) =>
    [
        .. Enumerable.Range(0, matrix.ItemCount).Select(item => new GradedCurves(
            0.5 + random.NextDouble(), [.. Enumerable.Range(0, (int)(matrix.Maximum(item) - matrix.Minimum(item))).Select(k => k - 1.5 + (random.NextDouble() * 0.5))])),
    ];
}
