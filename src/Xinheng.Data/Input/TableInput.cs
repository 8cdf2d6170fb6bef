namespace Xinheng.Data;

/// <summary>A table in a file: probed once as a whole, then read forward.</summary>
internal sealed class TableInput : IDisposable
{
    private readonly FileStream _stream;

    private TableInput(InputProbe probe, FileStream stream, RecordReader reader, int preamble = 0)
    {
        Probe = probe;
        Preamble = preamble;
        _stream = stream;
        Reader = reader;
    }

    public InputProbe Probe { get; }

    public RecordReader Reader { get; }

    /// <summary>Length of the byte order mark.</summary>
    public int Preamble { get; }

    /// <summary>Part of the file that was read, 0 to 1; after the reader was closed, 1.</summary>
    public double Fraction => _stream.CanRead ? Math.Min(1, _stream.Position / (double)Probe.Length) : 1;

    /// <summary>Opens a CSV file or an Excel workbook; what it is, its content decides.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">What is declared about it.</param>
    /// <param name="probe">An earlier probe of the same file, so that a further pass need not read it twice.</param>
    /// <exception cref="InputException">The file cannot be read as a table, or is not the one that was probed.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static TableInput Open(string file, InputOptions? options = null, InputProbe? probe = null)
    {
        options ??= InputOptions.Default;
        probe ??= InputProbe.Read(file);
        probe.VerifyUnchanged();
        if (ExcelMagic.IsArchive(probe.Head) || ExcelMagic.IsCompoundFile(probe.Head) || ExcelMagic.HasWorkbookName(file))
        {
            ExcelMagic.Check(probe.Head, file);
            FileStream archive = OpenFile(file, FileOptions.RandomAccess);
            return new TableInput(probe, archive, OpenWorkbook(archive, file, options));
        }

        TextEncoding encoding = TextEncodingDetector.Detect(
            probe, options.Encoding, options.HeaderIsKnown, candidate => ReadHeader(file, candidate, options), out int preamble);
        FileStream text = OpenFile(file, FileOptions.SequentialScan);
        return new TableInput(probe, text, OpenText(text, file, encoding, preamble, options), preamble);
    }

    /// <summary>Checks, after the last record, that the file is still the one that was probed.</summary>
    /// <exception cref="InputException">The file was changed meanwhile.</exception>
    public void VerifyUnchanged() => Probe.VerifyUnchanged();

    public void Dispose() => Reader.Dispose();

    private static XlsxRecordReader OpenWorkbook(FileStream archive, string file, InputOptions options)
    {
        FileStream? stream = archive;
        try
        {
            var reader = new XlsxRecordReader(stream, file, options.Sheet, options.CachedFormulas, options.Limits);
            stream = null;
            return reader;
        }
        finally
        {
            stream?.Dispose();
        }
    }

    private static CsvRecordReader OpenText(FileStream stream, string file, TextEncoding encoding, int preamble, InputOptions options)
    {
        stream.Position = preamble;
        return new CsvRecordReader(stream, encoding, file, options.Delimiter, options.Limits, preamble);
    }

    private static List<string> ReadHeader(string file, TextEncoding encoding, InputOptions options)
    {
        using CsvRecordReader reader = OpenText(OpenFile(file, FileOptions.SequentialScan), file, encoding, preamble: 0, options);
        var header = new List<string>();
        if (reader.Read())
        {
            for (int i = 0; i < reader.FieldCount; i++)
            {
                header.Add(reader.Field(i).ToString());
            }
        }

        return header;
    }

    private static FileStream OpenFile(string file, FileOptions hint) =>
        new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, hint);
}
