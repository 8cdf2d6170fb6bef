using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>A survey file after the first look: what it is, whose its rows are, and whether its parts can be read apart from each other.</summary>
internal sealed class SurveyFile
{
    private readonly SurveyTable _table;

    private SurveyFile(SurveyTable table, InputProbe probe, CsvUnits? units, PersonFinder people, long records) =>
        (_table, Probe, Units, Several, Records) = (table, probe, units, people.Several, records);

    public ScoreRequest Request => _table.Request;

    public SurveyTable Table => _table;

    public ColumnPlan Columns => _table.Columns;

    public InputProbe Probe { get; }

    /// <summary>The parts of a plain CSV file; <see langword="null"/> for a file that is read from the beginning to the end.</summary>
    public CsvUnits? Units { get; }

    /// <summary>People with several rows, with the second of their rows and the number of rows beyond the first.</summary>
    public IReadOnlyDictionary<UInt128, (long SecondRow, int Further)> Several { get; }

    /// <summary>Number of records.</summary>
    public long Records { get; }

    /// <summary>Looks at a file.</summary>
    /// <param name="request">What is to be scored.</param>
    /// <param name="roster">Who is known already; <see langword="null"/> = nobody.</param>
    /// <param name="progress">Told now and then the number of records and the part of the file that was looked at.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InputException">The file is broken.</exception>
    public static SurveyFile Look(ScoreRequest request, Roster? roster, Action<long, double> progress, CancellationToken cancellation)
    {
        var people = new PersonFinder(roster);
        var (table, shape) = request.Sequential ? default : Expect(request);
        var look = shape is null ? null : new CsvLook(table!, shape, people, progress);
        var probe = InputProbe.Read(request.Input, request.Threads, look, cancellation);
        using var reader = new SurveyReader(request, probe: probe);
        if (!request.Sequential && reader.Shape is { } found && found != shape)
        {
            // The content tells of another encoding than the beginning did.
            people = new PersonFinder(roster);
            look = new CsvLook(reader.Table, found, people, progress);
            probe = InputProbe.Read(request.Input, request.Threads, look, cancellation);
        }

        if (look?.Units(probe.Length) is { } units)
        {
            probe.VerifyUnchanged();
            return new SurveyFile(reader.Table, probe, units, people, look.Records);
        }

        people = new PersonFinder(roster);
        while (reader.Columns.Id >= 0 && reader.Read())
        {
            people.Add(reader.Rows.PersonKey(), people.MemberOf(reader.Rows.PersonText), reader.Rows.Row);
            if (reader.Rows.Tally.Records % 4_096 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress(reader.Rows.Tally.Records, reader.Fraction);
            }
        }

        return new SurveyFile(reader.Table, probe, null, people, reader.Rows.Tally.Records);
    }

    /// <summary>Goes through the rows of some people, in the order of the file.</summary>
    /// <param name="isWanted">Says by the key of an id whether the row is wanted; from any thread.</param>
    /// <param name="score">Scores the answers of a block; from any thread.</param>
    /// <param name="read">Makes something of the row and the person at a place of the block; from any thread.</param>
    /// <param name="take">Takes what was made; in the order of the file.</param>
    /// <param name="cancellation">Stops it.</param>
    public void ForEach<T>(
        Func<UInt128, bool> isWanted, Action<SurveyBlock> score, Func<SurveyBlock, int, string, T> read, Action<UInt128, T> take, CancellationToken cancellation)
    {
        if (Units is null)
        {
            using var reader = new SurveyReader(Request, probe: Probe);
            var found = new FoundRows<T>(this, reader.Rows, score, read);
            while (reader.Read())
            {
                cancellation.ThrowIfCancellationRequested();
                found.Add(isWanted);
            }

            found.Pass(take);
            return;
        }

        using var content = new UnitContent(Probe, Units);
        var next = 0;
        var work = new OrderedWork<FoundRows<T>>(Math.Min(Request.Threads, Units.Count), () =>
        {
            var reader = new CsvUnitReader(Request.Input, Units.Shape);
            return new FoundRows<T>(this, new SurveyRows(Table, reader, quarantine: null), score, read) { Reader = reader };
        });
        work.Run(
            part =>
            {
                part.Unit = next;
                return next++ < Units.Count;
            },
            part =>
            {
                var reader = part.Reader!;
                part.Bytes = content.Load(part.Unit, part.Bytes, reader);
                while (reader.SkipEmptyLines())
                {
                    // Most rows are passed over by a look at their id.
                    var plain = reader.PeekPlain();
                    if (CsvLook.PlainId(plain.TrimEnd("\r\n"u8), Units.Shape.Delimiter, Columns.Id) is { IsEmpty: false } id && !isWanted(PersonKeys.OfAscii(id)))
                    {
                        reader.Accept(0, reader.Next + plain.Length);
                    }
                    else if (part.Rows.Read())
                    {
                        part.Add(isWanted);
                    }
                }

                part.Finish();
            },
            part => part.Pass(take),
            cancellation);
    }

    /// <summary>The header and the encoding, as the beginning of the file tells them.</summary>
    private static (SurveyTable? Table, CsvShape? Shape) Expect(ScoreRequest request)
    {
        try
        {
            using var reader = new SurveyReader(request, probe: InputProbe.ReadHead(request.Input));
            return (reader.Table, reader.Shape);
        }
        catch (InputException)
        {
            // The whole file will tell what is wrong, or that it is written in another encoding.
            return default;
        }
    }

    /// <summary>Rows that were looked for in a part of the file, scored block by block.</summary>
    private sealed class FoundRows<T>(SurveyFile file, SurveyRows rows, Action<SurveyBlock> score, Func<SurveyBlock, int, string, T> read)
    {
        private readonly SurveyBlock _block = new(file.Request, file.Columns.Passed.Length, 64);
        private readonly List<(UInt128 Key, string Person)> _people = [];
        private readonly List<(UInt128 Key, T Row)> _rows = [];

        public int Unit { get; set; }

        public byte[] Bytes { get; set; } = [];

        public CsvUnitReader? Reader { get; init; }

        public SurveyRows Rows => rows;

        /// <summary>Takes the current row, if it is wanted.</summary>
        public void Add(Func<UInt128, bool> isWanted)
        {
            if (rows.PersonKey() is var key && isWanted(key))
            {
                _people.Add((key, rows.Person));
                rows.AddTo(_block);
                if (_block.Count == _block.Capacity)
                {
                    Finish();
                }
            }
        }

        /// <summary>Scores what was taken.</summary>
        public void Finish()
        {
            if (_block.Count > 0)
            {
                score(_block);
                _rows.AddRange(_people.Select((person, i) => (person.Key, read(_block, i, person.Person))));
                _block.Clear();
                _people.Clear();
            }
        }

        /// <summary>Hands the rows over.</summary>
        public void Pass(Action<UInt128, T> take)
        {
            Finish();
            _rows.ForEach(row => take(row.Key, row.Row));
            _rows.Clear();
        }
    }
}

/// <summary>Reads parts of a plain CSV file into memory; from any thread.</summary>
internal sealed class UnitContent : IDisposable
{
    private readonly InputProbe _probe;
    private readonly CsvUnits _units;
    private readonly Microsoft.Win32.SafeHandles.SafeFileHandle _file;

    public UnitContent(InputProbe probe, CsvUnits units)
    {
        (_probe, _units) = (probe, units);
        _file = File.OpenHandle(probe.File);
    }

    /// <summary>Loads a part, without the header, into a reader.</summary>
    /// <param name="unit">Number of the part.</param>
    /// <param name="bytes">A buffer to use again.</param>
    /// <param name="reader">The reader.</param>
    /// <returns>The buffer, or a larger one.</returns>
    public byte[] Load(int unit, byte[] bytes, CsvUnitReader reader)
    {
        var length = (int)(_units.Starts[unit + 1] - _units.Starts[unit]);
        if (bytes.Length < 1 + length + FileChunk.Padding)
        {
            bytes = new byte[1 + Math.Max(length, Math.Min(_probe.Length, InputProbe.ChunkBytes + CsvLook.MaxRecordBytes)) + FileChunk.Padding];
        }

        // A byte is kept free before the content: whoever reads cells by the byte before their end may look at it.
        if (!FileChunk.TryRead(_file, bytes.AsSpan(1, length), _units.Starts[unit]))
        {
            throw InputProbe.Changed(_probe.File);
        }

        // A record always ends with a line feed, though the file may end without.
        bytes.AsSpan(1 + length, FileChunk.Padding).Clear();
        bytes[1 + length] = (byte)'\n';
        reader.Load(bytes, 1, 1 + length, _units.Rows[unit], _units.Lines[unit]);
        while (reader.SkipEmptyLines() && reader.NextRow <= _units.Shape.HeaderRow)
        {
            reader.Read();
        }

        return bytes;
    }

    public void Dispose() => _file.Dispose();
}
