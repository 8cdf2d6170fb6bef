namespace Xinheng.Psychometrics;

/// <summary>Triangular factor L of a symmetric positive definite matrix, LL'.</summary>
internal sealed class Cholesky
{
    /// <summary>Below this share of its diagonal element a pivot counts as zero.</summary>
    private const double Singular = 1e-12;

    private readonly double[,] _factor;

    private Cholesky(double[,] factor) => _factor = factor;

    /// <summary>Factors a matrix; <see langword="null"/> where it is not positive definite as far as doubles can tell.</summary>
    public static Cholesky? Of(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var factor = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++)
                {
                    sum -= factor[i, k] * factor[j, k];
                }

                if (i > j)
                {
                    factor[i, j] = sum / factor[j, j];
                }
                else if (!(sum > Singular * Math.Abs(matrix[i, i])))
                {
                    return null;
                }
                else
                {
                    factor[i, i] = Math.Sqrt(sum);
                }
            }
        }

        return new Cholesky(factor);
    }

    /// <summary>The solution x of LL'x = right.</summary>
    public double[] Solve(ReadOnlySpan<double> right)
    {
        var x = right.ToArray();
        for (var i = 0; i < x.Length; i++)
        {
            for (var k = 0; k < i; k++)
            {
                x[i] -= _factor[i, k] * x[k];
            }

            x[i] /= _factor[i, i];
        }

        for (var i = x.Length - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < x.Length; k++)
            {
                x[i] -= _factor[k, i] * x[k];
            }

            x[i] /= _factor[i, i];
        }

        return x;
    }

    /// <summary>The inverse of the matrix.</summary>
    public double[,] Inverse()
    {
        var n = _factor.GetLength(0);
        var inverse = new double[n, n];
        var unit = new double[n];
        for (var j = 0; j < n; j++)
        {
            unit[j] = 1;
            var column = Solve(unit);
            unit[j] = 0;
            for (var i = 0; i < n; i++)
            {
                inverse[i, j] = column[i];
            }
        }

        return inverse;
    }
}
