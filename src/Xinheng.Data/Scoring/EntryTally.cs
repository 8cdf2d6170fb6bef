using Xinheng.Scoring;

namespace Xinheng.Data;

/// <summary>How many people have each outcome of one score.</summary>
/// <remarks>Not thread-safe; tallies of parts add up.</remarks>
internal sealed class EntryTally(Instrument instrument, int score)
{
    private readonly Dictionary<(byte Band, byte Group, ScoreStatus Status), long> _own = [];
    private OutcomeTable? _table;
    private long[]?[] _places = [];

    /// <summary>Counts everybody of a block.</summary>
    public void Add(ScoreBlock block)
    {
        var column = block.Column(score);
        _table = column.Table ?? _table;
        ReadOnlySpan<int> entries = column.Entries[..block.Count];
        ReadOnlySpan<byte> places = column.Places[..block.Count];
        for (var person = 0; person < entries.Length; person++)
        {
            if (entries[person] < 0)
            {
                var reading = column.ReadingOf(person);
                var key = (reading.Band, column.GroupOf(person), reading.Status);
                _own[key] = _own.GetValueOrDefault(key) + 1;
            }
            else
            {
                Counts(places[person])[entries[person]]++;
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

        for (var place = 0; place < other._places.Length; place++)
        {
            for (var entry = 0; entry < (other._places[place]?.Length ?? 0); entry++)
            {
                Counts(place)[entry] += other._places[place]![entry];
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

        for (var place = 0; place < _places.Length; place++)
        {
            for (var entry = 0; entry < (_places[place]?.Length ?? 0); entry++)
            {
                if (_places[place]![entry] is > 0 and var people)
                {
                    var reading = _table![entry].Readings[place];
                    yield return (reading.Band, place < instrument.Scores[score].Bands.Count ? (byte)place : ScoreBlock.NoBand, reading.Status, people);
                }
            }
        }
    }

    private long[] Counts(int place)
    {
        if (place >= _places.Length)
        {
            Array.Resize(ref _places, place + 1);
        }

        return _places[place] ??= new long[_table!.Rows << _table.Shift];
    }
}
