namespace Xinheng.Data;

/// <summary>Reads the records of a table forward, whatever the container; the first record is the header.</summary>
/// <remarks>
/// <para>
/// A record that cannot be trusted has a <see cref="Fault"/>, and the next <see cref="Read"/> goes on behind it. A file
/// that cannot be trusted makes <see cref="Read"/> throw an <see cref="InputException"/>; everything read from the file
/// before must then be thrown away, because an archive's checksum is known only at its end. A header with a fault is a
/// broken file.
/// </para>
/// <para>The fields are valid until the next call of <see cref="Read"/>. Not thread-safe.</para>
/// </remarks>
internal abstract class RecordReader : IDisposable
{
    protected RecordReader(string file, InputLimits limits)
    {
        File = file;
        Limits = limits;
    }

    /// <summary>The file as the caller named it.</summary>
    public string File { get; }

    /// <summary>Number of fields of the current record. A CSV record may differ from the header; see <see cref="Fault"/> for when it is 0.</summary>
    public int FieldCount { get; protected set; }

    /// <summary>Number of the record in the file, from 1, the header and empty records included; in a workbook, the row of the sheet.</summary>
    public long Row { get; protected set; }

    /// <summary>Line on which the record starts, from 1; in a workbook, the row of the sheet.</summary>
    public long Line { get; protected set; }

    /// <summary>Whether the current record can be trusted.</summary>
    public RecordFault Fault { get; protected set; }

    /// <summary>Index of the field that caused the fault; -1 where none or the whole record did.</summary>
    public int FaultField { get; protected set; } = -1;

    /// <summary>Empty records passed over so far.</summary>
    public long SkippedRecords { get; protected set; }

    protected InputLimits Limits { get; }

    /// <summary>Goes to the next record that is not empty.</summary>
    /// <returns><see langword="false"/> at the end of a file that was found sound.</returns>
    public abstract bool Read();

    /// <summary>Content of a field of the current record.</summary>
    public abstract ReadOnlySpan<char> Field(int index);

    /// <summary>Kind of a field of the current record.</summary>
    public abstract CellKind Kind(int index);

    public abstract void Dispose();

    /// <summary>The exception for a header that has a fault: without its header nothing of a table can be read.</summary>
    protected InputException BrokenHeader()
    {
        (string code, string found, string expected) = Fault switch
        {
            RecordFault.FieldTooLong => ("field-too-long", "A heading is longer than the limit", $"At most {Limits.FieldChars} characters"),
            RecordFault.NulCharacter => ("nul-character", "The header holds a NUL character", "Text"),
            RecordFault.TooManyFields => ("too-many-columns", "The header has more columns than the limit", $"At most {Limits.Columns} columns"),
            RecordFault.UnclosedQuote => ("csv-quote", "A quotation mark in the header is not closed", "Quotation marks in pairs"),
            RecordFault.StrayQuote => ("csv-quote", "The header holds a quotation mark that encloses no field", "Quotation marks around whole fields, doubled inside them"),
            _ => ("record-too-long", "The header is longer than the limit", $"At most {Limits.RecordChars} characters"),
        };
        return new InputException(new Problem
        {
            Code = code,
            File = File,
            Row = Row,
            Line = Line,
            Found = found,
            Expected = expected,
            Action = "Check that this is the file you mean, and export it again",
        });
    }
}
