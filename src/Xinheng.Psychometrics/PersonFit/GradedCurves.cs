using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>Answer curves of an item of the graded response model; of two answers, the two-parameter logistic model.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. P(answer ≥ k) = 1 / (1 + exp(−a(θ − b_k))), scaling constant D = 1 (Samejima 1969, Psychometrika
/// Monograph 17). R: <c>mirt</c> writes aθ + d_k with d_k = −a b_k.
/// </remarks>
public sealed class GradedCurves : ICategoryCurves
{
    private readonly double[] _thresholds;

    /// <summary>Takes a slope and thresholds.</summary>
    /// <param name="slope">a: above 0.</param>
    /// <param name="thresholds">b_1 &lt; b_2 &lt; ..., one fewer than there are answers.</param>
    /// <exception cref="ArgumentException">The slope is not positive, or the thresholds do not ascend.</exception>
    public GradedCurves(double slope, IReadOnlyList<double> thresholds)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        if (!(slope > 0) || !double.IsFinite(slope))
        {
            throw new ArgumentException("The slope is not a positive number. An item that falls along the trait is turned round first.", nameof(slope));
        }

        for (var k = 0; k < thresholds.Count; k++)
        {
            if (!double.IsFinite(thresholds[k]) || (k > 0 && !(thresholds[k] > thresholds[k - 1])))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Threshold {k + 1} is not a number above the one before. Give thresholds in ascending order; an answer that nobody gives has none."), nameof(thresholds));
            }
        }

        if (thresholds.Count == 0)
        {
            throw new ArgumentException("There is no threshold. Give one fewer than there are answers.", nameof(thresholds));
        }

        Slope = slope;
        _thresholds = [.. thresholds];
    }

    /// <summary>Slope a.</summary>
    public double Slope { get; }

    /// <summary>Thresholds b.</summary>
    public IReadOnlyList<double> Thresholds => [.. _thresholds];

    /// <inheritdoc/>
    public int CategoryCount => _thresholds.Length + 1;

    /// <inheritdoc/>
    public void Evaluate(double ability, Span<double> probabilities, Span<double> first, Span<double> second)
    {
        var (above, aboveFirst, aboveSecond) = (1.0, 0.0, 0.0);
        for (var k = 0; k < _thresholds.Length; k++)
        {
            // Both tails directly, so that neither is a difference of numbers close to 1.
            var x = Slope * (ability - _thresholds[k]);
            var next = 1 / (1 + Math.Exp(-x));
            var rest = 1 / (1 + Math.Exp(x));
            var previousX = k == 0 ? 0 : Slope * (ability - _thresholds[k - 1]);
            probabilities[k] = k == 0 ? rest : x > 0 ? rest - (1 / (1 + Math.Exp(previousX))) : above - next;
            var (slope, bend) = (Slope * next * rest, Slope * Slope * next * rest * (rest - next));
            if (!first.IsEmpty)
            {
                first[k] = aboveFirst - slope;
            }

            if (!second.IsEmpty)
            {
                second[k] = aboveSecond - bend;
            }

            (above, aboveFirst, aboveSecond) = (next, slope, bend);
        }

        probabilities[_thresholds.Length] = above;
        if (!first.IsEmpty)
        {
            first[_thresholds.Length] = aboveFirst;
        }

        if (!second.IsEmpty)
        {
            second[_thresholds.Length] = aboveSecond;
        }
    }

    /// <summary>Number of answers and the parameters.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"graded item: a {Slope:F4}, b {string.Join(' ', _thresholds.Select(b => b.ToString("F4", CultureInfo.InvariantCulture)))}");
}
