using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>
/// Whole answers as patterns, each once with the weight of the people who gave it: what an IRT model is fitted to. Patterns of schools merge in
/// any order to those of all the people.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. A missing answer is part of a pattern. With weights of 1, or other whole numbers, merging is
/// exact. A rare pattern can tell of a single person: treat it as internal to the unit.
/// </remarks>
public sealed class ResponsePatterns
{
    /// <summary>Answers lie between minus and plus this.</summary>
    private const int Limit = 30_000;

    private const char Missing = '\uFFFF';

    private readonly string[] _patterns;
    private readonly double[] _weights;
    private readonly double[] _minima;
    private readonly double[] _maxima;

    private ResponsePatterns(IReadOnlyList<string> itemIds, double[] minima, double[] maxima, long persons, long empty, IEnumerable<KeyValuePair<string, double>> weights)
    {
        var ordered = weights.ToArray();
        Array.Sort(ordered, (a, b) => string.CompareOrdinal(a.Key, b.Key));
        (ItemIds, _minima, _maxima, PersonCount, EmptyCount) = (itemIds, minima, maxima, persons, empty);
        (_patterns, _weights) = ([.. ordered.Select(p => p.Key)], [.. ordered.Select(p => p.Value)]);
        UsedWeight = _weights.Sum();
    }

    /// <summary>Ids of the items, in order.</summary>
    public IReadOnlyList<string> ItemIds { get; }

    /// <summary>Number of items, k.</summary>
    public int ItemCount => ItemIds.Count;

    /// <summary>Number of people, with or without missing answers.</summary>
    public long PersonCount { get; }

    /// <summary>Number of people without any answer, or with a weight of 0; they are in no pattern.</summary>
    public long EmptyCount { get; }

    /// <summary>Number of people who are in a pattern.</summary>
    public long UsedCount => PersonCount - EmptyCount;

    /// <summary>Sum of the weights of the people in patterns; their number where no weights were given.</summary>
    public double UsedWeight { get; }

    /// <summary>Number of different patterns.</summary>
    public int PatternCount => _patterns.Length;

    internal ReadOnlySpan<double> Weights => _weights;

    /// <summary>Gathers the patterns of a matrix.</summary>
    /// <param name="matrix">Keyed answers, whole numbers of at most 30000 in size.</param>
    /// <param name="weights">Weight of each person, from 0 on, for example of a survey design; 1 each by default.</param>
    /// <exception cref="ArgumentException">An answer is not such a number, or there is not one weight from 0 on per person.</exception>
    public static ResponsePatterns Of(ItemMatrix matrix, IReadOnlyList<double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (weights is not null && (weights.Count != matrix.PersonCount || weights.Any(w => !(w >= 0 && double.IsFinite(w)))))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"There are {matrix.PersonCount} people and {weights.Count} weights, or a weight is negative or no number. Pass one per person, from 0 on."), nameof(weights));
        }

        var k = matrix.ItemCount;
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        var lookup = found.GetAlternateLookup<ReadOnlySpan<char>>();
        var columns = Enumerable.Range(0, k).Select(i => Letters(matrix, i)).ToArray();
        Span<char> pattern = k <= 256 ? stackalloc char[k] : new char[k];
        var empty = 0L;
        for (var person = 0; person < matrix.PersonCount; person++)
        {
            for (var i = 0; i < k; i++)
            {
                pattern[i] = columns[i][person];
            }

            var weight = weights?[person] ?? 1;
            if (weight == 0 || pattern.IndexOfAnyExcept(Missing) < 0)
            {
                empty++;
                continue;
            }

            lookup[pattern] = (lookup.TryGetValue(pattern, out var sum) ? sum : 0) + weight;
        }

        return new ResponsePatterns(matrix.ItemIds, [.. Enumerable.Range(0, k).Select(matrix.Minimum)], [.. Enumerable.Range(0, k).Select(matrix.Maximum)], matrix.PersonCount, empty, found);
    }

    /// <summary>The patterns of the people of both.</summary>
    /// <exception cref="ArgumentException">The items, their order or their ranges differ.</exception>
    public ResponsePatterns Merge(ResponsePatterns other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!ItemIds.SequenceEqual(other.ItemIds, StringComparer.Ordinal) || !_minima.AsSpan().SequenceEqual(other._minima) || !_maxima.AsSpan().SequenceEqual(other._maxima))
        {
            throw new ArgumentException("The patterns are of different items, of another order, or of other ranges. Gather the same items in the same order.", nameof(other));
        }

        var sum = new Dictionary<string, double>(_patterns.Length, StringComparer.Ordinal);
        foreach (var part in new[] { this, other })
        {
            for (var p = 0; p < part._patterns.Length; p++)
            {
                sum[part._patterns[p]] = sum.GetValueOrDefault(part._patterns[p]) + part._weights[p];
            }
        }

        return new ResponsePatterns(ItemIds, _minima, _maxima, PersonCount + other.PersonCount, EmptyCount + other.EmptyCount, sum);
    }

    /// <summary>Number of items, people and patterns; no answer.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PatternCount} patterns of {UsedCount} people x {ItemCount} items");

    /// <summary>The values that occur among the answers to an item, lowest first, with the weight of the people who gave them.</summary>
    internal SortedDictionary<int, double> Values(int item)
    {
        var values = new SortedDictionary<int, double>();
        for (var p = 0; p < _patterns.Length; p++)
        {
            if (_patterns[p][item] != Missing)
            {
                var value = _patterns[p][item] - Limit;
                values[value] = values.GetValueOrDefault(value) + _weights[p];
            }
        }

        return values;
    }

    /// <summary>Declared range of an item where it is one of whole numbers; else <see langword="null"/>.</summary>
    internal (int Lowest, int Highest)? Range(int item) =>
        double.IsInteger(_minima[item]) && double.IsInteger(_maxima[item]) && Math.Abs(_minima[item]) <= Limit && Math.Abs(_maxima[item]) <= Limit
            ? ((int)_minima[item], (int)_maxima[item])
            : null;

    /// <summary>Patterns x items: the category of each answer, or <see cref="IrtItem.Missing"/>.</summary>
    internal byte[] Places(IReadOnlyList<Dictionary<int, byte>> categories)
    {
        var k = ItemCount;
        var places = new byte[_patterns.Length * k];
        for (var p = 0; p < _patterns.Length; p++)
        {
            for (var i = 0; i < k; i++)
            {
                places[(p * k) + i] = _patterns[p][i] == Missing ? IrtItem.Missing : categories[i][_patterns[p][i] - Limit];
            }
        }

        return places;
    }

    private static char[] Letters(ItemMatrix matrix, int item)
    {
        var letters = new char[matrix.PersonCount];
        for (var person = 0; person < letters.Length; person++)
        {
            var value = matrix[person, item];
            if (!double.IsNaN(value) && !(double.IsInteger(value) && Math.Abs(value) <= Limit))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Item '{matrix.ItemIds[item]}', person {person + 1}: the answer is no whole number of at most {Limit} in size. IRT models need ordered answers; score the item in whole numbers."), nameof(matrix));
            }

            letters[person] = double.IsNaN(value) ? Missing : (char)(value + Limit);
        }

        return letters;
    }
}
