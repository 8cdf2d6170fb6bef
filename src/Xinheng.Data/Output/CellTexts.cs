using Xinheng.Scoring;

namespace Xinheng.Data;

/// <summary>Cells of a score table that take few texts: each text is made once and then copied, not formatted.</summary>
/// <remarks>Thread-safe.</remarks>
internal abstract class CellTexts
{
    /// <summary>Number of a person whose text has to be made for them alone.</summary>
    public const int None = 0;

    /// <summary>Texts by number, each with as much room behind it as the copying may touch.</summary>
    protected Text[] _texts = [new([], 0)];

    /// <summary>Longest text that is kept.</summary>
    public const int MostBytes = 64;

    /// <summary>Texts by number; taken after <see cref="Find"/>, it holds every number found.</summary>
    public Text[] Texts => Volatile.Read(ref _texts);

    /// <summary>Finds the numbers of the texts of everybody of a block.</summary>
    public abstract void Find(SurveyBlock block, Span<int> numbers);

    /// <summary>Appends the text of a person who has none of the kept ones.</summary>
    public abstract void Append(TextBuffer text, SurveyBlock block, int person);

    protected static Text Kept(ReadOnlySpan<byte> utf8)
    {
        var bytes = new byte[MostBytes];
        utf8.CopyTo(bytes);
        return new Text(bytes, utf8.Length);
    }

    /// <summary>A kept text.</summary>
    /// <param name="Bytes">UTF-8, <see cref="MostBytes"/> long.</param>
    /// <param name="Length">How many of them are the text.</param>
    public readonly record struct Text(byte[] Bytes, int Length);
}

/// <summary>The cells of one score: value, band where the score has bands, status.</summary>
internal sealed class ScoreTexts : CellTexts
{
    private readonly Lock _adding = new();
    private readonly Instrument _instrument;
    private readonly ScoreColumn _column;
    private readonly bool _hasBand;
    private readonly EntryNumbers _numbers;
    private int _count = None + 1;

    public ScoreTexts(Instrument instrument, ScoreColumn column)
    {
        _instrument = instrument;
        _column = column;
        _hasBand = instrument.Scores[column.Index].Bands.Count > 0;
        _numbers = new EntryNumbers(Add, None);
    }

    public override void Find(SurveyBlock block, Span<int> numbers) => _numbers.Of(block.Scores[_column.Instrument].Column(_column.Index), 0, numbers);

    public override void Append(TextBuffer text, SurveyBlock block, int person)
    {
        var column = block.Scores[_column.Instrument].Column(_column.Index);
        Append(text, column.ReadingOf(person), column.GroupOf(person));
    }

    private void Append(TextBuffer text, Reading reading, int place)
    {
        if (!double.IsNaN(reading.Value))
        {
            text.Append(reading.Value);
        }

        text.Append((byte)',');
        if (_hasBand)
        {
            if (reading.Band != ScoreBlock.NoBand)
            {
                text.Append(_instrument.Scores[_column.Index].Bands[place].Starts[reading.Band].Id);
            }

            text.Append((byte)',');
        }

        text.Append(ScoreText.Of(reading.Status));
    }

    private int Add(Outcome outcome, Reading reading, int place)
    {
        var text = new TextBuffer(2 * MostBytes);
        Append(text, reading, place);
        if (text.Length > MostBytes)
        {
            return None;
        }

        lock (_adding)
        {
            var texts = _texts;
            if (_count == texts.Length)
            {
                Array.Resize(ref texts, 2 * _count);
            }

            texts[_count] = Kept(text.Written);
            Volatile.Write(ref _texts, texts);
            return _count++;
        }
    }
}

/// <summary>A column of words: states of a critical item, or verdicts on the answers.</summary>
internal sealed class WordTexts : CellTexts
{
    private readonly ScoreColumn _column;

    public WordTexts(ScoreColumn column)
    {
        _column = column;
        IEnumerable<string> words = column.Kind == ScoreColumnKind.Critical
            ? Enum.GetValues<CriticalState>().Select(ScoreText.Of)
            : Enum.GetValues<ResponseValidity>().Select(ScoreText.Of);
        _texts = [.. _texts, .. words.Select(word => Kept(System.Text.Encoding.UTF8.GetBytes(word)))];
    }

    public override void Find(SurveyBlock block, Span<int> numbers)
    {
        var scores = block.Scores[_column.Instrument];
        if (_column.Kind == ScoreColumnKind.Critical)
        {
            var states = scores.Critical(_column.Index);
            for (var person = 0; person < numbers.Length; person++)
            {
                numbers[person] = (int)states[person] + 1;
            }
        }
        else
        {
            var verdicts = scores.Validity;
            for (var person = 0; person < numbers.Length; person++)
            {
                numbers[person] = (int)verdicts[person] + 1;
            }
        }
    }

    public override void Append(TextBuffer text, SurveyBlock block, int person) => text.Append(_column.Word(block, person));
}

/// <summary>A column in which everybody has a text of their own: norm scores and bounds.</summary>
internal sealed class OwnTexts(ScoreColumn column) : CellTexts
{
    public override void Find(SurveyBlock block, Span<int> numbers) => numbers.Clear();

    public override void Append(TextBuffer text, SurveyBlock block, int person)
    {
        if (!column.IsNumber)
        {
            text.Append(column.Word(block, person));
        }
        else if (column.Number(block, person) is var number && !double.IsNaN(number))
        {
            text.Append(number);
        }
    }
}
