using System.Numerics;

namespace Xinheng.Tests;

/// <summary>An exact fraction of whole numbers without limits.</summary>
internal readonly struct Fraction : IEquatable<Fraction>
{
    public Fraction(BigInteger top, BigInteger bottom)
    {
        var divisor = BigInteger.GreatestCommonDivisor(top, bottom) * (bottom.Sign < 0 ? -1 : 1);
        (Top, Bottom) = (top / divisor, bottom / divisor);
    }

    public BigInteger Top { get; }

    public BigInteger Bottom { get; }

    public bool IsWhole => Bottom.IsOne;

    public static Fraction Of(Rational value) => new(value.Numerator, value.Denominator);

    public static implicit operator Fraction(int value) => new(value, 1);

    public static Fraction operator +(Fraction left, Fraction right) => new((left.Top * right.Bottom) + (right.Top * left.Bottom), left.Bottom * right.Bottom);

    public static Fraction operator *(Fraction left, Fraction right) => new(left.Top * right.Top, left.Bottom * right.Bottom);

    public static Fraction operator /(Fraction left, Fraction right) => new(left.Top * right.Bottom, left.Bottom * right.Top);

    public static bool operator <(Fraction left, Fraction right) => left.Top * right.Bottom < right.Top * left.Bottom;

    public static bool operator >(Fraction left, Fraction right) => right < left;

    public static bool operator <=(Fraction left, Fraction right) => !(right < left);

    public static bool operator >=(Fraction left, Fraction right) => !(left < right);

    public Fraction Round(Rounding rule) => rule switch
    {
        Rounding.None => this,
        Rounding.Floor => new(BigInteger.Divide(Top - (((Top % Bottom) + Bottom) % Bottom), Bottom), 1),
        Rounding.HalfUp => (this + new Fraction(1, 2)).Round(Rounding.Floor),
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    public bool Equals(Fraction other) => Top == other.Top && Bottom == other.Bottom;

    public override bool Equals(object? obj) => obj is Fraction other && Equals(other);

    public override int GetHashCode() => Top.GetHashCode();

    public override string ToString() => IsWhole ? $"{Top}" : $"{Top}/{Bottom}";
}

/// <summary>What one person wrote for one item: a stored number, or the reason why there is none.</summary>
internal readonly record struct Given(int Number, MissingReason? Reason = null)
{
    public static Given Missing(MissingReason reason) => new(0, reason);

    public Answer ToAnswer() => Reason is { } reason ? new Answer(reason) : Answer.FromInt32(Number);

    public override string ToString() => Reason is { } reason ? reason.ToString()[..2] : $"{Number}";
}

internal sealed record PlainScore(string Id, ScoreStatus Status, Fraction? Value, Fraction Lowest, Fraction Highest, string? Band)
{
    public ScoreStatus Completeness { get; init; }
}

/// <summary>
/// A second scorer, written from the documentation of the definition and nothing else: one person, one item, one
/// comparison at a time, in fractions without limits. Slow on purpose; shares no code with the library.
/// </summary>
internal sealed class PlainScorer(InstrumentDefinition definition)
{
    private enum Truth
    {
        No,
        Maybe,
        Yes,
    }

    public List<PlainScore> Scores { get; } = [];

    public List<CriticalState> Critical { get; } = [];

    public Given[] Used { get; } = new Given[definition.Items.Count];

    public static PlainScorer Score(InstrumentDefinition definition, IReadOnlyList<Given> answers, Respondent person)
    {
        var scorer = new PlainScorer(definition);
        for (var item = 0; item < answers.Count; item++)
        {
            scorer.Used[item] = scorer.Use(item, answers[item]);
        }

        foreach (var score in definition.Scores)
        {
            scorer.Scores.Add(scorer.Finish(score, scorer.Compute(score), person));
        }

        foreach (var critical in definition.CriticalItems)
        {
            var used = scorer.Used[scorer.Position(critical.Item)];
            scorer.Critical.Add(used.Reason switch
            {
                null => critical.Codes.Contains(used.Number) ? CriticalState.Yes : CriticalState.No,
                MissingReason.NotAsked => CriticalState.NotAsked,
                MissingReason.Skipped or MissingReason.Refused => CriticalState.Unknown,
                _ => CriticalState.Unreadable,
            });
        }

        return scorer;
    }

    /// <summary>Positions of the items of a list; "1-9" is every item from 1 to 9 as printed.</summary>
    public List<int> Positions(IEnumerable<string> entries)
    {
        var positions = new List<int>();
        foreach (var entry in entries)
        {
            var parts = entry.Split('-');
            for (var item = Position(parts[0]); item <= Position(parts[^1]); item++)
            {
                positions.Add(item);
            }
        }

        return positions;
    }

    /// <summary>What each option of an item is worth in a score.</summary>
    public List<int> Worths(int item, bool reverse)
    {
        var options = ((OptionSet)Responses(item)).Options;
        var worths = options.Select(o => o.Score ?? o.Code).ToList();
        return reverse ? [.. worths.Select(w => worths.Min() + worths.Max() - w)] : worths;
    }

    /// <summary>Whether earlier answers say for certain that the item is not asked.</summary>
    public bool IsSkipped(int item) => definition.Items[item].AskedWhen is not null && IsAsked(item) == Truth.No;

    private int Position(string id) => definition.Items.ToList().FindIndex(i => i.Id == id);

    private ResponseSet Responses(int item) => definition.Responses[definition.Items[item].Responses];

    private Given Use(int item, Given given)
    {
        var outOfRange = Given.Missing(MissingReason.OutOfRange);
        if (given.Reason is null)
        {
            return Responses(item) switch
            {
                OptionSet set => set.Options.Any(o => o.Code == given.Number) ? given : outOfRange,
                NumberRange range => Quantity(range, given.Number) >= Fraction.Of(range.Min) && Quantity(range, given.Number) <= Fraction.Of(range.Max) ? given : outOfRange,
                _ => given.Number < 1440 ? given : outOfRange,
            };
        }

        if (given.Reason is not (MissingReason.Skipped or MissingReason.NotAsked))
        {
            return given;
        }

        // A blank stands for a code only where it is certain that the question was asked.
        if (given.Reason is MissingReason.Skipped && definition.Items[item] is { WhenBlank: { } code } && (definition.Items[item].AskedWhen is null || IsAsked(item) == Truth.Yes))
        {
            return new Given(code);
        }

        if (definition.Items[item].AskedWhen is { } asked)
        {
            if (IsAsked(item) == Truth.No)
            {
                return new Given(asked.Otherwise);
            }

            // A question that decides was on the form, so this one belongs to the form: nobody knows the answer.
            if (ItemsIn(asked.When).Any(gate => Used[Position(gate)].Reason is not MissingReason.NotAsked))
            {
                return Given.Missing(MissingReason.Skipped);
            }
        }

        return given;
    }

    private Truth IsAsked(int item) => Holds(definition.Items[item].AskedWhen!.When, bounds: false);

    private static IEnumerable<string> ItemsIn(Condition condition) => condition switch
    {
        ItemCondition item => [item.Item],
        NumberCondition number => [number.Item],
        AnyCondition any => any.Of.SelectMany(ItemsIn),
        AllCondition all => all.Of.SelectMany(ItemsIn),
        CountCondition count => count.Of.SelectMany(ItemsIn),
        _ => throw new NotSupportedException(),
    };

    private static Fraction Quantity(NumberRange range, int stored) => new(stored, BigInteger.Pow(10, range.Decimals));

    private PlainScore Of(string id) => Scores.Single(s => s.Id == id);

    private (ScoreStatus Status, Fraction? Value, Fraction Lowest, Fraction Highest) Compute(ScoreDefinition score)
    {
        Fraction Final(Fraction raw) => (raw * (score.Times is { } times ? Fraction.Of(times) : 1)).Round(score.Round);

        (ScoreStatus Status, Fraction? Value, Fraction Lowest, Fraction Highest) Result(ScoreStatus status, Fraction? value, Fraction lowest, Fraction highest) =>
            (status, status is ScoreStatus.Ok or ScoreStatus.Prorated ? Final(value!.Value) : null, Final(lowest), Final(highest));

        switch (score)
        {
            case ItemScore items:
                var (state, raw, low, high) = OverItems(items);
                return Result(state, raw, low, high);
            case TotalScore total:
                var parts = total.Scores.Select(Of).ToList();
                return Result(
                    Together(parts.Select(p => p.Completeness)),
                    parts.Aggregate((Fraction)0, (sum, p) => sum + (p.Value ?? 0)),
                    parts.Aggregate((Fraction)0, (sum, p) => sum + p.Lowest),
                    parts.Aggregate((Fraction)0, (sum, p) => sum + p.Highest));
            case QuantityScore quantity:
                var used = Used[Position(quantity.Item)];
                if (used.Reason is not null)
                {
                    return (Reason(used), null, Fraction.Of(score.Range.Min), Fraction.Of(score.Range.Max));
                }

                var number = Responses(Position(quantity.Item)) is NumberRange range
                    ? Quantity(range, used.Number)
                    : Worth(Position(quantity.Item), used.Number, definition.Items[Position(quantity.Item)].Reverse);
                return Result(ScoreStatus.Ok, number, number, number);
            case ClockSpanScore span:
                var (from, to) = (Used[Position(span.From)], Used[Position(span.To)]);
                if (from.Reason is not null || to.Reason is not null)
                {
                    return (Together([Reason(from), Reason(to)]), null, Fraction.Of(score.Range.Min), Fraction.Of(score.Range.Max));
                }

                var minutes = to.Number > from.Number ? to.Number - from.Number : to.Number + 1440 - from.Number;
                return Result(ScoreStatus.Ok, minutes, minutes, minutes);
            case RatioScore ratio:
                return Ratio(ratio, Final);
            case StepScore steps:
                var source = Of(steps.Score);
                var reachable = steps.Steps.Where((_, i) => i >= StepAt(steps, source.Lowest) && i <= StepAt(steps, source.Highest)).Select(s => Fraction.Of(s.Value)).ToList();
                return Result(
                    source.Completeness,
                    source.Value is { } at ? Fraction.Of(steps.Steps[StepAt(steps, at)].Value) : null,
                    reachable.Aggregate((a, b) => a < b ? a : b),
                    reachable.Aggregate((a, b) => a > b ? a : b));
            case TableScore table:
                return Table(table, Result);
            case ClassScore classes:
                return Classes(classes, Final);
            default:
                throw new NotSupportedException();
        }
    }

    private (ScoreStatus Status, Fraction? Value, Fraction Lowest, Fraction Highest) OverItems(ItemScore score)
    {
        var positions = Positions(score.Items);
        var unreversed = Positions(score.Unreversed);
        var answers = positions.Select(p => (Used[p], Worths(p, definition.Items[p].Reverse && !unreversed.Contains(p)), Position: p)).ToList();
        var values = answers.Where(a => a.Item1.Reason is null).Select(a => a.Item2[CodeIndex(a.Position, a.Item1.Number)]).ToList();
        var open = answers.Where(a => a.Item1.Reason is not null).ToList();
        var status = open.Count == 0 ? ScoreStatus.Ok
            : open.Any(a => a.Item1.Reason == MissingReason.OutOfRange) ? ScoreStatus.CodeOutOfRange
            : open.Any(a => a.Item1.Reason == MissingReason.Unreadable) ? ScoreStatus.Unreadable
            : open.Count(a => a.Item1.Reason == MissingReason.NotAsked) == positions.Count ? ScoreStatus.NotAsked
            : open.Count > score.Missing.MaxMissing ? ScoreStatus.TooFewAnswers
            : ScoreStatus.Prorated;
        if (score is MeanScore { AtLeast: { } from })
        {
            var counted = values.Where(v => v >= from).ToList();
            var lows = open.SelectMany(a => a.Item2.Where(w => w >= from).Order().Take(1)).Order().ToList();
            var highs = open.SelectMany(a => a.Item2.Where(w => w >= from).OrderDescending().Take(1)).OrderDescending().ToList();
            return (
                status is ScoreStatus.Ok or ScoreStatus.Prorated && counted.Count == 0 ? ScoreStatus.Undefined : status,
                counted.Count == 0 ? null : new Fraction(counted.Sum(), counted.Count),
                Best(counted, lows, (a, b) => a < b) ?? Fraction.Of(score.Range.Min),
                Best(counted, highs, (a, b) => a > b) ?? Fraction.Of(score.Range.Min));
        }

        Func<int, int> counts = score is CountScore count ? v => v >= count.AtLeast ? 1 : 0 : v => v;
        var sum = values.Sum(counts);
        var lowest = sum + open.Sum(a => a.Item2.Min(counts));
        var highest = sum + open.Sum(a => a.Item2.Max(counts));
        if (score is MeanScore)
        {
            return (status, values.Count == 0 ? null : new Fraction(sum, values.Count), new Fraction(lowest, positions.Count), new Fraction(highest, positions.Count));
        }

        return (
            status,
            values.Count == 0 ? null : open.Count == 0 ? sum : new Fraction(sum * positions.Count, values.Count).Round(score.Missing.Round ?? Rounding.None),
            lowest,
            highest);
    }

    /// <summary>The most extreme mean when any number of further values, the most extreme ones first, may join.</summary>
    private static Fraction? Best(List<int> fixedValues, List<int> joining, Func<Fraction, Fraction, bool> better)
    {
        Fraction? best = null;
        for (var n = 0; n <= joining.Count; n++)
        {
            if (fixedValues.Count + n > 0)
            {
                var mean = new Fraction(fixedValues.Sum() + joining.Take(n).Sum(), fixedValues.Count + n);
                best = best is not { } known || better(mean, known) ? mean : known;
            }
        }

        return best;
    }

    private (ScoreStatus Status, Fraction? Value, Fraction Lowest, Fraction Highest) Ratio(RatioScore score, Func<Fraction, Fraction> final)
    {
        var (n, d) = (Of(score.Numerator), Of(score.Denominator));
        var (min, max) = (Fraction.Of(score.Range.Min), Fraction.Of(score.Range.Max));
        Fraction Limit(Fraction top, Fraction bottom) => final(top / bottom) is var value && value < min ? min : value > max ? max : value;
        var lowest = d.Highest.Equals(0) ? min : Limit(n.Lowest, d.Highest);
        var highest = d.Lowest.Equals(0) ? max : Limit(n.Highest, d.Lowest);
        var status = Together([n.Completeness, d.Completeness]);
        return status is not (ScoreStatus.Ok or ScoreStatus.Prorated) ? (status, null, lowest, highest)
            : d.Value!.Value.Equals(0) ? (ScoreStatus.Undefined, null, min, max)
            : (status, Limit(n.Value!.Value, d.Value.Value), lowest, highest);
    }

    private static int StepAt(StepScore score, Fraction value) =>
        score.Steps.Select((step, i) => (step, i)).Where(s => s.i == 0 || (s.step.After ? value > Fraction.Of(s.step.From) : value >= Fraction.Of(s.step.From))).Max(s => s.i);

    private (ScoreStatus Status, Fraction? Value, Fraction Lowest, Fraction Highest) Table(
        TableScore score, Func<ScoreStatus, Fraction?, Fraction, Fraction, (ScoreStatus, Fraction?, Fraction, Fraction)> result)
    {
        var source = Of(score.Score);
        var first = Fraction.Of(definition.Scores.Single(s => s.Id == score.Score).Range.Min).Top;
        var reachable = score.Values.Where((_, i) => first + i >= source.Lowest.Round(Rounding.Floor).Top && first + i <= source.Highest.Round(Rounding.Floor).Top).Select(Fraction.Of).ToList();
        return result(
            source.Value is { IsWhole: false } ? ScoreStatus.Undefined : source.Completeness,
            source.Value is { IsWhole: true } whole ? Fraction.Of(score.Values[(int)(whole.Top - first)]) : null,
            reachable.Aggregate((a, b) => a < b ? a : b),
            reachable.Aggregate((a, b) => a > b ? a : b));
    }

    private (ScoreStatus Status, Fraction? Value, Fraction Lowest, Fraction Highest) Classes(ClassScore score, Func<Fraction, Fraction> final)
    {
        var published = score.Classes.Select(c => Holds(c.When, bounds: false)).ToList();
        var possible = score.Classes.Select(c => Holds(c.When, bounds: true)).ToList();
        int Surely(List<Truth> truths) => truths.IndexOf(Truth.Yes) is >= 0 and var i ? score.Classes[i].Value : score.Otherwise;
        int Possibly(List<Truth> truths) => truths.FindIndex(t => t != Truth.No) is >= 0 and var i ? score.Classes[i].Value : score.Otherwise;
        var (low, high) = (Surely(possible), Possibly(possible));
        if (Surely(published) == Possibly(published))
        {
            return (low == high ? ScoreStatus.Ok : ScoreStatus.Prorated, final(Surely(published)), final(low), final(high));
        }

        // What stands after a class that surely holds does not matter.
        var considered = published.IndexOf(Truth.Yes) is >= 0 and var last ? score.Classes.Take(last + 1) : score.Classes;
        return (Together(considered.SelectMany(c => States(c.When))), null, final(low), final(high));
    }

    private Truth Holds(Condition condition, bool bounds)
    {
        Truth AtLeast(IReadOnlyList<Condition> conditions, int atLeast)
        {
            var truths = conditions.Select(c => Holds(c, bounds)).ToList();
            return truths.Count(t => t == Truth.Yes) >= atLeast ? Truth.Yes : truths.Count(t => t != Truth.No) >= atLeast ? Truth.Maybe : Truth.No;
        }

        switch (condition)
        {
            case ItemCondition item:
                var used = Used[Position(item.Item)];
                return used.Reason is not null ? Truth.Maybe : item.Codes.Contains(used.Number) ? Truth.Yes : Truth.No;
            case NumberCondition number:
                var (amount, least) = (Used[Position(number.Item)], Fraction.Of(number.AtLeast));
                return amount.Reason is not null ? Truth.Maybe : Quantity((NumberRange)Responses(Position(number.Item)), amount.Number) >= least ? Truth.Yes : Truth.No;
            case ScoreCondition score:
                var (of, cut) = (Of(score.Score), Fraction.Of(score.AtLeast));
                return !bounds && of.Value is { } value ? (value >= cut ? Truth.Yes : Truth.No)
                    : of.Lowest >= cut ? Truth.Yes
                    : of.Highest >= cut ? Truth.Maybe
                    : Truth.No;
            case AnyCondition any:
                return AtLeast(any.Of, 1);
            case AllCondition all:
                return AtLeast(all.Of, all.Of.Count);
            case CountCondition count:
                return AtLeast(count.Of, count.AtLeast);
            default:
                throw new NotSupportedException();
        }
    }

    private IEnumerable<ScoreStatus> States(Condition condition) => condition switch
    {
        ItemCondition item => [Reason(Used[Position(item.Item)])],
        NumberCondition number => [Reason(Used[Position(number.Item)])],
        ScoreCondition score => [Of(score.Score).Completeness],
        AnyCondition any => any.Of.SelectMany(States),
        AllCondition all => all.Of.SelectMany(States),
        CountCondition count => count.Of.SelectMany(States),
        _ => throw new NotSupportedException(),
    };

    /// <summary>The status of what rests on several parts: the gravest reason; not asked only when nothing was.</summary>
    private static ScoreStatus Together(IEnumerable<ScoreStatus> parts)
    {
        var all = parts.ToHashSet();
        foreach (var grave in (ScoreStatus[])[ScoreStatus.CodeOutOfRange, ScoreStatus.Unreadable, ScoreStatus.TooFewAnswers])
        {
            if (all.Contains(grave))
            {
                return grave;
            }
        }

        return all.Contains(ScoreStatus.NotAsked) ? (all.Count == 1 ? ScoreStatus.NotAsked : ScoreStatus.TooFewAnswers)
            : all.Contains(ScoreStatus.Undefined) ? ScoreStatus.Undefined
            : all.Contains(ScoreStatus.Prorated) ? ScoreStatus.Prorated
            : ScoreStatus.Ok;
    }

    private static ScoreStatus Reason(Given used) => used.Reason switch
    {
        null => ScoreStatus.Ok,
        MissingReason.OutOfRange => ScoreStatus.CodeOutOfRange,
        MissingReason.Unreadable => ScoreStatus.Unreadable,
        MissingReason.NotAsked => ScoreStatus.NotAsked,
        _ => ScoreStatus.TooFewAnswers,
    };

    private int CodeIndex(int item, int code) => ((OptionSet)Responses(item)).Options.ToList().FindIndex(o => o.Code == code);

    private int Worth(int item, int code, bool reverse) => Worths(item, reverse)[CodeIndex(item, code)];

    private PlainScore Finish(ScoreDefinition score, (ScoreStatus Status, Fraction? Value, Fraction Lowest, Fraction Highest) computed, Respondent person)
    {
        var (status, value, lowest, highest) = computed;
        var completeness = status;
        string? band = null;
        if (value is { } number)
        {
            var population = definition.Population;
            var outside = person.Age is { } age && (age < (population.MinAge ?? age) || age > (population.MaxAge ?? age));
            var set = score.Bands.FirstOrDefault(b => b.For is not { } group
                || ((group.Sex is null || group.Sex == person.Sex)
                    && (group.MinAge is null || (person.Age is { } a && a >= group.MinAge))
                    && (group.MaxAge is null || (person.Age is { } b2 && b2 <= group.MaxAge))));
            if (!outside && set is not null)
            {
                band = set.Starts.Last(b => Fraction.Of(b.From) <= number).Id;
            }

            var unconfirmed = KeyUnconfirmed(score) || (status == ScoreStatus.Prorated && RuleUnconfirmed(score)) || (band is not null && Open(set!.Evidence));
            status = outside ? ScoreStatus.OutsidePopulation
                : set is null && score.Bands.Count > 0 ? ScoreStatus.NoBandGroup
                : !unconfirmed ? status
                : status == ScoreStatus.Prorated ? ScoreStatus.ProratedUnconfirmed
                : ScoreStatus.Unconfirmed;
        }

        return new PlainScore(score.Id, status, value, lowest, highest, band) { Completeness = completeness };
    }

    private static bool Open(Evidence evidence) => evidence.Verdict == Verdict.Unconfirmed;

    private IEnumerable<ScoreDefinition> RestsOn(ScoreDefinition score) => (score switch
    {
        TotalScore total => total.Scores,
        RatioScore ratio => [ratio.Numerator, ratio.Denominator],
        StepScore step => [step.Score],
        TableScore table => [table.Score],
        ClassScore classes => classes.Classes.SelectMany(c => ScoresIn(c.When)),
        _ => (IEnumerable<string>)[],
    }).Select(id => definition.Scores.Single(s => s.Id == id));

    private static IEnumerable<string> ScoresIn(Condition condition) => condition switch
    {
        ScoreCondition score => [score.Score],
        AnyCondition any => any.Of.SelectMany(ScoresIn),
        AllCondition all => all.Of.SelectMany(ScoresIn),
        CountCondition count => count.Of.SelectMany(ScoresIn),
        _ => [],
    };

    private bool KeyUnconfirmed(ScoreDefinition score) =>
        Open(score.Evidence)
        || (score switch
        {
            ItemScore items => Positions(items.Items),
            QuantityScore quantity => Positions([quantity.Item]),
            ClockSpanScore span => Positions([span.From, span.To]),
            ClassScore classes => Positions([.. classes.Classes.SelectMany(c => c.When.Items)]),
            _ => (IEnumerable<int>)[],
        }).Any(i => Open(Responses(i).Evidence))
        || RestsOn(score).Any(KeyUnconfirmed);

    private bool RuleUnconfirmed(ScoreDefinition score) =>
        (score is ItemScore items && Open(items.Missing.Evidence)) || RestsOn(score).Any(RuleUnconfirmed);
}
