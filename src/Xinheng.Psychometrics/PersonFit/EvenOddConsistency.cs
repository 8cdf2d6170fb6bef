using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>Whether the even and the odd items of the scales say the same of a person: the individual reliability.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. Within the person, over the scales: r of the means of the items in even and in odd places,
/// stepped up to 2r / (1 + r), not below −1. High is consistent; R's <c>-careless::evenodd(x, factors)</c> (careless 1.2.0 turned the sign). A person whose
/// halves do not vary has status <see cref="EstimateStatus.NoVariance"/>: that is a finding, not a gap. Source: Johnson 2005, J. Res. Pers. 39, 103-129.
/// </remarks>
public sealed class EvenOddConsistency
{
    private EvenOddConsistency(Estimate[] values, int scales) => (Consistency, ScaleCount) = (values, scales);

    /// <summary>Consistency by person, −1 to 1; no variance where the halves do not vary, too few items with fewer than three scales.</summary>
    public IReadOnlyList<Estimate> Consistency { get; }

    /// <summary>Number of scales with items in both places.</summary>
    public int ScaleCount { get; }

    /// <summary>Compares the halves of each person.</summary>
    /// <param name="keyed">Keyed answers: reversed items turned round.</param>
    /// <param name="scales">The items of each scale, in order; a scale of one item is passed over.</param>
    /// <exception cref="ArgumentException">There is no such item.</exception>
    public static EvenOddConsistency Of(ItemMatrix keyed, IReadOnlyList<IReadOnlyList<string>> scales)
    {
        ArgumentNullException.ThrowIfNull(keyed);
        ArgumentNullException.ThrowIfNull(scales);
        var unknown = scales.SelectMany(s => s).FirstOrDefault(id => keyed.IndexOf(id) < 0);
        if (unknown is not null)
        {
            throw new ArgumentException($"A scale names item '{unknown}', which the matrix does not have. Name items of the matrix.", nameof(scales));
        }

        var halves = scales.Where(s => s.Count > 1).Select(s => s.Select((id, place) => (Item: keyed.IndexOf(id), Odd: place % 2 == 0)).ToArray()).ToArray();
        var values = new Estimate[keyed.PersonCount];
        PersonBlocks.Each(keyed.PersonCount, (start, count) =>
        {
            var (even, odd) = (new double[halves.Length], new double[halves.Length]);
            for (var person = start; person < start + count; person++)
            {
                var length = 0;
                foreach (var scale in halves)
                {
                    var (sumEven, sumOdd, countEven, countOdd) = (0.0, 0.0, 0, 0);
                    foreach (var (item, isOdd) in scale)
                    {
                        var value = keyed[person, item];
                        if (double.IsNaN(value))
                        {
                            continue;
                        }

                        (sumEven, countEven) = isOdd ? (sumEven, countEven) : (sumEven + value, countEven + 1);
                        (sumOdd, countOdd) = isOdd ? (sumOdd + value, countOdd + 1) : (sumOdd, countOdd);
                    }

                    if (countEven > 0 && countOdd > 0)
                    {
                        (even[length], odd[length++]) = (sumEven / countEven, sumOdd / countOdd);
                    }
                }

                var r = WithinPerson.Correlation(even.AsSpan(0, length), odd.AsSpan(0, length), fewest: 3);
                values[person] = r.HasValue ? Estimate.Of(r.Value <= -1 ? -1 : Math.Max(-1, 2 * r.Value / (1 + r.Value))) : r;
            }
        });
        return new EvenOddConsistency(values, halves.Length);
    }

    /// <summary>Number of scales and people, and the R call.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"even-odd consistency of {Consistency.Count} people over {ScaleCount} scales, high is consistent   R: -careless::evenodd(x, factors)");
}
