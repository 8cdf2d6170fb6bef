namespace Xinheng.Benchmarks.Recovery;

/// <summary>What the estimators need of linear algebra.</summary>
internal static class SmallMatrix
{
    /// <summary>Inverse of a symmetric positive definite matrix (Gauss-Jordan with pivots).</summary>
    public static double[,] Inverse(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var left = (double[,])matrix.Clone();
        var right = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            right[i, i] = 1;
        }

        for (var column = 0; column < n; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < n; row++)
            {
                pivot = Math.Abs(left[row, column]) > Math.Abs(left[pivot, column]) ? row : pivot;
            }

            for (var k = 0; k < n; k++)
            {
                (left[column, k], left[pivot, k]) = (left[pivot, k], left[column, k]);
                (right[column, k], right[pivot, k]) = (right[pivot, k], right[column, k]);
            }

            var divisor = left[column, column];
            for (var k = 0; k < n; k++)
            {
                left[column, k] /= divisor;
                right[column, k] /= divisor;
            }

            for (var row = 0; row < n; row++)
            {
                var factor = left[row, column];
                if (row == column || factor == 0)
                {
                    continue;
                }

                for (var k = 0; k < n; k++)
                {
                    left[row, k] -= factor * left[column, k];
                    right[row, k] -= factor * right[column, k];
                }
            }
        }

        return right;
    }

    public static double[] Multiply(double[,] matrix, double[] vector) =>
        [.. Enumerable.Range(0, vector.Length).Select(i => Enumerable.Range(0, vector.Length).Sum(j => matrix[i, j] * vector[j]))];
}
