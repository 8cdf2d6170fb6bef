namespace Xinheng.Data;

/// <summary>Counts over all blocks of a run.</summary>
internal sealed class ScoreCounts
{
    private readonly IReadOnlyList<Instrument> _instruments;
    private readonly EntryTally[][] _scores;
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
        _scores = [.. instruments.Select(instrument => Enumerable.Range(0, instrument.Scores.Count).Select(s => new EntryTally(instrument, s)).ToArray())];
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
            foreach (var tally in _scores[i])
            {
                tally.Add(scores);
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
        foreach (var (tally, part) in _scores.SelectMany(s => s).Zip(other._scores.SelectMany(s => s)))
        {
            tally.Add(part);
        }

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

    private InstrumentSummary Summary(Instrument instrument, int i)
    {
        var readings = _scores[i].Select(tally => tally.Readings().ToList()).ToArray();
        return new()
        {
            Instrument = instrument,
            Bands =
            [
                .. from s in Enumerable.Range(0, instrument.Scores.Count)
                   let score = instrument.Scores[s]
                   from band in score.Bands.SelectMany(b => b.Starts).Select(b => b.Id).Distinct()
                   select (score.Id, band, readings[s].Where(r => r.Band != ScoreBlock.NoBand && score.Bands[r.Group].Starts[r.Band].Id == band).Sum(r => r.People)),
            ],
            Statuses =
            [
                .. from s in Enumerable.Range(0, instrument.Scores.Count)
                   from status in Enum.GetValues<ScoreStatus>()
                   let people = readings[s].Where(r => r.Status == status).Sum(r => r.People)
                   where people > 0
                   select (instrument.Scores[s].Id, status, people),
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
}
