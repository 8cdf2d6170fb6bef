using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Xinheng.Data;

/// <summary>
/// The first look at a CSV file, chunk by chunk on several threads: where its records begin, which rows and lines they are,
/// and whose. It also says whether the file is so plain that its parts can be read apart from each other.
/// </summary>
/// <remarks>
/// Plain is: every quotation mark encloses a whole field or is doubled inside one, lines end with LF or CRLF, no NUL, no
/// invalid character, no record beyond the limits. Where the marks are sound their parity says whether a byte stands inside
/// of a field. Whether a chunk begins inside is guessed from the first mark that leaves no doubt; when the chunks before it
/// are known, a wrong guess is seen and the chunk looked at again.
/// </remarks>
internal sealed class CsvLook
{
    /// <summary>A record that goes on for more than this in the next chunk makes a file odd.</summary>
    public const int MaxRecordBytes = 1 << 14;

    private const int Step = 64;

    private readonly SurveyTable _table;
    private readonly CsvShape _shape;
    private readonly PersonFinder _people;
    private readonly int _unitBytes;
    private readonly Action<long, double> _progress;
    private readonly List<(long Start, long Row, long Line)> _units = [];
    private long _rows = 1;
    private long _lines = 1;
    private bool _inside;
    private volatile bool _odd;

    /// <param name="table">The file, with its header.</param>
    /// <param name="shape">How it is written.</param>
    /// <param name="people">Takes whose the records are.</param>
    /// <param name="progress">Told the number of records and the part of the file that was looked at.</param>
    public CsvLook(SurveyTable table, CsvShape shape, PersonFinder people, Action<long, double> progress)
    {
        (_table, _shape, _people, _progress, _unitBytes) = (table, shape, people, progress, table.Request.UnitBytes);
        _units.Add((shape.Preamble, 1, 1));
    }

    /// <summary>Number of records behind the header.</summary>
    public long Records { get; private set; }

    /// <summary>The parts of the file, once all was looked at; <see langword="null"/> for an odd file.</summary>
    /// <param name="length">Length of the file.</param>
    public CsvUnits? Units(long length) => _odd || _inside ? null : new CsvUnits(
        _shape,
        [.. _units.Select(unit => unit.Start).Where(start => start < length), length],
        [.. _units.Where(unit => unit.Start < length).Select(unit => unit.Row)],
        [.. _units.Where(unit => unit.Start < length).Select(unit => unit.Line)]);

    /// <summary>Looks at a chunk; from any thread.</summary>
    public void Look(FileChunk chunk)
    {
        if (!_odd)
        {
            var found = (ChunkRecords)(chunk.Found ??= new ChunkRecords(_table, _shape));
            Look(chunk, found, GuessInside(chunk));
        }
    }

    /// <summary>Takes over what was found in a chunk; in the order of the file.</summary>
    public void Commit(FileChunk chunk, long length)
    {
        if (_odd)
        {
            return;
        }

        var found = (ChunkRecords)chunk.Found!;
        if (found.BeganInside != _inside)
        {
            Look(chunk, found, _inside);
        }

        if (found.Odd || (chunk.Number == 0 && !found.HeaderSeen) || chunk.FirstInvalidUtf8 is not null && _shape.Encoding == TextEncoding.Utf8)
        {
            _odd = true;
            return;
        }

        if (chunk.Number == 0)
        {
            _people.Expect((long)(found.People.Count * 1.05 * length / chunk.Bytes.Length));
        }

        foreach (var unit in found.Units)
        {
            if (unit.Start >= 0)
            {
                _units.Add((unit.Start, _rows + unit.RowsBefore, _lines + unit.LinesBefore));
            }

            foreach (var person in CollectionsMarshal.AsSpan(found.People)[unit.FirstPerson..unit.EndPerson])
            {
                _people.Add(person.Key, person.Member, _rows + person.Row);
            }

            _rows += unit.Rows;
            _lines += unit.Lines;
        }

        Records += found.Records;
        _inside = found.EndsInside;
        _progress(Records, (chunk.Offset + chunk.Bytes.Length) / (double)length);
    }

    /// <summary>Whether the first mark that leaves no doubt is one that closes a field.</summary>
    private bool GuessInside(FileChunk chunk)
    {
        var bytes = chunk.Buffer;
        var inside = false;
        var at = chunk.Start;
        for (var marks = 0; marks < 64; marks++)
        {
            var next = bytes.AsSpan(at, chunk.ContentEnd - at).IndexOf((byte)'"');
            if (next < 0)
            {
                return false;
            }

            at += next;
            var (before, behind) = (at > 0 ? bytes[at - 1] : (byte)'\n', bytes[at + 1]);
            var (mayOpen, mayClose) = (IsEdge(before) || before == '"', IsEdge(behind) || behind == '"');
            if (mayOpen != mayClose)
            {
                // Every mark passed over has turned inside into outside or back.
                return inside == mayOpen;
            }

            inside = !inside;
            at++;
        }

        return false;

        bool IsEdge(byte value) => value == _shape.Delimiter || value is (byte)'\r' or (byte)'\n';
    }

    private void Look(FileChunk chunk, ChunkRecords found, bool inside)
    {
        found.Clear(inside);
        for (var from = chunk.Start; from < chunk.End && !found.Odd; from += _unitBytes)
        {
            Look(chunk, found, from, Math.Min(from + _unitBytes, chunk.End));
        }
    }

    /// <summary>Looks at the records that begin behind the line ends of a part of the chunk; the last of them may end behind it.</summary>
    private void Look(FileChunk chunk, ChunkRecords found, int from, int to)
    {
        var bytes = chunk.Buffer;
        var unit = new UnitRecords { Start = -1, FirstPerson = found.People.Count };
        var fileStarts = chunk.Number == 0 && from == 0;
        var record = fileStarts ? _shape.Preamble : -1;
        var (inside, endsInside) = (found.EndsInside ? ulong.MaxValue : 0, found.EndsInside);
        var first = chunk.Number == 0 ? _shape.Preamble : 0;
        var begin = Math.Max(from, first);

        // What the byte before says about the first byte: whether a field may begin with it, whether a mark or a CR wants something of it.
        var edge = begin == first || IsEdge(bytes[begin - 1]) || bytes[begin - 1] == '"' ? 1UL : 0;
        var closed = begin > first && bytes[begin - 1] == '"' && !endsInside ? 1UL : 0;
        var returned = begin > first && bytes[begin - 1] == '\r' ? 1UL : 0;
        var (delimiters, lastQuote, lastWide) = (0, -1, -1);
        var wide = _shape.Encoding == TextEncoding.Gb18030;
        var done = false;
        unchecked
        {
            for (var at = begin; !done && at < chunk.ContentEnd && (at < to || record >= 0); at += Step)
            {
                var text = Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(bytes), (nuint)at);
                var valid = chunk.ContentEnd - at >= Step ? ulong.MaxValue : (1UL << (chunk.ContentEnd - at)) - 1;
                var feeds = Is(text, (byte)'\n') & valid;
                var returns = Is(text, (byte)'\r') & valid;
                var quotes = Is(text, (byte)'"') & valid;
                var commas = Is(text, _shape.Delimiter) & valid;
                var nuls = Is(text, 0) & valid;
                var edges = feeds | returns | quotes | commas;
                var lone = ((returns << 1) | returned) & ~feeds & valid;
                returned = returns >> 63;
                var marks = quotes;
                var within = inside;
                if ((quotes | inside | closed) != 0)
                {
                    marks ^= marks << 1;
                    marks ^= marks << 2;
                    marks ^= marks << 4;
                    marks ^= marks << 8;
                    marks ^= marks << 16;
                    marks ^= marks << 32;
                    within = marks ^ inside;
                    inside = (ulong)((long)within >> 63);
                    var closes = quotes & ~within;
                    lone |= quotes & within & ~((edges << 1) | edge);
                    lone |= ((closes << 1) | closed) & ~edges & valid;
                    closed = closes >> 63;
                }

                edge = edges >> 63;
                if ((lone | nuls) != 0)
                {
                    found.Odd = true;
                    return;
                }

                // Of what stands behind the part only the last record is of interest.
                var own = to - at >= Step ? ulong.MaxValue : to <= at ? 0 : (1UL << (to - at)) - 1;
                endsInside ^= (BitOperations.PopCount(quotes & own) & 1) != 0;
                if (quotes != 0)
                {
                    lastQuote = at + BitOperations.Log2(quotes);
                }

                if (wide && text.ExtractMostSignificantBits() is not 0 and var high)
                {
                    lastWide = at + BitOperations.Log2(high);
                }

                commas &= ~within;
                var ends = feeds & ~within;
                unit.LinesBefore += unit.Start < 0 ? BitOperations.PopCount(feeds & within & own & (ends == 0 ? ulong.MaxValue : ends ^ (ends - 1))) : 0;
                unit.Lines += BitOperations.PopCount(feeds & own);
                while (ends != 0)
                {
                    var upTo = ends ^ (ends - 1);
                    var end = at + BitOperations.TrailingZeroCount(ends);
                    ends &= ends - 1;
                    delimiters += BitOperations.PopCount(commas & upTo);
                    commas &= ~upTo;
                    if (record >= 0)
                    {
                        EndRecord(chunk, found, unit.Rows, record, end, delimiters, lastQuote >= record, lastWide >= record);
                    }

                    if (end >= to)
                    {
                        (done, record) = (true, -1);
                        break;
                    }

                    unit.Rows++;
                    record = end + 1;
                    delimiters = 0;
                    if (unit.Start < 0)
                    {
                        unit.Start = chunk.Offset - chunk.Start + record;
                        unit.RowsBefore = unit.Rows;
                        unit.LinesBefore++;
                    }
                }

                delimiters += BitOperations.PopCount(commas);
            }
        }

        if (record >= 0 && !done)
        {
            if (!chunk.EndsFile || inside != 0)
            {
                // Too long, or not closed.
                found.Odd = true;
                return;
            }

            if (record < chunk.ContentEnd)
            {
                EndRecord(chunk, found, unit.Rows, record, chunk.ContentEnd, delimiters, lastQuote >= record, lastWide >= record);
            }
        }

        if (chunk.EndsFile && to == chunk.ContentEnd && bytes[to - 1] == '\r')
        {
            found.Odd = true;
        }

        found.EndsInside = endsInside;
        unit.EndPerson = found.People.Count;
        found.Units.Add(unit);

        bool IsEdge(byte value) => value == _shape.Delimiter || value is (byte)'\r' or (byte)'\n';
    }

    private static ulong Is(Vector512<byte> text, byte value) => Vector512.Equals(text, Vector512.Create(value)).ExtractMostSignificantBits();

    private void EndRecord(FileChunk chunk, ChunkRecords found, long row, int start, int end, int delimiters, bool quoted, bool wide)
    {
        var bytes = chunk.Buffer;
        var content = bytes.AsSpan(start, end - start);
        if (content is [.. var before, (byte)'\r'])
        {
            content = before;
        }

        if (content.IsEmpty)
        {
            return;
        }

        if (content.Length > InputLimits.Default.RecordChars / 2 || (wide && !IsValid(content)))
        {
            found.Odd = true;
            return;
        }

        if (!found.HeaderSeen && chunk.Number == 0)
        {
            found.HeaderSeen = true;
            return;
        }

        found.Records++;
        var columns = _table.Columns;
        if (columns.Id < 0)
        {
            return;
        }

        if (!quoted && delimiters + 1 == columns.Headings.Count && PlainId(content, _shape.Delimiter, columns.Id) is { IsEmpty: false } id)
        {
            found.People.Add((PersonKeys.OfAscii(id), _people.MemberOf(id), row));
            return;
        }

        try
        {
            found.Reader.Load(bytes, start, end, row, 1);
            if (found.Rows.Read())
            {
                found.People.Add((found.Rows.PersonKey(), _people.MemberOf(found.Rows.PersonText), row));
            }
        }
        catch (InputException)
        {
            // The file will be refused, by whoever reads it from the beginning.
            found.Odd = true;
        }
    }

    /// <summary>The id of a record without quotes, if it is plain ASCII and nothing has to be asked about it.</summary>
    public static ReadOnlySpan<byte> PlainId(ReadOnlySpan<byte> record, byte delimiter, int column)
    {
        for (var i = 0; i < column; i++)
        {
            var next = record.IndexOf(delimiter);
            if (next < 0)
            {
                return [];
            }

            record = record[(next + 1)..];
        }

        var end = record.IndexOf(delimiter);
        return end < 0 ? IfPlain(record) : IfPlain(record[..end]);
    }

    /// <summary>An id, if it is plain ASCII and nothing has to be asked about it; otherwise nothing.</summary>
    public static ReadOnlySpan<byte> IfPlain(ReadOnlySpan<byte> id) =>
        id.Length is > 0 and <= 128 && id[0] > ' ' && !id.Contains((byte)'.') && Ascii.IsValid(id) ? id : [];

    /// <summary>Whether the record holds characters of its encoding only. Before the first byte of a longer one all is ASCII.</summary>
    private bool IsValid(ReadOnlySpan<byte> record)
    {
        var first = record.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
        if (first < 0)
        {
            return true;
        }

        var end = Math.Min(record.LastIndexOfAnyInRange((byte)0x80, (byte)0xFF) + 2, record.Length);
        try
        {
            _shape.Encoding.Encoding.GetCharCount(record[first..end]);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>Records that begin in a chunk.</summary>
    private sealed class ChunkRecords
    {
        public ChunkRecords(SurveyTable table, CsvShape shape)
        {
            Reader = new CsvUnitReader(table.Request.Input, shape);
            Rows = new SurveyRows(table, Reader, quarantine: null);
        }

        public CsvUnitReader Reader { get; }

        public SurveyRows Rows { get; }

        public List<UnitRecords> Units { get; } = [];

        /// <summary>Key, number in the roster, and row counted from the first of the unit.</summary>
        public List<(UInt128 Key, int Member, long Row)> People { get; } = [];

        public long Records { get; set; }

        public bool HeaderSeen { get; set; }

        public bool BeganInside { get; private set; }

        public bool EndsInside { get; set; }

        public bool Odd { get; set; }

        public void Clear(bool inside)
        {
            (BeganInside, EndsInside, Records, HeaderSeen, Odd) = (inside, inside, 0, false, false);
            Units.Clear();
            People.Clear();
        }
    }

    /// <summary>What was found in a part of a chunk.</summary>
    private struct UnitRecords
    {
        /// <summary>Offset of the first record that begins in the part; -1 = none does.</summary>
        public long Start;

        /// <summary>Rows and lines from the beginning of the part to that record.</summary>
        public long RowsBefore;
        public long LinesBefore;

        public long Rows;
        public long Lines;
        public int FirstPerson;
        public int EndPerson;
    }
}
