using System.Globalization;

namespace Xinheng.Tests;

/// <summary>What a cell must look like to be an answer. Everything else is unreadable or out of range, never a guess.</summary>
public class AnswerTests
{
    private static readonly ResponseSet Codes = new OptionSet { Options = [new() { Code = 0 }, new() { Code = 1 }, new() { Code = 2 }, new() { Code = 3 }, new() { Code = 10 }] };
    private static readonly ResponseSet Hours = new NumberRange { Unit = "h", Decimals = 2, Min = 0, Max = 24 };
    private static readonly ResponseSet Time = new ClockTime();

    /// <summary>Texts that some parser somewhere takes for the number 3, 10 or 0.</summary>
    public static TheoryData<string> Lookalikes =>
    [
        "３", "٣", "३", "3\u200B", "\u200B3", "\uFEFF3", "3\u00A0", "+3", " 3 ", " 3", "3 ", "\t3", "3\n", "３.０", "1e1", "1E1", "0x3", "三", "III", "③", "²", "3/1", "--3", "−3", "3-",
        "NaN", "nan", "∞", "Infinity", "-Infinity", "-0", "-1", "1e400", "3,0", "1,000", "3'", "\"3\"", "=3", "true", "C", "3;", "0b11", "3\0", "\0", "#REF!", "3%", "１０", "1 0",
    ];

    [Theory]
    [MemberData(nameof(Lookalikes))]
    public void ALookalike_IsUnreadable_OnEveryKindOfItem(string text)
    {
        Assert.Equal(Answer.Unreadable, Answer.Parse(text, Codes));
        Assert.Equal(Answer.Unreadable, Answer.Parse(text, Hours));
        Assert.Equal(Answer.Unreadable, Answer.Parse(text, Time));
    }

    [Theory]
    [InlineData("3.0")]
    [InlineData("2147483648")]
    [InlineData("4294967299")]
    [InlineData("99999999999999999999")]
    [InlineData("0000000003")]
    public void ANumberThatIsNoCode_IsNoAnswer(string text) => Assert.Equal(Answer.Unreadable, Answer.Parse(text, Codes));

    [Theory]
    [InlineData("4")]
    [InlineData("9")]
    [InlineData("251")]
    [InlineData("252")]
    [InlineData("255")]
    [InlineData("256")]
    [InlineData("259")]
    [InlineData("65283")]
    [InlineData("65536")]
    [InlineData("65539")]
    [InlineData("999999999")]
    public void ACodeTheItemDoesNotHave_IsOutOfRange(string text) => Assert.Equal(Answer.OutOfRange, Answer.Parse(text, Codes));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("3", 3)]
    [InlineData("03", 3)]
    [InlineData("10", 10)]
    public void ACodeOfTheItem_IsTheAnswer(string text, int code) => Assert.Equal((Answer)code, Answer.Parse(text, Codes));

    [Fact]
    public void AnEmptyCell_WasSkipped()
    {
        Assert.Equal(Answer.Skipped, Answer.Parse("", Codes));
        Assert.Equal(Answer.Skipped, Answer.Parse("", Hours));
        Assert.Equal(Answer.Skipped, Answer.Parse("", Time));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 700)]
    [InlineData("7.0", 700)]
    [InlineData("6.5", 650)]
    [InlineData("24", 2400)]
    [InlineData("24.00", 2400)]
    public void AQuantity_IsKeptInItsSteps(string text, int steps) => Assert.Equal((Answer)steps, Answer.Parse(text, Hours));

    [Theory]
    [InlineData("24.01")]
    [InlineData("24.001")]
    [InlineData("25")]
    [InlineData("65536")]
    [InlineData("999999999999999")]
    public void AQuantityBeyondTheItem_IsOutOfRange(string text) => Assert.Equal(Answer.OutOfRange, Answer.Parse(text, Hours));

    [Theory]
    [InlineData("0:00", 0, 0)]
    [InlineData("00:00", 0, 0)]
    [InlineData("7:05", 7, 5)]
    [InlineData("23:59", 23, 59)]
    public void ATime_IsATimeOfDay(string text, int hour, int minute) => Assert.Equal(Answer.Clock(hour, minute), Answer.Parse(text, Time));

    [Theory]
    [InlineData("24:00", false)]
    [InlineData("7:60", false)]
    [InlineData("99:99", false)]
    [InlineData("7:5", true)]
    [InlineData("7:005", true)]
    [InlineData("007:05", true)]
    [InlineData("7：05", true)]
    [InlineData("7.05", true)]
    [InlineData("0705", true)]
    [InlineData("11:05 PM", true)]
    [InlineData("7:05:00", true)]
    [InlineData("-7:05", true)]
    [InlineData(":05", true)]
    public void ATimeThatIsNone_IsUnreadableOrOutOfRange(string text, bool unreadable) =>
        Assert.Equal(unreadable ? Answer.Unreadable : Answer.OutOfRange, Answer.Parse(text, Time));

    [Fact]
    public void ToString_NeverShowsTheAnswer()
    {
        var shown = Enumerable.Range(0, Answer.MaxQuantity + 1).Select(code => ((Answer)code).ToString()).Distinct();
        Assert.Equal("answered", Assert.Single(shown));
        Assert.Equal("Skipped", Answer.Skipped.ToString());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(65_281)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void ANumberThatCannotBeStored_Throws_AndIsNotInTheMessage(int value)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => (Answer)value);
        Assert.DoesNotContain(value.ToString(CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AStoredNumber_NeverBecomesAReason()
    {
        for (var code = 0; code <= Answer.MaxQuantity; code++)
        {
            Assert.False(((Answer)code).IsMissing);
        }

        foreach (var reason in Enum.GetValues<MissingReason>())
        {
            Assert.Equal(reason, new Answer(reason).Reason);
        }
    }

    [Fact]
    public void Block_KeepsAnswersAndReasons_AndMakesOtherCodesOutOfRange()
    {
        var block = new AnswerBlock(InstrumentCatalog.Default["psqi"], 3) { Count = 3 };
        var quality = block.Instrument.IndexOfItem("6");
        foreach (var answer in (Answer[])[0, 3, 250, Answer.NotAsked, Answer.Skipped, Answer.Refused, Answer.Unreadable, Answer.OutOfRange])
        {
            block.Set(1, quality, answer);
            Assert.Equal(answer, block.Get(1, quality));
        }

        foreach (var code in (int[])[251, 252, 253, 255, 256, 259, 65_280])
        {
            block.Set(1, quality, code);
            Assert.Equal(Answer.OutOfRange, block.Get(1, quality));
        }

        Assert.Equal(Answer.NotAsked, block.Get(0, quality));
        Assert.Equal(Answer.NotAsked, block.Get(2, quality));
    }

    [Fact]
    public void Quantities_WrittenStraightIntoTheColumn_ThatAreNoReason_AreOutOfRange()
    {
        var instrument = InstrumentCatalog.Default["psqi"];
        var answers = new AnswerBlock(instrument, 1) { Count = 1 };
        var scores = new ScoreBlock(instrument, 1);
        foreach (var stored in (ushort[])[0xFF01, 0xFF7F, 0xFFFA, 1441])
        {
            answers.Quantities(instrument.IndexOfItem("2"))[0] = stored;
            Scorer.Compile(instrument).ScoreBatch(answers, scores);
            Assert.Equal(ScoreStatus.CodeOutOfRange, scores.Statuses(instrument.IndexOfScore("latency-minutes"))[0]);
        }
    }

    [Theory]
    [InlineData(MissingReason.Skipped, "Skipped")]
    [InlineData(MissingReason.Unreadable, "Unreadable")]
    public void ToString_NamesTheReason(MissingReason reason, string text) => Assert.Equal(text, new Answer(reason).ToString());
}
