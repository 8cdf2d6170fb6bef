using System.Text;

namespace Xinheng.Psychometrics.Tests;

/// <summary>IRT on numbers worked out elsewhere, and what happens at the edges.</summary>
public class IrtTests
{
    /// <summary>Four graded items whose scores base R gives.</summary>
    private static readonly IrtParameters Four = IrtParameters.Create(
        IrtModel.GradedResponse,
        [("a", 1.8, [-1.0, 0, 1], 0), ("b", 1.2, [-0.5, 0.7, 1.9], 0), ("c", 2.1, [-0.2, 0.6, 1.4], 0), ("d", 0.9, [-1.5, 0.3, 2.2], 0)]);

    [Fact]
    public void Eap_And_Information_AreThoseOfBaseR()
    {
        var scorer = new IrtScorer(Four);
        var complete = scorer.Score([2, 1, 3, 0]);
        Assert.Equal(0.56634968, complete.Theta, 1e-8);
        Assert.Equal(0.54009436, complete.StandardError, 1e-8);
        var partial = scorer.Score([2, double.NaN, 3, double.NaN]);
        Assert.Equal(0.93321299, partial.Theta, 1e-8);
        Assert.Equal(0.59417571, partial.StandardError, 1e-8);
        Assert.Equal(0.96006334, Four.Items[0].Information(0.5), 1e-8);
        Assert.Equal(2.98923876, Four.Information(0.5), 1e-8);
        Assert.True(double.IsNaN(scorer.Score([double.NaN, double.NaN, double.NaN, double.NaN]).Theta));
    }

    [Fact]
    public void OneEnd_HasNoMaximumLikelihood_ButAWeightedOne()
    {
        var scorer = new IrtScorer(Four);
        Assert.Equal(double.PositiveInfinity, scorer.Score([3, 3, 3, 3], IrtScoring.Ml).Theta);
        Assert.Equal(double.NegativeInfinity, scorer.Score([0, 0, 0, 0], IrtScoring.Ml).Theta);
        foreach (var scoring in new[] { IrtScoring.Eap, IrtScoring.Map, IrtScoring.Wle })
        {
            var (low, high) = (scorer.Score([0, 0, 0, 0], scoring), scorer.Score([3, 3, 3, 3], scoring));
            Assert.True(double.IsFinite(low.Theta) && double.IsFinite(high.Theta) && low.Theta < -0.5 && high.Theta > 1, scoring.ToString());
            Assert.InRange(low.StandardError, 0.1, 3);
        }
    }

    [Fact]
    public void SteepItems_DoNotVanish()
    {
        // 1308 answered items once underflowed a product of probabilities.
        var items = Enumerable.Range(0, 1300).Select(i => ($"i{i}", 5.0, new[] { (i % 13 / 3.0) - 2 }, 0)).ToArray();
        var score = new IrtScorer(IrtParameters.Create(IrtModel.TwoParameter, items), 2001).Score([.. items.Select(i => i.Item3[0] < 0.4 ? 1.0 : 0)]);
        Assert.InRange(score.Theta, 0.2, 0.6);
        Assert.InRange(score.StandardError, 1e-3, 0.1);
        var curve = new ItemCurve(true, 40, [800, -800]);
        var logs = new double[3];
        curve.LogProbabilities(-60, logs);
        Assert.Equal(-1600, logs[1], 1e-9);
    }

    [Fact]
    public void SumScores_AreThePatterns_AddedUp()
    {
        // All 256 patterns, by brute force.
        const int Points = 61;
        var scorer = new IrtScorer(Four, Points);
        var sums = new double[13];
        for (var pattern = 0; pattern < 256; pattern++)
        {
            int[] answers = [pattern & 3, (pattern >> 2) & 3, (pattern >> 4) & 3, pattern >> 6];
            var share = 0.0;
            var total = 0.0;
            for (var q = 0; q < Points; q++)
            {
                var theta = -6 + (q * 0.2);
                var weight = Math.Exp(-theta * theta / 2);
                total += weight;
                share += weight * answers.Select((x, i) => Four.Items[i].Probabilities(theta)[x]).Aggregate((a, b) => a * b);
            }

            sums[answers.Sum()] += share / total;
        }

        var table = IrtSumScores.Of(Four, Points);
        Assert.Equal(13, table.Rows.Count);
        Assert.All(table.Rows, row => Assert.Equal(sums[row.Sum], row.Probability, 1e-12));
        Assert.Equal(1, table.Rows.Sum(r => r.Probability), 1e-12);
        Assert.All(table.Rows.Zip(table.Rows.Skip(1)), pair => Assert.True(pair.First.Theta < pair.Second.Theta));
        Assert.StartsWith("  sum", table.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Derivatives_AreThoseOfTheLogarithms(bool graded)
    {
        double[] intercepts = graded ? [1.5, 0.2, -0.9] : [0.4, -1.1, 0.8];
        const double Slope = 1.3, Theta = 0.37, Step = 1e-5;
        var (p, score, by, second) = (new double[4], new double[4], new double[4], new double[4]);
        double[] Logs(double slope, double theta, double[] d)
        {
            var logs = new double[4];
            new ItemCurve(graded, slope, d).LogProbabilities(theta, logs);
            return logs;
        }

        double[] at = [Slope, .. intercepts];
        double Log(double[] x, double theta, int c) => Logs(x[0], theta, x[1..])[c];
        var curve = new ItemCurve(graded, Slope, intercepts);
        for (var c = 0; c < 4; c++)
        {
            p[c] = Math.Exp(Logs(Slope, Theta, intercepts)[c]);
        }

        Assert.Equal(1, p.Sum(), 1e-14);
        curve.ByTheta(Theta, p, by, second);
        for (var c = 0; c < 4; c++)
        {
            Assert.Equal((Log(at, Theta + Step, c) - Log(at, Theta - Step, c)) / (2 * Step), by[c], 1e-8);
            Assert.Equal((Log(at, Theta + Step, c) - (2 * Log(at, Theta, c)) + Log(at, Theta - Step, c)) / (Step * Step), second[c], 1e-4);
            curve.ByParameters(Theta, c, p, score);
            var information = new double[4, 4];
            var counts = new double[4];
            counts[c] = 1;
            curve.AddInformation(Theta, counts, p, new double[4], information);
            for (var i = 0; i < 4; i++)
            {
                Assert.Equal((Log(Moved(i, Step), Theta, c) - Log(Moved(i, -Step), Theta, c)) / (2 * Step), score[i], 1e-8);
                for (var j = 0; j <= i; j++)
                {
                    // Of categories of partial credit, the information is the same for all.
                    var (up, down) = (Scores(Moved(j, Step), c)[i], Scores(Moved(j, -Step), c)[i]);
                    Assert.Equal(-(up - down) / (2 * Step), information[i, j], 1e-7);
                }
            }
        }

        double[] Moved(int i, double step) => [.. at.Select((x, k) => k == i ? x + step : x)];

        double[] Scores(double[] x, int c)
        {
            var (probabilities, result) = (Logs(x[0], Theta, x[1..]).Select(Math.Exp).ToArray(), new double[4]);
            new ItemCurve(graded, x[0], x.AsSpan(1)).ByParameters(Theta, c, probabilities, result);
            return result;
        }
    }

    [Fact]
    public void Parameters_ReadBackAsTheyWere_AndFaultsAreNamed()
    {
        var fit = IrtFit.Of(IrtLaws.Simulated(3, 400, 5, 4, IrtModel.GradedResponse), IrtModel.GradedResponse);
        var json = fit.Parameters!.ToJson();
        var back = IrtParameters.Load(json, "params.json");
        Assert.Equal(json, back.ToJson());
        foreach (var (item, read) in fit.Items.Zip(back.Items))
        {
            Assert.Equal(item.Item.Slope, read.Slope);
            Assert.Equal(item.Item.Thresholds, read.Thresholds);
            Assert.Equal(item.Item.Intercepts, read.Intercepts);
        }

        Assert.Equal(400, back.Source.People);
        var text = Encoding.UTF8.GetString(json);
        Refused("$.model", text.Replace("\"grm\"", "\"irt\"", StringComparison.Ordinal));
        Refused("$.kind", text.Replace("irt-parameters", "norms", StringComparison.Ordinal));
        Refused("$.latent", text.Replace("\"sd\": 1", "\"sd\": 0", StringComparison.Ordinal));
        Refused("$.items[1].values", text.Replace("\"id\": \"q2\",", "\"id\": \"q2\", \"x\": 1,", StringComparison.Ordinal), "unknown-member");
        var broken = Assert.Throws<DefinitionException>(() => IrtParameters.Create(IrtModel.GradedResponse, [("a", 1, [1.0, 0.5], 0), ("a", 0, [0.0], 0)]));
        Assert.Contains(broken.Problems, p => p.Path == "$.items[0].b");
        Assert.Contains(broken.Problems, p => p.Path == "$.items[1].a");
        Assert.Contains(broken.Problems, p => p.Path == "$.items");

        static void Refused(string path, string document, string? code = null) =>
            Assert.Contains(Assert.Throws<DefinitionException>(() => IrtParameters.Load(Encoding.UTF8.GetBytes(document), "params.json")).Problems, p => code is null ? p.Path == path : p.Code == code);
    }

    [Fact]
    public void AnswersThatNobodyGave_ArePutToTheirNeighbour_AndRecorded()
    {
        var matrix = IrtLaws.Simulated(5, 500, 4, 4, IrtModel.GradedResponse);
        // Nobody answers 0 or 2 to q1; 1 and 3 are left.
        var columns = Enumerable.Range(0, 4).Select(matrix.Column).ToArray();
        columns[0] = [.. columns[0].Select(x => x < 2 ? 1.0 : 3)];
        var fit = IrtFit.Of(ItemMatrix.FromColumns(matrix.ItemIds, columns, 0, 3), IrtModel.GradedResponse);
        Assert.True(fit.Converged);
        Assert.Equal([0, 2], fit.Items[0].Collapsed);
        Assert.Equal([[0, 1, 2], [3]], fit.Items[0].Item.Values);
        Assert.Single(fit.Items[0].Item.Thresholds);
        Assert.Contains("nobody answered 0, 2", fit.ToString(), StringComparison.Ordinal);
        var scorer = new IrtScorer(fit.Parameters!);
        Assert.Equal(scorer.Score([1, 1, 1, 1]), scorer.Score([2, 1, 1, 1]));
        Assert.Contains("'q1'", Assert.Throws<ArgumentException>(() => scorer.Score([7, 1, 1, 1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatCannotBeEstimated_GivesNoNumbers_AndSaysWhy()
    {
        var matrix = IrtLaws.Simulated(7, 300, 4, 3, IrtModel.GradedResponse);
        var flat = ItemMatrix.FromColumns(matrix.ItemIds, [matrix.Column(0), matrix.Column(1), matrix.Column(2), [.. matrix.Column(3).Select(_ => 1.0)]], 0, 2);
        Nothing(IrtFit.Of(flat, IrtModel.GradedResponse), EstimateStatus.NoVariance);
        Assert.Equal(["q4"], IrtFit.Of(flat, IrtModel.GradedResponse).ItemsWithoutVariance);
        Nothing(IrtFit.Of(matrix.WithItems(["q1", "q2"]), IrtModel.GradedResponse), EstimateStatus.TooFewItems);
        Nothing(IrtFit.Of(matrix.WithPersons([0]), IrtModel.GradedResponse), EstimateStatus.TooFewPeople);
        Nothing(IrtFit.Of(ResponsePatterns.Of(matrix), IrtModel.GradedResponse, new IrtFitOptions { MaxIterations = 2 }), EstimateStatus.NotConverged);
        Assert.Contains("two-parameter", Assert.Throws<ArgumentException>(() => IrtFit.Of(matrix, IrtModel.TwoParameter)).Message, StringComparison.Ordinal);

        // One item repeated three times separates the people: slopes have no maximum.
        Nothing(IrtFit.Of(ItemMatrix.FromColumns(["a", "b", "c"], [matrix.Column(0), matrix.Column(0), matrix.Column(0)], 0, 2), IrtModel.GradedResponse), EstimateStatus.NotConverged);

        static void Nothing(IrtFit fit, EstimateStatus status)
        {
            Assert.Equal(status, fit.Status);
            Assert.False(fit.Converged || fit.LogLikelihood.HasValue || fit.Bic.HasValue);
            Assert.Empty(fit.Items);
            Assert.Null(fit.Parameters);
            Assert.Contains("not estimated", fit.ToString(), StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => IrtItemMisfit.Of(fit));
        }
    }

    [Fact]
    public void ATurnedItem_HasANegativeSlope()
    {
        var matrix = IrtLaws.Simulated(11, 1000, 5, 4, IrtModel.GradedResponse);
        var (straight, turned) = (IrtFit.Of(matrix, IrtModel.GradedResponse), IrtFit.Of(matrix.Reverse(["q2"]), IrtModel.GradedResponse));
        Assert.Equal(straight.LogLikelihood.Value, turned.LogLikelihood.Value, 1e-6);
        Assert.Equal(-straight.Items[1].Item.Slope, turned.Items[1].Item.Slope, 1e-4);
    }

    [Fact]
    public void TheTable_NamesPeopleConventionAndRCall()
    {
        var text = IrtFit.Of(IrtLaws.Simulated(13, 300, 4, 3, IrtModel.Rasch), IrtModel.Rasch).ToString();
        Assert.StartsWith("Rasch model of 4 items; n 300 of 300", text, StringComparison.Ordinal);
        Assert.Contains("(fixed)", text, StringComparison.Ordinal);
        Assert.Contains("itemtype = 'Rasch'", text, StringComparison.Ordinal);
        Assert.Equal(IrtModelText.Ids, Enum.GetValues<IrtModel>().Select(IrtModelText.IdOf));
        Assert.All(Enum.GetValues<IrtModel>(), model => Assert.NotEmpty(IrtModelText.NameOf(model).ZhHans));
    }
}
