namespace Xinheng.Data;

/// <summary>How a CSV file is written, as far as its header tells.</summary>
/// <param name="Encoding">An encoding in which delimiters, quotation marks and line ends are bytes that stand for nothing else.</param>
/// <param name="Delimiter">What separates fields.</param>
/// <param name="Preamble">Length of the byte order mark.</param>
/// <param name="HeaderRow">Row of the header, empty records before it counted.</param>
internal sealed record CsvShape(TextEncoding Encoding, byte Delimiter, int Preamble, long HeaderRow);

/// <summary>Where the records of a CSV file begin, part by part: so that its parts can be read apart from each other.</summary>
/// <param name="Shape">How the file is written.</param>
/// <param name="Starts">Offset of the first record that begins in each part, and the length of the file.</param>
/// <param name="Rows">Row of that record.</param>
/// <param name="Lines">Line of that record.</param>
internal sealed record CsvUnits(CsvShape Shape, long[] Starts, long[] Rows, long[] Lines)
{
    public int Count => Rows.Length;
}
