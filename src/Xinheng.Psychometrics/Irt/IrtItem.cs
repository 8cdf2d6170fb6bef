using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>One item of an IRT model: how likely each of its answers is at every place on the latent trait.</summary>
/// <remarks>Immutable and thread-safe. Class; no default state.</remarks>
public sealed class IrtItem
{
    internal const byte Missing = 0xFF;

    private readonly double[] _intercepts;
    private readonly double[] _thresholds;
    private readonly int[][] _values;

    internal IrtItem(string id, bool isGraded, double slope, double[] intercepts, double[] thresholds, int[][] values)
    {
        (Id, IsGraded, Slope, _intercepts, _thresholds, _values) = (id, isGraded, slope, intercepts, thresholds, values);
        Values = Array.AsReadOnly([.. values.Select(v => (IReadOnlyList<int>)Array.AsReadOnly(v))]);
        Places = [];
        for (var c = 0; c < values.Length; c++)
        {
            foreach (var value in values[c])
            {
                Places.Add(value, (byte)c);
            }
        }
    }

    /// <summary>Id of the item.</summary>
    public string Id { get; }

    /// <summary>Discrimination a, in logits per unit of θ (no constant 1.702). Negative where the item runs against the others.</summary>
    public double Slope { get; }

    /// <summary>Thresholds b_k between neighbouring categories, in units of θ; one less than there are categories. Ascending in a graded model.</summary>
    public IReadOnlyList<double> Thresholds => Array.AsReadOnly(_thresholds);

    /// <summary>Intercepts d_k = −a b_k.</summary>
    public IReadOnlyList<double> Intercepts => Array.AsReadOnly(_intercepts);

    /// <summary>Number of categories.</summary>
    public int CategoryCount => _values.Length;

    /// <summary>The keyed answers that make each category, lowest category first; several where an answer that nobody gave was put to its neighbour.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Values { get; }

    internal bool IsGraded { get; }

    internal Dictionary<int, byte> Places { get; }

    internal ItemCurve Curve => new(IsGraded, Slope, _intercepts);

    /// <summary>Category of a keyed answer, from 0; −1 where the item has no such answer.</summary>
    public int CategoryOf(int value) => Places.TryGetValue(value, out var place) ? place : -1;

    /// <summary>Probability of each category at a place; they add up to 1.</summary>
    public double[] Probabilities(double theta)
    {
        var probabilities = new double[CategoryCount];
        Curve.LogProbabilities(theta, probabilities);
        for (var c = 0; c < probabilities.Length; c++)
        {
            probabilities[c] = Math.Exp(probabilities[c]);
        }

        return probabilities;
    }

    /// <summary>Expected place among the categories, from 0 to one less than their number.</summary>
    public double ExpectedScore(double theta) => Probabilities(theta).Select((p, c) => c * p).Sum();

    /// <summary>Fisher information Σ P'² / P about θ at a place.</summary>
    public double Information(double theta) => Warm(theta).Information;

    /// <summary>Slope and thresholds.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}: a {Slope:F4}, b {string.Join(' ', _thresholds.Select(b => b.ToString("F4", CultureInfo.InvariantCulture)))}");

    /// <summary>Fisher information, and Warm's J = Σ P' P'' / P.</summary>
    internal (double Information, double J) Warm(double theta)
    {
        var probabilities = Probabilities(theta);
        Span<double> first = stackalloc double[CategoryCount], second = stackalloc double[CategoryCount];
        Curve.ByTheta(theta, probabilities, first, second);
        var (information, j) = (0.0, 0.0);
        for (var c = 0; c < probabilities.Length; c++)
        {
            information += probabilities[c] * first[c] * first[c];
            j += probabilities[c] * first[c] * ((first[c] * first[c]) + second[c]);
        }

        return (information, j);
    }

    /// <summary>First and second derivative of ln P of one category by θ.</summary>
    internal (double First, double Second) Slopes(double theta, int category)
    {
        Span<double> probabilities = stackalloc double[CategoryCount], first = stackalloc double[CategoryCount], second = stackalloc double[CategoryCount];
        if (!IsGraded)
        {
            Curve.LogProbabilities(theta, probabilities);
            for (var c = 0; c < probabilities.Length; c++)
            {
                probabilities[c] = Math.Exp(probabilities[c]);
            }
        }

        Curve.ByTheta(theta, probabilities, first, second);
        return (first[category], second[category]);
    }
}
