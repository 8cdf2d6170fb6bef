namespace Xinheng.Network;

/// <summary>Which cells of a table of units are withheld, so that no small one can be worked out from what is given.</summary>
/// <remarks>
/// What an office can know of the withheld cells is: each row adds up to its group, each column of units to the cell of the
/// unit above, and no count is negative. These equations are those of a flow from rows through columns, so a cell could
/// have another value exactly when a circle of withheld cells leads through it along which people can be moved: every cell
/// of the circle gains a person, or loses one that it has.
/// </remarks>
internal sealed class WithheldCells
{
    private readonly DisclosureRules _rules;
    private readonly int _units;
    private readonly int _columns;
    private readonly int[][] _cells;
    private readonly int[] _parents;
    private readonly int[] _groups;
    private readonly bool[][] _withheld;
    private readonly List<int>[] _children;

    public WithheldCells(int[][] cells, int[] parents, DisclosureRules rules)
    {
        (_rules, _units, _columns) = (rules, cells.Length, cells[0].Length);

        // Those who stand in the unit and in none of its parts: a row that is never shown, and that the others must not give away.
        List<int[]> rows = [.. cells];
        List<int> above = [.. parents];
        foreach (var parts in Enumerable.Range(0, _units).Where(part => parents[part] >= 0).GroupBy(part => parents[part]))
        {
            var others = (int[])cells[parts.Key].Clone();
            foreach (var part in parts)
            {
                for (var column = 0; column < _columns; column++)
                {
                    others[column] -= cells[part][column];
                }
            }

            if (others.Any(count => count != 0))
            {
                rows.Add(others);
                above.Add(parts.Key);
            }
        }

        _cells = [.. rows];
        _parents = [.. above];
        _groups = [.. rows.Select(row => row.Sum())];
        _withheld = [.. rows.Select((row, r) => row.Select(count => r >= _units || IsSmall(r, count)).ToArray())];
        _children = [.. rows.Select(_ => new List<int>())];
        for (var row = 0; row < _parents.Length; row++)
        {
            if (_parents[row] >= 0)
            {
                _children[_parents[row]].Add(row);
            }
        }
    }

    public bool[][] Solve()
    {
        do
        {
            while (CompleteLines())
            {
                // A cell withheld for one line can be the only one of another.
            }
        }
        while (HideFurther());
        return _withheld[.._units];
    }

    /// <summary>Whether the given cells leave a withheld cell more than one value.</summary>
    internal bool Varies(int row, int column)
    {
        var (from, to) = Ends(row, column);
        return from == to || Reaches(to, from, (row, column)) || (_cells[row][column] > 0 && Reaches(from, to, (row, column)));
    }

    private bool CompleteLines()
    {
        var changed = false;
        for (var row = 0; row < _units; row++)
        {
            changed |= Complete([.. Enumerable.Range(0, _columns).Select(column => (row, column))], sum: null);
            for (var column = 0; _children[row].Count > 0 && column < _columns; column++)
            {
                changed |= Complete([(row, column), .. _children[row].Select(child => (child, column))], sum: (row, column));
            }
        }

        return changed;
    }

    /// <summary>Withholds one more cell of a line whose only withheld cell, or whose few withheld people, the given ones tell.</summary>
    private bool Complete((int Row, int Column)[] line, (int Row, int Column)? sum)
    {
        var hidden = line.Where(IsWithheld).ToList();
        var people = sum is { } total && IsWithheld(total) ? 0 : hidden.Sum(Count);
        var told = (hidden.Count == 1 && (hidden[0].Row < _units || IsSensitive(hidden[0]))) || (people > 0 && people < _rules.MinCount);
        return told && Hide(line);
    }

    /// <summary>Withholds one more cell near each small cell that could have one value only.</summary>
    private bool HideFurther()
    {
        var changed = false;
        for (var row = 0; row < _cells.Length; row++)
        {
            for (var column = 0; column < _columns; column++)
            {
                if (IsSensitive((row, column)) && !Varies(row, column))
                {
                    changed |= Hide(Near(row, column)) || Hide([.. Enumerable.Range(0, _units).SelectMany(r => Enumerable.Range(0, _columns).Select(c => (r, c)))]);
                }
            }
        }

        return changed;
    }

    /// <summary>The cells of the lines in which a cell stands.</summary>
    private (int Row, int Column)[] Near(int row, int column)
    {
        var around = _parents[row] < 0 ? [] : _children[_parents[row]].Append(_parents[row]);
        return [.. Enumerable.Range(0, _columns).Select(c => (row, c)), .. around.Concat(_children[row]).Select(r => (r, column))];
    }

    /// <summary>Withholds the cell with the fewest people, empty ones last, lower units first.</summary>
    private bool Hide((int Row, int Column)[] cells)
    {
        var given = cells.Where(cell => !IsWithheld(cell)).OrderBy(cell => Count(cell) == 0).ThenBy(Count).ThenByDescending(cell => cell.Row).ThenBy(cell => cell.Column).ToList();
        if (given.Count > 0)
        {
            _withheld[given[0].Row][given[0].Column] = true;
        }

        return given.Count > 0;
    }

    /// <summary>Whether people can be moved from one node to another through withheld cells without the one cell.</summary>
    private bool Reaches(int start, int goal, (int Row, int Column) without)
    {
        HashSet<int> seen = [start];
        Queue<int> next = new([start]);
        while (next.TryDequeue(out var node))
        {
            foreach (var cell in Around(node))
            {
                var (from, to) = Ends(cell.Row, cell.Column);
                var other = from == node ? to : from;
                if (cell != without && IsWithheld(cell) && (from == node || Count(cell) > 0) && seen.Add(other))
                {
                    if (other == goal)
                    {
                        return true;
                    }

                    next.Enqueue(other);
                }
            }
        }

        return false;
    }

    /// <summary>
    /// The two nodes that a cell joins. A row without parts is a node; a row with parts is a node per column, where the cells
    /// of its parts arrive and its own leaves. Node 0 is where the cells of the highest row arrive.
    /// </summary>
    private (int From, int To) Ends(int row, int column) =>
        (Node(row, _children[row].Count == 0 ? 0 : column), _parents[row] < 0 ? 0 : Node(_parents[row], column));

    private int Node(int row, int column) => 1 + (row * _columns) + column;

    private IEnumerable<(int Row, int Column)> Around(int node)
    {
        if (node == 0)
        {
            return Enumerable.Range(0, _units).TakeWhile(row => _parents[row] < 0).SelectMany(row => Enumerable.Range(0, _columns).Select(column => (row, column)));
        }

        var (row, column) = ((node - 1) / _columns, (node - 1) % _columns);
        return _children[row].Count == 0
            ? Enumerable.Range(0, _columns).Select(c => (row, c))
            : _children[row].Prepend(row).Select(r => (r, column));
    }

    private bool IsWithheld((int Row, int Column) cell) => _withheld[cell.Row][cell.Column];

    private bool IsSensitive((int Row, int Column) cell) => _groups[cell.Row] > 0 && IsSmall(cell.Row, Count(cell));

    private bool IsSmall(int row, int count) => OfficeReport.IsSmall(count, _groups[row], _rules);

    private int Count((int Row, int Column) cell) => _cells[cell.Row][cell.Column];
}
