namespace Xinheng.Data;

/// <summary>Scores as CSV: UTF-8, comma, LF, a header; empty cells where there is no value.</summary>
internal sealed class CsvScoreWriter : ScoreWriter
{
    private readonly Stream _stream;

    public CsvScoreWriter(Stream stream, IReadOnlyList<string> passed, IReadOnlyList<ScoreColumn> columns, bool byteOrderMark)
        : base(passed, columns)
    {
        _stream = stream;
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

            for (var column = 0; column < Columns.Count; column++)
            {
                if (column + PassedColumns.Count > 0)
                {
                    text.Append((byte)',');
                }

                var score = Columns[column];
                if (!score.IsNumber)
                {
                    text.Append(score.Word(block, person));
                }
                else if (score.Number(block, person) is var number && !double.IsNaN(number))
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
}
