using Xinheng.Scoring;

namespace Xinheng.Tests;

/// <summary>Every width of the kernels gives the same scores, and each the same for a block as for one person.</summary>
public class LaneTests
{
    public static TheoryData<string> Ids => [.. Survey.Catalog.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryWidth_GivesTheSame(string id)
    {
        var instrument = Survey.Catalog[id];
        var scorer = Scorer.Compile(instrument);
        var random = new Random(11);
        foreach (var people in new[] { 1, 15, 33, 64, 200 })
        {
            var answers = Answers(instrument, people, random);
            var expected = Score(scorer, answers, LaneWidth.One);
            foreach (var width in new[] { LaneWidth.Bits128, LaneWidth.Bits256, LaneWidth.Bits512 })
            {
                Assert.Equal(expected, Score(scorer, answers, width));
            }

            var alone = new AnswerBlock(instrument, 1) { Count = 1 };
            for (var person = 0; person < people; person++)
            {
                alone.SetPerson(0, answers.GetPerson(person));
                for (var item = 0; item < instrument.Items.Count; item++)
                {
                    alone.Set(0, item, answers.Get(person, item));
                }

                Assert.Equal(expected[person], Score(scorer, alone, LaneWidth.One)[0]);
            }
        }
    }

    [Fact]
    public void Sums_RunOverABytesLimit_InNoWidth()
    {
        // 90 items of 4 at most: far more than a byte holds.
        var instrument = Survey.Catalog["scl-90"];
        var scorer = Scorer.Compile(instrument);
        var answers = new AnswerBlock(instrument, 70) { Count = 70 };
        for (var item = 0; item < instrument.Items.Count; item++)
        {
            answers.Codes(item).Fill(5);
        }

        foreach (var width in Enum.GetValues<LaneWidth>())
        {
            var scores = new ScoreBlock(instrument, 70) { Width = width };
            scorer.ScoreBatch(answers, scores);
            Assert.All(scores.Values(instrument.IndexOfScore("total")).ToArray(), total => Assert.Equal(450, total));
            Assert.All(scores.LongestRun.ToArray(), run => Assert.Equal(90, run));
            Assert.All(scores.Variability.ToArray(), deviation => Assert.Equal(0, deviation));
        }
    }

    /// <summary>People who answer everything, leave blanks, were not asked some or all, and have codes that no item has.</summary>
    private static AnswerBlock Answers(Instrument instrument, int people, Random random)
    {
        var answers = new AnswerBlock(instrument, people) { Count = people };
        for (var person = 0; person < people; person++)
        {
            answers.SetPerson(person, new Respondent { Age = random.Next(8, 20), Sex = (Sex)random.Next(1, 3), SecondsPerItem = random.NextDouble() * 5 });
            for (var item = 0; item < instrument.Items.Count; item++)
            {
                answers.Set(person, item, (person % 8, random.Next(12)) switch
                {
                    (1 or 2, 0) => Answer.Skipped,
                    (2, 1) => Answer.Refused,
                    (3, 2) => Answer.NotAsked,
                    (4, 3) => Answer.Unreadable,
                    (4, 4) => Answer.OutOfRange,
                    (5, 5) when answers.HasCodes(item) => 249,
                    (6, _) => Answer.NotAsked,
                    (7, < 10) => Answer.Skipped,
                    _ => Survey.AnswerTo(instrument.ResponsesOf(item), random).ToAnswer(),
                });
            }
        }

        return answers;
    }

    private static string[] Score(Scorer scorer, AnswerBlock answers, LaneWidth width)
    {
        var scores = new ScoreBlock(scorer.Instrument, answers.Capacity) { Width = width };
        scorer.ScoreBatch(answers, scores);
        return
        [
            .. Enumerable.Range(0, answers.Count).Select(person => string.Join(' ', (IEnumerable<object?>)
            [
                .. Enumerable.Range(0, scorer.Instrument.Scores.Count).SelectMany(s => (object?[])
                    [scores.ExactValue(s, person), scores.Values(s)[person], scores.Bands(s)[person], scores.BandSets(s)[person], scores.Statuses(s)[person], scores.LowestPossible(s, person), scores.HighestPossible(s, person)]),
                .. Enumerable.Range(0, scorer.Instrument.Definition.CriticalItems.Count).Select(c => (object?)scores.Critical(c)[person]),
                .. Enum.GetValues<MissingReason>().Select(reason => (object?)scores.MissingCount(reason, person)),
                scores.Asked[person], scores.Answered[person], scores.LongestRun[person], scores.Variability[person], scores.Validity[person], scores.ValidityReasons[person],
            ])),
        ];
    }
}
