namespace Xinheng.Tests;

/// <summary>What reaches a log must not hold an answer, a value or a fact about a person.</summary>
public class NoIdentityTests
{
    private const int CanaryCode = 237;
    private const int CanaryQuantity = 54_321;
    private const string CanaryText = "张三丰CANARY";

    private static readonly Respondent CanaryPerson = new() { Age = 113, Sex = Sex.Female, SecondsPerItem = 0.777 };
    private static readonly string[] Canaries = ["237", "54321", "CANARY", "张三丰", "113", "0.777", "Female", "543.21"];

    [Fact]
    public void AnswersAndPeople_PrintNoContent()
    {
        AssertClean(((Answer)CanaryCode).ToString());
        AssertClean(((Answer)CanaryQuantity).ToString());
        AssertClean(Answer.Parse(CanaryText, new ClockTime()).ToString());
        AssertClean(Answer.Clock(2, 37).ToString());
        AssertClean(CanaryPerson.ToString());
        Assert.Equal("answered", Answer.Clock(2, 37).ToString());
    }

    [Fact]
    public void Results_PrintNoAnswerAndNoValue()
    {
        var instrument = Bird();
        var scorer = Scorer.Compile(instrument);
        Answer[] answers = [CanaryCode, CanaryQuantity, Answer.Unreadable];
        var explanation = scorer.Explain(answers, CanaryPerson);
        Assert.Equal([CanaryCode, CanaryQuantity], explanation.Report.Scores.Select(s => (int)s.Exact!.Value.Numerator));
        object[] all =
        [
            explanation, explanation.Report, explanation.Report.Validity, scorer, instrument,
            .. explanation.Scores, .. explanation.Scores.SelectMany(s => s.Items), .. explanation.Report.Scores, .. explanation.Report.CriticalItems,
        ];
        Assert.All(all, value => AssertClean(value.ToString()!));
        Assert.All(explanation.Scores, s => AssertClean(s.Rule));

        var block = new AnswerBlock(instrument, 1) { Count = 1 };
        block.SetPerson(0, CanaryPerson);
        block.Set(0, 0, CanaryCode);
        var results = new ScoreBlock(instrument, 1);
        scorer.ScoreBatch(block, results);
        AssertClean(block.ToString()!);
        AssertClean(results.ToString()!);
    }

    [Fact]
    public void ACriticalResult_DoesNotPrintItsState()
    {
        var scorer = Scorer.Compile(InstrumentCatalog.Default["phq-9"]);
        var yes = scorer.Score([0, 0, 0, 0, 0, 0, 0, 0, 3, 0]).CriticalItems.Select(c => c.ToString());
        var no = scorer.Score([0, 0, 0, 0, 0, 0, 0, 0, 0, 0]).CriticalItems.Select(c => c.ToString());
        Assert.Equal(yes, no);
        Assert.Equal(["suicidal-ideation", "frequent-suicidal-ideation"], yes);
    }

    [Fact]
    public void Exceptions_PrintNoAnswer()
    {
        var instrument = Bird();
        var scorer = Scorer.Compile(instrument);
        Action[] wrong =
        [
            () => _ = (Answer)(-CanaryQuantity),
            () => _ = (Answer)(CanaryQuantity * 237),
            () => Answer.Clock(237, 0),
            () => Answer.Clock(0, CanaryQuantity),
            () => Answer.Clock(-113, 0),
            () => scorer.Score([CanaryCode]),
            () => scorer.Explain([CanaryCode, CanaryQuantity, CanaryCode, CanaryQuantity], CanaryPerson),
            () => new AnswerBlock(instrument, 1).Codes(1).ToString(),
            () => new AnswerBlock(instrument, 1).Quantities(0).ToString(),
            () => new AnswerBlock(instrument, 1).Set(7, 0, CanaryCode),
            () => new AnswerBlock(instrument, 1).Set(0, 7, CanaryCode),
            () => scorer.ScoreBatch(new AnswerBlock(InstrumentCatalog.Default["phq-9"], 1), new ScoreBlock(instrument, 1)),
            () => _ = scorer.Score([CanaryCode, CanaryQuantity, Answer.Skipped])["nothing"],
            () => Answer.Parse(CanaryText, null!),
        ];
        foreach (var action in wrong)
        {
            var error = Record.Exception(action);
            Assert.NotNull(error);
            AssertClean(error.ToString());
        }
    }

    /// <summary>A small instrument whose scores are the canaries themselves.</summary>
    private static Instrument Bird()
    {
        var evidence = new Evidence { Verdict = Verdict.Convention };
        var text = new LocalizedText { En = "x", ZhHans = "x" };
        QuantityScore Of(string item, Rational max) => new()
        {
            Id = "score" + item, Name = text, Direction = Direction.Neutral, Evidence = evidence, Item = item, Range = new() { Min = 0, Max = max },
        };
        var definition = new InstrumentDefinition
        {
            Id = "bird", Version = "1.0.0", Name = text, Abbreviation = "C", Description = text,
            Population = new() { Description = text, Evidence = evidence },
            Licence = new() { Status = LicenceStatus.Free, Holder = "x", Terms = text, Evidence = evidence },
            Sources = new Dictionary<string, Source>(), Evidence = new Dictionary<Fact, Evidence> { [Fact.Items] = evidence },
            Responses = new Dictionary<string, ResponseSet>
            {
                ["codes"] = new OptionSet { Options = [new() { Code = 0 }, new() { Code = CanaryCode }], Evidence = evidence },
                ["steps"] = new NumberRange { Unit = "x", Min = 0, Max = 60_000, Evidence = evidence },
            },
            Items =
            [
                new() { Id = "1", Label = text, Responses = "codes" },
                new() { Id = "2", Label = text, Responses = "steps" },
                new() { Id = "3", Label = text, Responses = "codes", Unscored = true },
            ],
            Scores = [Of("1", CanaryCode), Of("2", 60_000)],
            CriticalItems = [new() { Id = "first", Item = "1", Codes = [CanaryCode], Class = CriticalClass.SelfHarm, Evidence = evidence }],
            Examples = [],
        };
        return Instrument.Create(definition);
    }

    private static void AssertClean(string text) =>
        Assert.All(Canaries, canary => Assert.DoesNotContain(canary, Lines(text), StringComparison.OrdinalIgnoreCase));

    /// <summary>A stack trace names source files and their lines; those are no canaries.</summary>
    private static string Lines(string text) => string.Join('\n', text.Split('\n').Where(line => !line.TrimStart().StartsWith("at ", StringComparison.Ordinal)));
}
