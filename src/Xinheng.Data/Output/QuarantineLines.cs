namespace Xinheng.Data;

/// <summary>Entries for the quarantine of one part of a file.</summary>
/// <param name="input">The file.</param>
/// <param name="written">Whether there is a file that takes all entries, not only the first.</param>
internal sealed class QuarantineLines(string input, bool written)
{
    /// <summary>How many entries are kept for people.</summary>
    public const int MostFirst = 10;

    private readonly string _file = Path.GetFileName(input);
    private readonly TextBuffer _text = new(1 << 12);
    private readonly List<Entry> _entries = [];
    private bool _sorted = true;

    /// <summary>First entries, for people; complete once the part was sealed.</summary>
    public List<Problem> First { get; } = [];

    /// <summary>The lines of the file; complete once the part was sealed.</summary>
    public ReadOnlySpan<byte> Text => _text.Written;

    /// <summary>Adds an entry.</summary>
    /// <param name="code">What kind of problem it is.</param>
    /// <param name="row">Row of the file.</param>
    /// <param name="line">Line of the file.</param>
    /// <param name="column">Heading of the column; empty for the whole row.</param>
    /// <param name="expected">What should stand there.</param>
    /// <param name="found">What kind of thing stood there.</param>
    /// <param name="order">Place among the entries of the same row; -1 for those about the row itself.</param>
    /// <param name="file">Another file than that of the part.</param>
    public void Add(string code, long row, long line, string column, string expected, string found, int order = -1, string? file = null)
    {
        _sorted &= _entries.Count == 0 || (_entries[^1].Row, _entries[^1].Order).CompareTo((row, order)) <= 0;
        _entries.Add(new Entry(row, line, order, code, column, expected, found, file is null ? _file : Path.GetFileName(file)));
    }

    /// <summary>Brings what was added into the order of the file and makes its text.</summary>
    public void Seal()
    {
        foreach (var entry in _sorted ? _entries : [.. _entries.OrderBy(entry => entry.Row).ThenBy(entry => entry.Order)])
        {
            if (First.Count < MostFirst)
            {
                First.Add(new Problem
                {
                    Code = entry.Code, File = entry.File, Row = entry.Row, Line = entry.Line, Column = entry.Column.Length == 0 ? null : entry.Column, Found = entry.Found, Expected = entry.Expected,
                });
            }

            if (written)
            {
                CsvText.Cell(_text, entry.File);
                _text.Append((byte)',');
                _text.Append(entry.Row);
                _text.Append((byte)',');
                _text.Append(entry.Line);
                foreach (var cell in (ReadOnlySpan<string>)[entry.Column, entry.Code, entry.Expected, entry.Found])
                {
                    _text.Append((byte)',');
                    CsvText.Cell(_text, cell);
                }

                _text.Append((byte)'\n');
            }
        }

        _entries.Clear();
        _sorted = true;
    }

    public void Clear()
    {
        First.Clear();
        _text.Clear();
    }

    private readonly record struct Entry(long Row, long Line, int Order, string Code, string Column, string Expected, string Found, string File);
}
