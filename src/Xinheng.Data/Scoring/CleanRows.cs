using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Xinheng.Data;

/// <summary>Reads rows whose answers are at most one character each, without quotation marks: nearly all rows of nearly all surveys.</summary>
/// <remarks>
/// <para>
/// A cell of one character is the byte before a delimiter, and a blank one shows the delimiter before it: so one load at the
/// delimiters, one load a byte earlier and a compression by the mask of delimiters read a run of answers. Two neighbouring
/// bytes that end no cell say that a cell is longer; such a row is left to the general reader, with the same result.
/// </para>
/// <para>Rows gather in tiles of 64 and are turned into columns, and one comparison says which of 64 cells hold known codes.</para>
/// </remarks>
internal sealed class CleanRows
{
    private const int TileRows = 64;

    // For each mask of 8 delimiters the places of its bits, one after another.
    private static readonly ulong[] Places = [.. Enumerable.Range(0, 256).Select(mask => Enumerable.Range(0, 8).Where(bit => (mask >> bit & 1) != 0).Select((bit, i) => (ulong)bit << (8 * i)).Aggregate(0UL, (a, b) => a | b))];

    private readonly CsvUnitReader _reader;
    private readonly SurveyRows _rows;
    private readonly TextEncoding _encoding;
    private readonly byte _delimiter;
    private readonly int _id;
    private readonly int _fields;
    private readonly bool _wide;
    private readonly Run[] _runs;
    private readonly AnswerColumn[] _columns;
    private readonly int _stride;

    // Row by row, then column by column.
    private readonly byte[] _cells;
    private readonly byte[] _turned;
    private readonly int[] _persons = new int[TileRows];
    private readonly (long Row, long Line)[] _places = new (long, long)[TileRows];
    private int _count;

    /// <param name="table">The file.</param>
    /// <param name="shape">How it is written.</param>
    /// <param name="reader">The records of a part of it.</param>
    /// <param name="rows">The people of that part.</param>
    public CleanRows(SurveyTable table, CsvShape shape, CsvUnitReader reader, SurveyRows rows)
    {
        (_reader, _rows, _encoding, _delimiter, _id, _fields) = (reader, rows, shape.Encoding, shape.Delimiter, table.Columns.Id, table.Columns.Headings.Count);
        _wide = Avx512Vbmi2.IsSupported && !table.Request.NarrowVectors;
        var columns = new AnswerColumn?[_fields];
        for (var i = 0; i < table.Columns.Items.Length; i++)
        {
            for (var item = 0; item < table.Columns.Items[i].Length; item++)
            {
                if (table.Columns.Items[i][item] is >= 0 and var column && table.Request.Instruments[i].ResponsesOf(item) is OptionSet)
                {
                    columns[column] = new AnswerColumn(i, item, table.Columns.Parsers[i][item], _delimiter, rows.Tally.OptionBase(i));
                }
            }
        }

        Quantities = [.. Enumerable.Range(0, table.Columns.Items.Length).SelectMany(i => Enumerable.Range(0, table.Columns.Items[i].Length)
            .Where(item => table.Columns.Items[i][item] >= 0 && table.Request.Instruments[i].ResponsesOf(item) is not OptionSet).Select(item => (i, item)))];
        _columns = [.. columns.OfType<AnswerColumn>()];
        var runs = new List<Run>();
        for (var column = 0; column < _fields; column++)
        {
            var answers = columns[column] is not null;
            if (runs.Count == 0 || runs[^1].Answers != answers)
            {
                runs.Add(new Run(answers, column, 0));
            }

            runs[^1] = runs[^1] with { Count = runs[^1].Count + 1 };
        }

        _runs = [.. runs];
        _stride = (_columns.Length + 64 + 15) & ~15;
        _cells = new byte[TileRows * _stride];
        _turned = new byte[TileRows * _stride];
    }

    /// <summary>Items whose answers are quantities: their cells are text to this reader.</summary>
    private (int Instrument, int Item)[] Quantities { get; }

    /// <summary>Reads the next row and adds its person to the block, if the row is clean.</summary>
    /// <returns><see langword="false"/> when nothing was read: the row is not clean, or there is none.</returns>
    public bool TryAdd(SurveyBlock block)
    {
        if (!_reader.SkipEmptyLines() || !TryRead())
        {
            return false;
        }

        _rows.Tally.Records++;
        var person = _rows.AddPersonTo(block);
        foreach (var (instrument, item) in Quantities)
        {
            _rows.AddAnswerTo(block, person, instrument, item);
        }

        (_persons[_count], _places[_count]) = (person, (_reader.Row, _reader.Line));
        if (++_count == TileRows)
        {
            Flush(block);
        }

        return true;
    }

    /// <summary>Puts the answers that were gathered into the block.</summary>
    public void Flush(SurveyBlock block)
    {
        if (_count == 0)
        {
            return;
        }

        for (var row = 0; row < _count; row += 16)
        {
            for (var column = 0; column < _columns.Length; column += 16)
            {
                Transpose(ref _cells[(row * _stride) + column], _stride, ref _turned[(column * TileRows) + row], TileRows);
            }
        }

        var together = _persons[_count - 1] - _persons[0] == _count - 1;
        var rows = _count == TileRows ? ulong.MaxValue : (1UL << _count) - 1;
        for (var column = 0; column < _columns.Length; column++)
        {
            Flush(block, _columns[column], _turned.AsSpan(column * TileRows, TileRows), rows, together);
        }

        _count = 0;
    }

    private void Flush(SurveyBlock block, AnswerColumn column, Span<byte> cells, ulong rows, bool together)
    {
        var text = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(cells));
        var isBlank = column.BlankIsSkipped ? Vector512.Equals(text, Vector512.Create(_delimiter)) : default;
        Vector512<byte> codes;
        Vector512<byte> isKnown;
        if (column.Span >= 0)
        {
            unchecked
            {
                isKnown = Vector512.LessThanOrEqual(text - Vector512.Create(column.First), Vector512.Create((byte)column.Span));
                codes = text - Vector512.Create(column.Shift);
            }
        }
        else
        {
            column.Translate(cells, out codes, out isKnown);
        }

        var answers = isKnown.ExtractMostSignificantBits() & rows;
        var blanks = isBlank.ExtractMostSignificantBits() & rows;
        codes = Vector512.ConditionalSelect(isBlank, Vector512.Create((byte)MissingReason.Skipped), codes);
        _rows.Tally.Add(column.Instrument, column.Item, BitOperations.PopCount(answers), BitOperations.PopCount(blanks));
        if (column.IsCounted)
        {
            _rows.Tally.OptionBase(column.Instrument).Count(
                BitOperations.PopCount(answers),
                BitOperations.PopCount(Vector512.Equals(codes, Vector512.Create(column.Lowest)).ExtractMostSignificantBits() & answers),
                BitOperations.PopCount(Vector512.Equals(codes, Vector512.Create(column.Highest)).ExtractMostSignificantBits() & answers));
        }

        var target = block.Answers[column.Instrument].Codes(column.Item);
        if (together && _count == TileRows)
        {
            codes.CopyTo(target[_persons[0]..]);
        }
        else
        {
            Scatter(codes, target);
        }

        if ((rows & ~(answers | blanks)) is not 0 and var others)
        {
            FlushOthers(block, column, cells, others);
        }
    }

    private void Scatter(Vector512<byte> codes, Span<byte> target)
    {
        Span<byte> read = stackalloc byte[TileRows];
        codes.CopyTo(read);
        for (var i = 0; i < _count; i++)
        {
            target[_persons[i]] = read[i];
        }
    }

    /// <summary>Has the general reader say what characters mean that are no codes.</summary>
    private void FlushOthers(SurveyBlock block, AnswerColumn column, Span<byte> cells, ulong others)
    {
        Span<char> cell = stackalloc char[1];
        for (; others != 0; others &= others - 1)
        {
            var i = BitOperations.TrailingZeroCount(others);
            var length = cells[i] == _delimiter ? 0 : _encoding.Encoding.GetChars(cells.Slice(i, 1), cell);
            _rows.AddAnswerTo(block, _persons[i], column.Instrument, column.Item, cell[..length], CellKind.Text, _places[i].Row, _places[i].Line);
        }
    }

    private bool TryRead()
    {
        var at = _reader.Next;
        var cell = _count * _stride;
        for (var i = 0; i < _runs.Length; i++)
        {
            var last = i == _runs.Length - 1;
            if (!_runs[i].Answers)
            {
                if (!ReadTexts(_runs[i], last, ref at))
                {
                    return false;
                }
            }
            else
            {
                // The cell in front of the first column is one of another row.
                var blank = _runs[i].First == 0 && _reader.Bytes[at] == _delimiter;
                if (!(_wide ? ReadAnswersWide(_runs[i].Count, last, ref at, cell) : ReadAnswers(_runs[i].Count, last, ref at, cell)))
                {
                    return false;
                }

                if (blank)
                {
                    _cells[cell] = _delimiter;
                }

                cell += _runs[i].Count;
            }
        }

        if (at - _reader.Next > InputLimits.Default.FieldChars || (_id >= 0 && CsvLook.IfPlain(_reader.RawField(_id)).IsEmpty))
        {
            return false;
        }

        _reader.Accept(_fields, Math.Min(at, _reader.End));
        return true;
    }

    private bool ReadTexts(Run run, bool last, ref int at)
    {
        var bytes = _reader.Bytes;
        var from = at;
        var ends = EndsOfTexts(bytes, from);
        unchecked
        {
            for (var i = 0; i < run.Count; i++)
            {
                while (ends == 0)
                {
                    from += 64;
                    ends = EndsOfTexts(bytes, from);
                }

                var end = from + BitOperations.TrailingZeroCount(ends);
                ends &= ends - 1;
                var endsRow = last && i == run.Count - 1;
                if (bytes[end] == (byte)'"' || (bytes[end] == _delimiter) == endsRow)
                {
                    return false;
                }

                _reader.SetField(run.First + i, at, end);
                at = end + 1;
                if (bytes[end] == (byte)'\r' && bytes[at++] != (byte)'\n')
                {
                    return false;
                }
            }
        }

        return true;
    }

    private ulong EndsOfTexts(byte[] bytes, int at)
    {
        var text = Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(bytes), (nuint)at);
        return (Vector512.Equals(text, Vector512.Create(_delimiter)) | Vector512.Equals(text, Vector512.Create((byte)'\n'))
            | Vector512.Equals(text, Vector512.Create((byte)'\r')) | Vector512.Equals(text, Vector512.Create((byte)'"'))).ExtractMostSignificantBits();
    }

    /// <summary>Reads a run of answers with 64 bytes at a time.</summary>
    private bool ReadAnswersWide(int count, bool last, ref int at, int cell)
    {
        ref var bytes = ref MemoryMarshal.GetArrayDataReference(_reader.Bytes);
        ref var cells = ref MemoryMarshal.GetArrayDataReference(_cells);
        var delimiter = Vector512.Create(_delimiter);
        var from = at;
        ulong carried = 0;
        unchecked
        {
            while (true)
            {
                var text = Vector512.LoadUnsafe(ref bytes, (nuint)from);
                var isLineEnd = Vector512.Equals(text, Vector512.Create((byte)'\n')) | Vector512.Equals(text, Vector512.Create((byte)'\r'));
                var isEnd = Vector512.Equals(text, delimiter) | isLineEnd;
                var ends = isEnd.ExtractMostSignificantBits();
                var lineEnds = isLineEnd.ExtractMostSignificantBits();
                var quotes = Vector512.Equals(text, Vector512.Create((byte)'"')).ExtractMostSignificantBits();
                Avx512Vbmi2.Compress(Vector512<byte>.Zero, isEnd, Vector512.LoadUnsafe(ref bytes, (nuint)(from - 1))).StoreUnsafe(ref cells, (nuint)cell);
                var found = BitOperations.PopCount(ends);
                if (found >= count)
                {
                    return EndsRun(ends, lineEnds, quotes, carried, count, last, from, ref at);
                }

                if ((lineEnds | quotes | Longer(ends, carried)) != 0)
                {
                    return false;
                }

                carried = ~ends >> 63;
                count -= found;
                cell += found;
                from += 64;
            }
        }
    }

    /// <summary>Reads a run of answers with 16 bytes at a time.</summary>
    private bool ReadAnswers(int count, bool last, ref int at, int cell)
    {
        ref var bytes = ref MemoryMarshal.GetArrayDataReference(_reader.Bytes);
        ref var cells = ref MemoryMarshal.GetArrayDataReference(_cells);
        var delimiter = Vector128.Create(_delimiter);
        var from = at;
        ulong carried = 0;
        unchecked
        {
            while (true)
            {
                var text = Vector128.LoadUnsafe(ref bytes, (nuint)from);
                var isLineEnd = Vector128.Equals(text, Vector128.Create((byte)'\n')) | Vector128.Equals(text, Vector128.Create((byte)'\r'));
                ulong lineEnds = isLineEnd.ExtractMostSignificantBits();
                ulong ends = (Vector128.Equals(text, delimiter) | isLineEnd).ExtractMostSignificantBits();
                ulong quotes = Vector128.Equals(text, Vector128.Create((byte)'"')).ExtractMostSignificantBits();
                var places = Vector128.Create(Places[(int)(ends & 255)], Places[(int)(ends >> 8)] | 0x0808_0808_0808_0808UL).AsByte();
                var values = Vector128.Shuffle(Vector128.LoadUnsafe(ref bytes, (nuint)(from - 1)), places).AsUInt64();
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref cells, cell), values.ToScalar());
                Unsafe.WriteUnaligned(
                    ref Unsafe.Add(ref cells, cell + BitOperations.PopCount(ends & 255)), values.GetElement(1));
                var found = BitOperations.PopCount(ends);
                if (found >= count)
                {
                    return EndsRun(ends, lineEnds, quotes, carried, count, last, from, ref at);
                }

                // Bits beyond the 16 are no bytes: they must not look like the inside of a long cell.
                if ((lineEnds | quotes | (Longer(ends, carried) & 0xFFFF)) != 0)
                {
                    return false;
                }

                carried = ~ends >> 15 & 1;
                count -= found;
                cell += found;
                from += 16;
            }
        }
    }

    /// <summary>Whether the last cell of a run is its last, and all is well up to it.</summary>
    private bool EndsRun(ulong ends, ulong lineEnds, ulong quotes, ulong carried, int count, bool last, int from, ref int at)
    {
        unchecked
        {
            var end = Bit(ends, count);
            var kept = end ^ (end - 1);
            if (((quotes | Longer(ends, carried)) & kept) != 0 || (lineEnds & kept) != (last ? end : 0))
            {
                return false;
            }

            at = from + BitOperations.TrailingZeroCount(end) + 1;
            return _reader.Bytes[at - 1] != (byte)'\r' || _reader.Bytes[at++] == (byte)'\n';
        }
    }

    /// <summary>Bytes that end no cell, behind others that do not either.</summary>
    private static ulong Longer(ulong ends, ulong carried) => ~ends & ((~ends << 1) | carried);

    /// <summary>The bit of a mask that is set as the so-manieth.</summary>
    private static ulong Bit(ulong mask, int number)
    {
        if (Bmi2.X64.IsSupported)
        {
            return Bmi2.X64.ParallelBitDeposit(1UL << (number - 1), mask);
        }

        for (; number > 1; number--)
        {
            mask &= mask - 1;
        }

        return mask & ~(mask - 1);
    }

    /// <summary>Turns 16 rows of 16 bytes into columns: four times every row is interleaved with the one eight further on.</summary>
    private static void Transpose(ref byte from, int fromStride, ref byte to, int toStride)
    {
        Span<Vector128<byte>> one = stackalloc Vector128<byte>[16];
        Span<Vector128<byte>> other = stackalloc Vector128<byte>[16];
        unchecked
        {
            for (var i = 0; i < 16; i++)
            {
                one[i] = Vector128.LoadUnsafe(ref from, (nuint)(i * fromStride));
            }

            for (var round = 0; round < 4; round++)
            {
                for (var i = 0; i < 8; i++)
                {
                    other[2 * i] = Low(one[i], one[i + 8]);
                    other[(2 * i) + 1] = High(one[i], one[i + 8]);
                }

                var swap = one;
                one = other;
                other = swap;
            }

            for (var i = 0; i < 16; i++)
            {
                one[i].StoreUnsafe(ref to, (nuint)(i * toStride));
            }
        }

        static Vector128<byte> Low(Vector128<byte> a, Vector128<byte> b) =>
            Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b) : Zip(a.GetLower(), b.GetLower());

        static Vector128<byte> High(Vector128<byte> a, Vector128<byte> b) =>
            Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b) : Zip(a.GetUpper(), b.GetUpper());

        static Vector128<byte> Zip(Vector64<byte> a, Vector64<byte> b) =>
            Vector128.Shuffle(Vector128.Create(a, b), Vector128.Create((byte)0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15));
    }

    /// <summary>Neighbouring columns that all hold answers with options, or none of which does.</summary>
    private readonly record struct Run(bool Answers, int First, int Count);

    /// <summary>What the cells of an answer column mean, one character each.</summary>
    private sealed class AnswerColumn
    {
        public AnswerColumn(int instrument, int item, CellParser parser, byte delimiter, OptionBaseCheck check)
        {
            (Instrument, Item) = (instrument, item);
            for (var c = 0; c < Codes.Length; c++)
            {
                Codes[c] = c is < 128 and not ('"' or '\r' or '\n') && c != delimiter && parser.Parse([(char)c], CellKind.Text, out _) is { IsMissing: false } answer && answer.Stored <= Answer.MaxCode ? (short)answer.Stored : (short)-1;
            }

            BlankIsSkipped = parser.Parse([], CellKind.Text, out _) == Answer.Skipped;
            IsCounted = check.Counts(item, out var lowest, out var highest);
            (Lowest, Highest) = (lowest, highest);
            var known = Enumerable.Range(0, Codes.Length).Where(c => Codes[c] >= 0).ToArray();
            Span = known.Length > 0 && known[^1] - known[0] == known.Length - 1 && known.All(c => c - Codes[c] == known[0] - Codes[known[0]]) ? known.Length - 1 : -1;
            if (Span >= 0)
            {
                (First, Shift) = ((byte)known[0], unchecked((byte)(known[0] - Codes[known[0]])));
            }
        }

        /// <summary>Looks characters up one by one.</summary>
        public void Translate(ReadOnlySpan<byte> cells, out Vector512<byte> codes, out Vector512<byte> isKnown)
        {
            Span<byte> found = stackalloc byte[TileRows];
            Span<byte> known = stackalloc byte[TileRows];
            for (var i = 0; i < TileRows; i++)
            {
                (found[i], known[i]) = Codes[cells[i]] is >= 0 and var code ? ((byte)code, byte.MaxValue) : ((byte)0, (byte)0);
            }

            (codes, isKnown) = (Vector512.LoadUnsafe(ref found[0]), Vector512.LoadUnsafe(ref known[0]));
        }

        public int Instrument { get; }

        public int Item { get; }

        /// <summary>Stored code of each character; -1 where the general reader has to say.</summary>
        public short[] Codes { get; } = new short[256];

        public bool BlankIsSkipped { get; }

        /// <summary>Number of characters behind the first one that are codes too, each one more; -1 where the codes are no such row.</summary>
        public int Span { get; }

        public byte First { get; }

        /// <summary>What a character exceeds its code by.</summary>
        public byte Shift { get; }

        public bool IsCounted { get; }

        public byte Lowest { get; }

        public byte Highest { get; }
    }
}
