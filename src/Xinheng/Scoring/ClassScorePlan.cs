namespace Xinheng.Scoring;

/// <summary>An ordered class decided by three-valued conditions.</summary>
internal sealed class ClassScorePlan : DerivedScorePlan
{
    private readonly (int Value, Test When)[] _classes;
    private readonly int _otherwise;

    public ClassScorePlan(Instrument instrument, int index, ReadOnlySpan<ScorePlan> earlier)
        : base(instrument, index)
    {
        var score = (ClassScore)Score;
        _classes = [.. score.Classes.Select(c => (c.Value, Compile(instrument, c.When)))];
        _otherwise = score.Otherwise;
        var scores = score.Classes.SelectMany(c => ScoresOf(c.When)).Select(instrument.IndexOfScore).ToArray();
        RestOn(earlier, scores);
    }

    private enum Truth
    {
        False,
        Unknown,
        True,
    }

    protected override Outcome Compute(AnswerBlock answers, ScoreBlock results, int person)
    {
        // Published scores decide; the bounds look at what missing answers could still change.
        var extremes = new Facts(answers, results, person);
        var (surely, possibly) = Decide(ref extremes, bounds: true);
        var facts = new Facts(answers, results, person);
        var (decided, couldBe) = Decide(ref facts, bounds: false);
        var status = decided != couldBe ? (facts.Gravest == ScoreStatus.NotAsked && facts.Answered > 0 ? ScoreStatus.TooFewAnswers : facts.Gravest)
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

    private static IEnumerable<string> ScoresOf(Condition condition) => condition switch
    {
        ScoreCondition score => [score.Score],
        AnyCondition any => any.Of.SelectMany(ScoresOf),
        AllCondition all => all.Of.SelectMany(ScoresOf),
        CountCondition count => count.Of.SelectMany(ScoresOf),
        _ => [],
    };

    private static Test Compile(Instrument instrument, Condition condition)
    {
        switch (condition)
        {
            case ItemCondition item:
                var position = instrument.IndexOfItem(item.Item);
                var truths = TruthsOf((OptionSet)instrument.ResponsesOf(position), item.Codes);
                return (ref facts, _) => facts.Item(position, truths);
            case ScoreCondition { AtLeast: var atLeast } score:
                var index = instrument.IndexOfScore(score.Score);
                return (ref facts, bounds) => facts.Score(index, atLeast, bounds);
            case AnyCondition any:
                return Count(instrument, any.Of, 1);
            case AllCondition all:
                return Count(instrument, all.Of, all.Of.Count);
            case CountCondition count:
                return Count(instrument, count.Of, count.AtLeast);
            default:
                throw new NotSupportedException("An unknown kind of condition.");
        }
    }

    /// <summary>What each stored code says; one that the item does not have says nothing, least of all no.</summary>
    private static Truth[] TruthsOf(OptionSet set, IReadOnlyList<int> codes)
    {
        var truths = new Truth[256];
        Array.Fill(truths, Truth.Unknown);
        foreach (var option in set.Options)
        {
            truths[option.Code] = codes.Contains(option.Code) ? Truth.True : Truth.False;
        }

        return truths;
    }

    /// <summary>At least so many hold; any and all are the two ends.</summary>
    private static Test Count(Instrument instrument, IReadOnlyList<Condition> conditions, int atLeast)
    {
        Test[] tests = [.. conditions.Select(c => Compile(instrument, c))];
        return (ref facts, bounds) =>
        {
            var (surely, possibly) = (0, 0);
            foreach (var test in tests)
            {
                var truth = test(ref facts, bounds);
                surely += truth == Truth.True ? 1 : 0;
                possibly += truth != Truth.False ? 1 : 0;
            }

            return surely >= atLeast ? Truth.True : possibly >= atLeast ? Truth.Unknown : Truth.False;
        };
    }

    private delegate Truth Test(ref Facts facts, bool bounds);

    /// <summary>What the conditions ask about one person, and the gravest reason why something is not known.</summary>
    private struct Facts(AnswerBlock answers, ScoreBlock results, int person)
    {
        public ScoreStatus Gravest { get; private set; } = ScoreStatus.Ok;

        public int Answered { get; private set; }

        public Truth Item(int item, Truth[] truths)
        {
            var code = results.Effective.TryGetValue(item, out var effective) ? effective[person] : answers.Codes(item)[person];
            Note(truths[code] != Truth.Unknown ? ScoreStatus.Ok
                : code > Answer.MaxCode ? StatusOf(AnswerBlock.FromCode(code))
                : ScoreStatus.CodeOutOfRange);
            return truths[code];
        }

        public Truth Score(int score, Rational atLeast, bool bounds)
        {
            var outcome = Of(results, score, person);
            Note(outcome.Completeness);
            if (!bounds && HasValue(outcome.Completeness))
            {
                return outcome.Value >= atLeast ? Truth.True : Truth.False;
            }

            return outcome.Lowest >= atLeast ? Truth.True : outcome.Highest >= atLeast ? Truth.Unknown : Truth.False;
        }

        private void Note(ScoreStatus status)
        {
            if (HasValue(status))
            {
                Answered++;
            }
            else
            {
                Gravest = Gravest == ScoreStatus.Ok ? status : Combine(Gravest, status);
            }
        }
    }
}
