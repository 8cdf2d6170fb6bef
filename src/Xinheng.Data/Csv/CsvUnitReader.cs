using System.Buffers;
using System.Text;

namespace Xinheng.Data;

/// <summary>Reads the records of one part of a CSV file from memory, with the results of <see cref="CsvRecordReader"/>.</summary>
/// <remarks>Made for files that <see cref="CsvLook"/> found plain. A record or a cell allocates nothing.</remarks>
internal sealed class CsvUnitReader : RecordReader
{
    private readonly CsvShape _shape;
    private Place[] _fields = new Place[64];
    private char[] _text = new char[4096];
    private int _textEnd;
    private long _nextRow;
    private long _nextLine;

    public CsvUnitReader(string file, CsvShape shape, InputLimits? limits = null)
        : base(file, limits ?? InputLimits.Default) => _shape = shape;

    /// <summary>The content, and behind <see cref="End"/> room for vectors.</summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>Where the next record begins.</summary>
    public int Next { get; private set; }

    /// <summary>Where the content ends; a line feed stands there.</summary>
    public int End { get; private set; }

    /// <summary>Row of the next record.</summary>
    public long NextRow => _nextRow;

    /// <summary>Takes content whose first record has this row and line.</summary>
    public void Load(byte[] bytes, int start, int end, long row, long line) => (Bytes, Next, End, _nextRow, _nextLine) = (bytes, start, end, row, line);

    /// <summary>Goes to the next record that is not empty, without reading it.</summary>
    /// <returns><see langword="false"/> at the end.</returns>
    public bool SkipEmptyLines()
    {
        while (Next < End)
        {
            if (Bytes[Next] is not ((byte)'\r' or (byte)'\n'))
            {
                return true;
            }

            Next += Bytes[Next] == '\r' ? 2 : 1;
            _nextRow++;
            _nextLine++;
            SkippedRecords++;
        }

        return false;
    }

    public override bool Read()
    {
        Begin();
        if (!SkipEmptyLines())
        {
            return false;
        }

        Row = _nextRow++;
        Line = _nextLine;
        ReadRecord();
        return true;
    }

    /// <summary>The next record with its line end, if it holds no quotation mark; otherwise nothing. Not to be called at the end.</summary>
    public ReadOnlySpan<byte> PeekPlain()
    {
        var rest = Bytes.AsSpan(Next, End - Next);
        var end = rest.IndexOf((byte)'\n');
        var record = end < 0 ? rest : rest[..(end + 1)];
        return record.Contains((byte)'"') ? [] : record;
    }

    /// <summary>Takes over a record whose fields somebody else has found.</summary>
    /// <param name="fields">Number of fields, of which those that are asked for were set.</param>
    /// <param name="next">Where the next record begins.</param>
    public void Accept(int fields, int next)
    {
        Begin();
        Row = _nextRow++;
        Line = _nextLine++;
        FieldCount = fields;
        Next = next;
    }

    /// <summary>Says where a field stands, for <see cref="Accept"/>.</summary>
    public void SetField(int index, int start, int end)
    {
        if (index >= _fields.Length)
        {
            Array.Resize(ref _fields, index * 2);
        }

        _fields[index] = new Place { Start = start, Length = end - start, Text = -1 };
    }

    /// <summary>The bytes of a field that was set.</summary>
    public ReadOnlySpan<byte> RawField(int index) => Bytes.AsSpan(_fields[index].Start, _fields[index].Length);

    public override ReadOnlySpan<char> Field(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)FieldCount);
        ref var field = ref _fields[index];
        if (field.Text < 0)
        {
            Decode(ref field);
        }

        return _text.AsSpan(field.Text, field.TextLength);
    }

    public override CellKind Kind(int index) => CellKind.Text;

    public override void Dispose()
    {
    }

    private void Begin()
    {
        FieldCount = 0;
        Fault = RecordFault.None;
        FaultField = -1;
        _textEnd = 0;
    }

    private void ReadRecord()
    {
        var bytes = Bytes;
        var (start, count, delimiter) = (Next, 0, _shape.Delimiter);
        for (var fieldStart = start; ;)
        {
            var (at, quoted) = (fieldStart, bytes[fieldStart] == '"' && fieldStart < End);
            if (quoted)
            {
                at = CloseOf(fieldStart, out var doubled);
                if (at < 0)
                {
                    // Only a file that is changed while it is read comes here.
                    (Next, Fault, FieldCount) = (End, RecordFault.UnclosedQuote, 0);
                    return;
                }

                SetField(count, fieldStart + 1, at);
                _fields[count++].Doubled = doubled;
                at++;
            }

            while (at < End && bytes[at] != delimiter && bytes[at] != '\n')
            {
                at++;
            }

            var endsRecord = at >= End || bytes[at] == '\n';
            if (!quoted)
            {
                SetField(count++, fieldStart, endsRecord && at > fieldStart && bytes[at - 1] == '\r' ? at - 1 : at);
            }

            if (endsRecord)
            {
                Next = Math.Min(at + 1, End);
                _nextLine++;
                break;
            }

            fieldStart = at + 1;
        }

        FieldCount = count;
        if (count > Limits.Columns)
        {
            Fault = RecordFault.TooManyFields;
            FieldCount = 0;
        }
        else if (Next - start > Limits.FieldChars)
        {
            FindLongField();
        }
    }

    /// <summary>Where the field that opens at <paramref name="open"/> is closed; -1 = nowhere.</summary>
    private int CloseOf(int open, out bool doubled)
    {
        doubled = false;
        var at = open + 1;
        while (true)
        {
            var found = Bytes.AsSpan(at, End - at).IndexOf((byte)'"');
            if (found < 0)
            {
                return -1;
            }

            at += found;
            if (at + 1 >= End || Bytes[at + 1] != '"')
            {
                _nextLine += Bytes.AsSpan(open, at - open).Count((byte)'\n');
                return at;
            }

            doubled = true;
            at += 2;
        }
    }

    private void FindLongField()
    {
        for (var i = 0; i < FieldCount; i++)
        {
            if (_fields[i].Length > Limits.FieldChars && Field(i).Length > Limits.FieldChars)
            {
                (Fault, FaultField) = (RecordFault.FieldTooLong, i);
                return;
            }
        }
    }

    private void Decode(ref Place field)
    {
        // No encoding makes more characters than it has bytes.
        if (_text.Length - _textEnd < field.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _textEnd + field.Length));
        }

        var bytes = Bytes.AsSpan(field.Start, field.Length);
        var room = _text.AsSpan(_textEnd);
        var length = Ascii.ToUtf16(bytes, room, out var written) == OperationStatus.Done ? written : _shape.Encoding.Encoding.GetChars(bytes, room);
        if (field.Doubled)
        {
            var kept = 0;
            for (var at = 0; at < length; at++)
            {
                room[kept++] = room[at];
                at += room[at] == '"' ? 1 : 0;
            }

            length = kept;
        }

        (field.Text, field.TextLength) = (_textEnd, length);
        _textEnd += length;
    }

    /// <summary>Where a field stands in the bytes and, once it was asked for, in the text.</summary>
    private struct Place
    {
        public int Start;
        public int Length;
        public bool Doubled;
        public int Text;
        public int TextLength;
    }
}
