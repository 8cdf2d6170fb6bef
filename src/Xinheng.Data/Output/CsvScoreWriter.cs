namespace Xinheng.Data;

/// <summary>Scores as CSV: UTF-8, comma, LF, a header; empty cells where there is no value.</summary>
internal sealed class CsvScoreWriter : ScoreWriter
{
    private readonly Stream _stream;
    private readonly Cell[] _cells;

    public CsvScoreWriter(Stream stream, IReadOnlyList<string> passed, IReadOnlyList<ScoreColumn> columns, bool byteOrderMark)
        : base(passed, columns)
    {
        _stream = stream;
        _cells = [.. Cells(columns)];
        var header = new TextBuffer();
        if (byteOrderMark)
        {
            header.Append("\uFEFF");
        }

        var first = true;
        foreach (var name in Names(passed, columns))
        {
            if (!first)
            {
                header.Append((byte)',');
            }

            first = false;
            CsvText.Cell(header, name);
        }

        header.Append((byte)'\n');
        stream.Write(header.Written);
    }

    public override ScorePart CreatePart() => new TextPart();

    public override void Format(SurveyBlock block, ScorePart part)
    {
        var text = ((TextPart)part).Text;
        var numbers = block.Numbers(_cells.Length);
        for (var cell = 0; cell < _cells.Length; cell++)
        {
            if (_cells[cell].IsScore)
            {
                var scores = block.Scores[_cells[cell].Column.Instrument];
                (_cells[cell].Texts ?? Begin(ref _cells[cell], scores.Instrument)).Find(scores, numbers.Slice(cell * block.Count, block.Count));
            }
        }

        for (var person = 0; person < block.Count; person++)
        {
            for (var column = 0; column < PassedColumns.Count; column++)
            {
                if (column > 0)
                {
                    text.Append((byte)',');
                }

                CsvText.Cell(text, block.Passed.Cell(person, column));
            }

            for (var cell = 0; cell < _cells.Length; cell++)
            {
                if (cell + PassedColumns.Count > 0)
                {
                    text.Append((byte)',');
                }

                var column = _cells[cell].Column;
                if (_cells[cell].IsScore)
                {
                    _cells[cell].Texts!.Append(text, numbers[(cell * block.Count) + person], block.Scores[column.Instrument], person);
                }
                else if (!column.IsNumber)
                {
                    text.Append(column.Word(block, person));
                }
                else if (column.Number(block, person) is var number && !double.IsNaN(number))
                {
                    text.Append(number);
                }
            }

            text.Append((byte)'\n');
        }
    }

    public override void Write(ScorePart part) => _stream.Write(((TextPart)part).Text.Written);

    public override void Complete()
    {
    }

    /// <summary>Value, band and status of a score go together where they stand together.</summary>
    private static IEnumerable<Cell> Cells(IReadOnlyList<ScoreColumn> columns)
    {
        for (var at = 0; at < columns.Count; at++)
        {
            var column = columns[at];
            if (column.Kind == ScoreColumnKind.Value)
            {
                at += columns[at + 1].Kind == ScoreColumnKind.Band ? 2 : 1; // a status always follows
            }

            yield return new Cell { Column = column, IsScore = column.Kind == ScoreColumnKind.Value };
        }
    }

    private static EntryTexts Begin(ref Cell cell, Instrument instrument)
    {
        var texts = new EntryTexts(instrument, cell.Column.Index);
        return Interlocked.CompareExchange(ref cell.Texts, texts, null) ?? texts;
    }

    /// <summary>One column, or those of one score.</summary>
    private struct Cell
    {
        public EntryTexts? Texts;

        public required ScoreColumn Column { get; init; }

        public required bool IsScore { get; init; }
    }
}
