namespace Xinheng.Scoring;

/// <summary>An ordered class decided by three-valued conditions.</summary>
internal sealed class ClassScorePlan : DerivedScorePlan
{
    private readonly (int Value, ConditionTest When)[] _classes;
    private readonly int _otherwise;

    public ClassScorePlan(Instrument instrument, int index, ReadOnlySpan<ScorePlan> earlier)
        : base(instrument, index)
    {
        var score = (ClassScore)Score;
        _classes = [.. score.Classes.Select(c => (c.Value, Conditions.Compile(instrument, c.When)))];
        _otherwise = score.Otherwise;
        KeyUnconfirmed |= score.Classes.SelectMany(c => c.When.Items).Any(i => Evidence.IsUnconfirmed(instrument.ResponsesOf(instrument.IndexOfItem(i)).Evidence));
        RestOn(earlier, [.. score.Classes.SelectMany(c => c.When.Scores).Select(instrument.IndexOfScore)]);
    }

    protected override Outcome Compute(AnswerBlock answers, ScoreBlock results, int person)
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
