using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>A survey file after the first look: what it is, whose its rows are, and whether its parts can be read apart from each other.</summary>
internal sealed class SurveyFile
{
    private readonly SurveyTable _table;

    private SurveyFile(SurveyTable table, InputProbe probe, CsvUnits? units, PersonFinder people, long records) =>
        (_table, Probe, Units, People, Records) = (table, probe, units, people, records);

    public ScoreRequest Request => _table.Request;

    public SurveyTable Table => _table;

    public ColumnPlan Columns => _table.Columns;

    public InputProbe Probe { get; }

    /// <summary>The parts of a plain CSV file; <see langword="null"/> for a file that is read from the beginning to the end.</summary>
    public CsvUnits? Units { get; }

    /// <summary>People with several rows.</summary>
    public PersonFinder People { get; }

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
    /// <param name="read">Makes something of a row, of which the block holds the answers; from any thread.</param>
    /// <param name="take">Takes what was made; in the order of the file.</param>
    /// <param name="cancellation">Stops it.</param>
    public void ForEach<T>(Func<UInt128, bool> isWanted, Func<SurveyRows, SurveyBlock, T> read, Action<UInt128, T> take, CancellationToken cancellation)
    {
        if (Units is not null)
        {
            ForEachInUnits(Units, isWanted, read, take, cancellation);
            return;
        }

        using var reader = new SurveyReader(Request, probe: Probe);
        var block = new SurveyBlock(Request, Columns.Passed.Length, 1);
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            if (reader.Rows.PersonKey() is var key && isWanted(key))
            {
                block.Clear();
                reader.Rows.AddTo(block);
                take(key, read(reader.Rows, block));
            }
        }
    }

    private void ForEachInUnits<T>(CsvUnits units, Func<UInt128, bool> isWanted, Func<SurveyRows, SurveyBlock, T> read, Action<UInt128, T> take, CancellationToken cancellation)
    {
        using var content = new UnitContent(Probe, units);
        var next = 0;
        var work = new OrderedWork<Searched<T>>(Math.Min(Request.Threads, units.Count), () => new Searched<T>(this, units));
        work.Run(
            part =>
            {
                part.Unit = next;
                return next++ < units.Count;
            },
            part =>
            {
                part.Found.Clear();
                part.Bytes = content.Load(part.Unit, part.Bytes, part.Reader);
                while (part.Reader.SkipEmptyLines())
                {
                    var plain = part.Reader.PeekPlain();
                    if (CsvLook.PlainId(plain, units.Shape.Delimiter, Columns.Id) is { IsEmpty: false } id && !isWanted(PersonKeys.OfAscii(id)))
                    {
                        part.Reader.Accept(0, part.Reader.Next + plain.Length);
                        continue;
                    }

                    if (part.Rows.Read() && part.Rows.PersonKey() is var own && isWanted(own))
                    {
                        part.Block.Clear();
                        part.Rows.AddTo(part.Block);
                        part.Found.Add((own, read(part.Rows, part.Block)));
                    }
                }
            },
            part =>
            {
                foreach (var (key, found) in part.Found)
                {
                    take(key, found);
                }
            },
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

    private sealed class Searched<T>
    {
        public Searched(SurveyFile file, CsvUnits units)
        {
            Reader = new CsvUnitReader(file.Request.Input, units.Shape);
            Rows = new SurveyRows(file.Table, Reader, quarantine: null);
            Block = new SurveyBlock(file.Request, file.Columns.Passed.Length, 1);
        }

        public int Unit { get; set; }

        public byte[] Bytes { get; set; } = [];

        public CsvUnitReader Reader { get; }

        public SurveyRows Rows { get; }

        public SurveyBlock Block { get; }

        public List<(UInt128 Key, T Found)> Found { get; } = [];
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
