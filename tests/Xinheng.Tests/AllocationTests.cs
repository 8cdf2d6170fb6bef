namespace Xinheng.Tests;

/// <summary>Scoring a block allocates nothing: a run's memory does not grow with its people.</summary>
public class AllocationTests
{
    public static TheoryData<string> Ids => [.. Survey.Catalog.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public void ScoreBatch_AllocatesNothing(string id)
    {
        const int People = 200;
        var instrument = Survey.Catalog[id];
        var scorer = Scorer.Compile(instrument);
        var answers = new AnswerBlock(instrument, People) { Count = People };
        var scores = new ScoreBlock(instrument, People);
        var random = new Random(7);
        for (var person = 0; person < People; person++)
        {
            answers.SetPerson(person, new Respondent { Age = random.Next(8, 20), Sex = (Sex)random.Next(1, 3), SecondsPerItem = random.NextDouble() * 5 });
            for (var item = 0; item < instrument.Items.Count; item++)
            {
                // Complete forms, forms with blanks and forms with bad codes.
                answers.Set(person, item, random.Next(person % 3 == 0 ? int.MaxValue : 12) switch
                {
                    0 => Answer.Skipped,
                    1 when person % 3 == 2 => Answer.Unreadable,
                    2 when person % 3 == 2 => Answer.OutOfRange,
                    _ => Survey.AnswerTo(instrument.ResponsesOf(item), random).ToAnswer(),
                });
            }
        }

        for (var warmUp = 0; warmUp < 5; warmUp++)
        {
            scorer.ScoreBatch(answers, scores);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        scorer.ScoreBatch(answers, scores);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(PopulationKind.Student)]
    [InlineData(PopulationKind.Staff)]
    public void DecideBatch_AllocatesNothing(PopulationKind population)
    {
        const int People = 200;
        var random = new Random(7);
        Instrument[] battery = [.. new[] { "phq-9", "gad-7", "scl-90", "who-5" }.Select(id => Survey.Catalog[id])];
        ScoreBlock[] scores = [.. battery.Select(instrument =>
        {
            var answers = new AnswerBlock(instrument, People) { Count = People };
            for (var person = 0; person < People; person++)
            {
                for (var item = 0; item < instrument.Items.Count; item++)
                {
                    answers.Set(person, item, person % 3 == 0 && random.Next(12) == 0 ? Answer.Skipped : Survey.AnswerTo(instrument.ResponsesOf(item), random).ToAnswer());
                }
            }

            var block = new ScoreBlock(instrument, People);
            Scorer.Compile(instrument).ScoreBatch(answers, block);
            return block;
        })];
        var triage = Triage.Compile(Policy.Default(population), battery, allowDraft: true, WorkedPerson.Stability);
        PersonFacts[] people = [.. Enumerable.Range(0, People).Select(i => new PersonFacts
        {
            Context = (byte)random.Next(8), PreviousTier = Tier.Orange, PreviousDate = i % 2 == 0 ? new(2026, 1, 1) : null, PreviousScores = i % 5 == 0 ? [10, 60] : null,
        })];
        var outcomes = new TierOutcome[People];
        for (var warmUp = 0; warmUp < 5; warmUp++)
        {
            triage.DecideBatch(scores, people, WorkedPerson.AsOf, outcomes);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        triage.DecideBatch(scores, people, WorkedPerson.AsOf, outcomes);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(outcomes.Distinct().Count() > 10);
    }
}
