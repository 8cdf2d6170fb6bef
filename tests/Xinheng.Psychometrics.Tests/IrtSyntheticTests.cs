namespace Xinheng.Psychometrics.Tests;

/// <summary>IRT on the project's own answers, as a second implementation in base R computed it, and eRm (oracle/README.md says how).</summary>
public class IrtSyntheticTests
{
    private static readonly string[] Four = ["q1", "q2", "q4", "q7"];

    private readonly HashSet<string> _compared = [];

    private readonly Comparison _comparison = new("synthetic");

    [Fact]
    public void EveryValue_IsWhatRComputed()
    {
        var four = SyntheticOracleTests.Answers.WithItems(Four);
        var two = Halved(SyntheticOracleTests.Answers);
        Fit("grm", four, IrtModel.GradedResponse, misfit: true, scores: true);
        Fit("gpcm", four, IrtModel.GeneralizedPartialCredit, misfit: false, scores: true);
        Fit("2pl", two, IrtModel.TwoParameter, misfit: true, scores: false);
        Fit("pcm", four, IrtModel.Rasch, misfit: false, scores: false);
        var rasch = Fit("rasch", two, IrtModel.Rasch, misfit: false, scores: true);

        // Conditional maximum likelihood takes no distribution of the trait; its origin is the mean of the items. Both are consistent, and what is left between
        // them is the normal trait that only one assumes: a fifth of a standard error (0.13) here.
        var complete = IrtFit.Of(two.CompleteCases(), IrtModel.Rasch);
        var mean = complete.Items.Average(i => i.Item.Thresholds[0]);
        foreach (var item in complete.Items)
        {
            Same($"cml b {item.Item.Id}", item.Item.Thresholds[0] - mean, 0.03);
        }

        Assert.Equal(8, rasch.Items.Count);
        _comparison.Finish(atLeast: 200);
        Assert.Empty(SyntheticOracleTests.Values("golden-irt.csv").Keys.Except(_compared)); // Nothing that R computed is left out.
    }

    private static ItemMatrix Halved(ItemMatrix matrix) => ItemMatrix.FromColumns(
        matrix.ItemIds, [.. Enumerable.Range(0, matrix.ItemCount).Select(i => matrix.Column(i).Select(x => double.IsNaN(x) ? x : x >= 1 ? 1.0 : 0).ToArray())], 0, 1);

    private IrtFit Fit(string label, ItemMatrix matrix, IrtModel model, bool misfit, bool scores)
    {
        var fit = IrtFit.Of(matrix, model);
        Assert.True(fit.Converged);

        // optim stops within about 1e-7 of the top, where the likelihood is flat by 1e-3 in its parameters; its Hessian is a difference quotient.
        Same($"{label} logLik", fit.LogLikelihood.Value, 1e-4);
        if (model == IrtModel.Rasch)
        {
            Same($"{label} sd", fit.LatentStandardDeviation.Value, 1e-3);
            Same($"{label} se sd", fit.LatentStandardError.Value, 1e-3);
        }

        foreach (var item in fit.Items)
        {
            if (model != IrtModel.Rasch)
            {
                Same($"{label} a {item.Item.Id}", item.Item.Slope, 2e-3);
                Same($"{label} se a {item.Item.Id}", item.SlopeStandardError.Value, 2e-3);
            }

            for (var k = 0; k < item.Item.Thresholds.Count; k++)
            {
                Same($"{label} b {item.Item.Id} {k + 1}", item.Item.Thresholds[k], 2e-3);
                Same($"{label} se b {item.Item.Id} {k + 1}", item.ThresholdStandardErrors[k].Value, 2e-3);
            }
        }

        if (scores)
        {
            var ours = new IrtScorer(fit.Parameters!, 61).ScoreBatch(matrix);
            for (var p = 1; p <= 10; p++)
            {
                Same($"{label} theta {p}", ours[p - 1].Theta, 1e-3);
                Same($"{label} theta se {p}", ours[p - 1].StandardError, 1e-3);
            }
        }

        foreach (var item in misfit ? IrtItemMisfit.Of(fit) : [])
        {
            Same($"{label} S-X2 {item.Id}", item.ChiSquare.Value, 2e-2);
            Same($"{label} df {item.Id}", item.DegreesOfFreedom, 0);
        }

        return fit;
    }

    private void Same(string name, double ours, double tolerance)
    {
        _compared.Add(name);
        _comparison.Same(name, SyntheticOracleTests.Values("golden-irt.csv")[name], ours, tolerance);
    }
}
