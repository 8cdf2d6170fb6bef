namespace Xinheng.Data;

/// <summary>A table in a file: probed once as a whole, then read forward.</summary>
internal sealed class TableInput : IDisposable
{
    private TableInput(InputProbe probe, RecordReader reader)
    {
        Probe = probe;
        Reader = reader;
    }

    public InputProbe Probe { get; }

    public RecordReader Reader { get; }

    /// <summary>Opens a CSV file or an Excel workbook; what it is, its content decides.</summary>
    /// <exception cref="InputException">The file cannot be read as a table.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static TableInput Open(string file, InputOptions? options = null)
    {
        options ??= InputOptions.Default;
        InputProbe probe = InputProbe.Read(file);
        if (ExcelMagic.IsArchive(probe.Head) || ExcelMagic.IsCompoundFile(probe.Head) || ExcelMagic.HasWorkbookName(file))
        {
            ExcelMagic.Check(probe.Head, file);
            return new TableInput(probe, OpenWorkbook(file, options));
        }

        TextEncoding encoding = TextEncodingDetector.Detect(
            probe, options.Encoding, options.HeaderIsKnown, candidate => ReadHeader(file, candidate, options), out int preamble);
        return new TableInput(probe, OpenText(file, encoding, preamble, options));
    }

    /// <summary>Checks, after the last record, that the file is still the one that was probed.</summary>
    /// <exception cref="InputException">The file was changed meanwhile.</exception>
    public void VerifyUnchanged() => Probe.VerifyUnchanged();

    public void Dispose() => Reader.Dispose();

    private static XlsxRecordReader OpenWorkbook(string file, InputOptions options)
    {
        FileStream? stream = OpenFile(file, FileOptions.RandomAccess);
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

    private static CsvRecordReader OpenText(string file, TextEncoding encoding, int preamble, InputOptions options)
    {
        FileStream stream = OpenFile(file, FileOptions.SequentialScan);
        stream.Position = preamble;
        return new CsvRecordReader(stream, encoding, file, options.Delimiter, options.Limits, preamble);
    }

    private static List<string> ReadHeader(string file, TextEncoding encoding, InputOptions options)
    {
        using CsvRecordReader reader = OpenText(file, encoding, preamble: 0, options);
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
