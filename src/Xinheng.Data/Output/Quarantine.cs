namespace Xinheng.Data;

/// <summary>Writes <c>quarantine.csv</c>: where something could not be read and what kind of thing stood there, never the thing itself.</summary>
internal sealed class Quarantine
{
    private readonly Stream? _stream;
    private readonly QuarantineLines _single;

    public Quarantine(Stream? stream, string input)
    {
        _stream = stream;
        _single = new QuarantineLines(input, stream is not null);
        _stream?.Write("file,row,line,column,code,expected,found\n"u8);
    }

    /// <summary>First entries, for people; the rest is in the file.</summary>
    public List<Problem> First { get; } = [];

    /// <summary>A list for a part of the survey.</summary>
    public QuarantineLines CreateLines(string input) => new(input, _stream is not null);

    public void Add(string code, long row, long line, string column, string expected, string found, string? file = null)
    {
        _single.Add(code, row, line, column, expected, found, file: file);
        _single.Seal();
        Write(_single);
    }

    /// <summary>Writes the lines of a part, and empties it.</summary>
    public void Write(QuarantineLines lines)
    {
        First.AddRange(lines.First.Take(QuarantineLines.MostFirst - First.Count));
        _stream?.Write(lines.Text);
        lines.Clear();
    }
}
