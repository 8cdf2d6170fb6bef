using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>How often a person passes a hard step and fails an easy one.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. The steps of all items, answer at least 1, at least 2 ..., are put in order of popularity among all
/// who answered the item; an error is a pair of steps of which the more popular is failed and the less popular passed. Normed by the most errors that
/// the same sum allows, where an item's steps are passed in their order (Emons 2008, Appl. Psychol. Meas. 32, 224-247; found exactly by going through sums item by item).
/// With missing answers, the steps of the answered items. R: <c>PerFit::Gpoly(x, Ncat)</c>, <c>PerFit::Gnormed.poly(x, Ncat)</c>; items of two answers:
/// <c>PerFit::G(x)</c>, <c>PerFit::Gnormed(x)</c>. No item parameters are needed. A straight line can have few errors.
/// </remarks>
public sealed class GuttmanErrors
{
    private GuttmanErrors(long[] errors, Estimate[] normed) => (Errors, Normed) = (errors, normed);

    /// <summary>Number of errors by person.</summary>
    public IReadOnlyList<long> Errors { get; }

    /// <summary>Share of the most errors possible with the person's sum, 0 to 1; no variance where the sum allows none (lowest or highest possible), too few items without answers.</summary>
    public IReadOnlyList<Estimate> Normed { get; }

    /// <summary>Counts the errors of every person.</summary>
    /// <param name="keyed">Keyed whole answers with a declared range of at most 250.</param>
    /// <exception cref="ArgumentException">An item has no declared range, or answers that are not whole.</exception>
    public static GuttmanErrors Of(ItemMatrix keyed)
    {
        ArgumentNullException.ThrowIfNull(keyed);
        var k = keyed.ItemCount;
        var steps = new List<(int Item, int Step, double Popularity)>();
        for (var item = 0; item < k; item++)
        {
            if (!keyed.IsWhole || !(keyed.Maximum(item) - keyed.Minimum(item) <= ItemColumn.MaxCode))
            {
                throw new ArgumentException($"Item '{keyed.ItemIds[item]}' has no declared range of whole answers. Give the lowest and the highest possible answer.", nameof(keyed));
            }

            var categories = keyed.Categories(item);
            var answered = (double)categories.Sum(c => c.Count);
            for (var step = 1; step <= keyed.Maximum(item) - keyed.Minimum(item); step++)
            {
                steps.Add((item, step, answered == 0 ? 0 : categories.Where(c => c.Value >= keyed.Minimum(item) + step).Sum(c => c.Count) / answered));
            }
        }

        var order = steps.OrderByDescending(s => s.Popularity).ThenBy(s => s.Item).ThenBy(s => s.Step).ToArray();
        var (errors, normed) = (new long[keyed.PersonCount], new Estimate[keyed.PersonCount]);
        var plans = new System.Collections.Concurrent.ConcurrentDictionary<string, Plan>(StringComparer.Ordinal);
        PersonBlocks.Each(keyed.PersonCount, (start, count) =>
        {
            var pattern = new char[k];
            for (var person = start; person < start + count; person++)
            {
                for (var item = 0; item < k; item++)
                {
                    pattern[item] = double.IsNaN(keyed[person, item]) ? '0' : '1';
                }

                var key = new string(pattern);
                if (!plans.TryGetValue(key, out var plan))
                {
                    plan = new Plan(order, key);

                    // Nearly every person has a pattern of missing answers of his own in a long form: keep the common ones.
                    if (plans.Count < 1000)
                    {
                        plans.TryAdd(key, plan);
                    }
                }

                (errors[person], normed[person]) = plan.Count(keyed, person);
            }
        });
        return new GuttmanErrors(errors, normed);
    }

    /// <summary>Number of people, and the R calls.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Guttman errors of {Errors.Count} people   R: PerFit::Gpoly(x, Ncat), PerFit::Gnormed.poly(x, Ncat)");

    /// <summary>Places of the steps among those of the answered items. Errors = sum of the places passed − n(n + 1) / 2, with n steps passed.</summary>
    private sealed class Plan
    {
        private readonly long[]?[] _reached;
        private readonly long[] _most;

        public Plan((int Item, int Step, double Popularity)[] order, string pattern)
        {
            _reached = new long[]?[pattern.Length];
            var place = 0L;
            foreach (var (item, step, _) in order)
            {
                if (pattern[item] == '0')
                {
                    continue;
                }

                _reached[item] ??= new long[order.Count(o => o.Item == item) + 1];
                _reached[item]![step] = ++place;
            }

            _most = [0];
            foreach (var places in _reached.OfType<long[]>())
            {
                for (var step = 1; step < places.Length; step++)
                {
                    places[step] += places[step - 1];
                }

                var most = new long[_most.Length + places.Length - 1];
                Array.Fill(most, long.MinValue);
                for (var sum = 0; sum < _most.Length; sum++)
                {
                    for (var step = 0; step < places.Length; step++)
                    {
                        most[sum + step] = Math.Max(most[sum + step], _most[sum] + places[step]);
                    }
                }

                _most = most;
            }
        }

        public (long Errors, Estimate Normed) Count(ItemMatrix keyed, int person)
        {
            var (sum, places) = (0L, 0L);
            for (var item = 0; item < _reached.Length; item++)
            {
                if (_reached[item] is { } reached)
                {
                    var score = (int)(keyed[person, item] - keyed.Minimum(item));
                    (sum, places) = (sum + score, places + reached[score]);
                }
            }

            var least = sum * (sum + 1) / 2;
            var most = _most[sum] - least;
            return (places - least, _most.Length == 1 ? Estimate.None(EstimateStatus.TooFewItems) : most == 0 ? Estimate.None(EstimateStatus.NoVariance) : Estimate.Of((double)(places - least) / most));
        }
    }
}
