namespace Xinheng.Scoring;

/// <summary>Sums, means and counts over items: one table look-up and one addition per answer.</summary>
internal sealed class ItemScorePlan : ScorePlan
{
    private readonly int[] _items;
    private readonly long[][] _keys;
    private readonly long[][]? _counts;
    private readonly int[] _lows;
    private readonly int[] _highs;
    private readonly int _bias;
    private readonly int _maxMissing;
    private readonly Rounding _round;
    private readonly bool _isMean;
    private readonly int? _meanAtLeast;
    private readonly (int Item, int Value)[] _lowest = [];
    private readonly (int Item, int Value)[] _highest = [];
    private readonly Rational[] _complete;

    public ItemScorePlan(Instrument instrument, int index)
        : base(instrument, index)
    {
        var score = (ItemScore)Score;
        _items = instrument.Resolve(score.Items);
        _maxMissing = score.Missing.MaxMissing;
        _round = score.Missing.Round ?? Rounding.None;
        _isMean = score is MeanScore;
        _meanAtLeast = (score as MeanScore)?.AtLeast;
        MissingUnconfirmed = Evidence.IsUnconfirmed(score.Missing.Evidence);
        KeyUnconfirmed |= _items.Any(i => Evidence.IsUnconfirmed(instrument.ResponsesOf(i).Evidence));
        var unreversed = instrument.Resolve(score.Unreversed).ToHashSet();

        Func<ResponseOption, int> Keyed(int item)
        {
            var options = (OptionSet)instrument.ResponsesOf(item);
            return instrument.Items[item].Reverse && !unreversed.Contains(item)
                ? option => options.MinScore + options.MaxScore - option.Value
                : option => option.Value;
        }

        // What an item adds: its keyed value, or whether the value counts.
        Func<ResponseOption, int> Added(int item) => score switch
        {
            CountScore count => option => Keyed(item)(option) >= count.AtLeast ? 1 : 0,
            MeanScore { AtLeast: { } atLeast } => option => Keyed(item)(option) is var value && value >= atLeast ? value : 0,
            _ => Keyed(item),
        };

        OptionSet Options(int item) => (OptionSet)instrument.ResponsesOf(item);
        _lows = [.. _items.Select(i => Options(i).Options.Min(Added(i)))];
        _highs = [.. _items.Select(i => Options(i).Options.Max(Added(i)))];
        _bias = _lows.Min();
        _keys = [.. _items.Select(i => KeyTable.Create(Options(i), option => Added(i)(option) - _bias))];
        _counts = _meanAtLeast is null ? null : [.. _items.Select(i => KeyTable.Create(Options(i), option => Keyed(i)(option) >= _meanAtLeast ? 1 : 0))];

        if (_meanAtLeast is { } from)
        {
            // The most extreme values join a mean first; an item that cannot reach the threshold never does.
            var joining = _items.Select((item, i) => (i, Values: Options(item).Options.Select(Keyed(item)).Where(v => v >= from).ToArray())).Where(j => j.Values.Length > 0).ToArray();
            _lowest = [.. joining.Select(j => (j.i, j.Values.Min())).OrderBy(j => j.Item2)];
            _highest = [.. joining.Select(j => (j.i, j.Values.Max())).OrderByDescending(j => j.Item2)];
        }

        // Complete answers, nearly all of a survey, are one look-up of the sum.
        _complete = _meanAtLeast is null
            ? [.. Enumerable.Range(0, _highs.Sum() - (_bias * _items.Length) + 1).Select(sum => Value(sum + (_bias * _items.Length), _items.Length))]
            : [];
    }

    protected override void Compute(AnswerBlock answers, ScoreBlock results)
    {
        var packed = results.Packed.AsSpan(0, results.Count);
        Add(_keys, answers, results, packed);
        if (_counts is not null)
        {
            var counts = results.Packed.AsSpan(results.Capacity, results.Count);
            Add(_counts, answers, results, counts);
            ComputeMeanOfHigh(answers, results, packed, counts);
            return;
        }

        var (exact, lowest, highest, completeness) = (results.Exact[Index], results.Lowest[Index], results.Highest[Index], results.Completeness[Index]);
        for (var person = 0; person < packed.Length; person++)
        {
            var status = KeyTable.Status(packed[person], _items.Length, _maxMissing);
            completeness[person] = status;
            if (status == ScoreStatus.Ok)
            {
                exact[person] = lowest[person] = highest[person] = _complete[KeyTable.Sum(packed[person])];
                continue;
            }

            var answered = _items.Length - KeyTable.MissingCount(packed[person]);
            var sum = KeyTable.Sum(packed[person]) + (_bias * answered);
            var (low, high) = (sum, sum);
            for (var i = 0; i < _items.Length; i++)
            {
                if (_keys[i][Code(answers, results, _items[i])[person]] >= KeyTable.Missing)
                {
                    low += _lows[i];
                    high += _highs[i];
                }
            }

            exact[person] = status == ScoreStatus.Prorated ? Value(sum, answered) : default;
            lowest[person] = Value(low, _items.Length);
            highest[person] = Value(high, _items.Length);
        }
    }

    private static ReadOnlySpan<byte> Code(AnswerBlock answers, ScoreBlock results, int item) =>
        results.Effective.TryGetValue(item, out var effective) ? effective : answers.Codes(item);

    private void Add(long[][] keys, AnswerBlock answers, ScoreBlock results, Span<long> packed)
    {
        packed.Clear();
        for (var i = 0; i < _items.Length; i++)
        {
            var key = keys[i];
            var codes = Code(answers, results, _items[i])[..packed.Length];
            unchecked
            {
                // The fields of KeyTable leave room for 500 items; the top field may use the sign bit.
                for (var person = 0; person < codes.Length; person++)
                {
                    packed[person] += key[codes[person]];
                }
            }
        }
    }

    /// <summary>The score of a sum over the answered items.</summary>
    private Rational Value(int sum, int answered) => Scale(
        _isMean ? new Rational(sum, answered)
        : answered == _items.Length ? sum
        : new Rational((long)sum * _items.Length, answered).Round(_round));

    /// <summary>Mean of the values that reach a threshold.</summary>
    private void ComputeMeanOfHigh(AnswerBlock answers, ScoreBlock results, ReadOnlySpan<long> sums, ReadOnlySpan<long> counts)
    {
        for (var person = 0; person < sums.Length; person++)
        {
            var status = KeyTable.Status(sums[person], _items.Length, _maxMissing);
            var (sum, count) = (KeyTable.Sum(sums[person]), KeyTable.Sum(counts[person]));
            if (HasValue(status) && count == 0)
            {
                status = ScoreStatus.Undefined;
            }

            // A missing answer can join the mean at the threshold or at its highest, or stay out of it.
            var (lowSum, lowCount, highSum, highCount) = ((Rational)sum, count, (Rational)sum, count);
            if (KeyTable.MissingCount(sums[person]) > 0)
            {
                foreach (var (item, value) in _lowest)
                {
                    (lowSum, lowCount) = IsOpen(item, person, answers, results) ? Join(lowSum, lowCount, value, lower: true) : (lowSum, lowCount);
                }

                foreach (var (item, value) in _highest)
                {
                    (highSum, highCount) = IsOpen(item, person, answers, results) ? Join(highSum, highCount, value, lower: false) : (highSum, highCount);
                }
            }

            results.Completeness[Index][person] = status;
            results.Exact[Index][person] = HasValue(status) ? Scale(new Rational(sum, count)) : default;
            results.Lowest[Index][person] = lowCount == 0 ? Score.Range.Min : Scale(lowSum / lowCount);
            results.Highest[Index][person] = highCount == 0 ? Score.Range.Min : Scale(highSum / highCount);
        }
    }

    private static (Rational Sum, int Count) Join(Rational sum, int count, int value, bool lower) =>
        count == 0 || (lower ? value < sum / count : value > sum / count) ? (sum + value, count + 1) : (sum, count);

    private bool IsOpen(int item, int person, AnswerBlock answers, ScoreBlock results) =>
        _keys[item][Code(answers, results, _items[item])[person]] >= KeyTable.Missing;
}
