namespace Xinheng.Scoring;

/// <summary>An ordered class decided by three-valued conditions.</summary>
internal sealed class ClassScorePlan : DerivedScorePlan
{
    private readonly (int Value, Test When)[] _classes;
    private readonly int _otherwise;

    public ClassScorePlan(Instrument instrument, int index)
        : base(instrument, index)
    {
        var score = (ClassScore)Score;
        _classes = [.. score.Classes.Select(c => (c.Value, Compile(instrument, c.When)))];
        _otherwise = score.Otherwise;
        var scores = score.Classes.SelectMany(c => ScoresOf(c.When)).Select(instrument.IndexOfScore).ToArray();
        KeyUnconfirmed |= AnyUnconfirmed(instrument, scores, p => p.KeyUnconfirmed);
        MissingUnconfirmed = AnyUnconfirmed(instrument, scores, p => p.MissingUnconfirmed);
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
        var facts = new Facts(answers, results, person);
        var (surely, possibly) = Decide(facts, bounds: true);
        var (decided, couldBe) = Decide(facts, bounds: false);
        var status = decided != couldBe ? (facts.Gravest == ScoreStatus.NotAsked && facts.Answered > 0 ? ScoreStatus.TooFewAnswers : facts.Gravest)
            : surely != possibly ? ScoreStatus.Prorated
            : ScoreStatus.Ok;
        return new(status, HasValue(status) ? Scale(decided) : default, Scale(surely), Scale(possibly));
    }

    /// <summary>The class that surely holds, and the highest that could.</summary>
    private (int Surely, int Possibly) Decide(Facts facts, bool bounds)
    {
        int? possibly = null;
        foreach (var (value, when) in _classes)
        {
            var truth = when(facts, bounds);
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
            case ItemCondition { Codes: var codes } item:
                var position = instrument.IndexOfItem(item.Item);
                return (facts, _) => facts.Item(position, codes);
            case ScoreCondition { AtLeast: var atLeast } score:
                var index = instrument.IndexOfScore(score.Score);
                return (facts, bounds) => facts.Score(index, atLeast, bounds);
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

    /// <summary>At least so many hold; any and all are the two ends.</summary>
    private static Test Count(Instrument instrument, IReadOnlyList<Condition> conditions, int atLeast)
    {
        Test[] tests = [.. conditions.Select(c => Compile(instrument, c))];
        return (facts, bounds) =>
        {
            var (surely, possibly) = (0, 0);
            foreach (var test in tests)
            {
                var truth = test(facts, bounds);
                surely += truth == Truth.True ? 1 : 0;
                possibly += truth != Truth.False ? 1 : 0;
            }

            return surely >= atLeast ? Truth.True : possibly >= atLeast ? Truth.Unknown : Truth.False;
        };
    }

    private delegate Truth Test(Facts facts, bool bounds);

    /// <summary>What the conditions ask about one person, and the gravest reason why something is not known.</summary>
    private sealed class Facts(AnswerBlock answers, ScoreBlock results, int person)
    {
        public ScoreStatus Gravest { get; private set; } = ScoreStatus.Ok;

        public int Answered { get; private set; }

        public Truth Item(int item, IReadOnlyList<int> codes)
        {
            var answer = results.Effective.TryGetValue(item, out var effective)
                ? AnswerBlock.FromCode(effective[person])
                : answers.Get(person, item);
            Note(StatusOf(answer));
            if (answer.IsMissing)
            {
                return Truth.Unknown;
            }

            for (var i = 0; i < codes.Count; i++)
            {
                if (codes[i] == answer.Stored)
                {
                    return Truth.True;
                }
            }

            return Truth.False;
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
