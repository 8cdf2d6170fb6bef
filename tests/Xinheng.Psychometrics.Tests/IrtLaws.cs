using FsCheck.Xunit;

namespace Xinheng.Psychometrics.Tests;

/// <summary>What holds for every fit and every score.</summary>
public class IrtLaws
{
    [Property(MaxTest = 12)]
    public void ThePeopleInAnyOrder_MergedFromAnyParts_OnAnyNumberOfThreads_GiveTheSameBits(int seed)
    {
        var random = new Random(seed);
        var model = (IrtModel)random.Next(4);
        var matrix = Simulated(seed, random.Next(200, 3000), random.Next(3, 7), model == IrtModel.TwoParameter ? 2 : 3, model, missing: 0.1);
        var whole = IrtFit.Of(ResponsePatterns.Of(matrix), model, new IrtFitOptions { Threads = 1 });
        var persons = Enumerable.Range(0, matrix.PersonCount).ToArray();
        random.Shuffle(persons);
        var cut = random.Next(1, persons.Length - 1);
        var (first, second) = (ResponsePatterns.Of(matrix.WithPersons(persons.AsSpan(0, cut))), ResponsePatterns.Of(matrix.WithPersons(persons.AsSpan(cut))));
        var parts = IrtFit.Of(second.Merge(first), model, new IrtFitOptions { Threads = 3 });
        Assert.Equal(whole.Status, parts.Status);
        Assert.Equal((whole.LogLikelihood, whole.Patterns.UsedCount, whole.Patterns.EmptyCount), (parts.LogLikelihood, parts.Patterns.UsedCount, parts.Patterns.EmptyCount));
        foreach (var (a, b) in whole.Items.Zip(parts.Items))
        {
            Assert.Equal((a.Item.Slope, a.SlopeStandardError), (b.Item.Slope, b.SlopeStandardError));
            Assert.Equal(a.Item.Thresholds, b.Item.Thresholds);
            Assert.Equal(a.ThresholdStandardErrors, b.ThresholdStandardErrors);
        }
    }

    [Property(MaxTest = 12)]
    public void ItemsInAnyOrder_AndAnswersMovedByAConstant_GiveTheSameItems(int seed)
    {
        var random = new Random(seed);
        var matrix = Simulated(seed, 800, 5, 3, IrtModel.GeneralizedPartialCredit, missing: 0.05);
        string[] ids = [.. matrix.ItemIds];
        random.Shuffle(ids);
        var moved = ItemMatrix.FromColumns(ids, [.. ids.Select(id => matrix.Column(matrix.IndexOf(id)).Select(x => x + 7).ToArray())], 7, 9);
        foreach (var model in new[] { IrtModel.GradedResponse, IrtModel.GeneralizedPartialCredit, IrtModel.Rasch })
        {
            var (before, after) = (IrtFit.Of(matrix, model), IrtFit.Of(moved, model));
            Assert.Equal(before.Status, after.Status);
            if (!before.Converged)
            {
                continue;
            }

            Assert.Equal(before.LogLikelihood.Value, after.LogLikelihood.Value, 1e-7);
            foreach (var item in before.Items)
            {
                var other = after.Items.Single(i => i.Item.Id == item.Item.Id);
                Assert.Equal(item.Item.Slope, other.Item.Slope, 1e-3);
                Assert.Equal(item.Item.Values.SelectMany(v => v).Select(v => v + 7), other.Item.Values.SelectMany(v => v));
            }
        }
    }

    [Property(MaxTest = 12)]
    public void AWeight_IsSoManyPeople(int seed)
    {
        var random = new Random(seed);
        var matrix = Simulated(seed, 300, 4, 3, IrtModel.GradedResponse);
        var weights = Enumerable.Range(0, 300).Select(_ => (double)random.Next(0, 4)).ToArray();
        int[] repeated = [.. Enumerable.Range(0, 300).SelectMany(p => Enumerable.Repeat(p, (int)weights[p]))];
        var weighted = ResponsePatterns.Of(matrix, weights);
        var (a, b) = (IrtFit.Of(weighted, IrtModel.GradedResponse), IrtFit.Of(matrix.WithPersons(repeated), IrtModel.GradedResponse));
        Assert.Equal(repeated.Length, weighted.UsedWeight);
        Assert.Equal((a.Status, a.LogLikelihood, a.Bic), (b.Status, b.LogLikelihood, b.Bic));
        Assert.Equal(a.Items.Select(i => i.SlopeStandardError), b.Items.Select(i => i.SlopeStandardError));
    }

    [Property(MaxTest = 8)]
    public void ParametersThatMadeTheAnswers_AreFoundAgain(int seed)
    {
        foreach (var model in Enum.GetValues<IrtModel>())
        {
            var truth = Items(seed, 6, model == IrtModel.TwoParameter ? 2 : 4, model);
            var fit = IrtFit.Of(Simulated(seed, 4000, 6, model == IrtModel.TwoParameter ? 2 : 4, model, missing: 0.1), model);
            Assert.True(fit.Converged);
            foreach (var (item, was) in fit.Items.Zip(truth.Items))
            {
                // Five and a half standard errors: one in ten million, with some 150 numbers a run.
                if (model != IrtModel.Rasch)
                {
                    Assert.InRange(item.Item.Slope, was.Slope - (5.5 * item.SlopeStandardError.Value), was.Slope + (5.5 * item.SlopeStandardError.Value));
                }

                for (var k = 0; k < item.Item.Thresholds.Count && item.Item.Thresholds.Count == was.Thresholds.Count; k++)
                {
                    var reach = 5.5 * item.ThresholdStandardErrors[k].Value;
                    Assert.InRange(item.Item.Thresholds[k], was.Thresholds[k] - reach, was.Thresholds[k] + reach);
                }
            }
        }
    }

    [Property(MaxTest = 20)]
    public void OneAndMany_OnAnyNumberOfThreads_HaveTheSameScore_AndAHigherAnswerNeverLowersIt(int seed)
    {
        var random = new Random(seed);
        var parameters = Items(seed, 5, 4, IrtModel.GradedResponse);
        var scorer = new IrtScorer(parameters);
        var matrix = Simulated(seed, 60, 5, 4, IrtModel.GradedResponse, missing: 0.2);
        foreach (var scoring in Enum.GetValues<IrtScoring>())
        {
            var scores = scorer.ScoreBatch(matrix, scoring, threads: 3);
            Assert.Equal(scores, scorer.ScoreBatch(matrix, scoring));
            for (var p = 0; p < 60; p++)
            {
                double[] answers = [.. Enumerable.Range(0, 5).Select(i => matrix[p, i])];
                Assert.Equal(scores[p], scorer.Score(answers, scoring));
                var item = random.Next(5);
                if (answers[item] < 3)
                {
                    answers[item]++;
                    Assert.True(scorer.Score(answers, scoring).Theta >= scores[p].Theta - 1e-9, $"{scoring} {p}");
                }
            }
        }
    }

    /// <summary>Answers of made-up people to items of <see cref="Items"/>.</summary>
    internal static ItemMatrix Simulated(int seed, int persons, int items, int categories, IrtModel model, double missing = 0)
    {
        var parameters = Items(seed, items, categories, model);
        var random = new Random(seed ^ 0x5EED);
        var columns = Enumerable.Range(0, items).Select(_ => new double[persons]).ToArray();
        for (var p = 0; p < persons; p++)
        {
            var theta = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()) * parameters.LatentStandardDeviation;
            for (var i = 0; i < items; i++)
            {
                var (u, place) = (random.NextDouble(), 0);
                foreach (var probability in parameters.Items[i].Probabilities(theta).SkipLast(1))
                {
                    u -= probability;
                    place += u >= 0 ? 1 : 0;
                    if (u < 0)
                    {
                        break;
                    }
                }

                columns[i][p] = random.NextDouble() < missing ? double.NaN : place;
            }
        }

        return ItemMatrix.FromColumns([.. parameters.Items.Select(i => i.Id)], columns, 0, categories - 1);
    }

    private static IrtParameters Items(int seed, int items, int categories, IrtModel model)
    {
        var random = new Random(seed);
        return IrtParameters.Create(
            model,
            Enumerable.Range(1, items).Select(i =>
            {
                var thresholds = Enumerable.Range(1, categories - 1).Select(k => k - (categories / 2.0) + ((random.NextDouble() - 0.5) * 0.8)).ToArray();
                return ($"q{i}", model == IrtModel.Rasch ? 1 : 0.8 + (1.4 * random.NextDouble()), thresholds, 0);
            }),
            latentStandardDeviation: model == IrtModel.Rasch ? 1.3 : 1);
    }
}
