namespace Xinheng.Scoring;

/// <summary>A number for each entry of a score's table and each place, computed when first asked for.</summary>
/// <remarks>Thread-safe, as the table.</remarks>
/// <param name="create">The number of an outcome, what is reported of it, and the place; not negative.</param>
/// <param name="own">The number of everybody with an outcome of their own; <see langword="null"/> = made for each.</param>
internal sealed class EntryNumbers(Func<Outcome, Reading, int, int> create, int? own = null)
{
    private const int Unmade = -1;

    private readonly Lock _making = new();
    private int[]?[]?[] _places = [];

    /// <summary>The number of a person.</summary>
    public int Of(ScoreColumn column, int person)
    {
        var (entry, place) = (column.Entries[person], column.Places[person]);
        if (entry < 0)
        {
            return own ?? create(column.OutcomeOf(person), column.ReadingOf(person), place);
        }

        var table = column.Table!;
        var (row, sum) = (entry >> table.Shift, entry & ((1 << table.Shift) - 1));
        var places = _places;
        return place < places.Length && places[place] is { } rows && rows[row] is { } numbers && numbers[sum] is not Unmade and var known
            ? known
            : Make(table, place, row, sum, create(table[entry].Outcome, table[entry].Readings[place], place));
    }

    /// <summary>The numbers of people who stand one after the other.</summary>
    public void Of(ScoreColumn column, int first, Span<int> numbers)
    {
        ReadOnlySpan<int> entries = column.Entries.Slice(first, numbers.Length);
        ReadOnlySpan<byte> places = column.Places.Slice(first, numbers.Length);
        var (shift, lastPlace, rows) = (column.Table?.Shift ?? 0, -1, (int[]?[]?)null);
        var mask = (1 << shift) - 1;
        for (var person = 0; person < numbers.Length; person++)
        {
            var (entry, place) = (entries[person], places[person]);
            if (place != lastPlace)
            {
                var known = _places;
                (lastPlace, rows) = (place, place < known.Length ? known[place] : null);
            }

            numbers[person] = entry >= 0 && rows is not null && rows[entry >> shift] is { } row && row[entry & mask] is not Unmade and var number
                ? number
                : Of(column, first + person);
        }
    }

    private int Make(OutcomeTable table, int place, int row, int sum, int value)
    {
        lock (_making)
        {
            if (place >= _places.Length)
            {
                var more = new int[]?[]?[place + 1];
                _places.CopyTo(more, 0);
                _places = more;
            }

            var rows = _places[place] ??= new int[]?[table.Rows];
            if (rows[row] is not { } numbers)
            {
                numbers = new int[table.Columns];
                numbers.AsSpan().Fill(Unmade);
                rows[row] = numbers;
            }

            numbers[sum] = value;
        }

        return value;
    }
}
