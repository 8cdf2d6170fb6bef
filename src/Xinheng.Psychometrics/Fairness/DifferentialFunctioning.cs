using System.Globalization;
using System.Text;

namespace Xinheng.Psychometrics;

/// <summary>Whether the items of a scale work alike in two groups: differential item functioning.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. People are matched by the sum of the items that are not set apart, the item studied always among
/// them; those with a missing answer or in neither group are dropped. That groups differ in their sums is no such difference.
/// </remarks>
public sealed class DifferentialFunctioning
{
    private readonly double[][] _answers;
    private readonly bool[] _focal;

    private DifferentialFunctioning(
        string reference, string focal, ItemDifference[] items, long persons, long incomplete, double[][] answers, bool[] inFocal, DifOptions options, int rounds, bool settled)
    {
        (Reference, Focal, Items, PersonCount, IncompleteCount, _answers, _focal, Options, Rounds, IsSettled) = (reference, focal, items, persons, incomplete, answers, inFocal, options, rounds, settled);
    }

    /// <summary>Name of the reference group.</summary>
    public string Reference { get; }

    /// <summary>Name of the focal group.</summary>
    public string Focal { get; }

    /// <summary>The items, in their order.</summary>
    public IReadOnlyList<ItemDifference> Items { get; }

    /// <summary>Number of people in the data.</summary>
    public long PersonCount { get; }

    /// <summary>Number of people of either group who were dropped, because an answer is missing.</summary>
    public long IncompleteCount { get; }

    /// <summary>Number of people used.</summary>
    public int UsedCount => _focal.Length;

    /// <summary>Number of people used of the focal group.</summary>
    public int FocalCount => _focal.Count(f => f);

    /// <summary>Number of people used of the reference group.</summary>
    public int ReferenceCount => UsedCount - FocalCount;

    /// <summary>How it was looked for.</summary>
    public DifOptions Options { get; }

    /// <summary>Rounds of purification after the first look.</summary>
    public int Rounds { get; }

    /// <summary>Whether the last two rounds set the same items apart; where not, the rounds came to their limit, or fewer than two items would have been left to match by.</summary>
    public bool IsSettled { get; }

    /// <summary>Looks at every item.</summary>
    /// <param name="keyed">Keyed answers.</param>
    /// <param name="groups">Group of each person.</param>
    /// <param name="reference">The group that is compared with.</param>
    /// <param name="focal">The group in question.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">There is not one group per person, nobody of one of the groups has answered everything, or there are fewer than two items.</exception>
    public static DifferentialFunctioning Of(ItemMatrix keyed, IReadOnlyList<string?> groups, string reference, string focal, DifOptions options)
    {
        ArgumentNullException.ThrowIfNull(keyed);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(options);
        if (groups.Count != keyed.PersonCount || (options.Matching?.Count ?? groups.Count) != groups.Count)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"There are {keyed.PersonCount} people but {groups.Count} groups, or another number of matching values. Pass one per person."), nameof(groups));
        }

        int[] members = [.. Enumerable.Range(0, keyed.PersonCount).Where(p => groups[p] is { } g && (g == reference || g == focal))];
        int[] used = [.. members.Where(p => keyed.IsComplete(p) && !(options.Matching is { } m && double.IsNaN(m[p])))];
        bool[] inFocal = [.. used.Select(p => groups[p] == focal)];
        if (reference == focal || !inFocal.Contains(true) || !inFocal.Contains(false) || keyed.ItemCount < 2)
        {
            throw new ArgumentException("A difference needs two items, and in each of two groups people who answered everything. Name two groups that the data have.", nameof(focal));
        }

        var answers = Enumerable.Range(0, keyed.ItemCount).Select(item => Array.ConvertAll(used, p => keyed[p, item])).ToArray();
        var matching = options.Matching is { } given ? Array.ConvertAll(used, p => given[p]) : null;
        var anchors = Enumerable.Repeat(true, keyed.ItemCount).ToArray();
        var (rounds, settled) = (0, options.Purify == PurifyRule.None);
        var items = Look(anchors);
        while (!settled && rounds < options.MostRounds)
        {
            bool[] next = [.. items.Select(i => !IsSetApart(i, options))];
            settled = next.AsSpan().SequenceEqual(anchors);
            if (settled || next.Count(a => a) < 2)
            {
                break;
            }

            (anchors, rounds) = (next, rounds + 1);
            items = Look(anchors);
        }

        return new DifferentialFunctioning(
            reference, focal, items, keyed.PersonCount, members.Length - used.Length, answers, inFocal, options, rounds, settled);

        ItemDifference[] Look(bool[] anchored)
        {
            var found = new ItemDifference[keyed.ItemCount];
            var sum = new double[used.Length];
            for (var item = 0; item < found.Length; item++)
            {
                for (var person = 0; anchored[item] && person < sum.Length; person++)
                {
                    sum[person] += answers[item][person];
                }
            }

            Parallel.For(0, found.Length, item =>
            {
                var own = anchored[item] ? sum : [.. sum.Zip(answers[item], (s, a) => s + a)];
                found[item] = ItemOf(keyed.ItemIds[item], anchored[item], answers[item], own, matching ?? own, inFocal, options.Level);
            });
            return found;
        }
    }

    /// <summary>
    /// What the differences do to sums, and so to bands: each person of the focal group has from each item of class B or C the points taken away that a person of the
    /// reference group with the same matching score would not have got, by the full regression.
    /// </summary>
    /// <param name="cuts">Lowest sum of each band but the first, in ascending order.</param>
    /// <exception cref="ArgumentException">The cuts do not ascend.</exception>
    /// <exception cref="InvalidOperationException">People were matched by other values than sums.</exception>
    public DifConsequence Consequence(IReadOnlyList<double> cuts)
    {
        ArgumentNullException.ThrowIfNull(cuts);
        if (cuts.Zip(cuts.Skip(1), (a, b) => a < b).Contains(false))
        {
            throw new ArgumentException("The cuts do not ascend. Give the lowest sum of each band but the first, lowest first.", nameof(cuts));
        }

        int[] changed = [.. Enumerable.Range(0, Items.Count).Where(i => Items[i].Class is DifClass.B or DifClass.C || Items[i].Logistic.Class is DifClass.B or DifClass.C).Where(i => Items[i].Logistic.Status == EstimateStatus.Ok)];
        var anchorSum = new double[UsedCount];
        for (var item = 0; item < Items.Count; item++)
        {
            for (var person = 0; Items[item].IsAnchor && person < UsedCount; person++)
            {
                anchorSum[person] += _answers[item][person];
            }
        }

        if (Options.Matching is not null && changed.Length > 0)
        {
            throw new InvalidOperationException("The regressions are matched by other values than sums. Look by the sum for what differences do to sums.");
        }

        var values = Array.ConvertAll(changed, i => _answers[i].Distinct().Order().ToArray());
        var (up, down, total, largest) = (0, 0, 0.0, 0.0);
        for (var person = 0; person < UsedCount; person++)
        {
            if (!_focal[person])
            {
                continue;
            }

            var (sum, effect) = (0.0, 0.0);
            for (var item = 0; item < Items.Count; item++)
            {
                sum += _answers[item][person];
            }

            for (var c = 0; c < changed.Length; c++)
            {
                var item = changed[c];
                var matched = anchorSum[person] + (Items[item].IsAnchor ? 0 : _answers[item][person]);
                effect += Expected(item, values[c], matched, 1) - Expected(item, values[c], matched, 0);
            }

            total += effect;
            largest = Math.Abs(effect) > Math.Abs(largest) ? effect : largest;
            var (before, after) = (BandOf(sum), BandOf(Math.Round(sum - effect, MidpointRounding.AwayFromZero)));
            up += after > before ? 1 : 0;
            down += after < before ? 1 : 0;
        }

        return new DifConsequence
        {
            Items = [.. changed.Select(i => Items[i].Id)],
            FocalCount = FocalCount,
            MeanPoints = total / FocalCount,
            LargestPoints = largest,
            Higher = up,
            Lower = down,
        };

        int BandOf(double sum) => cuts.Count(cut => sum >= cut);
    }

    /// <summary>A table of the items with the numbers of people, the convention and the R calls.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Differential functioning of {Items.Count} items, focal {FocalCount} against reference {ReferenceCount} of {PersonCount} people; {IncompleteCount} dropped (missing answers), {PersonCount - UsedCount - IncompleteCount} in neither group\n");
        text.Append(CultureInfo.InvariantCulture, $"  matched by {(Options.Matching is null ? "the sum" : "the sum, in regressions by the values given")}, {Options.Purify switch { PurifyRule.None => "not purified", PurifyRule.Effect => "purified by effect", _ => "purified by significance" }}{(Options.Purify == PurifyRule.None ? "" : string.Create(CultureInfo.InvariantCulture, $" in {Rounds} rounds{(IsSettled ? "" : ", not settled")}"))}; positive: the focal group answers higher\n");
        var width = Math.Max(4, Items.Max(i => i.Id.Length));
        text.Append(CultureInfo.InvariantCulture, $"  {"item".PadRight(width)} class  points      SD   D-DIF      SE    chi2       p  logistic  uniform       p  non-unif.       p  gain R2\n");
        foreach (var i in Items)
        {
            var square = i.MantelHaenszel.HasValue ? i.MantelHaenszel : i.Mantel;
            text.Append(CultureInfo.InvariantCulture, $"  {i.Id.PadRight(width)} {i.Class,5} {Number(i.MeanDifference)} {Number(i.MeanDifferenceInSd)} {Number(i.Delta)} {Number(i.DeltaError)} {Number(square)} {Number(i.MantelP)} {i.Logistic.Class,9} {Number(i.Logistic.Uniform),8} {Number(i.Logistic.UniformP)} {Number(i.Logistic.NonUniform),10} {Number(i.Logistic.NonUniformP)} {Number(i.Logistic.NagelkerkeGain),8}{(i.IsAnchor ? "" : "  set apart")}\n");
        }

        return text.Append("  R: mantelhaen.test(table(group, y, sum)); difR::difMH, difR::difStd; rms::lrm(y ~ sum * group) or MASS::polr\n").ToString();

        static string Number(Estimate estimate) => (estimate.HasValue ? estimate.Value.ToString("F3", CultureInfo.InvariantCulture) : "-").PadLeft(7);
    }

    private static bool IsSetApart(ItemDifference item, DifOptions options) => options.Purify == PurifyRule.Significance
        ? item.MantelP is { HasValue: true, Value: var p } && p < options.Level
        : item.Class is DifClass.B or DifClass.C || item.Logistic.Class is DifClass.B or DifClass.C;

    private static ItemDifference ItemOf(string id, bool anchored, double[] answers, double[] sums, double[] matching, bool[] focal, double level)
    {
        var strata = new SumStrata(answers, sums, focal);
        var (ratio, delta, error, square) = strata.MantelHaenszel();
        var mantel = strata.Mantel();
        var (points, deviations) = strata.MeanDifference();
        var p = SumStrata.P(square.HasValue ? square : mantel);
        return new ItemDifference
        {
            Id = id,
            IsAnchor = anchored,
            OddsRatio = ratio,
            Delta = delta,
            DeltaError = error,
            MantelHaenszel = square,
            Mantel = mantel,
            MantelP = p,
            Generalized = strata.Generalized(),
            GeneralizedDf = Math.Max(0, strata.Categories - 1),
            MeanDifference = points,
            MeanDifferenceInSd = deviations,
            Class = SumStrata.ClassOf(delta, error, deviations, p, level),
            Logistic = Regress(answers, matching, focal),
        };
    }

    private static LogisticDifference Regress(double[] answers, double[] matching, bool[] focal)
    {
        double[] values = [.. answers.Distinct().Order()];
        var n = answers.Length;
        var mean = matching.Average();
        var deviation = Math.Sqrt(matching.Sum(s => (s - mean) * (s - mean)) / n);
        if (values.Length < 2 || !(deviation > 0))
        {
            return new LogisticDifference(EstimateStatus.NoVariance);
        }

        var place = values.Select((v, i) => (v, i)).ToDictionary(x => x.v, x => x.i);
        var kinds = new Dictionary<(double, bool), double[]>();
        for (var person = 0; person < n; person++)
        {
            var kind = (matching[person], focal[person]);
            if (!kinds.TryGetValue(kind, out var counts))
            {
                kinds[kind] = counts = new double[values.Length];
            }

            counts[place[answers[person]]]++;
        }

        var rows = kinds.OrderBy(k => k.Key).Select(k =>
        {
            var (s, g) = ((k.Key.Item1 - mean) / deviation, k.Key.Item2 ? 1.0 : 0.0);
            return (X: new[] { s, g, s * g }, Counts: k.Value);
        }).ToArray();
        var fits = Enumerable.Range(0, 4).Select(predictors => OrdinalLogistic.Fit(rows, predictors)).ToArray();
        if (Array.Exists(fits, f => f is null))
        {
            return new LogisticDifference(EstimateStatus.NotConverged);
        }

        var cuts = values.Length - 1;
        var full = (double[])fits[3]!.Value.Parameters.Clone();
        var (b1, b2, b3) = (full[cuts], full[cuts + 1], full[cuts + 2]);
        for (var k = 0; k < cuts; k++)
        {
            full[k] -= b1 * mean / deviation;
        }

        (full[cuts], full[cuts + 1], full[cuts + 2]) = (b1 / deviation, b2 - (b3 * mean / deviation), b3 / deviation);
        return new LogisticDifference(
            [.. fits.Select(f => f!.Value.Deviance)], n, fits[1]!.Value.Parameters[cuts] / deviation, fits[2]!.Value.Parameters[cuts] / deviation, fits[2]!.Value.Parameters[cuts + 1], full);
    }

    /// <summary>Expected answer at a matching score: the lowest, and the steps between answers that occur by the probability of reaching them.</summary>
    private double Expected(int item, double[] values, double matched, double group)
    {
        var expected = values[0];
        var parameters = Items[item].Logistic.Full;
        var cuts = values.Length - 1;
        ReadOnlySpan<double> x = [matched, group, matched * group];
        for (var k = 0; k < cuts; k++)
        {
            var eta = parameters[k];
            for (var i = 0; i < x.Length; i++)
            {
                eta += parameters[cuts + i] * x[i];
            }

            expected += (values[k + 1] - values[k]) / (1 + Math.Exp(-eta));
        }

        return expected;
    }
}
