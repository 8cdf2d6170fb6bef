using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Xinheng.Data;

/// <summary>Reads CSV (RFC 4180, with comma, tab or semicolon, and CR, LF or CRLF in any mixture) in one pass.</summary>
/// <remarks>
/// <para>
/// Quotation marks are taken strictly: they enclose a whole field and are doubled inside it. Where that fails, the record
/// gets a fault and reading resumes on the line behind the one where the quoted field was opened, so that one lost quote
/// costs one row and not all the rows up to the next quote. A quoted field that does close within the limit of a record
/// is never split, however long it is: what a person wrote into a field cannot become a record.
/// </para>
/// <para>Memory is bounded by <see cref="InputLimits.RecordChars"/>; a record or a cell allocates nothing.</para>
/// </remarks>
internal sealed class CsvRecordReader : RecordReader
{
    // One step of the search for delimiters, quotes and line ends: two vectors of characters narrowed to one of bytes.
    private const int Step = 32;

    private const int MinimumRoom = 4096;

    private const int MaxCharacterBytes = 4;

    // Each lost quote may look ahead over a whole record's limit; a file that does nothing else must not take hours.
    private const int MaxLostQuotes = 1_000;

    private readonly Stream _stream;
    private readonly TextEncoding _encoding;
    private readonly byte[] _bytes = new byte[1 << 16];
    private readonly int _window;
    private long _byteOffset;
    private int _byteStart;
    private int _byteEnd;
    private bool _bytesEnded;
    private bool _charsEnded;

    private char[] _chars = new char[1 << 17];
    private int _start;
    private int _end;
    private int _next;

    private FieldRange[] _fields = new FieldRange[64];
    private readonly List<int> _doubledQuotes = [];
    private char _delimiter;
    private bool _headerRead;
    private bool _skipLineFeed;
    private long _nextLine = 1;
    private long _recordLines;
    private int _lostQuotes;

    /// <summary>
    /// Reads a stream that stands behind the byte order mark, at <paramref name="byteOffset"/> of the file, and closes it
    /// with the reader. Without a <paramref name="delimiter"/> (comma, tab or semicolon) the only one in the header is taken.
    /// </summary>
    public CsvRecordReader(
        Stream stream, TextEncoding encoding, string file, char? delimiter = null, InputLimits? limits = null, long byteOffset = 0)
        : base(file, limits ?? InputLimits.Default)
    {
        if (delimiter is not (null or ',' or '\t' or ';'))
        {
            throw new ArgumentOutOfRangeException(nameof(delimiter), "A delimiter is a comma, a tab or a semicolon.");
        }

        _stream = stream;
        _encoding = encoding;
        _delimiter = delimiter ?? '\0';
        _byteOffset = byteOffset;
        _window = Limits.RecordChars + 1;
    }

    /// <summary>The encoding the file is read in.</summary>
    public TextEncoding Encoding => _encoding;

    /// <summary>The delimiter, known once the header was read.</summary>
    public char Delimiter => _delimiter;

    public override bool Read()
    {
        FieldCount = 0;
        Fault = RecordFault.None;
        FaultField = -1;
        _doubledQuotes.Clear();
        if (!SkipEmptyLines())
        {
            return false;
        }

        if (_headerRead)
        {
            ReadRecord();
            return true;
        }

        _delimiter = CsvDialect.Decide(HeaderText(), _delimiter, File, Row, Line);
        ReadRecord();
        _headerRead = true;
        return Fault == RecordFault.None ? true : throw BrokenHeader();
    }

    public override ReadOnlySpan<char> Field(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)FieldCount);
        FieldRange field = _fields[index];
        return _chars.AsSpan(_start + field.Start, field.Length);
    }

    public override CellKind Kind(int index) => CellKind.Text;

    public override void Dispose() => _stream.Dispose();

    private bool SkipEmptyLines()
    {
        while (true)
        {
            if (_next == _end)
            {
                _start = _next;
                bool more = More();
                _next = _start;
                if (!more)
                {
                    return false;
                }
            }

            char c = _chars[_next];
            if (c == '\n' && _skipLineFeed)
            {
                _skipLineFeed = false;
                _next++;
                continue;
            }

            Row++;
            Line = _nextLine;
            if (c is not ('\r' or '\n'))
            {
                _skipLineFeed = false;
                _start = _next;
                return true;
            }

            EndLine(_next);
            SkippedRecords++;
        }
    }

    private void ReadRecord()
    {
        int position = _start;
        int fieldStart = _start;
        while (true)
        {
            // Beyond the limit nothing is looked at, so that the result does not depend on how much the buffer happens to hold.
            if (position - _start == _window)
            {
                AbandonTooLong();
                return;
            }

            if (position == _end && !MoreOfRecord(ref position, ref fieldStart))
            {
                AddField(fieldStart, position);
                EndRecord(position, endOfFile: true);
                return;
            }

            int next = Math.Min(position + Step, Math.Min(_end, _start + _window));
            uint others = Specials(position, next - position, out uint delimiters);
            while (true)
            {
                uint before = others == 0 ? delimiters : delimiters & ((others & (~others + 1)) - 1);
                delimiters ^= before;
                if (before != 0)
                {
                    AddFields(before, position, ref fieldStart);
                }

                if (others == 0)
                {
                    break;
                }

                int at = position + BitOperations.TrailingZeroCount(others);
                others &= others - 1;
                char c = _chars[at];
                if (c is '\n' or '\r')
                {
                    AddField(fieldStart, at);
                    EndRecord(at, endOfFile: false);
                    return;
                }

                if (c == '\0')
                {
                    SetFault(RecordFault.NulCharacter, FieldCount);
                    continue;
                }

                if (at != fieldStart)
                {
                    Abandon(RecordFault.StrayQuote, at, linesBefore: 0);
                    return;
                }

                // The usual quoted field is short: its end and a delimiter come next.
                int close = position + BitOperations.TrailingZeroCount(others);
                if (close + 1 < next && _chars[close] == '"' && _chars[close + 1] == _delimiter)
                {
                    AddField(at + 1, close);
                    fieldStart = close + 2;
                    others &= others - 1;
                    delimiters &= uint.MaxValue << (close + 1 - position) << 1;
                    continue;
                }

                if (!ReadQuoted(ref at))
                {
                    return;
                }

                fieldStart = at;
                next = at;
                break;
            }

            position = next;
        }
    }

    /// <summary>Reads the quoted field that opens at <paramref name="at"/>, and sets it to the start of the next field.</summary>
    /// <returns><see langword="false"/> when the record ended or was given up.</returns>
    private bool ReadQuoted(ref int at)
    {
        int open = at;
        int position = at + 1;
        long lines = 0;
        bool doubled = false;
        bool nul = false;
        while (true)
        {
            bool withinLimit = position - _start < Limits.RecordChars;
            if (!withinLimit || (position == _end && !MoreOfRecord(ref position, ref open)))
            {
                Abandon(RecordFault.UnclosedQuote, open, _recordLines);
                return false;
            }

            char c = _chars[position++];
            if (c > '"')
            {
                continue;
            }

            if (c == '"')
            {
                if (position == _end && !MoreOfRecord(ref position, ref open))
                {
                    break;
                }

                if (_chars[position] != '"')
                {
                    break;
                }

                doubled = true;
                position++;
            }
            else if (c == '\r' || (c == '\n' && _chars[position - 2] != '\r'))
            {
                lines++;
            }
            else if (c == '\0')
            {
                nul = true;
            }
        }

        bool endOfFile = position == _end;
        char behind = endOfFile ? '\n' : _chars[position];
        if (behind != _delimiter && behind is not ('\r' or '\n'))
        {
            Abandon(lines > 0 ? RecordFault.UnclosedQuote : RecordFault.StrayQuote, open, _recordLines);
            return false;
        }

        if (nul)
        {
            SetFault(RecordFault.NulCharacter, FieldCount);
        }

        _recordLines += lines;
        AddField(open + 1, position - 1);
        if (doubled && Fault != RecordFault.TooManyFields)
        {
            _doubledQuotes.Add(FieldCount - 1);
        }

        if (behind != _delimiter)
        {
            EndRecord(position, endOfFile);
            return false;
        }

        at = position + 1;
        return true;
    }

    /// <summary>Adds the fields that end at the delimiters whose bits are set, counted from <paramref name="position"/>.</summary>
    private void AddFields(uint delimiters, int position, ref int fieldStart)
    {
        FieldRange[] fields = _fields;
        int count = FieldCount;
        int start = fieldStart;
        int origin = _start;
        while (delimiters != 0)
        {
            if (count == fields.Length)
            {
                FieldCount = count;
                if (!GrowFields())
                {
                    start = position + Step - BitOperations.LeadingZeroCount(delimiters);
                    break;
                }

                fields = _fields;
            }

            int at = position + BitOperations.TrailingZeroCount(delimiters);
            delimiters &= delimiters - 1;
            fields[count++] = new FieldRange(start - origin, at - start);
            start = at + 1;
        }

        FieldCount = count;
        fieldStart = start;
    }

    private void AddField(int start, int end)
    {
        if (FieldCount < _fields.Length || GrowFields())
        {
            _fields[FieldCount++] = new FieldRange(start - _start, end - start);
        }
    }

    private bool GrowFields()
    {
        if (FieldCount >= Limits.Columns)
        {
            Fault = RecordFault.TooManyFields;
            return false;
        }

        Array.Resize(ref _fields, Math.Min(_fields.Length * 2, Limits.Columns));
        return true;
    }

    private void SetFault(RecordFault fault, int field)
    {
        if (Fault == RecordFault.None)
        {
            Fault = fault;
            FaultField = field;
        }
    }

    private void EndRecord(int end, bool endOfFile)
    {
        if (FieldCount > Limits.Columns)
        {
            Fault = RecordFault.TooManyFields;
        }

        _nextLine += _recordLines;
        _recordLines = 0;
        _next = end;
        if (!endOfFile)
        {
            EndLine(end);
        }

        if (Fault == RecordFault.TooManyFields)
        {
            FaultField = -1;
            FieldCount = 0;
        }
        else
        {
            UndoubleQuotes();
            if (end - _start > Limits.FieldChars)
            {
                FindLongField();
            }
        }
    }

    private void FindLongField()
    {
        for (int i = 0; i < FieldCount; i++)
        {
            if (_fields[i].Length > Limits.FieldChars)
            {
                SetFault(RecordFault.FieldTooLong, i);
                return;
            }
        }
    }

    /// <summary>Steps over the line end at <paramref name="position"/>; a line feed behind a carriage return is stepped over later.</summary>
    private void EndLine(int position)
    {
        _skipLineFeed = _chars[position] == '\r';
        _next = position + 1;
        _nextLine++;
    }

    private void AbandonTooLong()
    {
        // A CR at the limit may be half of a CRLF: it is left to be the line end that is looked for.
        int from = _start + _window;
        from -= _chars[from - 1] == '\r' ? 1 : 0;
        long lines = 0;
        ReadOnlySpan<char> read = _chars.AsSpan(_start, from - _start);
        for (int i = 0; i < read.Length; i++)
        {
            if (read[i] == '\r' || (read[i] == '\n' && (i == 0 || read[i - 1] != '\r')))
            {
                lines++;
            }
        }

        Abandon(RecordFault.RecordTooLong, from, lines);
    }

    /// <summary>Gives the record up and goes behind the first line end from <paramref name="from"/> on.</summary>
    private void Abandon(RecordFault fault, int from, long linesBefore)
    {
        if (fault == RecordFault.UnclosedQuote && ++_lostQuotes > MaxLostQuotes)
        {
            throw new InputException(new Problem
            {
                Code = "csv-quote",
                File = File,
                Row = Row,
                Line = Line,
                Found = $"More than {MaxLostQuotes} records open a quotation mark and do not close it",
                Expected = "Quotation marks in pairs",
                Action = "Export the file again as CSV UTF-8, or save it as .xlsx",
            });
        }

        FieldCount = 0;
        Fault = fault;
        FaultField = -1;
        _nextLine += linesBefore;
        _recordLines = 0;
        while (true)
        {
            int lineEnd = _chars.AsSpan(from, _end - from).IndexOfAny('\r', '\n');
            if (lineEnd >= 0)
            {
                EndLine(from + lineEnd);
                _start = _next;
                return;
            }

            _start = _end;
            bool more = More();
            from = _start;
            if (!more)
            {
                _next = _start;
                return;
            }
        }
    }

    private void UndoubleQuotes()
    {
        foreach (int i in _doubledQuotes)
        {
            FieldRange field = _fields[i];
            Span<char> text = _chars.AsSpan(_start + field.Start, field.Length);
            int length = 0;
            for (int at = 0; at < text.Length; at++)
            {
                text[length++] = text[at];
                if (text[at] == '"')
                {
                    at++;
                }
            }

            _fields[i] = new FieldRange(field.Start, length);
        }
    }

    /// <summary>A bit for each of the characters from <paramref name="position"/> on that is a quote, a line end or NUL, and for each delimiter.</summary>
    private uint Specials(int position, int count, out uint delimiters)
    {
        // The buffer is longer than its content by a step, so the load stays inside; stale characters are masked off.
        ref ushort first = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(_chars.AsSpan(position, Step)));
        Vector256<byte> text = Vector256.NarrowWithSaturation(Vector256.LoadUnsafe(ref first), Vector256.LoadUnsafe(ref first, 16));
        Vector256<byte> others = Vector256.Equals(text, Vector256.Create((byte)'"'))
            | Vector256.Equals(text, Vector256.Create((byte)'\n'))
            | Vector256.Equals(text, Vector256.Create((byte)'\r'))
            | Vector256.Equals(text, Vector256<byte>.Zero);
        uint valid = count == Step ? uint.MaxValue : (1u << count) - 1;
        delimiters = Vector256.Equals(text, Vector256.Create((byte)_delimiter)).ExtractMostSignificantBits() & valid;
        return others.ExtractMostSignificantBits() & valid;
    }

    /// <summary>The header record as it stands in the file, or as much of it as the limit of a record allows.</summary>
    private ReadOnlySpan<char> HeaderText()
    {
        int position = _start;
        int ignored = 0;
        bool quoted = false;
        while (position - _start < _window)
        {
            if (position == _end && !MoreOfRecord(ref position, ref ignored))
            {
                break;
            }

            char c = _chars[position];
            if (!quoted && c is '\r' or '\n')
            {
                break;
            }

            quoted ^= c == '"';
            position++;
        }

        return _chars.AsSpan(_start, position - _start);
    }

    /// <summary>Gets more of the record that starts at <c>_start</c>; positions are moved with it.</summary>
    /// <returns><see langword="false"/> at the end of the file.</returns>
    private bool MoreOfRecord(ref int position, ref int other)
    {
        int before = _start;
        bool more = More();
        position += _start - before;
        other += _start - before;
        return more;
    }

    /// <summary>Decodes more characters behind <c>_end</c>; what stands from <c>_start</c> on moves to the front.</summary>
    private bool More()
    {
        if (_charsEnded)
        {
            return false;
        }

        if (_start > 0)
        {
            _chars.AsSpan(_start, _end - _start).CopyTo(_chars);
            _end -= _start;
            _start = 0;
        }

        int room = _chars.Length - Step - _end;
        if (room < MinimumRoom)
        {
            int length = Math.Min(_chars.Length * 2, Math.Max(_window + MinimumRoom, _end + MinimumRoom) + Step);
            Array.Resize(ref _chars, length);
            room = length - Step - _end;
        }

        while (true)
        {
            if (!_bytesEnded && _byteEnd - _byteStart < MaxCharacterBytes)
            {
                ReadBytes();
            }

            int written = Decode(_chars.AsSpan(_end, room));
            _end += written;
            if (written > 0)
            {
                return true;
            }

            if (_bytesEnded && _byteStart == _byteEnd)
            {
                _charsEnded = true;
                return false;
            }
        }
    }

    private void ReadBytes()
    {
        int held = _byteEnd - _byteStart;
        _bytes.AsSpan(_byteStart, held).CopyTo(_bytes);
        int read = _stream.Read(_bytes.AsSpan(held));
        _byteStart = 0;
        _byteEnd = held + read;
        _bytesEnded = read == 0;
    }

    /// <summary>Decodes whole characters only, so that the decoder keeps no state and an invalid byte has an exact place.</summary>
    private int Decode(Span<char> room)
    {
        // No encoding makes more characters than it has bytes.
        ReadOnlySpan<byte> bytes = _bytes.AsSpan(_byteStart, Math.Min(_byteEnd - _byteStart, room.Length));
        bool last = _bytesEnded && _byteStart + bytes.Length == _byteEnd;
        if (!last)
        {
            bytes = bytes[.._encoding.CompletePrefix(bytes)];
        }

        try
        {
            int written = _encoding.Encoding.GetChars(bytes, room);
            _byteStart += bytes.Length;
            _byteOffset += bytes.Length;
            return written;
        }
        catch (DecoderFallbackException e)
        {
            // The inner exception would show bytes of the file.
            throw TextEncoding.Invalid(File, _encoding.Name, _byteOffset + _encoding.FirstInvalid(bytes, e));
        }
    }

    /// <summary>Where a field stands, from the start of its record.</summary>
    private readonly record struct FieldRange(int Start, int Length);
}
