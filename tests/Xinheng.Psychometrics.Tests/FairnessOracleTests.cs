using System.Text.Json;

namespace Xinheng.Psychometrics.Tests;

/// <summary>Differential functioning of real data, as base R, difR and rms computed it.</summary>
public class FairnessOracleTests
{
    public static TheoryData<string, string, string, string> Studies => new()
    {
        { "bfi25", "neuroticism", "gender", "dif_neuroticism_by_gender.json" },
        { "dass42_a", "depression", "gender", "dif_depression_by_gender.json" },
        { "promis_anxiety", "anxiety", "age", "dif_anxiety_by_age.json" },
        { "promis_anxiety", "anxiety", "gender", "dif_anxiety_by_gender.json" },
        { "rse_a", "selfesteem", "gender", "dif_selfesteem_by_gender.json" },
        { "tma_a", "anxiety", "gender", "dif_anxiety_by_gender.json" },
    };

    [Theory]
    [MemberData(nameof(Studies))]
    public void EveryItem_IsWhatRComputed(string dataSet, string scale, string covariate, string file)
    {
        var golden = Oracles.Golden(dataSet, file);
        var study = Look(dataSet, scale, covariate, golden, PurifyRule.None);
        Assert.Equal((golden.GetProperty("n_reference").GetInt32(), golden.GetProperty("n_focal").GetInt32()), (study.ReferenceCount, study.FocalCount));
        var comparison = new Comparison($"{dataSet} {file}");
        foreach (var item in study.Items)
        {
            var expected = golden.GetProperty("ordinal").GetProperty(item.Id);
            var mantelhaen = expected.GetProperty("mantelhaen");
            if (mantelhaen.TryGetProperty("error", out _))
            {
                Assert.Equal(EstimateStatus.NotPositiveDefinite, item.Generalized.Status); // R: singular matrix
            }
            else
            {
                comparison.Same($"{item.Id} generalized", mantelhaen.GetProperty("statistic").GetDouble(), item.Generalized, 1e-8 * Math.Max(1, item.Generalized.Value));
                Assert.Equal(mantelhaen.GetProperty("df").GetInt32(), item.GeneralizedDf);
            }

            var logistic = expected.GetProperty("ordinal_logistic_sumscore");
            comparison.Same($"{item.Id} dev_null", logistic.GetProperty("dev_null").GetDouble(), item.Logistic.Deviance(0), 1e-4);
            for (var model = 1; model <= 3; model++)
            {
                comparison.Same($"{item.Id} dev_M{model}", logistic.GetProperty($"dev_M{model}").GetDouble(), item.Logistic.Deviance(model), 1e-4);
                comparison.Same($"{item.Id} nagelkerke {model}", logistic.GetProperty("nagelkerke")[model - 1].GetDouble(), item.Logistic.Nagelkerke(model), 1e-6);
                comparison.Same($"{item.Id} mcfadden {model}", logistic.GetProperty("mcfadden")[model - 1].GetDouble(), item.Logistic.McFadden(model), 1e-6);
            }

            comparison.Same($"{item.Id} chi2_12", logistic.GetProperty("chi2_12").GetDouble(), item.Logistic.Uniform, 1e-4);
            comparison.Same($"{item.Id} chi2_23", logistic.GetProperty("chi2_23").GetDouble(), item.Logistic.NonUniform, 1e-4);
            comparison.Same($"{item.Id} chi2_13", logistic.GetProperty("chi2_13").GetDouble(), item.Logistic.Total, 1e-4);
            comparison.Same($"{item.Id} p12", logistic.GetProperty("p12").GetDouble(), item.Logistic.UniformP, 1e-4);
            comparison.Same($"{item.Id} p13", logistic.GetProperty("p13").GetDouble(), item.Logistic.TotalP, 1e-4);
            comparison.Same($"{item.Id} beta_tot_M1", logistic.GetProperty("beta_tot_M1").GetDouble(), item.Logistic.MatchingSlope, 1e-4);
            comparison.Same($"{item.Id} beta_grp_M2", logistic.GetProperty("beta_grp_M2").GetDouble(), item.Logistic.GroupSlope, 1e-4);
            var (one, two) = (logistic.GetProperty("beta_tot_M1").GetDouble(), logistic.GetProperty("beta_tot_M2").GetDouble());
            comparison.Same($"{item.Id} change of beta", Math.Abs((two - one) / one), item.Logistic.SlopeChange, 1e-4);
            var full = item.Logistic.Full[^3..];
            foreach (var (name, value) in new[] { ("tot", full[0]), ("grp", full[1]), ("tot * grp", full[2]) })
            {
                comparison.Same($"{item.Id} M3 {name}", logistic.GetProperty("coef_M3").GetProperty(name).GetDouble(), value, 1e-3);
            }
        }

        comparison.Finish(atLeast: study.Items.Count * 20);
    }

    [Fact]
    public void ItemsOfTwoAnswers_AreWhatDifRComputed_PurifiedToo()
    {
        const string file = "dif_anxiety_by_gender.json";
        var golden = Oracles.Golden("tma_a", file);
        var comparison = new Comparison("tma_a difR");
        var study = Look("tma_a", "anxiety", "gender", golden, PurifyRule.None);
        Mantel("MH", study);
        foreach (var item in study.Items)
        {
            comparison.Same($"{item.Id} without correction", golden.GetProperty("MH_nocorrect").GetProperty("MH_chisq").GetProperty(item.Id).GetDouble(), item.Mantel, 1e-8 * Math.Max(1, item.Mantel.Value));
            comparison.Same($"{item.Id} standardization", golden.GetProperty("standardization").GetProperty("STD_PDIF").GetProperty(item.Id).GetDouble(), item.MeanDifference, 1e-8);
            foreach (var (name, value, gain) in new[] { ("logistic_both", item.Logistic.Total, 3), ("logistic_udif", item.Logistic.Uniform, 2), ("logistic_nudif", item.Logistic.NonUniform, 0) })
            {
                comparison.Same($"{item.Id} {name}", golden.GetProperty(name).GetProperty("LRT").GetProperty(item.Id).GetDouble(), value, 1e-4);
                if (gain > 0)
                {
                    // difR 5.1 divides by 1 - exp(-deviance / 2)^(2 / n), where the likelihood runs under: then it divides by 1. rms does not, see above.
                    var most = Math.Exp(-item.Logistic.Deviance(0).Value / 2) > 0 ? 1 : 1 - Math.Exp(-item.Logistic.Deviance(0).Value / item.Logistic.PersonCount);
                    comparison.Same($"{item.Id} {name} gain", golden.GetProperty(name).GetProperty("deltaR2_nagelkerke").GetProperty(item.Id).GetDouble(), (item.Logistic.Nagelkerke(gain).Value - item.Logistic.Nagelkerke(1).Value) * most, 1e-6);
                }
            }
        }

        Flagged("logistic_both", study.Items.Where(i => i.Logistic.TotalP.Value < 0.05));
        Flagged("logistic_udif", study.Items.Where(i => i.Logistic.UniformP.Value < 0.05));
        Flagged("logistic_nudif", study.Items.Where(i => i.Logistic.NonUniformP.Value < 0.05));
        var purified = Look("tma_a", "anxiety", "gender", golden, PurifyRule.Significance);
        Mantel("MH_purified", purified);
        Assert.True(purified.IsSettled);
        Assert.Equal(golden.GetProperty("MH_purified").GetProperty("nrPur").GetInt32(), purified.Rounds);
        comparison.Finish(atLeast: 50 * 14);

        void Mantel(string name, DifferentialFunctioning found)
        {
            var expected = golden.GetProperty(name);
            foreach (var item in found.Items)
            {
                comparison.Same($"{item.Id} {name} chi2", expected.GetProperty("MH_chisq").GetProperty(item.Id).GetDouble(), item.MantelHaenszel, 1e-8 * Math.Max(1, item.MantelHaenszel.Value));
                comparison.Same($"{item.Id} {name} alpha", expected.GetProperty("alphaMH").GetProperty(item.Id).GetDouble(), item.OddsRatio, 1e-8);
                comparison.Same($"{item.Id} {name} delta", expected.GetProperty("deltaMH").GetProperty(item.Id).GetDouble(), item.Delta, 1e-8);
                comparison.Same($"{item.Id} {name} error", 2.35 * Math.Sqrt(expected.GetProperty("varLambda").GetProperty(item.Id).GetDouble()), item.DeltaError, 1e-8);
            }

            Flagged(name, found.Items.Where(i => i.MantelP.Value < 0.05));
        }

        void Flagged(string name, IEnumerable<ItemDifference> items) =>
            Assert.Equal(golden.GetProperty(name).GetProperty("DIFitems").EnumerateArray().Select(i => i.GetString()), items.Select(i => i.Id));
    }

    [Theory]
    [InlineData("gender")]
    [InlineData("age")]
    public void MatchedByPlacesOnTheTrait_NoItemIsLarge_AsLordifFound(string covariate)
    {
        // lordif estimates the places anew from answers that it puts together where a group has fewer than five; ours are mirt's from the answers as they are. So effects are alike, to the third digit.
        var golden = Oracles.Golden("promis_anxiety", $"dif_anxiety_by_{covariate}.json");
        var (header, rows) = Oracles.Csv("golden", "promis_anxiety", "irt_anxiety_persons.csv");
        var places = rows.ToDictionary(r => r[0], r => Oracles.Number(r[Array.IndexOf(header, "EAP")]));
        var study = DifferentialFunctioning.Of(
            Oracles.Scale("promis_anxiety", "anxiety"), Oracles.Column("promis_anxiety", covariate), "0", "1",
            DifOptions.Default with { Purify = PurifyRule.None, Matching = [.. Oracles.Column("promis_anxiety", "id").Select(id => places[id])] });
        var stats = golden.GetProperty("lordif_R2").GetProperty("stats").GetProperty("values");
        var comparison = new Comparison($"lordif {covariate}");
        for (var item = 0; item < study.Items.Count; item++)
        {
            var logistic = study.Items[item].Logistic;
            comparison.Same($"{study.Items[item].Id} gain", stats[item][7].GetDouble(), logistic.McFaddenGain, 0.003);
            comparison.Same($"{study.Items[item].Id} beta", stats[item][5].GetDouble(), logistic.SlopeChange, 0.01);
        }

        Assert.Empty(golden.GetProperty("lordif_R2").GetProperty("flag").EnumerateArray());
        Assert.DoesNotContain(study.Items, i => i.Logistic.McFaddenGain.Value >= 0.02);
        comparison.Finish(atLeast: 29 * 2);
    }

    private static DifferentialFunctioning Look(string dataSet, string scale, string covariate, JsonElement golden, PurifyRule purify) => DifferentialFunctioning.Of(
        Oracles.Scale(dataSet, scale), Oracles.Column(dataSet, covariate), golden.GetProperty("reference").ToString(), golden.GetProperty("focal").ToString(), DifOptions.Default with { Purify = purify });
}
