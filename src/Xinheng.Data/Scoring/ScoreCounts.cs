namespace Xinheng.Data;

/// <summary>Counts over all blocks of a run.</summary>
internal sealed class ScoreCounts
{
    private readonly IReadOnlyList<Instrument> _instruments;
    private readonly long[][][][] _bands;
    private readonly long[][][] _statuses;
    private readonly long[][][] _critical;
    private readonly long[][] _validity;
    private readonly NormSet?[] _norms;
    private readonly long[][][] _normStatuses;

    public ScoreCounts(ScoreRequest request)
    {
        var instruments = request.Instruments;
        _instruments = instruments;
        _norms = request.NormsByInstrument;
        _normStatuses = [.. _norms.Select(set => Enumerable.Range(0, set?.Scores.Count ?? 0).Select(_ => new long[Enum.GetValues<NormStatus>().Length]).ToArray())];
        _bands = [.. instruments.Select(i => i.Scores.Select(s => s.Bands.Select(b => new long[b.Starts.Count]).ToArray()).ToArray())];
        _statuses = [.. instruments.Select(i => i.Scores.Select(_ => new long[Enum.GetValues<ScoreStatus>().Length]).ToArray())];
        _critical = [.. instruments.Select(i => i.Definition.CriticalItems.Select(_ => new long[Enum.GetValues<CriticalState>().Length]).ToArray())];
        _validity = [.. instruments.Select(_ => new long[Enum.GetValues<ResponseValidity>().Length])];
    }

    public long People { get; private set; }

    /// <summary>People with at least one critical item that could not be read.</summary>
    public long CriticalUnreadable { get; private set; }

    public void Add(SurveyBlock block)
    {
        People += block.Count;
        Span<bool> unreadable = block.Count <= 4_096 ? stackalloc bool[block.Count] : new bool[block.Count];
        unreadable.Clear();
        for (var i = 0; i < _instruments.Count; i++)
        {
            var scores = block.Scores[i];
            for (var s = 0; s < _statuses[i].Length; s++)
            {
                var bands = scores.Bands(s);
                var groups = scores.GroupColumn(s);
                for (var person = 0; person < bands.Length; person++)
                {
                    if (bands[person] != ScoreBlock.NoBand)
                    {
                        _bands[i][s][groups[person]][bands[person]]++;
                    }
                }

                foreach (var status in scores.Statuses(s))
                {
                    _statuses[i][s][(int)status]++;
                }
            }

            for (var c = 0; c < _critical[i].Length; c++)
            {
                var states = scores.Critical(c);
                for (var person = 0; person < states.Length; person++)
                {
                    _critical[i][c][(int)states[person]]++;
                    unreadable[person] |= states[person] == CriticalState.Unreadable;
                }
            }

            for (var s = 0; s < _normStatuses[i].Length; s++)
            {
                foreach (var status in block.Norms[i]!.Statuses(s))
                {
                    _normStatuses[i][s][(int)status]++;
                }
            }

            foreach (var verdict in scores.Validity)
            {
                _validity[i][(int)verdict]++;
            }
        }

        CriticalUnreadable += unreadable.Count(true);
    }

    /// <summary>Adds the counts of another part of the same file.</summary>
    public void Merge(ScoreCounts other)
    {
        People += other.People;
        CriticalUnreadable += other.CriticalUnreadable;
        AddTo(_bands.SelectMany(b => b).SelectMany(b => b), other._bands.SelectMany(b => b).SelectMany(b => b));
        AddTo(_statuses.SelectMany(s => s), other._statuses.SelectMany(s => s));
        AddTo(_critical.SelectMany(c => c), other._critical.SelectMany(c => c));
        AddTo(_validity, other._validity);
        AddTo(_normStatuses.SelectMany(s => s), other._normStatuses.SelectMany(s => s));

        static void AddTo(IEnumerable<long[]> sums, IEnumerable<long[]> parts)
        {
            foreach (var (sum, part) in sums.Zip(parts))
            {
                for (var i = 0; i < sum.Length; i++)
                {
                    sum[i] += part[i];
                }
            }
        }
    }

    public IReadOnlyList<InstrumentSummary> Summaries() => [.. _instruments.Select(Summary)];

    private InstrumentSummary Summary(Instrument instrument, int i) => new()
    {
        Instrument = instrument,
        Bands =
        [
            .. from s in Enumerable.Range(0, instrument.Scores.Count)
               let score = instrument.Scores[s]
               from band in score.Bands.SelectMany(b => b.Starts).Select(b => b.Id).Distinct()
               select (score.Id, band, score.Bands.Select((set, g) => set.Starts.Select((b, at) => b.Id == band ? _bands[i][s][g][at] : 0).Sum()).Sum()),
        ],
        Statuses =
        [
            .. from s in Enumerable.Range(0, instrument.Scores.Count)
               from status in Enum.GetValues<ScoreStatus>()
               where _statuses[i][s][(int)status] > 0
               select (instrument.Scores[s].Id, status, _statuses[i][s][(int)status]),
        ],
        Critical =
        [
            .. from c in Enumerable.Range(0, instrument.Definition.CriticalItems.Count)
               from state in Enum.GetValues<CriticalState>()
               where _critical[i][c][(int)state] > 0
               select (instrument.Definition.CriticalItems[c].Id, state, _critical[i][c][(int)state]),
        ],
        Norms = _norms[i],
        NormStatuses =
        [
            .. from s in Enumerable.Range(0, _normStatuses[i].Length)
               from status in Enum.GetValues<NormStatus>()
               where _normStatuses[i][s][(int)status] > 0
               select (_norms[i]!.Scores[s].Id, status, _normStatuses[i][s][(int)status]),
        ],
        Validity = [.. Enum.GetValues<ResponseValidity>().Where(v => _validity[i][(int)v] > 0).Select(v => (v, _validity[i][(int)v]))],
    };
}
