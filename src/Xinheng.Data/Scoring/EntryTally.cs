using Xinheng.Scoring;

namespace Xinheng.Data;

/// <summary>How many people have each outcome of one score.</summary>
/// <remarks>Not thread-safe; tallies of parts add up.</remarks>
internal sealed class EntryTally(Instrument instrument, int score)
{
    private readonly Dictionary<(byte Band, byte Group, ScoreStatus Status), long> _own = [];
    private OutcomeTable? _table;

    // By place, row and sum: few rows of a table are ever met.
    private long[]?[]?[] _places = [];

    /// <summary>Counts everybody of a block.</summary>
    public void Add(ScoreBlock block)
    {
        var column = block.Column(score);
        _table = column.Table ?? _table;
        ReadOnlySpan<int> entries = column.Entries[..block.Count];
        ReadOnlySpan<byte> places = column.Places[..block.Count];
        var shift = _table?.Shift ?? 0;
        var mask = (1 << shift) - 1;
        for (var person = 0; person < entries.Length; person++)
        {
            var (entry, place) = (entries[person], places[person]);
            if (entry < 0)
            {
                var reading = column.ReadingOf(person);
                var key = (reading.Band, column.GroupOf(person), reading.Status);
                _own[key] = _own.GetValueOrDefault(key) + 1;
            }
            else if (place < _places.Length && _places[place] is { } rows && rows[entry >> shift] is { } counts)
            {
                counts[entry & mask]++;
            }
            else
            {
                Row(place, entry >> shift)[entry & mask]++;
            }
        }
    }

    /// <summary>Adds the people of another tally of the same score.</summary>
    public void Add(EntryTally other)
    {
        _table = other._table ?? _table;
        foreach (var (key, people) in other._own)
        {
            _own[key] = _own.GetValueOrDefault(key) + people;
        }

        foreach (var (place, row, counts) in other.Rows())
        {
            var sums = Row(place, row);
            for (var sum = 0; sum < sums.Length; sum++)
            {
                sums[sum] += counts[sum];
            }
        }
    }

    /// <summary>People by band, band set and status.</summary>
    public IEnumerable<(byte Band, byte Group, ScoreStatus Status, long People)> Readings()
    {
        foreach (var ((band, group, status), people) in _own)
        {
            yield return (band, group, status, people);
        }

        foreach (var (place, row, counts) in Rows())
        {
            for (var sum = 0; sum < counts.Length; sum++)
            {
                if (counts[sum] > 0)
                {
                    var reading = _table![(row << _table.Shift) | sum].Readings[place];
                    yield return (reading.Band, place < instrument.Scores[score].Bands.Count ? (byte)place : ScoreBlock.NoBand, reading.Status, counts[sum]);
                }
            }
        }
    }

    private IEnumerable<(int Place, int Row, long[] Counts)> Rows()
    {
        for (var place = 0; place < _places.Length; place++)
        {
            for (var row = 0; row < (_places[place]?.Length ?? 0); row++)
            {
                if (_places[place]![row] is { } counts)
                {
                    yield return (place, row, counts);
                }
            }
        }
    }

    private long[] Row(int place, int row)
    {
        if (place >= _places.Length)
        {
            Array.Resize(ref _places, place + 1);
        }

        var rows = _places[place] ??= new long[]?[_table!.Rows];
        return rows[row] ??= new long[_table!.Columns];
    }
}
