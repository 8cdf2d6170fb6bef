namespace Xinheng.Scoring;

/// <summary>One score of the people of a block: mostly an entry of the table that all share, else an outcome of their own.</summary>
internal sealed class ScoreColumn(int capacity)
{
    /// <summary>In place of an entry: the outcome is the person's own.</summary>
    public const int Own = -1;

    private readonly int[] _entries = new int[capacity];
    private readonly byte[] _places = new byte[capacity];
    private Outcome[]? _own;
    private ScorePlan? _plan;
    private double[]? _values;
    private byte[]? _bands;
    private byte[]? _groups;
    private ScoreStatus[]? _statuses;
    private bool _listed;

    /// <summary>Entries of <see cref="Table"/>, by person; <see cref="Own"/> where there is none.</summary>
    public Span<int> Entries => _entries;

    /// <summary>Positions of the people's band sets, by person; then one for people without bands, then one for those outside the population.</summary>
    public Span<byte> Places => _places;

    /// <summary>The table the entries are of; <see langword="null"/> where every outcome is the person's own.</summary>
    public OutcomeTable? Table => _plan?.Table;

    public ReadOnlySpan<double> Values(int count)
    {
        List(count);
        return _values.AsSpan(0, count);
    }

    public ReadOnlySpan<byte> Bands(int count)
    {
        List(count);
        return _bands.AsSpan(0, count);
    }

    public ReadOnlySpan<byte> Groups(int count)
    {
        List(count);
        return _groups.AsSpan(0, count);
    }

    public ReadOnlySpan<ScoreStatus> Statuses(int count)
    {
        List(count);
        return _statuses.AsSpan(0, count);
    }

    /// <summary>Begins a block: the plan fills entries, outcomes and places.</summary>
    public void Begin(ScorePlan plan)
    {
        _plan = plan;
        _listed = false;
    }

    public Outcome OutcomeOf(int person) => _entries[person] is >= 0 and var entry ? _plan!.Table![entry].Outcome : _own![person];

    public Reading ReadingOf(int person) => _entries[person] is >= 0 and var entry
        ? _plan!.Table![entry].Readings[_places[person]]
        : _plan!.Judge(_own![person], _places[person]);

    /// <summary>Position of the person's band set; <see cref="ScoreBlock.NoBand"/> where there is none.</summary>
    public byte GroupOf(int person) => _places[person] < _plan!.GroupCount ? _places[person] : ScoreBlock.NoBand;

    /// <summary>Gives a person an outcome of their own.</summary>
    public void Put(int person, Outcome outcome)
    {
        (_own ??= new Outcome[capacity])[person] = outcome;
        _entries[person] = Own;
        _listed = false;
    }

    /// <summary>Gives those whose answers are not plain their outcomes.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="results">What is known of them.</param>
    /// <param name="nothingAsked">Entry of those who were asked nothing.</param>
    /// <param name="plan">Finds the outcome of one of the others.</param>
    public void PutOdd(AnswerBlock answers, ScoreBlock results, int nothingAsked, ScorePlan plan)
    {
        for (var person = 0; results.HasOddAnswers && person < results.Count; person++)
        {
            if (results.AnswerKinds[person] == AnswerKind.NothingAsked)
            {
                _entries[person] = nothingAsked;
            }
            else if (results.AnswerKinds[person] == AnswerKind.Odd)
            {
                Put(person, plan.OutcomeOf(answers, results, person));
            }
        }
    }

    private void List(int count)
    {
        if (_listed)
        {
            return;
        }

        _values ??= new double[capacity];
        _bands ??= new byte[capacity];
        _groups ??= new byte[capacity];
        _statuses ??= new ScoreStatus[capacity];
        for (var person = 0; person < count; person++)
        {
            (_values[person], _bands[person], _statuses[person]) = ReadingOf(person);
            _groups[person] = GroupOf(person);
        }

        _listed = true;
    }
}
