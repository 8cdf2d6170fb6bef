namespace Xinheng.Scoring;

/// <summary>What is known of a condition.</summary>
internal enum Truth
{
    False,
    Unknown,
    True,
}

/// <summary>A condition made ready.</summary>
/// <param name="facts">What it asks about.</param>
/// <param name="bounds">Whether scores that are prorated count as open within their bounds.</param>
internal delegate Truth ConditionTest(ref Facts facts, bool bounds);

/// <summary>Makes conditions ready: every id resolved, codes as tables.</summary>
internal static class Conditions
{
    public static ConditionTest Compile(Instrument instrument, Condition condition)
    {
        switch (condition)
        {
            case ItemCondition item:
                var position = instrument.IndexOfItem(item.Item);
                var truths = TruthsOf((OptionSet)instrument.ResponsesOf(position), item.Codes);
                return (ref facts, _) => facts.Item(position, truths);
            case NumberCondition { AtLeast: var least } number:
                var column = instrument.IndexOfItem(number.Item);
                var range = (NumberRange)instrument.ResponsesOf(column);
                return (ref facts, _) => facts.Number(column, range, least);
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
    public static Truth[] TruthsOf(OptionSet set, IReadOnlyList<int> codes)
    {
        var truths = new Truth[256];
        Array.Fill(truths, Truth.Unknown);
        foreach (var option in set.Options)
        {
            truths[option.Code] = codes.Contains(option.Code) ? Truth.True : Truth.False;
        }

        return truths;
    }

    /// <summary>At least so many hold; any and all are the two ends. Every part is looked at, so that the facts know of all.</summary>
    private static ConditionTest Count(Instrument instrument, IReadOnlyList<Condition> conditions, int atLeast)
    {
        ConditionTest[] tests = [.. conditions.Select(c => Compile(instrument, c))];
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
}

/// <summary>What conditions ask about one person, and the gravest reason why something is not known.</summary>
internal struct Facts(AnswerBlock answers, ScoreBlock results, int person)
{
    private ScoreStatus _gravest = ScoreStatus.Ok;
    private bool _answered;

    /// <summary>Why something is not known: not asked only when nothing was asked.</summary>
    public readonly ScoreStatus Reason => _gravest == ScoreStatus.NotAsked && _answered ? ScoreStatus.TooFewAnswers : _gravest;

    public Truth Item(int item, Truth[] truths)
    {
        var code = answers.UsedCodes(item)[person];
        Note(truths[code] != Truth.Unknown ? ScoreStatus.Ok
            : code > Answer.MaxCode ? DerivedScorePlan.StatusOf(AnswerBlock.FromCode(code))
            : ScoreStatus.CodeOutOfRange);
        return truths[code];
    }

    public Truth Number(int item, NumberRange range, Rational atLeast)
    {
        var answer = answers.Get(person, item);
        var status = answer.IsMissing ? DerivedScorePlan.StatusOf(answer) : range.Includes(answer) ? ScoreStatus.Ok : ScoreStatus.CodeOutOfRange;
        Note(status);
        return status != ScoreStatus.Ok ? Truth.Unknown : range.ValueOf(answer) >= atLeast ? Truth.True : Truth.False;
    }

    public Truth Score(int score, Rational atLeast, bool bounds)
    {
        var outcome = results.OutcomeOf(score, person);
        Note(outcome.Completeness);
        if (!bounds && ScorePlan.HasValue(outcome.Completeness))
        {
            return outcome.Value >= atLeast ? Truth.True : Truth.False;
        }

        return outcome.Lowest >= atLeast ? Truth.True : outcome.Highest >= atLeast ? Truth.Unknown : Truth.False;
    }

    private void Note(ScoreStatus status)
    {
        if (ScorePlan.HasValue(status))
        {
            _answered = true;
        }
        else
        {
            _gravest = _gravest == ScoreStatus.Ok ? status : ScorePlan.Combine(_gravest, status);
        }
    }
}
