using System.Runtime.InteropServices;

namespace Xinheng.Data;

/// <summary>Text cells of a block of records, in one buffer that is used again and again.</summary>
internal sealed class TextColumns(int columns)
{
    private readonly List<char> _text = [];
    private readonly List<int> _ends = [];

    public void Clear()
    {
        _text.Clear();
        _ends.Clear();
    }

    /// <summary>Adds the next cell of the record, or of the next record after the last column.</summary>
    public void Add(ReadOnlySpan<char> cell)
    {
        _text.AddRange(cell);
        _ends.Add(_text.Count);
    }

    public ReadOnlySpan<char> Cell(int record, int column)
    {
        var index = (record * columns) + column;
        var start = index == 0 ? 0 : _ends[index - 1];
        return CollectionsMarshal.AsSpan(_text)[start.._ends[index]];
    }
}
