using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>How evenly each person answered: longest and mean run of one and the same answer, and the spread of the answers within the person.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. Of stored codes, before any item is turned round. An answer that is not there is
/// passed over: it neither ends a run nor counts in it. R's <c>careless::longstring(x, avg = TRUE)</c> counts it as an answer of its own.
/// Sources: Johnson 2005, J. Res. Pers. 39, 103-129 (longest run); Dunn et al. 2018, J. Bus. Psychol. 33, 105-121 (variability).
/// R, complete answers: <c>careless::longstring(x)</c>, <c>careless::irv(x)</c>. A healthy person answers a list of symptoms that is keyed one way
/// with one code throughout: a long run is no sign of carelessness by itself.
/// </remarks>
public sealed class RunPatterns
{
    private RunPatterns(int[] longest, double[] average, Estimate[] variability, int[] answered) =>
        (LongestRun, AverageRun, Variability, Answered) = (longest, average, variability, answered);

    /// <summary>Longest run by person; 0 for a person without answers.</summary>
    public IReadOnlyList<int> LongestRun { get; }

    /// <summary>Mean length of the runs by person, answers / runs; NaN for a person without answers.</summary>
    public IReadOnlyList<double> AverageRun { get; }

    /// <summary>Standard deviation (divisor n − 1) of the answers of each person, the intra-individual response variability; too few items below two answers.</summary>
    public IReadOnlyList<Estimate> Variability { get; }

    /// <summary>Number of answers by person.</summary>
    public IReadOnlyList<int> Answered { get; }

    /// <summary>Number of people.</summary>
    public int PersonCount => LongestRun.Count;

    /// <summary>Goes through the answers in the order of the items.</summary>
    /// <param name="raw">Answers as they were given: stored codes, no item turned round.</param>
    /// <param name="pages">The page, or block of one response format, of each item: a run ends where it changes. <see langword="null"/>: one page.</param>
    /// <exception cref="ArgumentException">There is not one page per item.</exception>
    public static RunPatterns Of(ItemMatrix raw, IReadOnlyList<int>? pages = null)
    {
        ArgumentNullException.ThrowIfNull(raw);
        if (pages is not null && pages.Count != raw.ItemCount)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"There are {raw.ItemCount} items but {pages.Count} pages. Pass one page per item, or none."), nameof(pages));
        }

        var n = raw.PersonCount;
        var (longest, average, variability, answered) = (new int[n], new double[n], new Estimate[n], new int[n]);
        PersonBlocks.Each(n, (start, count) =>
        {
            var values = new double[count];
            var (first, previous, sums, squares) = (new double[count], new double[count], new double[count], new double[count]);
            var (run, runs) = (new int[count], new int[count]);
            for (var item = 0; item < raw.ItemCount; item++)
            {
                raw.Columns[item].CopyTo(start, values);
                if (item == 0 || (pages is not null && pages[item] != pages[item - 1]))
                {
                    Array.Fill(previous, double.NaN);
                }

                for (var i = 0; i < count; i++)
                {
                    var value = values[i];
                    if (double.IsNaN(value))
                    {
                        continue;
                    }

                    var same = value == previous[i];
                    run[i] = same ? run[i] + 1 : 1;
                    runs[i] += same ? 0 : 1;
                    previous[i] = value;
                    longest[start + i] = Math.Max(longest[start + i], run[i]);
                    first[i] = answered[start + i]++ == 0 ? value : first[i];

                    // About the first answer: whole answers stay whole, so that the order of addition does not matter.
                    var deviation = value - first[i];
                    sums[i] += deviation;
                    squares[i] += deviation * deviation;
                }
            }

            for (var i = 0; i < count; i++)
            {
                var k = (double)answered[start + i];
                average[start + i] = runs[i] == 0 ? double.NaN : k / runs[i];
                variability[start + i] = k < 2 ? Estimate.None(EstimateStatus.TooFewItems) : Estimate.Of(Math.Sqrt(((k * squares[i]) - (sums[i] * sums[i])) / (k * (k - 1))));
            }
        });
        return new RunPatterns(longest, average, variability, answered);
    }

    /// <summary>Whether all answers of a person are one and the same; <see langword="false"/> below two answers.</summary>
    public bool IsStraightLine(int person) => Variability[person] is { HasValue: true, Value: 0 };

    /// <summary>Number of people, and the R calls.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"runs and variability of {PersonCount} people, missing answers passed over   R: careless::longstring(x), careless::irv(x)");
}
