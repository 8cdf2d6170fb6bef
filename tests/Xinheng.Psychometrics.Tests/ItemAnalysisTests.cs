namespace Xinheng.Psychometrics.Tests;

/// <summary>Item analysis: real data against R, and the flags.</summary>
public class ItemAnalysisTests
{
    private const double Na = double.NaN;

    [Theory]
    [InlineData("bfi25", 5)]
    [InlineData("dass42_a", 3)]
    [InlineData("hads", 2)]
    [InlineData("pclc_wenchuan", 4)]
    [InlineData("phq9_nhanes", 1)]
    [InlineData("promis_anxiety", 1)]
    [InlineData("promis_dep28", 1)]
    [InlineData("rse_a", 1)]
    [InlineData("tma_a", 1)]
    public void EveryItemOfEveryScale_IsWhatRComputed(string dataSet, int scales)
    {
        var (header, rows) = Oracles.Csv("golden", dataSet, "items.csv");
        var comparison = new Comparison(dataSet);
        Assert.Equal(scales, rows.DistinctBy(row => row[0]).Count());
        foreach (var scale in rows.GroupBy(row => row[0]))
        {
            var matrix = Oracles.Scale(dataSet, scale.Key);
            var analysis = ItemAnalysis.Of(matrix, MissingTreatment.Listwise);
            foreach (var row in scale)
            {
                var item = analysis.Items[matrix.IndexOf(row[1])];
                var values = item.Categories.ToDictionary(c => c.Value, c => c.Count);
                for (var column = 2; column < header.Length; column++)
                {
                    var name = header[column];
                    var ours = name switch
                    {
                        "n" => item.Count,
                        "mean" => item.Mean,
                        "sd" => item.StandardDeviation,
                        "skew_type3" => item.Skewness.Value,
                        "kurtosis_type3" => item.Kurtosis.Value,
                        "difficulty" => item.Difficulty,
                        "r_item_total_raw" => item.ItemTotal.Value,
                        "r_std" => item.ItemTotalStandardized.Value,
                        "r_cor_psych" => item.ItemTotalCorrected.Value,
                        "r_item_rest" => item.ItemRest.Value,
                        "alpha_if_deleted" => item.AlphaIfDropped.Value,
                        "std_alpha_if_deleted" => item.AlphaStandardizedIfDropped.Value,
                        "G6_if_deleted" => item.Lambda6IfDropped.Value,
                        _ when name.StartsWith("count_", StringComparison.Ordinal) => values.GetValueOrDefault(Oracles.Number(name[6..])),
                        _ => throw new ArgumentException(name),
                    };
                    comparison.Same($"{scale.Key} {row[1]} {name}", Oracles.Number(row[column]), ours, 1e-9);
                }
            }
        }

        comparison.Finish(atLeast: 100);
    }

    [Fact]
    public void SmallMatrix_GivesWhatBaseRGives()
    {
        var analysis = ItemAnalysis.Of(ReliabilityTests.Eight, MissingTreatment.Listwise);
        double[] golden = [0.951861, 0.783929, 0.756238, 0.854676];
        Assert.All(golden.Zip(analysis.Items), pair => Assert.Equal(pair.First, pair.Second.ItemRest.Value, 5e-7));
    }

    [Fact]
    public void SharesAndFlags_SayWhatIsToBeSeen()
    {
        // Ten people. q1 and q2 agree; q3 runs against them; q4 is always 0; q5 is missing for two.
        double[] up = [0, 0, 0, 1, 1, 2, 2, 3, 3, 3];
        var analysis = ItemAnalysis.Of(
            ItemMatrix.FromColumns(
                ["q1", "q2", "q3", "q4", "q5"],
                [up, [0, 1, 0, 1, 1, 2, 2, 3, 2, 3], [.. up.Select(x => 3 - x)], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [Na, Na, 3, 3, 3, 3, 3, 3, 3, 2]],
                0,
                3),
            MissingTreatment.Pairwise);
        var items = analysis.Items;
        Assert.Equal((0.3, 0.3, 0.0), (items[0].FloorShare, items[0].CeilingShare, items[0].MissingShare));
        Assert.Equal(ItemConcerns.NegativeItemRest | ItemConcerns.BetterWithout, items[2].Concerns);
        Assert.Equal(ItemConcerns.NoVariance | ItemConcerns.Floor, items[3].Concerns);
        Assert.True(items[4].Concerns.HasFlag(ItemConcerns.ManyMissing | ItemConcerns.Ceiling));
        Assert.Equal((8, 0.875), (items[4].Count, items[4].CeilingShare));
        Assert.Equal(0.2, items[4].MissingShare, 1e-15);
        Assert.Equal(EstimateStatus.NoVariance, items[3].ItemRest.Status);

        // The item that nobody endorsed stays in the sum: alpha has a value, what rests on correlations has none.
        Assert.Equal(EstimateStatus.Ok, analysis.Reliability.Alpha.Status);
        Assert.Equal(EstimateStatus.NoVariance, analysis.Reliability.AlphaStandardized.Status);
        Assert.Contains("negative item-rest correlation: is it reversed?", analysis.ToString(), StringComparison.Ordinal);
        Assert.Equal(["无变异", "80% 及以上集中在最低分（地板效应）"], ItemText.Of(items[3].Concerns).Select(t => t.ZhHans));
        Assert.All(Enum.GetValues<ItemConcerns>().Where(f => f != ItemConcerns.None), flag => Assert.Single(ItemText.Of(flag)));
    }

    [Fact]
    public void Fractions_AreAnalysedLikeWholeAnswers()
    {
        var matrix = MomentLaws.AnyMatrix(new Random(11), 300, 4);
        var halves = ItemMatrix.FromColumns(matrix.ItemIds, [.. Enumerable.Range(0, 4).Select(i => matrix.Column(i).Select(x => x / 2).ToArray())], matrix.Minimum(0) / 2, matrix.Maximum(0) / 2);
        Assert.False(halves.IsWhole);
        foreach (var missing in Enum.GetValues<MissingTreatment>())
        {
            foreach (var (whole, half) in ItemAnalysis.Of(matrix, missing).Items.Zip(ItemAnalysis.Of(halves, missing).Items))
            {
                Assert.Equal((whole.Count, whole.MissingShare, whole.FloorShare, whole.Concerns), (half.Count, half.MissingShare, half.FloorShare, half.Concerns));
                Assert.Equal(whole.StandardDeviation / 2, half.StandardDeviation, 1e-12);
                Assert.Equal(whole.ItemRest.Value, half.ItemRest.Value, 1e-12);
                Assert.Equal(whole.Skewness.Value, half.Skewness.Value, 1e-12);
            }
        }
    }

    [Fact]
    public void CriticalItems_AreCountedByAnswersAndNotByBlanks()
    {
        var instrument = InstrumentCatalog.Default["phq-9"];
        var answers = new AnswerBlock(instrument, 4) { Count = 4 };
        for (var person = 0; person < 4; person++)
        {
            for (var item = 0; item < 9; item++)
            {
                answers.Set(person, item, person == 3 && item == 8 ? Answer.Skipped : item == 8 ? person : 1);
            }
        }

        var scores = new ScoreBlock(instrument, 4);
        Scorer.Compile(instrument).ScoreBatch(answers, scores);
        var found = CriticalEndorsement.Of(scores)[0];
        Assert.Equal(("9", 2, 3, 1), (found.Item, found.Endorsed, found.Answered, found.Unanswered));
        Assert.Equal(4, found.Merge(found).Endorsed);
        Assert.Equal(2.0 / 3, found.Share);
        Assert.Throws<ArgumentException>(() => found.Merge(found with { Id = "other" }));
    }
}
