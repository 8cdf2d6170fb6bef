using System.Globalization;

namespace Xinheng.Data;

/// <summary>Writes <c>quarantine.csv</c>: where something could not be read and what kind of thing stood there, never the thing itself.</summary>
internal sealed class Quarantine
{
    private readonly Stream? _stream;
    private readonly string _file;
    private readonly TextBuffer _line = new();

    public Quarantine(Stream? stream, string input)
    {
        _stream = stream;
        _file = Path.GetFileName(input);
        _stream?.Write("file,row,line,column,code,expected,found\n"u8);
    }

    /// <summary>First entries, for people; the rest is in the file.</summary>
    public List<Problem> First { get; } = [];

    public void Add(string code, long row, long line, string column, string expected, string found, string? file = null)
    {
        var name = file is null ? _file : Path.GetFileName(file);
        if (First.Count < 10)
        {
            First.Add(new Problem { Code = code, File = name, Row = row, Line = line, Column = column.Length == 0 ? null : column, Found = found, Expected = expected });
        }

        if (_stream is null)
        {
            return;
        }

        _line.Clear();
        foreach (var cell in new[] { name, row.ToString(CultureInfo.InvariantCulture), line.ToString(CultureInfo.InvariantCulture), column, code, expected, found })
        {
            if (_line.Length > 0)
            {
                _line.Append((byte)',');
            }

            CsvText.Cell(_line, cell);
        }

        _line.Append((byte)'\n');
        _stream.Write(_line.Written);
    }
}
