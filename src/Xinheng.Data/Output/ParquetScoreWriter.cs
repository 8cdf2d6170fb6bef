using Parquet;
using Parquet.Schema;

namespace Xinheng.Data;

/// <summary>Scores as Parquet: text that passes through as strings, values as nullable doubles, words as dictionary-encoded strings.</summary>
internal sealed class ParquetScoreWriter : ScoreWriter
{
    private const int RowGroupRows = 65_536;

    private readonly ParquetWriter _writer;
    private readonly DataField[] _fields;
    private readonly List<string?>[] _texts;
    private readonly List<double?>[] _numbers;
    private int _rows;

    public ParquetScoreWriter(Stream stream, IReadOnlyList<string> passed, IReadOnlyList<ScoreColumn> columns)
        : base(passed, columns)
    {
        var names = Names(passed, columns).ToArray();
        _fields =
        [
            .. passed.Select((_, i) => (DataField)new DataField<string>(names[i])),
            .. columns.Select((column, i) => column.IsNumber ? new DataField<double?>(names[passed.Count + i]) : (DataField)new DataField<string>(names[passed.Count + i])),
        ];
        _texts = [.. _fields.Select(_ => new List<string?>())];
        _numbers = [.. _fields.Select(_ => new List<double?>())];
        _writer = Wait(ParquetWriter.CreateAsync(new ParquetSchema(_fields), stream));
    }

    public override void Format(SurveyBlock block)
    {
        // Columns of different blocks are joined into row groups, so there is nothing to prepare for one block.
    }

    public override void Write(SurveyBlock block)
    {
        // A row group ends at its full number of rows, wherever the blocks end: so the bytes do not depend on them.
        for (var from = 0; from < block.Count;)
        {
            var to = Math.Min(block.Count, from + RowGroupRows - _rows);
            Write(block, from, to);
            from = to;
        }
    }

    private void Write(SurveyBlock block, int from, int to)
    {
        for (var column = 0; column < PassedColumns.Count; column++)
        {
            for (var person = from; person < to; person++)
            {
                _texts[column].Add(block.Passed.Cell(person, column).ToString());
            }
        }

        for (var column = 0; column < Columns.Count; column++)
        {
            var (score, index) = (Columns[column], PassedColumns.Count + column);
            for (var person = from; person < to; person++)
            {
                if (!score.IsNumber)
                {
                    _texts[index].Add(score.Word(block, person) is { Length: > 0 } word ? word : null);
                }
                else
                {
                    var number = score.Number(block, person);
                    _numbers[index].Add(double.IsNaN(number) ? null : number);
                }
            }
        }

        _rows += to - from;
        if (_rows == RowGroupRows)
        {
            WriteRowGroup();
        }
    }

    public override void Complete()
    {
        if (_rows > 0)
        {
            WriteRowGroup();
        }

        _writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private void WriteRowGroup()
    {
        using var group = _writer.CreateRowGroup();
        for (var column = 0; column < _fields.Length; column++)
        {
            if (_fields[column].ClrType == typeof(double))
            {
                group.WriteAsync<double>(_fields[column], _numbers[column].ToArray().AsMemory()).GetAwaiter().GetResult();
            }
            else
            {
                group.WriteAsync(_fields[column], _texts[column]).GetAwaiter().GetResult();
            }

            _texts[column].Clear();
            _numbers[column].Clear();
        }

        group.CompleteValidate();
        _rows = 0;
    }

    // The library writes asynchronously only; the stream underneath is a file, and blocks come in order.
    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
