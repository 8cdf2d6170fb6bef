namespace Xinheng.Scoring;

/// <summary>Sums, means and counts over items. Where sum and number of missing answers say all, people share the outcomes of a table.</summary>
internal sealed class ItemScorePlan : ScorePlan
{
    private readonly int[] _items;
    private readonly long[][] _keys;
    private readonly int[] _lows;
    private readonly int[] _highs;
    private readonly int _bias;
    private readonly int _maxMissing;
    private readonly Rounding _round;
    private readonly bool _isMean;
    private readonly ItemSums? _sums;
    private readonly HighMean? _high;

    public ItemScorePlan(Instrument instrument, int index)
        : base(instrument, index)
    {
        var score = (ItemScore)Score;
        _items = instrument.Resolve(score.Items);
        _maxMissing = score.Missing.MaxMissing;
        _round = score.Missing.Round ?? Rounding.None;
        _isMean = score is MeanScore;
        MissingUnconfirmed = Evidence.IsUnconfirmed(score.Missing.Evidence);
        KeyUnconfirmed |= _items.Any(i => Evidence.IsUnconfirmed(instrument.ResponsesOf(i).Evidence));
        var unreversed = instrument.Resolve(score.Unreversed).ToHashSet();

        bool IsReversed(int item) => instrument.Items[item].Reverse && !unreversed.Contains(item);

        OptionSet Options(int item) => (OptionSet)instrument.ResponsesOf(item);

        int Keyed(int item, ResponseOption option) => IsReversed(item) ? Options(item).MinScore + Options(item).MaxScore - option.Value : option.Value;

        // What an item adds: its keyed value, or whether the value counts.
        int Added(int item, ResponseOption option) => (score, Keyed(item, option)) switch
        {
            (CountScore count, var value) => value >= count.AtLeast ? 1 : 0,
            (MeanScore { AtLeast: { } atLeast }, var value) => value >= atLeast ? value : 0,
            (_, var value) => value,
        };

        _lows = [.. _items.Select(i => Options(i).Options.Min(o => Added(i, o)))];
        _highs = [.. _items.Select(i => Options(i).Options.Max(o => Added(i, o)))];
        _bias = _lows.Min();
        _keys = [.. _items.Select(i => KeyTable.Create(Options(i), option => Added(i, option) - _bias))];
        if (score is MeanScore { AtLeast: { } from })
        {
            // The most extreme values join a mean first; an item that cannot reach the threshold never does.
            var joining = _items.Select((item, i) => (i, Values: Options(item).Options.Select(o => Keyed(item, o)).Where(v => v >= from).ToArray())).Where(j => j.Values.Length > 0).ToArray();
            _high = new HighMean(
                [.. _items.Select(i => KeyTable.Create(Options(i), option => Keyed(i, option) >= from ? 1 : 0))],
                [.. joining.Select(j => (j.i, j.Values.Min())).OrderBy(j => j.Item2)],
                [.. joining.Select(j => (j.i, j.Values.Max())).OrderByDescending(j => j.Item2)],
                ItemSums.Create(instrument, _items, IsReversed, from, counts: true, bias: 0));
            if (_bias == 0 && _high.IsUniform(_items.Length) && ItemSums.Create(instrument, _items, IsReversed, from, counts: false, bias: 0) is { } sums)
            {
                // A row for each number of missing answers and each number of high ones.
                _sums = sums;
                Table = new OutcomeTable(this, RowOf(_items.Length + 2, 0), _highs[0] * _items.Length, HighOutcomeOf);
            }
        }
        else if (_lows.Distinct().Count() == 1 && _highs.Distinct().Count() == 1)
        {
            // Any item could be the missing one.
            _sums = ItemSums.Create(instrument, _items, IsReversed, (score as CountScore)?.AtLeast, score is CountScore, _bias);
            Table = _sums is null ? null : new OutcomeTable(this, _items.Length + 2, (_highs[0] - _bias) * _items.Length, OutcomeOf);
        }
    }

    /// <summary>Lowest and highest value of each item, and their number, where the score is their sum and nothing else: such scores add up to a sum over all their items.</summary>
    public (int Low, int High, int Items)? PlainSum =>
        Table is not null && Score is SumScore { Times: null, Round: Rounding.None } && _maxMissing == 0 ? (_lows[0], _highs[0], _items.Length) : null;

    protected override void Compute(AnswerBlock answers, ScoreBlock results, ScoreColumn column)
    {
        if (_sums is null)
        {
            for (var person = 0; person < results.Count; person++)
            {
                column.Put(person, OutcomeOf(answers, person));
            }

            return;
        }

        var sums = results.Sums.AsSpan(0, results.Count);
        var missing = results.Missing.AsSpan(0, results.Count);
        _sums.Run(answers, sums, missing, results.Width);
        var entries = column.Entries[..sums.Length];
        var shift = Table!.Shift;
        if (_high is not null)
        {
            var counts = results.Numbers.AsSpan(0, results.Count);
            _high.Numbers!.Run(answers, counts, missing, results.Width);
            for (var person = 0; person < entries.Length; person++)
            {
                entries[person] = (RowOf(missing[person], counts[person]) << shift) | sums[person];
            }
        }
        else
        {
            for (var person = 0; person < entries.Length; person++)
            {
                entries[person] = (missing[person] << shift) | sums[person];
            }
        }

        column.PutOdd(answers, results, RowOf(_items.Length + 1, 0) << shift, this);
    }

    /// <inheritdoc/>
    public override Outcome OutcomeOf(AnswerBlock answers, ScoreBlock results, int person) => OutcomeOf(answers, person);

    private int RowOf(int missing, int count) => _high is null ? missing : (missing * (_items.Length + 1)) + count;

    private ScoreStatus Completeness(int missing) =>
        missing == 0 ? ScoreStatus.Ok : missing > _maxMissing ? ScoreStatus.TooFewAnswers : ScoreStatus.Prorated;

    /// <summary>The outcome of a sum over the answered items, each value less the bias, where blanks are all that is missing, or nothing was asked.</summary>
    private Outcome OutcomeOf(int sum, int missing)
    {
        if (missing > _items.Length)
        {
            return OutcomeOf(sum, _items.Length) with { Completeness = ScoreStatus.NotAsked };
        }

        var status = Completeness(missing);
        var answered = _items.Length - missing;
        var total = sum + (_bias * answered);
        return new(
            status,
            HasValue(status) ? Value(total, answered) : default,
            Value(total + (missing * _lows[0]), _items.Length),
            Value(total + (missing * _highs[0]), _items.Length));
    }

    /// <summary>The outcome of a sum of high values, where blanks are all that is missing, or nothing was asked.</summary>
    private Outcome HighOutcomeOf(int sum, int row)
    {
        var (missing, count) = (row / (_items.Length + 1), row % (_items.Length + 1));
        return missing > _items.Length
            ? MeanOfHigh(ScoreStatus.NotAsked, sum, count, _high!.JoinAll(sum, count, _items.Length))
            : MeanOfHigh(Completeness(missing), sum, count, _high!.JoinAll(sum, count, missing));
    }

    /// <summary>The outcome of one person, item by item.</summary>
    private Outcome OutcomeOf(AnswerBlock answers, int person)
    {
        long packed = 0;
        var (low, high, count) = (0, 0, 0);
        for (var i = 0; i < _items.Length; i++)
        {
            var code = answers.UsedCodes(_items[i])[person];
            var key = _keys[i][code];
            packed = unchecked(packed + key); // the fields leave room for 500 items; the top field may use the sign bit
            low += key >= KeyTable.Missing ? _lows[i] : 0;
            high += key >= KeyTable.Missing ? _highs[i] : 0;
            count += _high is null ? 0 : KeyTable.Sum(_high.Counts[i][code]);
        }

        var status = KeyTable.Status(packed, _items.Length, _maxMissing);
        var answered = _items.Length - KeyTable.MissingCount(packed);
        var sum = KeyTable.Sum(packed) + (_bias * answered);
        return _high is not null
            ? MeanOfHigh(status, sum, count, JoinOpen(sum, count, answers, person))
            : new(status, HasValue(status) ? Value(sum, answered) : default, Value(sum + low, _items.Length), Value(sum + high, _items.Length));
    }

    private bool IsOpen(int i, AnswerBlock answers, int person) => _keys[i][answers.UsedCodes(_items[i])[person]] >= KeyTable.Missing;

    private ((Rational Sum, int Count) Low, (Rational Sum, int Count) High) JoinOpen(int sum, int count, AnswerBlock answers, int person)
    {
        var (low, high) = (((Rational)sum, count), ((Rational)sum, count));
        foreach (var (item, value) in _high!.Lowest)
        {
            low = IsOpen(item, answers, person) ? HighMean.Join(low, value, lower: true) : low;
        }

        foreach (var (item, value) in _high.Highest)
        {
            high = IsOpen(item, answers, person) ? HighMean.Join(high, value, lower: false) : high;
        }

        return (low, high);
    }

    /// <summary>The score of a sum over the answered items.</summary>
    private Rational Value(int sum, int answered) => Scale(
        _isMean ? new Rational(sum, answered)
        : answered == _items.Length ? sum
        : new Rational((long)sum * _items.Length, answered).Round(_round));

    private Outcome MeanOfHigh(ScoreStatus status, int sum, int count, ((Rational Sum, int Count) Low, (Rational Sum, int Count) High) bounds)
    {
        status = HasValue(status) && count == 0 ? ScoreStatus.Undefined : status;
        return new(status, HasValue(status) ? Scale(new Rational(sum, count)) : default, Mean(bounds.Low), Mean(bounds.High));

        Rational Mean((Rational Sum, int Count) values) => values.Count == 0 ? Score.Range.Min : Scale(values.Sum / values.Count);
    }

    /// <summary>Mean of the values that reach a threshold: a missing answer can join it at the threshold or at its highest, or stay out of it.</summary>
    /// <param name="Counts">Whether an answer reaches the threshold, as key tables.</param>
    /// <param name="Lowest">Items that can, with the lowest value that does; lowest first.</param>
    /// <param name="Highest">Items that can, with the highest value that does; highest first.</param>
    /// <param name="Numbers">Counts many people side by side.</param>
    private sealed record HighMean(long[][] Counts, (int Item, int Value)[] Lowest, (int Item, int Value)[] Highest, ItemSums? Numbers)
    {
        /// <summary>Whether it does not matter which items are missing, but how many.</summary>
        public bool IsUniform(int items) =>
            Numbers is not null && Lowest.Length == items && Lowest[0].Value == Lowest[^1].Value && Highest[0].Value == Highest[^1].Value;

        public ((Rational Sum, int Count) Low, (Rational Sum, int Count) High) JoinAll(int sum, int count, int missing)
        {
            var (low, high) = (((Rational)sum, count), ((Rational)sum, count));
            for (var i = 0; i < missing; i++)
            {
                low = Join(low, Lowest[0].Value, lower: true);
                high = Join(high, Highest[0].Value, lower: false);
            }

            return (low, high);
        }

        public static (Rational Sum, int Count) Join((Rational Sum, int Count) values, int value, bool lower) =>
            values.Count == 0 || (lower ? value < values.Sum / values.Count : value > values.Sum / values.Count) ? (values.Sum + value, values.Count + 1) : values;
    }
}
