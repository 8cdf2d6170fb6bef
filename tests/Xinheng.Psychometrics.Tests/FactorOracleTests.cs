using System.Text.Json;

namespace Xinheng.Psychometrics.Tests;

/// <summary>Factor analysis of real answers, as psych, nFactors and factanal computed it.</summary>
public class FactorOracleTests
{
    public static TheoryData<string> DataSets => ["bfi25", "dass42_a", "hads", "pclc_wenchuan", "phq9_nhanes", "promis_anxiety", "promis_dep28", "rse_a", "tma_a"];

    [Theory]
    [MemberData(nameof(DataSets))]
    public void AdequacyEigenvaluesAndComponents_AreThoseOfR(string dataSet)
    {
        var golden = Oracles.Golden(dataSet, "factor.json");
        var matrix = Oracles.All(dataSet, Oracles.Items(dataSet));
        var correlations = matrix.Covariances();
        Assert.Equal(golden.GetProperty("n_listwise").GetInt64(), correlations.UsedCount);
        var comparison = new Comparison(dataSet);
        var adequacy = SamplingAdequacy.Of(correlations);
        var kmo = golden.GetProperty("kmo");
        comparison.Same("KMO", kmo.GetProperty("overall").GetDouble(), adequacy.Overall, 1e-8);
        for (var i = 0; i < matrix.ItemCount; i++)
        {
            comparison.Same($"KMO {matrix.ItemIds[i]}", kmo.GetProperty("items").GetProperty(matrix.ItemIds[i]).GetDouble(), adequacy.Items[i], 1e-8);
        }

        var bartlett = golden.GetProperty("bartlett");
        comparison.Same("Bartlett", bartlett.GetProperty("chisq").GetDouble(), adequacy.BartlettChiSquare, 1e-8 * bartlett.GetProperty("chisq").GetDouble());
        comparison.Same("Bartlett p", bartlett.GetProperty("p.value").GetDouble(), adequacy.BartlettP, 1e-8);
        Assert.Equal(bartlett.GetProperty("df").GetInt32(), adequacy.BartlettDegreesOfFreedom);
        var map = MinimumAveragePartial.Of(correlations);
        foreach (var (value, m) in golden.GetProperty("map_velicer").EnumerateArray().Select((v, m) => (v.GetDouble(), m + 1)))
        {
            comparison.Same($"MAP {m}", value, map.Averages[m], 1e-8);
        }

        var horn = golden.GetProperty("parallel_nFactors_components");
        var parallel = ParallelAnalysis.Of(matrix, ParallelReference.Normal);
        var permuted = ParallelAnalysis.Of(matrix, ParallelReference.Permutation, draws: 100);
        var near = false;
        for (var m = 0; m < matrix.ItemCount; m++)
        {
            var (mean, quantile) = (horn.GetProperty("mean")[m].GetDouble(), horn.GetProperty("q95")[m].GetDouble());
            comparison.Same($"eigenvalue {m + 1}", golden.GetProperty("eigenvalues_pearson")[m].GetDouble(), parallel.Eigenvalues[m], 1e-8);
            comparison.Same($"reference mean {m + 1}", mean, parallel.ReferenceMeans[m], 0.01);
            comparison.Same($"reference 95 % {m + 1}", quantile, parallel.ReferenceQuantiles[m], 0.02);
            comparison.Same($"permuted mean {m + 1}", mean, permuted.ReferenceMeans[m], 0.02);
            near |= Math.Abs(parallel.Eigenvalues[m] - quantile) < 0.03;
        }

        if (!near)
        {
            Assert.Equal(golden.GetProperty("n_components_parallel").GetInt32(), parallel.Count);
            Assert.Equal(golden.GetProperty("n_components_parallel").GetInt32(), permuted.Count);
        }

        comparison.Finish(atLeast: 50);
    }

    [Theory]
    [MemberData(nameof(DataSets))]
    public void Factors_AreThoseOfR(string dataSet)
    {
        var correlations = Oracles.All(dataSet, Oracles.Items(dataSet)).Covariances();
        var k = correlations.ItemCount;
        var comparison = new Comparison(dataSet);
        foreach (var solution in Oracles.Golden(dataSet, "factor.json").GetProperty("efa_pearson").EnumerateObject())
        {
            var (p, golden) = (int.Parse(solution.Name.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture), solution.Value);
            var minres = FactorAnalysis.Of(correlations, p);
            Same($"minres {p}", golden.GetProperty("unrotated_minres"), minres.UnrotatedLoading, 5e-4);
            for (var i = 0; i < k; i++)
            {
                comparison.Same($"communality {p} {correlations.ItemIds[i]}", golden.GetProperty("communality").GetProperty(correlations.ItemIds[i]).GetDouble(), minres.Communality(i), 1e-3);
            }

            var chi = golden.GetProperty("chi").GetDouble();
            comparison.Same($"chi {p}", chi, minres.ChiSquare, 1e-3 * chi);
            Assert.Equal(golden.GetProperty("dof").GetInt32(), minres.DegreesOfFreedom);
            comparison.Same($"p {p}", golden.GetProperty("p").GetDouble(), minres.P, 1e-6);
            var rmsea = golden.GetProperty("rmsea");
            comparison.Same($"RMSEA {p}", rmsea.GetProperty("RMSEA").GetDouble(), minres.Rmsea, 1e-4);
            comparison.Same($"RMSEA lower {p}", rmsea.GetProperty("lower").GetDouble(), minres.RmseaInterval.Lower, 1e-4);
            comparison.Same($"RMSEA upper {p}", rmsea.GetProperty("upper").GetDouble(), minres.RmseaInterval.Upper, 1e-4);
            comparison.Same($"TLI {p}", golden.GetProperty("tli").GetDouble(), minres.TuckerLewis, 1e-4);
            comparison.Same($"BIC {p}", golden.GetProperty("bic").GetDouble(), minres.Bic, 1e-3 * chi);
            comparison.Same($"RMSR {p}", golden.GetProperty("rms").GetDouble(), minres.ResidualRootMeanSquare, 1e-5);
            if (golden.TryGetProperty("oblimin", out var oblimin))
            {
                var order = Same($"oblimin {p}", oblimin.GetProperty("loadings"), minres.Loading, 2e-3);
                for (var f = 0; f < p; f++)
                {
                    for (var g = 0; g < f; g++)
                    {
                        comparison.Same($"Phi {p} {f} {g}", Math.Abs(oblimin.GetProperty("Phi").GetProperty("values")[f][g].GetDouble()), Math.Abs(minres.FactorCorrelation(order[f], order[g])), 2e-3);
                    }
                }

                Same($"varimax {p}", golden.GetProperty("varimax"), FactorAnalysis.Of(correlations, p, rotation: FactorRotation.Varimax).Loading, 3e-3); // stats::varimax stops at a relative gain of 1e-5
            }

            if (golden.TryGetProperty("ml_factanal", out var ml))
            {
                var ours = FactorAnalysis.Of(correlations, p, ExtractionMethod.MaximumLikelihood, FactorRotation.Promax);
                for (var i = 0; i < k; i++)
                {
                    comparison.Same($"ML uniqueness {p} {correlations.ItemIds[i]}", ml.GetProperty("uniquenesses").GetProperty(correlations.ItemIds[i]).GetDouble(), ours.Uniqueness(i), 5e-4);
                }

                Same($"ML {p}", ml.GetProperty("loadings_unrotated"), ours.UnrotatedLoading, 2e-3);
                comparison.Same($"ML chi {p}", ml.GetProperty("chisq").GetDouble(), ours.ChiSquare, 1e-4 * ml.GetProperty("chisq").GetDouble());
                Assert.Equal(ml.GetProperty("dof").GetInt32(), ours.DegreesOfFreedom);
                Same($"promax {p}", golden.GetProperty("ml_promax").GetProperty("loadings"), ours.Loading, 2e-3);
            }

            int[] Same(string name, JsonElement loadings, Func<int, int, double> ours, double tolerance)
            {
                // Up to the order and the sign of columns: each golden column has the one of ours that is most like it.
                var values = loadings.GetProperty("values");
                var order = new int[p];
                for (var f = 0; f < p; f++)
                {
                    var like = Enumerable.Range(0, p).Select(g => Enumerable.Range(0, k).Sum(i => values[i][f].GetDouble() * ours(i, g))).ToArray();
                    order[f] = Enumerable.Range(0, p).MaxBy(g => Math.Abs(like[g]));
                    for (var i = 0; i < k; i++)
                    {
                        comparison.Same($"{name} {correlations.ItemIds[i]} F{f + 1}", values[i][f].GetDouble(), Math.Sign(like[order[f]]) * ours(i, order[f]), tolerance);
                    }
                }

                Assert.Equal(p, order.Distinct().Count());
                return order;
            }
        }

        comparison.Finish(atLeast: 20);
    }
}
