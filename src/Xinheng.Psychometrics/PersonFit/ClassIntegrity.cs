using System.Globalization;
using MathNet.Numerics;

namespace Xinheng.Psychometrics;

/// <summary>Classes whose answers are more alike, more often straight lines or faster than chance explains.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. A class is compared with simulated classes of the same size and the same spread of means, drawn from
/// the other classes with a seed of the class's own, so that the result depends neither on threads nor on the order of classes; drawing stops after ten
/// classes as alike (Besag &amp; Clifford 1991, Biometrika 78, 301-304). Siblings in trouble answer alike for good reasons: it is a reason to ask.
/// </remarks>
public sealed class ClassIntegrity
{
    /// <summary>Most classes simulated for one class; the smallest p is 1 / (1 + this).</summary>
    public const int MostReplications = 9_999;

    private const int Enough = 10;

    /// <summary>People of about the same mean answer who can take each other's place: at least so many, where there are.</summary>
    private const int StratumSize = 50;

    private ClassIntegrity(ClassFinding[] classes, bool?[] alike, int without, double rate, int seed) => (Classes, Alike, WithoutClass, Rate, Seed) = (classes, alike, without, rate, seed);

    /// <summary>The classes, in ordinal order.</summary>
    public IReadOnlyList<ClassFinding> Classes { get; }

    /// <summary>By person: whether the class is flagged, and somebody in it answered more like this person than in any simulated class. Null where the class cannot be judged.</summary>
    public IReadOnlyList<bool?> Alike { get; }

    /// <summary>Number of people without a class.</summary>
    public int WithoutClass { get; }

    /// <summary>False discovery rate up to which a class is flagged.</summary>
    public double Rate { get; }

    /// <summary>Seed of the simulation.</summary>
    public int Seed { get; }

    /// <summary>Compares the classes.</summary>
    /// <param name="keyed">Keyed answers; whole, within a span of 250.</param>
    /// <param name="classes">Class of each person; <see langword="null"/> or empty for none.</param>
    /// <param name="straightLines">Whether each person gave one answer throughout, other than the lowest.</param>
    /// <param name="tooFast">Whether each person was too fast; <see langword="null"/> where the time is not known.</param>
    /// <param name="rate">False discovery rate up to which a class is flagged, for example 0.05.</param>
    /// <param name="seed">Seed of the simulation.</param>
    /// <exception cref="ArgumentException">There is not one entry per person, or answers are not whole.</exception>
    public static ClassIntegrity Of(ItemMatrix keyed, IReadOnlyList<string?> classes, IReadOnlyList<bool> straightLines, IReadOnlyList<bool?> tooFast, double rate, int seed)
    {
        ArgumentNullException.ThrowIfNull(keyed);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(straightLines);
        ArgumentNullException.ThrowIfNull(tooFast);
        if (classes.Count != keyed.PersonCount || straightLines.Count != keyed.PersonCount || tooFast.Count != keyed.PersonCount)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"There are {keyed.PersonCount} people; classes, straight lines and times need one entry each."), nameof(classes));
        }

        var answers = new Answers(keyed);
        int[] judged = [.. Enumerable.Range(0, keyed.PersonCount).Where(p => !string.IsNullOrEmpty(classes[p]) && answers.Stratum[p] >= 0)];
        var groups = judged.GroupBy(p => classes[p]!, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (Name: g.Key, People: g.ToArray())).ToArray();
        var classOf = new int[keyed.PersonCount];
        Array.Fill(classOf, -1);
        for (var g = 0; g < groups.Length; g++)
        {
            foreach (var person in groups[g].People)
            {
                classOf[person] = g;
            }
        }

        var pools = answers.Pools(judged);
        var outcomes = new Outcome[groups.Length];
        Parallel.For(0, groups.Length, g => outcomes[g] = Compare(answers, groups[g].People, classOf, pools, new Random(Seeds.Combine(seed, 0, groups[g].Name))));
        var rates = Rates([.. outcomes.Select(o => o.P)]);
        var (lines, timed, fast) = (judged.Count(p => straightLines[p]), judged.Count(p => tooFast[p] is not null), judged.Count(p => tooFast[p] == true));
        var alike = new bool?[keyed.PersonCount];
        var findings = new ClassFinding[groups.Length];
        for (var g = 0; g < groups.Length; g++)
        {
            var (people, outcome) = (groups[g].People, outcomes[g]);
            var (ownLines, ownTimed, ownFast) = (people.Count(p => straightLines[p]), people.Count(p => tooFast[p] is not null), people.Count(p => tooFast[p] == true));
            findings[g] = new ClassFinding
            {
                Name = groups[g].Name,
                Count = people.Length,
                IdenticalPairs = answers.Identical(people),
                LargestSimilarity = outcome.Largest,
                SimilarityP = outcome.P,
                SimilarityRate = rates[g],
                Replications = outcome.Replications,
                StraightLines = ownLines,
                StraightLineP = AtLeast(ownLines, people.Length, lines, judged.Length),
                Timed = ownTimed,
                TooFast = ownFast,
                TooFastP = AtLeast(ownFast, ownTimed, fast, timed),
            };
            if (!rates[g].HasValue)
            {
                continue;
            }

            foreach (var person in people)
            {
                alike[person] = false;
            }

            if (rates[g].Value > rate)
            {
                continue;
            }

            for (var i = 0; i < people.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    if (answers.Similarity(people[i], people[j]) > outcome.LargestSimulated)
                    {
                        alike[people[i]] = alike[people[j]] = true;
                    }
                }
            }
        }

        return new ClassIntegrity(findings, alike, classes.Count(string.IsNullOrEmpty), rate, seed);
    }

    /// <summary>A table of the classes that stand out, without names, and how many do not.</summary>
    public override string ToString()
    {
        ClassFinding[] flagged = [.. Classes.Where(c => c.SimilarityRate is { HasValue: true } q && q.Value <= Rate)];
        var text = string.Create(CultureInfo.InvariantCulture, $"Answers alike within classes: {flagged.Length} of {Classes.Count} classes beyond chance (false discovery rate {Rate}), {WithoutClass} people without a class, seed {Seed}\n");
        return text + string.Concat(flagged.Select(c => $"  {c}\n"));
    }

    private static Outcome Compare(Answers answers, int[] people, int[] classOf, int[][] pools, Random random)
    {
        if (people.Length < 2)
        {
            return new Outcome(Estimate.None(EstimateStatus.TooFewPeople), Estimate.None(EstimateStatus.TooFewPeople), 0, 0);
        }

        var largest = answers.Largest(people, null);
        var own = classOf[people[0]];
        if (people.GroupBy(p => answers.Stratum[p]).Any(members => pools[members.Key].Length - members.Count() < people.Length))
        {
            return new Outcome(Estimate.Of(largest), Estimate.None(EstimateStatus.TooFewPeople), 0, 0);
        }

        var (above, draws, highest) = (0, 0, 0.0);
        var drawn = new int[people.Length];
        while (draws < MostReplications && above < Enough)
        {
            draws++;
            for (var i = 0; i < people.Length; i++)
            {
                var pool = pools[answers.Stratum[people[i]]];
                do
                {
                    drawn[i] = pool[random.Next(pool.Length)];
                }
                while (classOf[drawn[i]] == own || drawn.AsSpan(0, i).Contains(drawn[i]));
            }

            var simulated = answers.Largest(drawn, classOf);
            highest = Math.Max(highest, simulated);
            above += simulated >= largest ? 1 : 0;
        }

        return new Outcome(Estimate.Of(largest), Estimate.Of(above == Enough ? (double)Enough / draws : (1.0 + above) / (1 + draws)), draws, highest);
    }

    private static Estimate[] Rates(Estimate[] p)
    {
        var rates = (Estimate[])p.Clone();
        int[] order = [.. Enumerable.Range(0, p.Length).Where(i => p[i].HasValue).OrderByDescending(i => p[i].Value)];
        var lowest = 1.0;
        for (var place = 0; place < order.Length; place++)
        {
            lowest = Math.Min(lowest, p[order[place]].Value * order.Length / (order.Length - place));
            rates[order[place]] = Estimate.Of(lowest);
        }

        return rates;
    }

    /// <summary>P(at least so many of a class among those marked) when the marks fall by chance.</summary>
    private static double AtLeast(int found, int size, int marked, int all)
    {
        var sum = 0.0;
        for (var x = Math.Max(found, size + marked - all); x <= Math.Min(size, marked); x++)
        {
            sum += Math.Exp(Choose(marked, x) + Choose(all - marked, size - x) - Choose(all, size));
        }

        return found == 0 ? 1 : Math.Min(1, sum);

        static double Choose(int n, int k) => SpecialFunctions.GammaLn(n + 1) - SpecialFunctions.GammaLn(k + 1) - SpecialFunctions.GammaLn(n - k + 1);
    }

    private readonly record struct Outcome(Estimate Largest, Estimate P, int Replications, double LargestSimulated);

    /// <summary>Answers by person, as bytes, with the weight of agreeing on each.</summary>
    private sealed class Answers
    {
        private readonly int _items;
        private readonly byte[] _codes;
        private readonly double[] _weights;

        public Answers(ItemMatrix keyed)
        {
            _items = keyed.ItemCount;
            _codes = new byte[_items * keyed.PersonCount];
            _weights = new double[_items * 256];
            var (sums, counts) = (new double[keyed.PersonCount], new int[keyed.PersonCount]);
            for (var item = 0; item < _items; item++)
            {
                var codes = keyed.Columns[item].Codes ?? throw new ArgumentException($"Item '{keyed.ItemIds[item]}' has answers that are not whole, or span more than 250. Similarity needs answers to choose from.", nameof(keyed));
                var frequency = new long[256];
                for (var person = 0; person < codes.Length; person++)
                {
                    _codes[(person * _items) + item] = codes[person];
                    frequency[codes[person]]++;
                    if (codes[person] != ItemColumn.Missing)
                    {
                        sums[person] += keyed[person, item];
                        counts[person]++;
                    }
                }

                var answered = (double)(codes.Length - frequency[ItemColumn.Missing]);
                for (var code = 0; code < ItemColumn.Missing; code++)
                {
                    _weights[(item * 256) + code] = frequency[code] == 0 ? 0 : -Math.Log(frequency[code] / answered);
                }
            }

            // Equal means stay together.
            Stratum = new int[keyed.PersonCount];
            Array.Fill(Stratum, -1);
            int[] order = [.. Enumerable.Range(0, keyed.PersonCount).Where(p => counts[p] > 0).OrderBy(p => sums[p] / counts[p]).ThenBy(p => p)];
            var (stratum, size) = (0, 0);
            for (var place = 0; place < order.Length; place++)
            {
                var next = size >= StratumSize && order.Length - place >= StratumSize && sums[order[place]] / counts[order[place]] > sums[order[place - 1]] / counts[order[place - 1]];
                (stratum, size) = next ? (stratum + 1, 1) : (stratum, size + 1);
                Stratum[order[place]] = stratum;
            }
        }

        /// <summary>People of about the same mean answer; −1 without answers.</summary>
        public int[] Stratum { get; }

        public int[][] Pools(int[] judged)
        {
            var pools = Enumerable.Range(0, Stratum.Length == 0 ? 0 : Stratum.Max() + 1).Select(_ => new List<int>()).ToArray();
            foreach (var person in judged)
            {
                pools[Stratum[person]].Add(person);
            }

            return [.. pools.Select(p => p.ToArray())];
        }

        public double Similarity(int first, int second)
        {
            ReadOnlySpan<byte> a = _codes.AsSpan(first * _items, _items), b = _codes.AsSpan(second * _items, _items);
            var sum = 0.0;
            for (var item = 0; item < a.Length; item++)
            {
                if (a[item] == b[item])
                {
                    sum += _weights[(item * 256) + a[item]]; // No weight on missing answers.
                }
            }

            return sum;
        }

        /// <summary>Largest similarity of two of the people; where classes are given, of two of different ones.</summary>
        public double Largest(int[] people, int[]? classOf)
        {
            var largest = 0.0;
            for (var i = 0; i < people.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    if (classOf is null || classOf[people[i]] != classOf[people[j]])
                    {
                        largest = Math.Max(largest, Similarity(people[i], people[j]));
                    }
                }
            }

            return largest;
        }

        public int Identical(int[] people)
        {
            var pairs = 0;
            for (var i = 0; i < people.Length; i++)
            {
                var a = _codes.AsSpan(people[i] * _items, _items);
                for (var j = 0; j < i; j++)
                {
                    pairs += a.SequenceEqual(_codes.AsSpan(people[j] * _items, _items)) && !a.Contains(ItemColumn.Missing) && a.ContainsAnyExcept(a[0]) ? 1 : 0;
                }
            }

            return pairs;
        }
    }
}
