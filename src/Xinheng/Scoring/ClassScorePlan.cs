namespace Xinheng.Scoring;

/// <summary>An ordered class decided by three-valued conditions.</summary>
internal sealed class ClassScorePlan : DerivedScorePlan
{
    private readonly (int Value, ConditionTest When)[] _classes;
    private readonly ConditionColumn?[] _columns;
    private readonly int _otherwise;

    public ClassScorePlan(Instrument instrument, int index, ReadOnlySpan<ScorePlan> earlier)
        : base(instrument, index)
    {
        var score = (ClassScore)Score;
        _classes = [.. score.Classes.Select(c => (c.Value, Conditions.Compile(instrument, c.When)))];
        _columns = [.. score.Classes.Select(c => ConditionColumn.Compile(instrument, c.When))];
        _otherwise = score.Otherwise;
        KeyUnconfirmed |= score.Classes.SelectMany(c => c.When.Items).Any(i => Evidence.IsUnconfirmed(instrument.ResponsesOf(instrument.IndexOfItem(i)).Evidence));
        RestOn(earlier, [.. score.Classes.SelectMany(c => c.When.Scores).Select(instrument.IndexOfScore)]);
        if (Array.TrueForAll(_columns, c => c is not null))
        {
            // Of those who left blanks and no more, the classes that surely and possibly hold say all.
            Table = new OutcomeTable(this, _classes.Length + 1, _classes.Length, (surely, possibly) =>
            {
                var (lowest, highest) = (Scale(ValueOf(surely)), Scale(ValueOf(possibly)));
                return ValueOf(surely) == ValueOf(possibly)
                    ? new(ScoreStatus.Ok, lowest, lowest, highest)
                    : new(ScoreStatus.TooFewAnswers, default, lowest, highest);
            });
        }
    }

    protected override void Compute(AnswerBlock answers, ScoreBlock results, ScoreColumn column)
    {
        if (Table is null)
        {
            base.Compute(answers, results, column);
            return;
        }

        // The first class that holds is the last one written.
        var entries = column.Entries[..results.Count];
        entries.Fill((_classes.Length << Table.Shift) | _classes.Length);
        var mask = (1 << Table.Shift) - 1;
        for (var at = _classes.Length - 1; at >= 0; at--)
        {
            var (surely, possibly) = (0, 1);
            _columns[at]!.Run(answers, results, surely, possibly);
            ReadOnlySpan<byte> holds = results.Bytes(surely);
            ReadOnlySpan<byte> couldHold = results.Bytes(possibly);
            for (var person = 0; person < entries.Length; person++)
            {
                var entry = entries[person];
                entry = holds[person] != 0 ? (entry & ~mask) | at : entry;
                entries[person] = couldHold[person] != 0 ? (at << Table.Shift) | (entry & mask) : entry;
            }
        }

        Outcome? nothingAsked = null;
        for (var person = 0; results.HasOddAnswers && person < entries.Length; person++)
        {
            if (results.AnswerKinds[person] == AnswerKind.NothingAsked)
            {
                column.Put(person, nothingAsked ??= OutcomeOf(answers, results, person));
            }
            else if (results.AnswerKinds[person] == AnswerKind.Odd)
            {
                column.Put(person, OutcomeOf(answers, results, person));
            }
        }
    }

    private int ValueOf(int at) => at < _classes.Length ? _classes[at].Value : _otherwise;

    public override Outcome OutcomeOf(AnswerBlock answers, ScoreBlock results, int person)
    {
        // Published scores decide; the bounds look at what missing answers could still change.
        var extremes = new Facts(answers, results, person);
        var (surely, possibly) = Decide(ref extremes, bounds: true);
        var facts = new Facts(answers, results, person);
        var (decided, couldBe) = Decide(ref facts, bounds: false);
        var status = decided != couldBe ? facts.Reason
            : surely != possibly ? ScoreStatus.Prorated
            : ScoreStatus.Ok;
        return new(status, HasValue(status) ? Scale(decided) : default, Scale(surely), Scale(possibly));
    }

    /// <summary>The class that surely holds, and the highest that could.</summary>
    private (int Surely, int Possibly) Decide(ref Facts facts, bool bounds)
    {
        int? possibly = null;
        foreach (var (value, when) in _classes)
        {
            var truth = when(ref facts, bounds);
            if (truth != Truth.False)
            {
                possibly ??= value;
            }

            if (truth == Truth.True)
            {
                return (value, possibly!.Value);
            }
        }

        return (_otherwise, possibly ?? _otherwise);
    }
}
