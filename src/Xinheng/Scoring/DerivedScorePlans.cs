namespace Xinheng.Scoring;

/// <summary>A score computed person by person from earlier scores or single answers.</summary>
internal abstract class DerivedScorePlan(Instrument instrument, int index) : ScorePlan(instrument, index)
{
    protected override void Compute(AnswerBlock answers, ScoreBlock results, ScoreColumn column)
    {
        for (var person = 0; person < results.Count; person++)
        {
            column.Put(person, OutcomeOf(answers, results, person));
        }
    }

    /// <summary>Whether an answer is there, in the words of a score.</summary>
    public static ScoreStatus StatusOf(Answer answer) => answer.Reason switch
    {
        null => ScoreStatus.Ok,
        MissingReason.NotAsked => ScoreStatus.NotAsked,
        MissingReason.Unreadable => ScoreStatus.Unreadable,
        MissingReason.OutOfRange => ScoreStatus.CodeOutOfRange,
        _ => ScoreStatus.TooFewAnswers,
    };

    /// <summary>What is unconfirmed of an earlier score is unconfirmed of one that rests on it.</summary>
    protected void RestOn(ReadOnlySpan<ScorePlan> earlier, params ReadOnlySpan<int> scores)
    {
        foreach (var score in scores)
        {
            KeyUnconfirmed |= earlier[score].KeyUnconfirmed;
            MissingUnconfirmed |= earlier[score].MissingUnconfirmed;
        }
    }
}

/// <summary>Sum of earlier scores.</summary>
internal sealed class TotalScorePlan : DerivedScorePlan
{
    private readonly int[] _scores;

    public TotalScorePlan(Instrument instrument, int index, ReadOnlySpan<ScorePlan> earlier)
        : base(instrument, index)
    {
        _scores = [.. ((TotalScore)Score).Scores.Select(instrument.IndexOfScore)];
        RestOn(earlier, _scores);
        if (Score is { Times: null, Round: Rounding.None } && PlainSum(earlier) is { } sum)
        {
            Table = new OutcomeTable(this, sum.Items + 2, (sum.High - sum.Low) * sum.Items, (total, row) =>
            {
                var missing = Math.Min(row, sum.Items);
                var lowest = total + (sum.Low * sum.Items);
                return new(
                    row == 0 ? ScoreStatus.Ok : row > sum.Items ? ScoreStatus.NotAsked : ScoreStatus.TooFewAnswers,
                    row == 0 ? lowest : default(Rational),
                    lowest,
                    lowest + ((sum.High - sum.Low) * missing));
            });
        }
    }

    /// <summary>What makes the total a sum over the items of its parts: <see langword="null"/> where it is not.</summary>
    private (int Low, int High, int Items)? PlainSum(ReadOnlySpan<ScorePlan> earlier)
    {
        (int Low, int High, int Items)? all = null;
        foreach (var score in _scores)
        {
            if ((earlier[score] as ItemScorePlan)?.PlainSum is not { } part || (all is { } sum && (sum.Low, sum.High) != (part.Low, part.High)))
            {
                return null;
            }

            all = part with { Items = part.Items + (all?.Items ?? 0) };
        }

        return all;
    }

    protected override void Compute(AnswerBlock answers, ScoreBlock results, ScoreColumn column)
    {
        if (Table is null)
        {
            base.Compute(answers, results, column);
            return;
        }

        var entries = column.Entries[..results.Count];
        entries.Clear();
        var to = Table.Shift;
        foreach (var score in _scores)
        {
            var part = results.Column(score);
            ReadOnlySpan<int> parts = part.Entries[..entries.Length];
            var from = part.Table!.Shift;
            var mask = (1 << from) - 1;
            for (var person = 0; person < entries.Length; person++)
            {
                entries[person] = unchecked(entries[person] + ((parts[person] >> from) << to) + (parts[person] & mask)); // room as for one score of all items
            }
        }

        column.PutOdd(answers, results, (Table.Rows - 1) << to, this);
    }

    public override Outcome OutcomeOf(AnswerBlock answers, ScoreBlock results, int person)
    {
        var total = results.OutcomeOf(_scores[0], person);
        foreach (var score in _scores.AsSpan(1))
        {
            var part = results.OutcomeOf(score, person);
            total = new Outcome(
                Combine(total.Completeness, part.Completeness),
                total.Value + part.Value,
                total.Lowest + part.Lowest,
                total.Highest + part.Highest);
        }

        return HasValue(total.Completeness)
            ? new(total.Completeness, Scale(total.Value), Scale(total.Lowest), Scale(total.Highest))
            : new(total.Completeness, default, Scale(total.Lowest), Scale(total.Highest));
    }
}

/// <summary>One answer as a number.</summary>
internal sealed class QuantityScorePlan : DerivedScorePlan
{
    private readonly int _item;
    private readonly Dictionary<int, int>? _keyed;
    private readonly NumberRange? _range;

    public QuantityScorePlan(Instrument instrument, int index)
        : base(instrument, index)
    {
        _item = instrument.IndexOfItem(((QuantityScore)Score).Item);
        var responses = instrument.ResponsesOf(_item);
        KeyUnconfirmed |= Evidence.IsUnconfirmed(responses.Evidence);
        _range = responses as NumberRange;
        if (responses is OptionSet options)
        {
            _keyed = options.Options.ToDictionary(
                o => o.Code, o => instrument.Items[_item].Reverse ? options.MinScore + options.MaxScore - o.Value : o.Value);
        }
    }

    public override Outcome OutcomeOf(AnswerBlock answers, ScoreBlock results, int person)
    {
        var answer = answers.Used(person, _item);
        if (answer.IsMissing)
        {
            return Open(StatusOf(answer));
        }

        Rational number;
        if (_range is not null)
        {
            number = _range.ValueOf(answer);
            if (!_range.Includes(answer))
            {
                return Open(ScoreStatus.CodeOutOfRange);
            }
        }
        else if (_keyed!.TryGetValue(answer.Stored, out var keyed))
        {
            number = keyed;
        }
        else
        {
            return Open(ScoreStatus.CodeOutOfRange);
        }

        var value = Scale(number);
        return new(ScoreStatus.Ok, value, value, value);
    }

    private Outcome Open(ScoreStatus status) => new(status, default, Score.Range.Min, Score.Range.Max);
}

/// <summary>Minutes from one time of day to the next occurrence of another.</summary>
internal sealed class ClockSpanScorePlan : DerivedScorePlan
{
    private const int Day = 24 * 60;

    private readonly int _from;
    private readonly int _to;

    public ClockSpanScorePlan(Instrument instrument, int index)
        : base(instrument, index)
    {
        _from = instrument.IndexOfItem(((ClockSpanScore)Score).From);
        _to = instrument.IndexOfItem(((ClockSpanScore)Score).To);
        KeyUnconfirmed |= Evidence.IsUnconfirmed(instrument.ResponsesOf(_from).Evidence) || Evidence.IsUnconfirmed(instrument.ResponsesOf(_to).Evidence);
    }

    public override Outcome OutcomeOf(AnswerBlock answers, ScoreBlock results, int person)
    {
        var (from, to) = (answers.Get(person, _from), answers.Get(person, _to));
        var status = Combine(StatusOfTime(from), StatusOfTime(to));
        if (status != ScoreStatus.Ok)
        {
            return new(status, default, Score.Range.Min, Score.Range.Max);
        }

        var minutes = (to.Stored - from.Stored + Day) % Day;
        var value = Scale(minutes == 0 ? Day : minutes);
        return new(status, value, value, value);
    }

    private static ScoreStatus StatusOfTime(Answer time) =>
        !time.IsMissing && time.Stored >= Day ? ScoreStatus.CodeOutOfRange : StatusOf(time);
}

/// <summary>Quotient of two earlier scores, limited to the declared range.</summary>
internal sealed class RatioScorePlan : DerivedScorePlan
{
    private readonly int _numerator;
    private readonly int _denominator;

    public RatioScorePlan(Instrument instrument, int index, ReadOnlySpan<ScorePlan> earlier)
        : base(instrument, index)
    {
        _numerator = instrument.IndexOfScore(((RatioScore)Score).Numerator);
        _denominator = instrument.IndexOfScore(((RatioScore)Score).Denominator);
        RestOn(earlier, [_numerator, _denominator]);
    }

    public override Outcome OutcomeOf(AnswerBlock answers, ScoreBlock results, int person)
    {
        var (n, d) = (results.OutcomeOf(_numerator, person), results.OutcomeOf(_denominator, person));
        var lowest = d.Highest == 0 ? Score.Range.Min : Limit(Scale(n.Lowest / d.Highest));
        var highest = d.Lowest == 0 ? Score.Range.Max : Limit(Scale(n.Highest / d.Lowest));
        var status = Combine(n.Completeness, d.Completeness);
        return !HasValue(status) ? new(status, default, lowest, highest)
            : d.Value == 0 ? new(ScoreStatus.Undefined, default, Score.Range.Min, Score.Range.Max)
            : new(status, Limit(Scale(n.Value / d.Value)), lowest, highest);
    }

    private Rational Limit(Rational value) => Rational.Max(Score.Range.Min, Rational.Min(Score.Range.Max, value));
}

/// <summary>A step function of an earlier score.</summary>
internal sealed class StepScorePlan : DerivedScorePlan
{
    private readonly int _score;
    private readonly Step[] _steps;

    public StepScorePlan(Instrument instrument, int index, ReadOnlySpan<ScorePlan> earlier)
        : base(instrument, index)
    {
        _score = instrument.IndexOfScore(((StepScore)Score).Score);
        _steps = [.. ((StepScore)Score).Steps];
        RestOn(earlier, [_score]);
    }

    public override Outcome OutcomeOf(AnswerBlock answers, ScoreBlock results, int person)
    {
        var source = results.OutcomeOf(_score, person);
        var (lowest, highest) = (_steps[Find(source.Lowest)].Value, _steps[Find(source.Highest)].Value);
        for (var step = Find(source.Lowest); step <= Find(source.Highest); step++)
        {
            lowest = Rational.Min(lowest, _steps[step].Value);
            highest = Rational.Max(highest, _steps[step].Value);
        }

        var value = HasValue(source.Completeness) ? Scale(_steps[Find(source.Value)].Value) : default;
        return new(source.Completeness, value, Scale(lowest), Scale(highest));
    }

    private int Find(Rational value)
    {
        var step = _steps.Length - 1;
        while (step > 0 && (_steps[step].After ? value <= _steps[step].From : value < _steps[step].From))
        {
            step--;
        }

        return step;
    }
}

/// <summary>A conversion table of an earlier score.</summary>
internal sealed class TableScorePlan : DerivedScorePlan
{
    private readonly int _score;
    private readonly long _first;
    private readonly Rational[] _values;

    public TableScorePlan(Instrument instrument, int index, ReadOnlySpan<ScorePlan> earlier)
        : base(instrument, index)
    {
        _score = instrument.IndexOfScore(((TableScore)Score).Score);
        _first = instrument.Scores[_score].Range.Min.Numerator;
        _values = [.. ((TableScore)Score).Values];
        RestOn(earlier, [_score]);
    }

    public override Outcome OutcomeOf(AnswerBlock answers, ScoreBlock results, int person)
    {
        var source = results.OutcomeOf(_score, person);
        var possible = _values.AsSpan(Entry(source.Lowest)..(Entry(source.Highest) + 1));
        var (lowest, highest) = (possible[0], possible[0]);
        foreach (var value in possible)
        {
            lowest = Rational.Min(lowest, value);
            highest = Rational.Max(highest, value);
        }

        // The table has entries for whole scores only.
        var status = HasValue(source.Completeness) && !source.Value.IsWhole ? ScoreStatus.Undefined : source.Completeness;
        return new(status, HasValue(status) ? Scale(_values[Entry(source.Value)]) : default, Scale(lowest), Scale(highest));
    }

    private int Entry(Rational value) => (int)(value.Round(Rounding.Floor).Numerator - _first);
}
