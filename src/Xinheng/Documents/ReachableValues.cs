using System.Numerics;

namespace Xinheng.Documents;

/// <summary>Which values a score can take when everything is answered: a doubled sum has no odd ones, a mean of six items only sixths.</summary>
internal sealed class ReachableValues(InstrumentDefinition definition, Func<string, IEnumerable<int>> expand)
{
    private const int MaxValues = 20_000;
    private const long MaxWork = 2_000_000;

    private readonly Dictionary<string, Rational[]?> _known = new(StringComparer.Ordinal);

    /// <summary>The values in rising order; nothing where they are too many or depend on more than the key.</summary>
    public Rational[]? Of(ScoreDefinition score)
    {
        if (_known.TryGetValue(score.Id, out var known))
        {
            return known;
        }

        // A score that names itself, or one that comes later, finds nothing here.
        _known[score.Id] = null;
        try
        {
            var times = score.Times ?? 1;
            return _known[score.Id] = Raw(score)?.Select(v => (v * times).Round(score.Round)).Distinct().Order().ToArray();
        }
        catch (OverflowException)
        {
            return null; // reported as too large
        }
    }

    private IEnumerable<Rational>? Raw(ScoreDefinition score)
    {
        switch (score)
        {
            case MeanScore { AtLeast: not null } or ItemScore { Missing.MaxMissing: not 0 }:
                return null; // how many answers enter decides too
            case MeanScore mean when Positions(mean) is { Length: > 0 } positions:
                return Sums(mean, positions, worth => worth)?.Select(sum => new Rational(sum, positions.Length));
            case CountScore count:
                return Sums(count, Positions(count), worth => worth >= count.AtLeast ? 1 : 0)?.Select(sum => new Rational(sum));
            case SumScore sum:
                return Sums(sum, Positions(sum), worth => worth)?.Select(value => new Rational(value));
            case TotalScore total:
                return Total(total);
            case QuantityScore quantity when expand(quantity.Item).ToArray() is [var item]:
                return definition.Responses.GetValueOrDefault(definition.Items[item].Responses) is OptionSet set ? set.Options.Select(o => new Rational(o.Value)) : null;
            case ClockSpanScore:
                return Enumerable.Range(1, 1440).Select(minutes => new Rational(minutes));
            case StepScore steps:
                return steps.Steps.Select(s => s.Value);
            case TableScore table:
                return table.Values;
            case ClassScore classes:
                return classes.Classes.Select(c => new Rational(c.Value)).Append(classes.Otherwise);
            default:
                return null;
        }
    }

    private int[] Positions(ItemScore score) => [.. score.Items.SelectMany(expand).Distinct()];

    /// <summary>Every sum of one worth per item: bit n of a whole number stands for the lowest sum + n.</summary>
    private IEnumerable<long>? Sums(ItemScore score, int[] positions, Func<int, int> counts)
    {
        var unreversed = score.Unreversed.SelectMany(expand).ToHashSet();
        var worths = new List<int[]>();
        foreach (var position in positions)
        {
            var item = definition.Items[position];
            if (definition.Responses.GetValueOrDefault(item.Responses) is not OptionSet { Options.Count: > 0 } set
                || set.Options.Any(o => Math.Abs((long)o.Value) > InstrumentCheck.MaxOptionScore))
            {
                return null;
            }

            var ends = set.MinScore + set.MaxScore;
            worths.Add([.. set.Options.Select(o => counts(item.Reverse && !unreversed.Contains(position) ? ends - o.Value : o.Value)).Distinct()]);
        }

        var lowest = worths.Sum(w => (long)w.Min());
        var span = worths.Sum(w => (long)w.Max()) - lowest;
        if (span >= MaxValues || worths.Sum(w => (long)w.Length) * ((span / 64) + 1) > MaxWork)
        {
            return null;
        }

        var sums = BigInteger.One;
        foreach (var worth in worths)
        {
            var least = worth.Min();
            sums = worth.Aggregate(BigInteger.Zero, (all, w) => all | (sums << (w - least)));
        }

        return Enumerable.Range(0, (int)span + 1).Where(n => !((sums >> n) & 1).IsZero).Select(n => lowest + n);
    }

    private HashSet<Rational>? Total(TotalScore total)
    {
        HashSet<Rational> sums = [0];
        foreach (var id in total.Scores)
        {
            if (definition.Scores.FirstOrDefault(s => s.Id == id) is not { } part || Of(part) is not { } values || (long)sums.Count * values.Length > MaxWork)
            {
                return null;
            }

            sums = [.. sums.SelectMany(sum => values.Select(value => sum + value))];
        }

        return sums;
    }
}
