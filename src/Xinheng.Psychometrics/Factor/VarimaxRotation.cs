using MathNet.Numerics.LinearAlgebra;

namespace Xinheng.Psychometrics;

/// <summary>Varimax, and promax from it.</summary>
internal static class VarimaxRotation
{
    private const int MaxSweeps = 1_000;

    private const double Tolerance = 1e-10;

    /// <summary>The power of promax.</summary>
    private const double Power = 4;

    /// <summary>
    /// Turns every pair of factors to the largest variance of squared loadings, rows at length 1, until no pair turns any more (Kaiser 1958).
    /// </summary>
    /// <returns>Loadings, and whether the turning came to an end.</returns>
    public static (double[,] Loadings, bool Converged) Varimax(double[,] loadings)
    {
        var (items, factors) = (loadings.GetLength(0), loadings.GetLength(1));
        var lengths = new double[items];
        var turned = (double[,])loadings.Clone();
        for (var i = 0; i < items; i++)
        {
            lengths[i] = Math.Sqrt(Enumerable.Range(0, factors).Sum(f => loadings[i, f] * loadings[i, f]));
            for (var f = 0; f < factors && lengths[i] > 0; f++)
            {
                turned[i, f] /= lengths[i];
            }
        }

        var converged = false;
        for (var sweep = 0; sweep < MaxSweeps && !converged; sweep++)
        {
            var widest = 0.0;
            for (var p = 0; p < factors; p++)
            {
                for (var q = p + 1; q < factors; q++)
                {
                    widest = Math.Max(widest, Math.Abs(Turn(turned, p, q)));
                }
            }

            converged = widest < Tolerance;
        }

        for (var i = 0; i < items; i++)
        {
            for (var f = 0; f < factors; f++)
            {
                turned[i, f] *= lengths[i];
            }
        }

        return (turned, converged);
    }

    /// <summary>Promax: the oblique turn that brings varimax loadings nearest to their own fourth powers, signs kept.</summary>
    /// <returns>Pattern and correlations of the factors.</returns>
    public static (double[,] Pattern, double[,] FactorCorrelations) Promax(double[,] varimax)
    {
        var a = Matrix<double>.Build.DenseOfArray(varimax);
        var target = a.Map(x => Math.Sign(x) * Math.Pow(Math.Abs(x), Power));
        var turn = a.TransposeThisAndMultiply(a).Inverse() * a.TransposeThisAndMultiply(target);
        // Columns at the length that gives the factors variance 1.
        var lengths = turn.TransposeThisAndMultiply(turn).Inverse().Diagonal().PointwiseSqrt();
        turn *= Matrix<double>.Build.DenseOfDiagonalVector(lengths);
        return ((a * turn).ToArray(), turn.TransposeThisAndMultiply(turn).Inverse().ToArray());
    }

    private static double Turn(double[,] loadings, int p, int q)
    {
        var items = loadings.GetLength(0);
        var (sumU, sumV, sumUv, sumSquares) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < items; i++)
        {
            var (x, y) = (loadings[i, p], loadings[i, q]);
            var (u, v) = ((x * x) - (y * y), 2 * x * y);
            sumU += u;
            sumV += v;
            sumUv += u * v;
            sumSquares += (u * u) - (v * v);
        }

        var angle = Math.Atan2(2 * (sumUv - (sumU * sumV / items)), sumSquares - (((sumU * sumU) - (sumV * sumV)) / items)) / 4;
        var (sin, cos) = Math.SinCos(angle);
        for (var i = 0; i < items; i++)
        {
            var (x, y) = (loadings[i, p], loadings[i, q]);
            (loadings[i, p], loadings[i, q]) = ((x * cos) + (y * sin), (y * cos) - (x * sin));
        }

        return angle;
    }
}
