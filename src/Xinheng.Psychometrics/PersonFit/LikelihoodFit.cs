using System.Collections.Concurrent;
using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>How likely each person's answers are at the person's own place on the trait: lz, lz* and a simulated chance level.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. l0 = Σ log P(answer); lz = (l0 − E) / √V with E = Σ Σ P log P and V = Σ [Σ P log² P − (Σ P log P)²]
/// (Drasgow, Levine &amp; Williams 1985, Br. J. Math. Stat. Psychol. 38, 67-86). Low is misfit. As the place is estimated, lz is no standard normal number.
/// lz* corrects that: log P is replaced by w = log P − c P'/P with c = Σ Σ P' log P / Σ Σ P'²/P, and c r0 is added above, r0 = 0 for maximum likelihood,
/// −θ for the mode under a standard normal prior, J / 2I for weighted likelihood (Snijders 2001, Psychometrika 66, 331-342; items of several answers:
/// Sinharay 2016, Psychometrika 81, 992-1013). The mean of the posterior has no such correction; its chance level comes from simulated answers.
/// R: <c>mirt::personfit(fit, Theta = t)$Zh</c>; items of two answers: <c>PerFit::lzstar(x, Ability = t)</c>. Only answered items count.
/// Somebody who gives one answer throughout may fit well.
/// </remarks>
public sealed class LikelihoodFit
{
    /// <summary>Answered items below which there is no value: 3.</summary>
    public const int FewestItems = 3;

    /// <summary>Width of the steps of θ within which people share one simulated distribution.</summary>
    private const double BinWidth = 0.25;

    private LikelihoodFit(double[] abilities, AbilityKind kind, Estimate[] logLikelihood, Estimate[] lz, Estimate[] lzStar, Estimate[] p, int replications, int? seed) =>
        (Abilities, Kind, LogLikelihood, Lz, LzStar, PValue, Replications, Seed) = (abilities, kind, logLikelihood, lz, lzStar, p, replications, seed);

    /// <summary>Place on the trait by person; NaN without answers.</summary>
    public IReadOnlyList<double> Abilities { get; }

    /// <summary>What the places are.</summary>
    public AbilityKind Kind { get; }

    /// <summary>l0 by person.</summary>
    public IReadOnlyList<Estimate> LogLikelihood { get; }

    /// <summary>lz by person; low is misfit.</summary>
    public IReadOnlyList<Estimate> Lz { get; }

    /// <summary>lz* by person; not estimated for means of the posterior, nor at an infinite place.</summary>
    public IReadOnlyList<Estimate> LzStar { get; }

    /// <summary>
    /// Share of simulated people with the same answered items at the same place whose lz is at most as high, (1 + count) / (1 + replications); not estimated where
    /// nothing was simulated. Of one person it depends on the parameters and the seed only.
    /// </summary>
    public IReadOnlyList<Estimate> PValue { get; }

    /// <summary>Simulated people per place; 0 where nothing was simulated.</summary>
    public int Replications { get; }

    /// <summary>Seed of the simulation.</summary>
    public int? Seed { get; }

    /// <summary>Estimates each place as the mean of the posterior, and simulates the chance level.</summary>
    /// <param name="keyed">Keyed whole answers with a declared range.</param>
    /// <param name="items">Answer curves of the items, in the same order.</param>
    /// <param name="replications">Simulated people per place, at least 99.</param>
    /// <param name="seed">Seed of the simulation.</param>
    /// <exception cref="ArgumentException">The items do not belong to the matrix.</exception>
    public static LikelihoodFit Of(ItemMatrix keyed, IReadOnlyList<ICategoryCurves> items, int replications, int seed)
    {
        Check(keyed, items);
        ArgumentOutOfRangeException.ThrowIfLessThan(replications, 99);
        var grid = new PosteriorGrid(items);
        var abilities = new double[keyed.PersonCount];
        PersonBlocks.Each(keyed.PersonCount, (start, count) =>
        {
            for (var person = start; person < start + count; person++)
            {
                abilities[person] = grid.Mean(Answers(keyed, person));
            }
        });
        return Of(keyed, items, abilities, AbilityKind.PosteriorMean, grid, replications, seed);
    }

    /// <summary>Takes places that were estimated elsewhere; nothing is simulated.</summary>
    /// <param name="keyed">Keyed whole answers with a declared range.</param>
    /// <param name="items">Answer curves of the items, in the same order.</param>
    /// <param name="abilities">Place of each person; NaN or infinite where there is none.</param>
    /// <param name="kind">How they were estimated.</param>
    /// <exception cref="ArgumentException">The items or places do not belong to the matrix.</exception>
    public static LikelihoodFit At(ItemMatrix keyed, IReadOnlyList<ICategoryCurves> items, IReadOnlyList<double> abilities, AbilityKind kind)
    {
        Check(keyed, items);
        ArgumentNullException.ThrowIfNull(abilities);
        return abilities.Count == keyed.PersonCount
            ? Of(keyed, items, [.. abilities], kind, null, 0, null)
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"There are {keyed.PersonCount} people but {abilities.Count} places. Pass one per person."), nameof(abilities));
    }

    /// <summary>Numbers of people with and without a value, the convention, and the R call.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"lz of {Lz.Count(l => l.HasValue)} of {Lz.Count} people at {Word(Kind)}; {Lz.Count(l => !l.HasValue)} with fewer than {FewestItems} answers or at an infinite place have none; {(Replications > 0 ? $"chance level from {Replications} simulated people per place, seed {Seed}" : "no chance level simulated")}   R: mirt::personfit(fit, Theta = t)$Zh");

    private static string Word(AbilityKind kind) => kind switch
    {
        AbilityKind.PosteriorMean => "means of the posterior (EAP)",
        AbilityKind.MaximumLikelihood => "maximum-likelihood places",
        AbilityKind.PosteriorMode => "modes of the posterior (MAP)",
        _ => "weighted-likelihood places (WLE)",
    };

    private static void Check(ItemMatrix keyed, IReadOnlyList<ICategoryCurves> items)
    {
        ArgumentNullException.ThrowIfNull(keyed);
        ArgumentNullException.ThrowIfNull(items);
        if (items.Count != keyed.ItemCount || !keyed.IsWhole)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"There are {keyed.ItemCount} items but {items.Count} curves, or answers are not whole. Pass the curves of the items in their order."), nameof(items));
        }

        for (var item = 0; item < items.Count; item++)
        {
            if (!(keyed.Maximum(item) - keyed.Minimum(item) == items[item].CategoryCount - 1))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Item '{keyed.ItemIds[item]}' goes from {keyed.Minimum(item)} to {keyed.Maximum(item)} but its curves have {items[item].CategoryCount} answers. Put answers that nobody gives together first."), nameof(items));
            }
        }
    }

    /// <summary>Answers counted from 0; −1 for none.</summary>
    private static int[] Answers(ItemMatrix keyed, int person)
    {
        var answers = new int[keyed.ItemCount];
        for (var item = 0; item < answers.Length; item++)
        {
            var value = keyed[person, item];
            answers[item] = double.IsNaN(value) ? -1 : (int)(value - keyed.Minimum(item));
        }

        return answers;
    }

    private static LikelihoodFit Of(ItemMatrix keyed, IReadOnlyList<ICategoryCurves> items, double[] abilities, AbilityKind kind, PosteriorGrid? grid, int replications, int? seed)
    {
        var n = keyed.PersonCount;
        var (l0, lz, star, p) = (new Estimate[n], new Estimate[n], new Estimate[n], new Estimate[n]);
        var simulated = new ConcurrentDictionary<(string Pattern, int Bin), Lazy<double[]>>();
        PersonBlocks.Each(n, (start, count) =>
        {
            for (var person = start; person < start + count; person++)
            {
                var answers = Answers(keyed, person);
                (l0[person], lz[person], star[person]) = Fit(items, answers, abilities[person], kind);
                if (grid is null || !lz[person].HasValue)
                {
                    p[person] = Estimate.None(lz[person].HasValue ? EstimateStatus.NotEstimated : lz[person].Status);
                    continue;
                }

                var bin = (int)Math.Round(abilities[person] / BinWidth, MidpointRounding.AwayFromZero);
                var key = (new string(Array.ConvertAll(answers, a => a < 0 ? '0' : '1')), bin);
                var chance = simulated.GetOrAdd(key, k => new Lazy<double[]>(() => Simulate(items, k.Pattern, k.Bin, grid, replications, seed!.Value))).Value;
                p[person] = Estimate.Of((1.0 + AtMost(chance, lz[person].Value)) / (1 + replications));
            }
        });
        return new LikelihoodFit(abilities, kind, l0, lz, star, p, replications, seed);
    }

    private static (Estimate LogLikelihood, Estimate Lz, Estimate Star) Fit(IReadOnlyList<ICategoryCurves> items, int[] answers, double ability, AbilityKind kind)
    {
        var none = answers.Count(a => a >= 0) < FewestItems ? EstimateStatus.TooFewItems : EstimateStatus.NotEstimated;
        if (none == EstimateStatus.TooFewItems || !double.IsFinite(ability))
        {
            return (Estimate.None(none), Estimate.None(none), Estimate.None(none));
        }

        Span<double> p = stackalloc double[ItemColumn.MaxCode + 1], first = stackalloc double[p.Length], second = stackalloc double[p.Length];
        var starred = kind != AbilityKind.PosteriorMean;
        var (l0, expected, variance, slopeLog, information, bend) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (var pass = 0; pass < (starred ? 2 : 1); pass++)
        {
            // The second pass needs c, which the first one sums up.
            var c = pass == 0 ? 0 : slopeLog / information;
            var corrected = 0.0;
            for (var item = 0; item < answers.Length; item++)
            {
                if (answers[item] < 0)
                {
                    continue;
                }

                items[item].Evaluate(ability, p, starred ? first : [], starred ? second : []);
                var (mean, square) = (0.0, 0.0);
                for (var k = 0; k < items[item].CategoryCount; k++)
                {
                    if (!(p[k] > 0))
                    {
                        continue; // P log P tends to 0.
                    }

                    var log = Math.Log(p[k]);
                    var w = pass == 0 ? log : log - (c * first[k] / p[k]);
                    mean += p[k] * w;
                    square += p[k] * w * w;
                    if (pass == 0 && starred)
                    {
                        slopeLog += first[k] * log;
                        information += first[k] * first[k] / p[k];
                        bend += first[k] * second[k] / p[k];
                    }
                }

                corrected += square - (mean * mean);
                if (pass == 0)
                {
                    l0 += Math.Log(p[answers[item]]);
                    expected += mean;
                    variance += square - (mean * mean);
                }
            }

            if (pass == 1)
            {
                var r0 = kind switch { AbilityKind.PosteriorMode => -ability, AbilityKind.WeightedLikelihood => bend / (2 * information), _ => 0 };
                return (Estimate.Of(l0), Estimate.Of((l0 - expected) / Math.Sqrt(variance), EstimateStatus.NoVariance), Estimate.Of((l0 - expected + (c * r0)) / Math.Sqrt(corrected), EstimateStatus.NoVariance));
            }
        }

        return (Estimate.Of(l0), Estimate.Of((l0 - expected) / Math.Sqrt(variance), EstimateStatus.NoVariance), Estimate.None(EstimateStatus.NotEstimated));
    }

    /// <summary>Sorted lz of people who answer by the model, each at the mean of his own posterior.</summary>
    private static double[] Simulate(IReadOnlyList<ICategoryCurves> items, string pattern, int bin, PosteriorGrid grid, int replications, int seed)
    {
        var random = new Random(Seeds.Combine(seed, bin, pattern));
        var ability = bin * BinWidth;
        var cumulated = items.Select(item =>
        {
            var p = new double[item.CategoryCount];
            item.Evaluate(ability, p, [], []);
            for (var k = 1; k < p.Length; k++)
            {
                p[k] += p[k - 1];
            }

            return p;
        }).ToArray();
        var values = new double[replications];
        var answers = new int[items.Count];
        for (var draw = 0; draw < replications; draw++)
        {
            for (var item = 0; item < answers.Length; item++)
            {
                answers[item] = pattern[item] == '0' ? -1 : Place(cumulated[item], random.NextDouble());
            }

            values[draw] = Fit(items, answers, grid.Mean(answers), AbilityKind.PosteriorMean).Lz.Value;
        }

        Array.Sort(values);
        return values;
    }

    private static int Place(double[] cumulated, double u)
    {
        var k = 0;
        while (k < cumulated.Length - 1 && u >= cumulated[k])
        {
            k++;
        }

        return k;
    }

    private static int AtMost(double[] sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] <= value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Log probabilities of every answer at 121 places from −6 to 6, under a standard normal prior.</summary>
    private sealed class PosteriorGrid
    {
        private const int Points = 121;
        private readonly double[][] _logs;
        private readonly double[] _places = new double[Points];

        public PosteriorGrid(IReadOnlyList<ICategoryCurves> items)
        {
            _logs = [.. items.Select(item => new double[item.CategoryCount * Points])];
            for (var q = 0; q < Points; q++)
            {
                _places[q] = -6 + (0.1 * q);
                for (var item = 0; item < items.Count; item++)
                {
                    var p = new double[items[item].CategoryCount];
                    items[item].Evaluate(_places[q], p, [], []);
                    for (var k = 0; k < p.Length; k++)
                    {
                        _logs[item][(k * Points) + q] = Math.Log(Math.Max(p[k], double.Epsilon));
                    }
                }
            }
        }

        /// <summary>Mean of the posterior (Bock &amp; Mislevy 1982, Appl. Psychol. Meas. 6, 431-444); NaN without answers.</summary>
        public double Mean(int[] answers)
        {
            Span<double> log = stackalloc double[Points];
            var answered = false;
            for (var q = 0; q < Points; q++)
            {
                log[q] = -_places[q] * _places[q] / 2;
            }

            for (var item = 0; item < answers.Length; item++)
            {
                if (answers[item] < 0)
                {
                    continue;
                }

                answered = true;
                var logs = _logs[item].AsSpan(answers[item] * Points, Points);
                for (var q = 0; q < Points; q++)
                {
                    log[q] += logs[q];
                }
            }

            var highest = double.NegativeInfinity;
            foreach (var value in log)
            {
                highest = Math.Max(highest, value);
            }

            var (sum, weighted) = (0.0, 0.0);
            for (var q = 0; q < Points; q++)
            {
                var weight = Math.Exp(log[q] - highest);
                sum += weight;
                weighted += weight * _places[q];
            }

            return answered ? weighted / sum : double.NaN;
        }
    }
}
