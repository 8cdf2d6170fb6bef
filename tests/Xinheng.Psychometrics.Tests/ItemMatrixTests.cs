namespace Xinheng.Psychometrics.Tests;

/// <summary>The matrix of answers and its moments, against sums that are written out plainly.</summary>
public class ItemMatrixTests
{
    private const double Na = double.NaN;

    private static readonly string[] Ids = ["a", "b", "c"];

    [Fact]
    public void Moments_OfCompleteCases_AreTheTextbookCovariances()
    {
        // Means 2, 3, 2; deviations (-1 0 1), (-2 1 1), (1 0 -1): covariances by hand, divisor 2.
        var matrix = ItemMatrix.FromRows(Ids, new double[,] { { 1, 1, 3 }, { 2, 4, 2 }, { 3, 4, 1 }, { 5, Na, 1 } }, 1, 5);
        var moments = matrix.ToMoments();
        Assert.Equal((4, 3, 0), (moments.PersonCount, moments.CompleteCount, moments.EmptyCount));
        var found = moments.Covariances(MissingTreatment.Listwise);
        Assert.Equal([2, 3, 2], new[] { found.Mean(0), found.Mean(1), found.Mean(2) });
        Assert.Equal(new double[,] { { 1, 1.5, -1 }, { 1.5, 3, -1.5 }, { -1, -1.5, 1 } }, found.ToCovariances());
        Assert.Equal(-1, found.Correlation(0, 2), 15);
        Assert.Equal((3, 3), (found.UsedCount, found.SmallestPairCount));
    }

    [Fact]
    public void PairwiseMoments_UseAllWhoAnsweredBoth()
    {
        var matrix = ItemMatrix.FromRows(Ids, new double[,] { { 1, 1, 3 }, { 2, 4, 2 }, { 3, 4, 1 }, { 6, Na, 2 }, { Na, Na, Na } });
        var found = matrix.Covariances(MissingTreatment.Pairwise);
        Assert.Equal((4, 3, 5), (found.UsedCount, found.SmallestPairCount, found.PersonCount));
        Assert.Equal(3, found.Mean(0)); // (1 + 2 + 3 + 6) / 4
        Assert.Equal(14.0 / 3, found.Variance(0), 15); // 4 + 1 + 0 + 9
        Assert.Equal(1.5, found.Covariance(0, 1), 15); // about 2 and 3, the means of the three
        Assert.Equal(1.5 / Math.Sqrt(3), found.Correlation(0, 1), 15);
    }

    [Theory]
    [InlineData(MissingTreatment.Listwise)]
    [InlineData(MissingTreatment.Pairwise)]
    public void BytesWideIntegersAndFractions_GiveTheSameCovariances(MissingTreatment missing)
    {
        // The same answers as bytes, as whole numbers beyond a byte and as fractions take three ways through the code.
        var random = new Random(5);
        var columns = Enumerable.Range(0, 7).Select(item => Enumerable.Range(0, 5000).Select(_ => random.NextDouble() < 0.03 ? Na : random.Next(0, item + 2)).ToArray()).ToArray();
        string[] ids = [.. Enumerable.Range(1, 7).Select(i => $"q{i}")];
        var bytes = ItemMatrix.FromColumns(ids, columns).Covariances(missing);
        var wide = ItemMatrix.FromColumns(ids, [.. columns.Select(c => c.Select(x => x * 1000).ToArray())]);
        var fractions = ItemMatrix.FromColumns(ids, [.. columns.Select(c => c.Select(x => x / 8).ToArray())]);
        Assert.True(wide.IsWhole);
        Assert.False(fractions.IsWhole);
        var (ofWide, ofFractions) = (wide.Covariances(missing), fractions.Covariances(missing));
        for (var i = 0; i < 7; i++)
        {
            for (var j = 0; j < 7; j++)
            {
                Assert.Equal(bytes.Covariance(i, j) * 1e6, ofWide.Covariance(i, j), 1e-6);
                Assert.Equal(bytes.Covariance(i, j) / 64, ofFractions.Covariance(i, j), 1e-13);
                Assert.Equal(bytes.Correlation(i, j), ofFractions.Correlation(i, j), 1e-13);
                Assert.Equal(bytes.PairCount(i, j), ofFractions.PairCount(i, j));
            }
        }
    }

    [Fact]
    public void Reverse_UsesTheDeclaredRange_NotTheAnswers()
    {
        // Nobody chose 5, and 2 still becomes 4.
        var matrix = ItemMatrix.FromColumns(["a"], [[2, 4, Na]], 1, 5).Reverse(["a"]);
        Assert.Equal([4, 2, Na], matrix.Column(0));
        Assert.Equal([new ItemCategory(2, 1), new ItemCategory(4, 1)], matrix.Categories(0));
        var undeclared = Assert.Throws<ArgumentException>(() => ItemMatrix.FromColumns(["a"], [[2, 4]]).Reverse(["a"]));
        Assert.Contains("Item 'a' has no declared range", undeclared.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_AreKeyedAsTheScoreKeysThem()
    {
        var instrument = InstrumentCatalog.Default["rses-en"];
        var answers = new AnswerBlock(instrument, 2) { Count = 2 };
        for (var item = 0; item < instrument.Items.Count; item++)
        {
            var options = ((OptionSet)instrument.ResponsesOf(item)).Options;
            answers.Set(0, item, options[0].Code);
            answers.Set(1, item, item == 4 ? Answer.Refused : options[^1].Code);
        }

        var matrix = ItemMatrix.FromAnswers(answers, "total");
        var report = Scorer.Compile(instrument).Score([.. Enumerable.Range(0, 10).Select(item => answers.Get(0, item))]);
        Assert.Equal(report["total"].Value, matrix.SumScores()[0]);
        Assert.True(double.IsNaN(matrix[1, 4]));
        Assert.False(matrix.IsComplete(1));
        Assert.Equal(10, matrix.ItemCount);
    }

    /// <summary>Every sum, mean and count over items of every instrument: where nothing is missing, the items make the score.</summary>
    [Theory]
    [MemberData(nameof(Instruments))]
    public void KeyedItems_MakeTheScore(string id)
    {
        var instrument = InstrumentCatalog.Default[id];
        var random = new Random(17);
        var answers = new AnswerBlock(instrument, 50) { Count = 50 };
        for (var item = 0; item < instrument.Items.Count; item++)
        {
            for (var person = 0; person < 50 && instrument.ResponsesOf(item) is OptionSet set; person++)
            {
                answers.Set(person, item, set.Options[random.Next(set.Options.Count)].Code);
            }
        }

        var scores = new ScoreBlock(instrument, 50);
        Scorer.Compile(instrument).ScoreBatch(answers, scores);
        foreach (var score in ScoreKey.OverItems(instrument))
        {
            var index = instrument.IndexOfScore(score);
            var definition = instrument.Scores[index];
            var matrix = ItemMatrix.FromAnswers(answers, score);
            var sums = matrix.SumScores();
            for (var person = 0; person < 50 && definition.Times is null && definition.Round == Rounding.None; person++)
            {
                var expected = scores.ExactValue(index, person)!.Value.ToDouble() * (definition is MeanScore ? matrix.ItemCount : 1);
                if (definition is not TotalScore total || total.Scores.All(part => instrument.Scores[instrument.IndexOfScore(part)] is SumScore { Times: null } or CountScore { Times: null }))
                {
                    Assert.Equal(expected, sums[person], 1e-9);
                }
            }
        }
    }

    public static TheoryData<string> Instruments => [.. InstrumentCatalog.Default.Ids];

    [Fact]
    public void Scores_BecomeColumns()
    {
        var instrument = InstrumentCatalog.Default["dass-21"];
        var answers = new AnswerBlock(instrument, 3) { Count = 3 };
        for (var item = 0; item < 21; item++)
        {
            answers.Set(0, item, item % 4);
            answers.Set(1, item, 1);
        }

        var scores = new ScoreBlock(instrument, 3);
        Scorer.Compile(instrument).ScoreBatch(answers, scores);
        var matrix = ItemMatrix.FromScores(scores, ["depression", "stress"]);
        Assert.Equal([scores.Values(instrument.IndexOfScore("depression"))[0], 14, Na], matrix.Column(0));
        Assert.Equal((0, 42), (matrix.Minimum(1), matrix.Maximum(1)));
        Assert.Contains("It has: depression", Assert.Throws<ArgumentException>(() => ItemMatrix.FromScores(scores, ["total"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_SayWhereAndNeverTheAnswer()
    {
        var outside = Assert.Throws<ArgumentException>(() => ItemMatrix.FromColumns(["a", "b"], [[1, 2], [3, 977]], 0, 4));
        Assert.Contains("Item 'b', person 2: the value is outside 0 to 4", outside.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("977", outside.Message, StringComparison.Ordinal);
        Assert.Contains("'a', which an earlier item has too", Assert.Throws<ArgumentException>(() => ItemMatrix.FromColumns(["a", "a"], [[1], [1]])).Message, StringComparison.Ordinal);
        Assert.Contains("'b' has 1 answers, the first item 2", Assert.Throws<ArgumentException>(() => ItemMatrix.FromColumns(["a", "b"], [[1, 2], [1]])).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => ItemMatrix.FromColumns(["a"], [[0.5]]).ToMoments());
    }

    [Fact]
    public void Groups_SharePeopleOut_AndAFormOfTheirsIsAMatrixAgain()
    {
        var matrix = ItemMatrix.FromColumns(Ids, [[1, 2, 3, 4], [4, 3, 2, 1], [1, Na, 1, 2]], 1, 4);
        var groups = matrix.GroupBy(["m", "f", null, "f"]);
        Assert.Equal(["f", "m"], groups.Select(g => g.Key));
        Assert.Equal([2, 4], groups[0].Value.Column(0));
        Assert.Equal([1, 1, 2], matrix.CompleteCases().Column(2));
        Assert.Equal(matrix.Column(0), ItemMatrix.Concat([matrix.WithPersons([0, 1]), matrix.WithPersons([2, 3])]).Column(0));
        Assert.Equal(["c", "a"], matrix.WithItems(["c", "a"]).ItemIds);
    }
}
