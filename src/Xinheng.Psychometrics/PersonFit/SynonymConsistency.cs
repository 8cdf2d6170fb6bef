using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>Whether a person answers alike where everybody does: the correlation over pairs of items that correlate highly among all.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. Pairs with r above the cut; in a pair the later item comes first, as the coefficient depends on it.
/// With missing answers, the pairs a person answered. Nothing is drawn at random: where a series does not vary the status is
/// <see cref="EstimateStatus.NoVariance"/>, which is a finding, not a gap. R: <c>careless::psychsyn(x, critval = .6)</c>.
/// Source: Meade &amp; Craig 2012, Psychol. Methods 17, 437-455.
/// </remarks>
public sealed class SynonymConsistency
{
    /// <summary>Fewest pairs for a coefficient.</summary>
    public const int FewestPairs = 3;

    private SynonymConsistency(Estimate[] values, IReadOnlyList<(string, string)> pairs, double cut) => (Consistency, Pairs, Cut) = (values, pairs, cut);

    /// <summary>Correlation by person, −1 to 1; no variance where a series does not vary, too few items below three answered pairs.</summary>
    public IReadOnlyList<Estimate> Consistency { get; }

    /// <summary>The pairs: later item, earlier item.</summary>
    public IReadOnlyList<(string Later, string Earlier)> Pairs { get; }

    /// <summary>Correlation above which two items are a pair.</summary>
    public double Cut { get; }

    /// <summary>Finds the pairs and correlates over them within each person.</summary>
    /// <param name="raw">Answers as they were given: stored codes, no item turned round.</param>
    /// <param name="cut">Correlation of two items above which they are a pair; 0.60 by convention.</param>
    public static SynonymConsistency Of(ItemMatrix raw, double cut = 0.60)
    {
        ArgumentNullException.ThrowIfNull(raw);
        if (!(cut is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(cut), "The cut is a correlation between 0 and 1, for example 0.60.");
        }

        var covariances = raw.Covariances(MissingTreatment.Pairwise);
        var pairs = new List<(int Later, int Earlier)>();
        for (var earlier = 0; earlier < raw.ItemCount; earlier++)
        {
            for (var later = earlier + 1; later < raw.ItemCount; later++)
            {
                if (covariances.Correlation(later, earlier) > cut)
                {
                    pairs.Add((later, earlier));
                }
            }
        }

        var values = new Estimate[raw.PersonCount];
        PersonBlocks.Each(raw.PersonCount, (start, count) =>
        {
            var answers = new double[raw.ItemCount];
            var (x, y) = (new double[pairs.Count], new double[pairs.Count]);
            for (var person = start; person < start + count; person++)
            {
                for (var item = 0; item < answers.Length; item++)
                {
                    answers[item] = raw[person, item];
                }

                var length = 0;
                foreach (var (later, earlier) in pairs)
                {
                    if (!double.IsNaN(answers[later] + answers[earlier]))
                    {
                        (x[length], y[length++]) = (answers[later], answers[earlier]);
                    }
                }

                values[person] = WithinPerson.Correlation(x.AsSpan(0, length), y.AsSpan(0, length), FewestPairs);
            }
        });
        return new SynonymConsistency(values, [.. pairs.Select(p => (raw.ItemIds[p.Later], raw.ItemIds[p.Earlier]))], cut);
    }

    /// <summary>Number of pairs and people, and the R call.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"synonym consistency of {Consistency.Count} people over {Pairs.Count} pairs with r > {Cut}   R: careless::psychsyn(x, critval = {Cut})");
}
