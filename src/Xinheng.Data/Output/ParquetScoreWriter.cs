using System.Runtime.InteropServices;
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

    public override ScorePart CreatePart() => new ColumnPart(_fields.Length);

    public override void Format(SurveyBlock block, ScorePart part)
    {
        var columns = (ColumnPart)part;
        columns.Rows += block.Count;
        for (var column = 0; column < PassedColumns.Count; column++)
        {
            for (var person = 0; person < block.Count; person++)
            {
                columns.Texts[column].Add(block.Passed.Cell(person, column).ToString());
            }
        }

        for (var column = 0; column < Columns.Count; column++)
        {
            var (score, index) = (Columns[column], PassedColumns.Count + column);
            for (var person = 0; person < block.Count; person++)
            {
                if (!score.IsNumber)
                {
                    columns.Texts[index].Add(score.Word(block, person) is { Length: > 0 } word ? word : null);
                }
                else
                {
                    var number = score.Number(block, person);
                    columns.Numbers[index].Add(double.IsNaN(number) ? null : number);
                }
            }
        }
    }

    public override void Write(ScorePart part)
    {
        // A row group ends at its full number of rows, wherever the parts end: so the bytes do not depend on them.
        var columns = (ColumnPart)part;
        for (var from = 0; from < columns.Rows;)
        {
            var to = Math.Min(columns.Rows, from + RowGroupRows - _rows);
            for (var column = 0; column < _fields.Length; column++)
            {
                _texts[column].AddRange(Slice(columns.Texts[column], from, to));
                _numbers[column].AddRange(Slice(columns.Numbers[column], from, to));
            }

            _rows += to - from;
            from = to;
            if (_rows == RowGroupRows)
            {
                WriteRowGroup();
            }
        }

        static ReadOnlySpan<T> Slice<T>(List<T> column, int from, int to) => column.Count == 0 ? [] : CollectionsMarshal.AsSpan(column)[from..to];
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

    /// <summary>Values of a part, column by column.</summary>
    private sealed class ColumnPart(int columns) : ScorePart
    {
        public int Rows { get; set; }

        public List<string?>[] Texts { get; } = [.. Enumerable.Range(0, columns).Select(_ => new List<string?>())];

        public List<double?>[] Numbers { get; } = [.. Enumerable.Range(0, columns).Select(_ => new List<double?>())];

        public override void Clear()
        {
            Rows = 0;
            foreach (var column in Texts)
            {
                column.Clear();
            }

            foreach (var column in Numbers)
            {
                column.Clear();
            }
        }
    }

    // The library writes asynchronously only; the stream underneath is a file, and blocks come in order.
    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
