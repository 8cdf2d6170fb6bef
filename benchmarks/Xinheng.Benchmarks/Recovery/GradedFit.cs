using System.Numerics;
using System.Runtime.InteropServices;

namespace Xinheng.Benchmarks.Recovery;

/// <summary>Items of one latent variable fitted to answers by marginal maximum likelihood; the latent variable is standard normal.</summary>
/// <remarks>
/// EM over fixed quadrature points: Bock &amp; Aitkin 1981, Psychometrika 46, 443-459; items move by Fisher scoring. A missing
/// answer drops out of its person's likelihood. Standard errors come from the cross-products of the persons' scores, all items
/// together, with the delta method for thresholds.
/// </remarks>
internal sealed class GradedFit
{
    public const byte Missing = 0xFF;

    private const int Points = Quadrature.Count;
    private const int MaxCycles = 600;
    private const double Tolerance = 1e-4;

    private readonly byte[][] _answers;
    private readonly int[] _offsets;
    private double[] _logs = [];

    private GradedFit(byte[][] answers, int[] categories)
    {
        _answers = answers;
        _offsets = new int[categories.Length + 1];
        for (var item = 0; item < categories.Length; item++)
        {
            _offsets[item + 1] = _offsets[item] + categories[item];
        }

        Items = [.. categories.Select((count, item) => Start(item, count))];
    }

    public GradedItem[] Items { get; }

    /// <summary>Number of EM cycles that were needed.</summary>
    public int Cycles { get; private set; }

    /// <summary>Fits the items.</summary>
    /// <param name="answers">Per person, the category of each item from 0, or <see cref="Missing"/>.</param>
    /// <param name="categories">Number of categories of each item.</param>
    public static GradedFit Run(byte[][] answers, int[] categories)
    {
        var fit = new GradedFit(answers, categories);
        var change = double.MaxValue;
        while (change > Tolerance && fit.Cycles < MaxCycles)
        {
            var expected = fit.Expect();
            change = 0;
            for (var item = 0; item < fit.Items.Length; item++)
            {
                change = Math.Max(change, fit.Maximise(item, expected));
            }

            fit.Cycles++;
        }

        fit.Tabulate();
        return fit;
    }

    /// <summary>Likelihood of a person's answers at every point, highest 1.</summary>
    public void Likelihood(int person, Span<double> result)
    {
        Log(_answers[person], result);
        var highest = double.MinValue;
        foreach (var value in result)
        {
            highest = Math.Max(highest, value);
        }

        for (var q = 0; q < Points; q++)
        {
            result[q] = Math.Exp(result[q] - highest);
        }
    }

    /// <summary>Standard error of slope (0) and thresholds (k) of every item.</summary>
    public double[][] StandardErrors()
    {
        var first = new int[Items.Length + 1];
        for (var item = 0; item < Items.Length; item++)
        {
            first[item + 1] = first[item] + Items[item].ParameterCount;
        }

        var size = first[^1];
        var information = new double[size, size];
        var scores = ScoreTable();
        var (posterior, score) = (new double[Points], new double[size]);
        for (var person = 0; person < _answers.Length; person++)
        {
            Posterior(person, posterior);
            Array.Clear(score);
            for (var item = 0; item < Items.Length; item++)
            {
                if (_answers[person][item] is var answer && answer != Missing)
                {
                    for (var p = 0; p < Items[item].ParameterCount; p++)
                    {
                        var table = scores[_offsets[item] + answer][p];
                        for (var q = 0; q < Points; q++)
                        {
                            score[first[item] + p] += posterior[q] * table[q];
                        }
                    }
                }
            }

            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    information[i, j] += score[i] * score[j];
                    information[j, i] = information[i, j];
                }
            }
        }

        var covariance = SmallMatrix.Inverse(information);
        return
        [
            .. Items.Select((item, index) => Enumerable.Range(0, item.ParameterCount).Select(p =>
            {
                var (a, d) = (first[index], first[index] + p);
                if (p == 0)
                {
                    return Math.Sqrt(covariance[a, a]);
                }

                // b = -d / a
                var (byD, byA) = (-1 / item.Slope, item.Parameter(p) / (item.Slope * item.Slope));
                return Math.Sqrt((byD * byD * covariance[d, d]) + (byA * byA * covariance[a, a]) + (2 * byA * byD * covariance[a, d]));
            }).ToArray()),
        ];
    }

    private GradedItem Start(int item, int categories)
    {
        var counts = new double[categories];
        foreach (var person in _answers)
        {
            if (person[item] != Missing)
            {
                counts[person[item]]++;
            }
        }

        var total = counts.Sum() + categories;
        var intercepts = new double[categories - 1];
        for (var k = 1; k < categories; k++)
        {
            var above = (counts[k..].Sum() + (categories - k)) / total;
            intercepts[k - 1] = 1.4 * Math.Log(above / (1 - above));
        }

        return new GradedItem(1.4, intercepts);
    }

    /// <summary>Logarithms of all category probabilities at all points.</summary>
    private void Tabulate()
    {
        _logs = new double[_offsets[^1] * Points];
        Span<double> probabilities = stackalloc double[16];
        for (var item = 0; item < Items.Length; item++)
        {
            for (var q = 0; q < Points; q++)
            {
                Items[item].Probabilities(Quadrature.Points[q], probabilities);
                for (var c = 0; c < Items[item].Categories; c++)
                {
                    _logs[((_offsets[item] + c) * Points) + q] = Math.Log(probabilities[c]);
                }
            }
        }
    }

    private void Log(ReadOnlySpan<byte> answers, Span<double> result)
    {
        result.Clear();
        var sums = MemoryMarshal.Cast<double, Vector<double>>(result);
        for (var item = 0; item < answers.Length; item++)
        {
            if (answers[item] != Missing)
            {
                var row = MemoryMarshal.Cast<double, Vector<double>>(_logs.AsSpan((_offsets[item] + answers[item]) * Points, Points));
                for (var v = 0; v < sums.Length; v++)
                {
                    sums[v] += row[v];
                }
            }
        }
    }

    private void Posterior(int person, Span<double> result)
    {
        Likelihood(person, result);
        var sum = 0.0;
        for (var q = 0; q < Points; q++)
        {
            sum += result[q] *= Quadrature.Weights[q];
        }

        for (var q = 0; q < Points; q++)
        {
            result[q] /= sum;
        }
    }

    /// <summary>Expected number of answers in each category at each point.</summary>
    private double[] Expect()
    {
        Tabulate();
        var expected = new double[_logs.Length];
        Span<double> posterior = stackalloc double[Points];
        var mass = MemoryMarshal.Cast<double, Vector<double>>(posterior);
        for (var person = 0; person < _answers.Length; person++)
        {
            Posterior(person, posterior);
            for (var item = 0; item < Items.Length; item++)
            {
                if (_answers[person][item] is var answer && answer != Missing)
                {
                    var row = MemoryMarshal.Cast<double, Vector<double>>(expected.AsSpan((_offsets[item] + answer) * Points, Points));
                    for (var v = 0; v < row.Length; v++)
                    {
                        row[v] += mass[v];
                    }
                }
            }
        }

        return expected;
    }

    /// <summary>Moves one item to its maximum.</summary>
    /// <returns>The largest change of a parameter.</returns>
    private double Maximise(int index, double[] expected)
    {
        var before = Items[index];
        for (var step = 0; step < 5 && ScoreItem(index, expected) > Tolerance / 10; step++)
        {
        }

        return Enumerable.Range(0, before.ParameterCount).Max(p => Math.Abs(Items[index].Parameter(p) - before.Parameter(p)));
    }

    private double ScoreItem(int index, double[] expected)
    {
        var item = Items[index];
        var size = item.ParameterCount;
        var (gradient, information) = (new double[size], new double[size, size]);
        Span<double> probabilities = stackalloc double[16];
        Span<double> derivative = stackalloc double[16];
        for (var q = 0; q < Points; q++)
        {
            item.Probabilities(Quadrature.Points[q], probabilities);
            var people = 0.0;
            for (var c = 0; c < item.Categories; c++)
            {
                people += expected[((_offsets[index] + c) * Points) + q];
            }

            for (var c = 0; c < item.Categories; c++)
            {
                item.Derivatives(Quadrature.Points[q], c, derivative[..size]);
                var answers = expected[((_offsets[index] + c) * Points) + q];
                for (var i = 0; i < size; i++)
                {
                    gradient[i] += answers * derivative[i] / probabilities[c];
                    for (var j = 0; j < size; j++)
                    {
                        information[i, j] += people * derivative[i] * derivative[j] / probabilities[c];
                    }
                }
            }
        }

        var step = SmallMatrix.Multiply(SmallMatrix.Inverse(information), gradient);
        for (var halving = 0; halving < 20; halving++)
        {
            if (item.Moved(step) is { } moved)
            {
                Items[index] = moved;
                return step.Max(Math.Abs);
            }

            step = [.. step.Select(s => s / 2)];
        }

        return 0;
    }

    /// <summary>Derivatives of the log-probability of every category by every parameter of its item, at all points.</summary>
    private double[][][] ScoreTable()
    {
        var table = new double[_offsets[^1]][][];
        Span<double> probabilities = stackalloc double[16];
        Span<double> derivative = stackalloc double[16];
        for (var item = 0; item < Items.Length; item++)
        {
            var size = Items[item].ParameterCount;
            for (var c = 0; c < Items[item].Categories; c++)
            {
                var rows = table[_offsets[item] + c] = [.. Enumerable.Range(0, size).Select(_ => new double[Points])];
                for (var q = 0; q < Points; q++)
                {
                    Items[item].Probabilities(Quadrature.Points[q], probabilities);
                    Items[item].Derivatives(Quadrature.Points[q], c, derivative[..size]);
                    for (var p = 0; p < size; p++)
                    {
                        rows[p][q] = derivative[p] / probabilities[c];
                    }
                }
            }
        }

        return table;
    }
}
