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

    /// <summary>ASQ: question 5 is asked after a positive answer to any of the four before it; 0 no, 1 yes, 2 refused.</summary>
    [Theory]
    [InlineData("0000-", CriticalState.No)] // the ordinary negative form
    [InlineData("00001", CriticalState.Yes)] // answered although not asked: the answer stands
    [InlineData("0100-", CriticalState.Unknown)] // asked and blank
    [InlineData("0002-", CriticalState.Unknown)]
    [InlineData("0-00-", CriticalState.Unknown)] // whether it is asked is not known
    [InlineData("-----", CriticalState.Unknown)]
    [InlineData("0000?", CriticalState.Unreadable)]
    [InlineData("00?0-", CriticalState.Unknown)]
    [InlineData("0000x", CriticalState.No)] // no column for it
    [InlineData("0100x", CriticalState.Unknown)]
    [InlineData("x000x", CriticalState.Unknown)]
    [InlineData("xxxxx", CriticalState.NotAsked)]
    [InlineData("xxxx1", CriticalState.Yes)]
    public void AQuestionThatAnyOfSeveralAsksFor_IsNoOnlyWhenAllOfThemSayNo(string form, CriticalState expected)
    {
        ArgumentNullException.ThrowIfNull(form);
        Answer[] answers = [.. form.Select(c => c switch { '-' => Answer.Skipped, '?' => Answer.Unreadable, 'x' => Answer.NotAsked, _ => c - '0' })];
        Assert.Equal(expected, Scorer("asq").Score(answers).CriticalItems.Single(c => c.CriticalItem.Id == "thoughts-now").State);
    }

    [Fact]
    public void APersonWhoIsNotAskedTheRest_HasACompleteForm()
    {
        // CRAFFT 2.1: no day of use, so that the car question is the last one. AUDIT: never drinks; no heavy occasion and one glass.
        Answer blank = Answer.Skipped;
        Assert.Equal((9, 9), Complete("crafft-2-1", [0, 0, 0, 0, blank, blank, blank, blank, blank]));
        Assert.Equal((9, 4), Complete("crafft-2-1", [0, 2, 0, 0, blank, blank, blank, blank, blank]));
        Assert.Equal((9, 3), Complete("crafft-2-1", [0, blank, 0, 0, blank, blank, blank, blank, blank]));
        Assert.Equal((10, 10), Complete("audit", [0, blank, blank, blank, blank, blank, blank, blank, 0, 0]));
        Assert.Equal((10, 10), Complete("audit", [1, 0, 0, blank, blank, blank, blank, blank, 0, 0]));
        Assert.Equal((10, 5), Complete("audit", [1, 0, 1, blank, blank, blank, blank, blank, 0, 0]));

        static (int, int) Complete(string id, Answer[] answers)
        {
            var validity = Scorer(id).Score(answers).Validity;
            return (validity.Asked, validity.Answered);
        }
    }

    [Fact]
    public void ABlankThatStandsForAnAnswer_DoesSoOnlyWhereTheItemWasAsked()
    {
        // SSRS: a box left empty is not marked, once listed sources (2) are chosen. Item 6 stands at position 9, its boxes after it.
        var scorer = Scorer("ssrs");
        Answer[] form = [.. scorer.Instrument.Items.Select(i => i.Responses == "choice" ? 1 : i.Id == "7" ? 1 : Answer.Skipped)];
        Assert.Equal((ScoreStatus.TooFewAnswers, new Rational(1), new Rational(10)), Objective(Answer.Skipped));
        Assert.Equal((ScoreStatus.TooFewAnswers, new Rational(1), new Rational(10)), Objective(Answer.Refused));
        Assert.Equal((ScoreStatus.Ok, new Rational(1), new Rational(1)), Objective(1));
        Assert.Equal((ScoreStatus.Ok, new Rational(1), new Rational(1)), Objective(2));

        (ScoreStatus, Rational, Rational) Objective(Answer six)
        {
            form[9] = six;
            var score = scorer.Score(form)["objective"];
            return (score.Status, score.Lowest, score.Highest);
        }
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
