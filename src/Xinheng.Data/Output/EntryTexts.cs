using Xinheng.Scoring;

namespace Xinheng.Data;

/// <summary>The cells of one score as CSV, made once for each outcome that people share: most of a table is copied and not formatted.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class EntryTexts
{
    private const int Own = 0;

    private readonly Lock _adding = new();
    private readonly Instrument _instrument;
    private readonly int _score;
    private readonly bool _hasBand;
    private readonly EntryNumbers _numbers;
    private byte[][] _texts = new byte[64][];
    private int _count = Own + 1;

    public EntryTexts(Instrument instrument, int score)
    {
        _instrument = instrument;
        _score = score;
        _hasBand = instrument.Scores[score].Bands.Count > 0;
        _numbers = new EntryNumbers(Add, Own);
    }

    /// <summary>Numbers of the texts of everybody of a block.</summary>
    public void Find(ScoreBlock block, Span<int> numbers) => _numbers.Of(block.Column(_score), 0, numbers);

    /// <summary>Appends the cells of a person: value, band where the score has bands, status.</summary>
    public void Append(TextBuffer text, int number, ScoreBlock block, int person)
    {
        if (number != Own)
        {
            text.Append(Volatile.Read(ref _texts)[number]);
        }
        else
        {
            Append(text, block.Column(_score).ReadingOf(person), block.Column(_score).GroupOf(person));
        }
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
                text.Append(_instrument.Scores[_score].Bands[place].Starts[reading.Band].Id);
            }

            text.Append((byte)',');
        }

        text.Append(ScoreText.Of(reading.Status));
    }

    private int Add(Outcome outcome, Reading reading, int place)
    {
        var text = new TextBuffer(64);
        Append(text, reading, place);
        lock (_adding)
        {
            if (_count == _texts.Length)
            {
                Volatile.Write(ref _texts, [.. _texts, .. new byte[_texts.Length][]]);
            }

            _texts[_count] = text.Written.ToArray();
            return _count++;
        }
    }
}
