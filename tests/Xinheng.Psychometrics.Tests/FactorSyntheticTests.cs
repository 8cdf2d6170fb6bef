namespace Xinheng.Psychometrics.Tests;

/// <summary>Factor analysis of the project's own answers, as psych, factanal and polycor computed it (oracle/README.md says how).</summary>
public class FactorSyntheticTests
{
    private static readonly Dictionary<string, double> Golden = SyntheticOracleTests.Values("golden-factor.csv");

    private readonly HashSet<string> _compared = [];

    private readonly Comparison _comparison = new("synthetic");

    [Fact]
    public void EveryValue_IsWhatRComputed()
    {
        var answers = SyntheticOracleTests.Answers;
        var correlations = answers.Covariances();
        Same("n", correlations.UsedCount, 0);
        var adequacy = SamplingAdequacy.Of(correlations);
        Same("kmo", adequacy.Overall.Value, 1e-8);
        for (var i = 0; i < 8; i++)
        {
            Same($"kmo {answers.ItemIds[i]}", adequacy.Items[i].Value, 1e-8);
        }

        Same("bartlett", adequacy.BartlettChiSquare.Value, 1e-5);
        Same("bartlett df", adequacy.BartlettDegreesOfFreedom, 0);
        var parallel = ParallelAnalysis.Of(answers, draws: 50);
        var map = MinimumAveragePartial.Of(correlations);
        for (var m = 1; m <= 8; m++)
        {
            Same($"eigenvalue {m}", parallel.Eigenvalues[m - 1], 1e-8);
        }

        for (var m = 1; m <= 4; m++)
        {
            Same($"map {m}", map.Averages[m], 1e-8);
        }

        // psych's minres stops at 1e-7 of its function, GPArotation's oblimin at a slope of 1e-5, factanal at 1e4 machine digits.
        var one = FactorAnalysis.Of(correlations, 1);
        Loadings("minres1", one, one.UnrotatedLoading, 5e-4);
        Fit("minres1", one);
        var two = FactorAnalysis.Of(correlations, 2);
        Loadings("oblimin2", two, two.Loading, 2e-3);
        Same("oblimin2 phi", two.FactorCorrelation(0, 1), 2e-3);
        Fit("oblimin2", two);
        var ml = FactorAnalysis.Of(correlations, 2, ExtractionMethod.MaximumLikelihood, FactorRotation.None);
        Loadings("ml2", ml, ml.Loading, 1e-4);
        Same("ml2 chi", ml.ChiSquare.Value, 1e-5);
        var varimax = FactorAnalysis.Of(correlations, 2, ExtractionMethod.MaximumLikelihood, FactorRotation.Varimax);
        Loadings("varimax2", varimax, varimax.Loading, 1e-4);
        var promax = FactorAnalysis.Of(correlations, 2, ExtractionMethod.MaximumLikelihood, FactorRotation.Promax);
        Loadings("promax2", promax, promax.Loading, 2e-4);
        var polychoric = Polychoric.Of(answers).Correlations;
        for (var i = 1; i < 4; i++)
        {
            for (var j = 0; j < i; j++)
            {
                Same($"polychoric {answers.ItemIds[i]} {answers.ItemIds[j]}", polychoric.Correlation(i, j), 5e-5);
            }
        }

        var ordinal = FactorAnalysis.Of(polychoric, 1);
        Loadings("polychoric1", ordinal, ordinal.Loading, 5e-4);
        _comparison.Finish(atLeast: 100);
        Assert.Empty(Golden.Keys.Except(_compared)); // Nothing that R computed is left out.
    }

    private void Loadings(string label, FactorAnalysis analysis, Func<int, int, double> ours, double tolerance)
    {
        // Up to the order and the sign of columns.
        for (var f = 1; f <= analysis.FactorCount; f++)
        {
            double Golden1(int i) => Golden[$"{label} {analysis.Correlations.ItemIds[i]} {f}"];
            var like = Enumerable.Range(0, analysis.FactorCount).Select(g => Enumerable.Range(0, 8).Sum(i => Golden1(i) * ours(i, g))).ToArray();
            var own = Enumerable.Range(0, like.Length).MaxBy(g => Math.Abs(like[g]));
            for (var i = 0; i < 8; i++)
            {
                Same($"{label} {analysis.Correlations.ItemIds[i]} {f}", Math.Sign(like[own]) * ours(i, own), tolerance);
            }
        }
    }

    private void Fit(string label, FactorAnalysis analysis)
    {
        Same($"{label} chi", analysis.ChiSquare.Value, 1e-2);
        Same($"{label} df", analysis.DegreesOfFreedom, 0);
        Same($"{label} rmsea", analysis.Rmsea.Value, 1e-4);
        Same($"{label} rmsea lower", analysis.RmseaInterval.Lower, 1e-4);
        Same($"{label} rmsea upper", analysis.RmseaInterval.Upper, 1e-4);
        Same($"{label} tli", analysis.TuckerLewis.Value, 1e-4);
        Same($"{label} bic", analysis.Bic.Value, 1e-2);
        Same($"{label} rmsr", analysis.ResidualRootMeanSquare.Value, 1e-5);
    }

    private void Same(string name, double ours, double tolerance)
    {
        _compared.Add(name);
        _comparison.Same(name, Golden[name], ours, tolerance);
    }
}
