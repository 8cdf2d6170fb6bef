namespace Xinheng.Data;

/// <summary>Scores as CSV: UTF-8, comma, LF, a header; empty cells where there is no value.</summary>
internal sealed class CsvScoreWriter : ScoreWriter
{
    private readonly Stream _stream;
    private readonly ScoreColumn[] _leading;
    private readonly CellTexts?[] _cells;

    public CsvScoreWriter(Stream stream, IReadOnlyList<string> passed, IReadOnlyList<ScoreColumn> columns, bool byteOrderMark)
        : base(passed, columns)
    {
        _stream = stream;
        _leading = [.. Leading(columns)];
        _cells = new CellTexts?[_leading.Length];
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
        var kept = new CellTexts.Text[_cells.Length][];
        for (var cell = 0; cell < _cells.Length; cell++)
        {
            var texts = _cells[cell] ?? Begin(cell, block);
            texts.Find(block, numbers.Slice(cell * block.Count, block.Count));
            kept[cell] = texts.Texts;
        }

        for (var person = 0; person < block.Count; person++)
        {
            for (var column = 0; column < PassedColumns.Count; column++)
            {
                CsvText.Cell(text, block.Passed.Cell(person, column));
                text.Append((byte)',');
            }

            for (var cell = 0; cell < kept.Length; cell++)
            {
                var number = numbers[(cell * block.Count) + person];
                if (number != CellTexts.None)
                {
                    text.AppendKept(kept[cell][number]);
                }
                else
                {
                    _cells[cell]!.Append(text, block, person);
                    text.Append((byte)',');
                }
            }

            text.EndLine(); // in place of the last comma
        }
    }

    public override void Write(ScorePart part) => _stream.Write(((TextPart)part).Text.Written);

    public override void Complete()
    {
    }

    /// <summary>Value, band and status of a score go together: a cell for each.</summary>
    private static IEnumerable<ScoreColumn> Leading(IReadOnlyList<ScoreColumn> columns) =>
        columns.Where(column => column.Kind is not (ScoreColumnKind.Band or ScoreColumnKind.Status));

    private CellTexts Begin(int cell, SurveyBlock block)
    {
        var column = _leading[cell];
        CellTexts texts = column.Kind switch
        {
            ScoreColumnKind.Value => new ScoreTexts(block.Scores[column.Instrument].Instrument, column),
            ScoreColumnKind.Critical or ScoreColumnKind.Validity => new WordTexts(column),
            _ => new OwnTexts(column),
        };
        return Interlocked.CompareExchange(ref _cells[cell], texts, null) ?? texts;
    }
}
