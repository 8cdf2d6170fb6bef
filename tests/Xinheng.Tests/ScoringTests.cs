namespace Xinheng.Tests;

/// <summary>Single cases that once went wrong, or that everything else rests on.</summary>
public class ScoringTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    public void Score_SeveralCodesTheItemsDoNotHave_AreOutOfRange(int bad)
    {
        var answers = Enumerable.Repeat((Answer)7, bad).Concat(Enumerable.Repeat((Answer)0, 10 - bad)).ToArray();
        Assert.Equal(ScoreStatus.CodeOutOfRange, Scorer("phq-9").Score(answers)["total"].Status);
    }

    [Fact]
    public void Score_AllItemsUnreadable_IsUnreadable()
    {
        var scores = Scorer("scl-90").Score(Enumerable.Repeat(Answer.Unreadable, 90).ToArray()).Scores;
        Assert.All(scores, s => Assert.Equal((ScoreStatus.Unreadable, null), (s.Status, s.Exact)));
    }

    [Fact]
    public void Class_ACodeTheItemDoesNotHave_IsNotANo()
    {
        // Screener items 1, 2, 3, 4, 5, 6, 6b: the plan (5) carries the code 7, everything else is "no".
        var triage = Scorer("c-ssrs-screener").Score([0, 1, 0, 0, 7, 0, Answer.NotAsked])["triage"];
        Assert.Equal(ScoreStatus.CodeOutOfRange, triage.Status);
        Assert.Null(triage.Exact);
        Assert.Equal("high", triage.HighestBand);
    }

    [Fact]
    public void Class_ThatHoldsWhateverABadCodeMeant_IsGiven()
    {
        var triage = Scorer("c-ssrs-screener").Score([7, 1, 0, 0, 1, 0, Answer.NotAsked])["triage"];
        Assert.Equal(("high", ScoreStatus.Ok), (triage.Band, triage.Status));
    }

    [Fact]
    public void CriticalItem_AnsweredAlthoughTheFormSkipsIt_IsYes()
    {
        // "No" to active thoughts skips items 3 to 5; the plan was ticked nevertheless.
        var report = Scorer("c-ssrs-screener").Score([0, 0, Answer.Skipped, Answer.Skipped, 1, 0, Answer.Skipped]);
        Assert.Equal(CriticalState.Yes, report.CriticalItems.Single(c => c.CriticalItem.Item == "5").State);
        Assert.Equal("high", report["triage"].Band);
    }

    [Fact]
    public void CriticalItem_BlankAfterAnUnreadableGate_IsUnknown()
    {
        var report = Scorer("c-ssrs-screener").Score([0, Answer.Unreadable, Answer.Skipped, Answer.Skipped, Answer.Skipped, 0, Answer.Skipped]);
        Assert.Equal(CriticalState.Unreadable, report.CriticalItems.Single(c => c.CriticalItem.Item == "2").State);
        Assert.Equal(CriticalState.Unknown, report.CriticalItems.Single(c => c.CriticalItem.Item == "5").State);
        Assert.Equal("high", report["triage"].HighestBand);
    }

    [Fact]
    public void Score_WrongNumberOfAnswers_SaysHowManyThereAre()
    {
        var error = Assert.Throws<ArgumentException>(() => Scorer("phq-9").Score([0, 1, 2]));
        Assert.Contains("has 10 items but 3 answers were given", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ScoreBatch_BlockOfAnotherInstrument_IsRefused()
    {
        var answers = new AnswerBlock(InstrumentCatalog.Default["gad-7"], 1);
        Assert.Throws<ArgumentException>(() => Scorer("phq-9").ScoreBatch(answers, new ScoreBlock(InstrumentCatalog.Default["phq-9"], 1)));
    }

    [Fact]
    public void ScoreBatch_TooLittleRoom_IsRefusedBeforeAnythingIsWritten()
    {
        var instrument = InstrumentCatalog.Default["phq-9"];
        var scores = new ScoreBlock(instrument, 2);
        Assert.Throws<ArgumentException>(() => Scorer("phq-9").ScoreBatch(new AnswerBlock(instrument, 3) { Count = 3 }, scores));
        Assert.Equal(0, scores.Count);
    }

    private static Scorer Scorer(string id) => Xinheng.Scorer.Compile(InstrumentCatalog.Default[id]);

    [Fact]
    public void ACriticalItem_AbsentAlthoughItsGateWasAnsweredYes_IsUnknown()
    {
        var scorer = Scorer("c-ssrs-screener");
        var report = scorer.Score([1, 1, Answer.NotAsked, Answer.NotAsked, Answer.NotAsked, 0, Answer.NotAsked]);
        Assert.Equal(CriticalState.Unknown, report.CriticalItems.Single(c => c.CriticalItem.Item == "4").State);
        Assert.Equal(CriticalState.No, report.CriticalItems.Single(c => c.CriticalItem.Item == "6b").State);
        Assert.Equal(ScoreStatus.TooFewAnswers, report["triage"].Status);
    }

    [Fact]
    public void AnAnswerNobodyGave_IsNotAsked_NotZero()
    {
        var answers = new Answer[10];
        answers[0] = 1;
        Assert.Equal(MissingReason.NotAsked, default(Answer).Reason);
        var report = Scorer("phq-9").Score(answers);
        Assert.Equal(ScoreStatus.TooFewAnswers, report["total"].Status);
        Assert.All(report.CriticalItems, c => Assert.Equal(CriticalState.NotAsked, c.State));
        Assert.Equal((ScoreStatus.NotAsked, CriticalState.NotAsked, ResponseValidity.NotAsked), default((ScoreStatus, CriticalState, ResponseValidity)));
    }

    [Fact]
    public void ItemsThatAreCritical_CannotBeLeftOut_EvenWhenNoScoreUsesThem()
    {
        Assert.NotNull(Scorer("phq-9").Score([0, 0, 0, 0, 0, 0, 0, 0, 0]));
        Assert.Throws<ArgumentException>(() => Scorer("phq-a").Score([0, 0, 0, 0, 0, 0, 0, 0, 0]));
    }

    [Fact]
    public void ABlock_ShowsThePeopleThatWereScored_AndNobodyElse()
    {
        var scorer = Scorer("phq-9");
        var answers = new AnswerBlock(scorer.Instrument, 2) { Count = 2 };
        for (var item = 0; item < 9; item++)
        {
            answers.Codes(item).Fill(3);
        }

        var scores = new ScoreBlock(scorer.Instrument, 2);
        scorer.ScoreBatch(answers, scores);
        Assert.Equal("severe", scores.BandOf(0, 1)!.Id);
        answers.Count = 1;
        scorer.ScoreBatch(answers, scores);
        Assert.Equal(1, scores.Validity.Length);
        Assert.Throws<IndexOutOfRangeException>(() => scores.BandOf(0, 1));
        Assert.Throws<IndexOutOfRangeException>(() => scores.LowestPossible(0, 1));
    }

    [Fact]
    public void TheListsOfADefinition_CannotBeChanged()
    {
        var definition = InstrumentCatalog.Default["phq-9"].Definition;
        Assert.ThrowsAny<NotSupportedException>(() => ((IList<Band>)definition.Scores[0].Bands[0].Starts).RemoveAt(4));
        Assert.ThrowsAny<NotSupportedException>(() => ((IDictionary<string, Source>)definition.Sources).Clear());
    }

    [Fact]
    public void TheExplanationOfAClass_NamesTheItemsItAsks()
    {
        var explanation = Scorer("c-ssrs-screener").Explain([1, 1, 0, 0, 0, 0, 0]);
        Assert.Equal(["1", "2", "3", "4", "5", "6", "6b"], explanation.Scores.Single(s => s.Result.Id == "triage").Items.Select(i => i.Item.Id).Order(StringComparer.Ordinal));
    }
}
