using System.Numerics;
using System.Runtime.InteropServices;

namespace Xinheng.Psychometrics;

/// <summary>
/// Equally spaced points of the latent trait with the normal density on them, made to a sum of 1: for smooth integrands over the whole
/// line this rule is exact to the digits of a double once the step is about the width of the posterior or less.
/// </summary>
internal sealed class IrtGrid
{
    private const int Lanes = 8;

    public IrtGrid(int points, double reach, double mean, double deviation)
    {
        Count = points;
        Stride = (points + Lanes - 1) / Lanes * Lanes;
        Points = new double[Stride];
        LogWeights = new double[Stride];
        Array.Fill(LogWeights, double.NegativeInfinity);
        var total = 0.0;
        for (var q = 0; q < points; q++)
        {
            // Counted from the middle, so that the grid is as symmetric as its formula.
            var x = reach * ((2.0 * q) - (points - 1)) / (points - 1);
            Points[q] = mean + (deviation * x);
            LogWeights[q] = -x * x / 2;
            total += Math.Exp(LogWeights[q]);
        }

        for (var q = 0; q < points; q++)
        {
            LogWeights[q] -= Math.Log(total);
        }
    }

    public int Count { get; }

    /// <summary>Length of a row, a multiple of the width of every vector; what lies beyond the points has weight 0.</summary>
    public int Stride { get; }

    public double[] Points { get; }

    public double[] LogWeights { get; }

    /// <summary>Logarithms of the probabilities of an item: one row per category.</summary>
    public double[] Rows(ItemCurve curve)
    {
        var rows = new double[curve.Categories * Stride];
        Span<double> logs = stackalloc double[curve.Categories];
        for (var q = 0; q < Count; q++)
        {
            curve.LogProbabilities(Points[q], logs);
            for (var c = 0; c < logs.Length; c++)
            {
                rows[(c * Stride) + q] = logs[c];
            }
        }

        return rows;
    }

    /// <summary>Adds a row to a sum.</summary>
    public static void Add(Span<double> sum, ReadOnlySpan<double> row)
    {
        var target = MemoryMarshal.Cast<double, Vector<double>>(sum);
        var source = MemoryMarshal.Cast<double, Vector<double>>(row);
        for (var v = 0; v < target.Length; v++)
        {
            target[v] += source[v];
        }
    }

    /// <summary>Products of two rows, point by point.</summary>
    public static void Multiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> result)
    {
        var a = MemoryMarshal.Cast<double, Vector<double>>(left);
        var b = MemoryMarshal.Cast<double, Vector<double>>(right);
        var product = MemoryMarshal.Cast<double, Vector<double>>(result);
        for (var v = 0; v < product.Length; v++)
        {
            product[v] = a[v] * b[v];
        }
    }

    /// <summary>Sum of the products of two rows.</summary>
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var a = MemoryMarshal.Cast<double, Vector<double>>(left);
        var b = MemoryMarshal.Cast<double, Vector<double>>(right);
        var sum = Vector<double>.Zero;
        for (var v = 0; v < a.Length; v++)
        {
            sum += a[v] * b[v];
        }

        return Vector.Sum(sum);
    }

    /// <summary>Turns logarithms into shares of <paramref name="mass"/>, in place.</summary>
    /// <returns>Logarithm of the sum of what the logarithms stand for.</returns>
    public static double Normalize(Span<double> logs, double mass)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(logs);
        var highest = vectors[0];
        for (var v = 1; v < vectors.Length; v++)
        {
            highest = Vector.Max(highest, vectors[v]);
        }

        var top = highest[0];
        for (var lane = 1; lane < Vector<double>.Count; lane++)
        {
            top = Math.Max(top, highest[lane]);
        }

        var (peak, sums) = (new Vector<double>(top), Vector<double>.Zero);
        for (var v = 0; v < vectors.Length; v++)
        {
            sums += vectors[v] = Vector.Exp(vectors[v] - peak);
        }

        var total = Vector.Sum(sums);
        var factor = new Vector<double>(mass / total);
        for (var v = 0; v < vectors.Length; v++)
        {
            vectors[v] *= factor;
        }

        return top + Math.Log(total);
    }

    /// <summary>Mean and standard deviation of the trait under shares of 1.</summary>
    public (double Mean, double Deviation) Moments(ReadOnlySpan<double> shares)
    {
        var weights = MemoryMarshal.Cast<double, Vector<double>>(shares);
        var points = MemoryMarshal.Cast<double, Vector<double>>(Points.AsSpan());
        var sum = Vector<double>.Zero;
        for (var v = 0; v < weights.Length; v++)
        {
            sum += weights[v] * points[v];
        }

        var mean = Vector.Sum(sum);
        var (middle, squares) = (new Vector<double>(mean), Vector<double>.Zero);
        for (var v = 0; v < weights.Length; v++)
        {
            var distance = points[v] - middle;
            squares += weights[v] * distance * distance;
        }

        return (mean, Math.Sqrt(Vector.Sum(squares)));
    }
}
