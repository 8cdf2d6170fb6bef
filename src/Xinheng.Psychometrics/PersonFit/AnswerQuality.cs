using System.Globalization;
using System.Numerics;
using System.Text;

namespace Xinheng.Psychometrics;

/// <summary>All indices of careless or unlikely answers of each person, with the flags they raise and how many people have any.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. Screening of answers, not of people: every index flags some who answered with care, and a
/// union of many flags many, which is why its rate is told. Synonyms, distances, Guttman errors and classes depend on the others in the data; so this is
/// for research and for a look at a survey, and no score or tier depends on it.
/// </remarks>
public sealed class AnswerQuality
{
    private const AnswerConcerns Counted = ~AnswerConcerns.LowestThroughout;

    private AnswerQuality(
        RunPatterns runs, MahalanobisDistances distances, EvenOddConsistency evenOdd, SynonymConsistency synonyms, GuttmanErrors guttman, LikelihoodFit? likelihood, ClassIntegrity? classes,
        AnswerConcerns[] flags, AnswerConcernCount[] summaries, AnswerQualityOptions options)
    {
        (Runs, Distances, EvenOdd, Synonyms, Guttman, Likelihood, Classes, Concerns, Summaries, Options) = (runs, distances, evenOdd, synonyms, guttman, likelihood, classes, flags, summaries, options);
    }

    /// <summary>Runs and variability.</summary>
    public RunPatterns Runs { get; }

    /// <summary>Distances from the mean of all.</summary>
    public MahalanobisDistances Distances { get; }

    /// <summary>Consistency of even and odd items.</summary>
    public EvenOddConsistency EvenOdd { get; }

    /// <summary>Consistency over pairs of items.</summary>
    public SynonymConsistency Synonyms { get; }

    /// <summary>Guttman errors; reported, never flagged: no cut is published.</summary>
    public GuttmanErrors Guttman { get; }

    /// <summary>Likelihood of the answers; <see langword="null"/> without item parameters.</summary>
    public LikelihoodFit? Likelihood { get; }

    /// <summary>Comparison of the classes; <see langword="null"/> without classes.</summary>
    public ClassIntegrity? Classes { get; }

    /// <summary>What calls for a look, by person.</summary>
    public IReadOnlyList<AnswerConcerns> Concerns { get; }

    /// <summary>Numbers by flag.</summary>
    public IReadOnlyList<AnswerConcernCount> Summaries { get; }

    /// <summary>The cuts and what was known besides the answers.</summary>
    public AnswerQualityOptions Options { get; }

    /// <summary>Number of people.</summary>
    public int PersonCount => Concerns.Count;

    /// <summary>Number of people with at least one flag; the lowest answer throughout is none.</summary>
    public int AnyCount => Concerns.Count(f => (f & Counted) != 0);

    /// <summary>Number of people with two flags or more.</summary>
    public int SeveralCount => Concerns.Count(f => BitOperations.PopCount((uint)(f & Counted)) >= 2);

    /// <summary>Share of people who would have a flag if the flags fell independently of each other, each at its own rate.</summary>
    public double AnyExpected => PersonCount == 0 ? double.NaN : 1 - Summaries.Where(s => (s.Concern & Counted) != 0).Aggregate(1.0, (none, s) => none * (1 - ((double)s.Flagged / PersonCount)));

    /// <summary>Computes every index for which there is enough.</summary>
    /// <param name="raw">Stored codes of the questionnaire, no item turned round, in the order it is answered in.</param>
    /// <param name="keyed">Keyed answers of the same people, to the same items or some of them.</param>
    /// <param name="options">What is known besides, and the cuts.</param>
    /// <exception cref="ArgumentException">The parts are not of the same people.</exception>
    public static AnswerQuality Of(ItemMatrix raw, ItemMatrix keyed, AnswerQualityOptions options)
    {
        ArgumentNullException.ThrowIfNull(raw);
        ArgumentNullException.ThrowIfNull(keyed);
        ArgumentNullException.ThrowIfNull(options);
        var n = raw.PersonCount;
        if (keyed.PersonCount != n || (options.SecondsPerItem?.Count ?? n) != n || (options.Classes?.Count ?? n) != n || (options.Likelihood?.Lz.Count ?? n) != n)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"There are {n} people; keyed answers, seconds, classes and likelihoods need one entry each."), nameof(options));
        }

        var runs = RunPatterns.Of(raw, options.Pages);
        var distances = MahalanobisDistances.Of(raw);
        var evenOdd = EvenOddConsistency.Of(keyed, options.Scales);
        var synonyms = SynonymConsistency.Of(raw, options.SynonymCorrelation);
        var guttman = GuttmanErrors.Of(keyed);
        var flags = new AnswerConcerns[n];
        var lines = new bool[n];
        for (var person = 0; person < n; person++)
        {
            if (runs.IsStraightLine(person))
            {
                lines[person] = !Enumerable.Range(0, keyed.ItemCount).All(item => !(keyed[person, item] > keyed.Minimum(item)));
                flags[person] |= lines[person] ? AnswerConcerns.StraightLine : AnswerConcerns.LowestThroughout;
            }
        }

        var fast = new bool?[n];
        for (var person = 0; person < n; person++)
        {
            fast[person] = options.SecondsPerItem is { } seconds && !double.IsNaN(seconds[person]) ? seconds[person] < options.Seconds : null;
        }

        var classes = options.Classes is null ? null : ClassIntegrity.Of(keyed, options.Classes, lines, fast, options.ClassRate, options.Seed);
        List<AnswerConcernCount> summaries =
        [
            new(AnswerConcerns.StraightLine, PersonFitText.Rule(AnswerConcerns.StraightLine, options), runs.Answered.Count(a => a > 1), runs.Answered.Count(a => a < 2), lines.Count(l => l)),
            new(AnswerConcerns.LowestThroughout, PersonFitText.Rule(AnswerConcerns.LowestThroughout, options), runs.Answered.Count(a => a > 1), runs.Answered.Count(a => a < 2), flags.Count(f => f == AnswerConcerns.LowestThroughout)),
        ];
        Apply(AnswerConcerns.LongRun, p => options.KeyedBothWays && runs.Answered[p] > 1 ? runs.LongestRun[p] > options.LongestRunShare * raw.ItemCount : null);
        var furthest = Furthest(distances, options.OutlierShare);
        Apply(AnswerConcerns.Outlier, p => distances.SquaredDistance[p].HasValue ? distances.Standardized(p) > furthest : null);
        Apply(AnswerConcerns.Inconsistent, p => options.KeyedBothWays && evenOdd.Consistency[p] is { HasValue: true, Value: var value } ? value < options.Consistency : null);
        Apply(AnswerConcerns.SynonymsDiffer, p => options.KeyedBothWays && synonyms.Consistency[p] is { HasValue: true, Value: var value } ? value < options.Synonyms : null);
        Apply(AnswerConcerns.Misfit, p => options.Likelihood?.PValue[p] is { HasValue: true, Value: var value } ? value <= options.MisfitP : null);
        Apply(AnswerConcerns.TooFast, p => fast[p]);
        Apply(AnswerConcerns.AlikeInClass, p => classes?.Alike[p]);
        return new AnswerQuality(runs, distances, evenOdd, synonyms, guttman, options.Likelihood, classes, flags, [.. summaries], options);

        void Apply(AnswerConcerns flag, Func<int, bool?> rule)
        {
            var (judged, flagged) = (0, 0);
            for (var person = 0; person < n; person++)
            {
                var met = rule(person);
                judged += met is null ? 0 : 1;
                flagged += met == true ? 1 : 0;
                flags[person] |= met == true ? flag : 0;
            }

            summaries.Add(new AnswerConcernCount(flag, PersonFitText.Rule(flag, options), judged, n - judged, flagged));
        }
    }

    /// <summary>A table of the flags, with the numbers judged and not, the union, and the R calls.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Answer quality of {PersonCount} people. A flag is a reason to look, not a verdict.\n");
        text.Append(CultureInfo.InvariantCulture, $"  {"flag",-20} {"judged",8} {"not",8} {"flagged",8} {"share",8}  rule\n");
        foreach (var s in Summaries)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {PersonFitText.Of(s.Concern).En,-20} {s.Judged,8} {s.NotJudged,8} {s.Flagged,8} {(s.Judged == 0 ? "none" : s.Share.ToString("P1", CultureInfo.InvariantCulture)),8}  {s.Rule.En}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"  any of these: {AnyCount} ({(double)AnyCount / PersonCount:P1}; {AnyExpected:P1} if they fell independently); two or more: {SeveralCount} ({(double)SeveralCount / PersonCount:P1}). The lowest answer throughout is not counted.\n");
        text.Append(CultureInfo.InvariantCulture, $"  {Runs}\n  {Distances}\n  {EvenOdd}\n  {Synonyms}\n  {Guttman}\n");
        text.Append(CultureInfo.InvariantCulture, $"  {(Likelihood is null ? "lz: not estimated, no item parameters" : Likelihood.ToString())}\n");
        return text.Append(Classes).ToString();
    }

    /// <summary>The distance beyond which lie at most so many; of equal ones all or none.</summary>
    private static double Furthest(MahalanobisDistances distances, double share)
    {
        double[] sorted = [.. Enumerable.Range(0, distances.PersonCount).Where(p => distances.SquaredDistance[p].HasValue).Select(distances.Standardized).OrderDescending()];
        var count = (int)(share * sorted.Length);
        return count < sorted.Length ? sorted[count] : double.NegativeInfinity;
    }
}
