using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Xinheng.Psychometrics;

/// <summary>What statistics need of a symmetric matrix.</summary>
internal static class Symmetric
{
    /// <summary>Below this share of the largest eigenvalue the smallest one counts as zero.</summary>
    private const double Singular = 1e-12;

    /// <summary>Eigenvalues in descending order, with unit eigenvectors as columns.</summary>
    public static (double[] Values, double[,] Vectors) Eigen(double[,] matrix)
    {
        var k = matrix.GetLength(0);
        var evd = Matrix<double>.Build.DenseOfArray(matrix).Evd(Symmetricity.Symmetric);
        var values = new double[k];
        var vectors = new double[k, k];
        for (var m = 0; m < k; m++)
        {
            values[m] = evd.EigenValues[k - 1 - m].Real;
            for (var i = 0; i < k; i++)
            {
                vectors[i, m] = evd.EigenVectors[i, k - 1 - m];
            }
        }

        return (values, vectors);
    }

    /// <summary>The inverse; <see langword="null"/> where the matrix is empty, not finite, or not positive definite as far as doubles can tell.</summary>
    public static double[,]? Inverse(double[,] matrix)
    {
        if (matrix.Length == 0 || !double.IsFinite(Sum(matrix)))
        {
            return null;
        }

        var (values, vectors) = Eigen(matrix);
        if (!(values[^1] > Singular * values[0]))
        {
            return null;
        }

        var k = values.Length;
        var inverse = new double[k, k];
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = 0.0;
                for (var m = 0; m < k; m++)
                {
                    sum += vectors[i, m] * vectors[j, m] / values[m];
                }

                inverse[i, j] = inverse[j, i] = sum;
            }
        }

        return inverse;
    }

    /// <summary>
    /// Variance of each item that the others do not explain, in units of the matrix: 1 / the diagonal of the inverse. With a matrix of
    /// correlations 1 less this is the squared multiple correlation. <see langword="null"/> where there is no inverse.
    /// </summary>
    public static double[]? ResidualVariances(double[,] matrix) => Inverse(matrix) is not { } inverse ? null
        : [.. Enumerable.Range(0, inverse.GetLength(0)).Select(i => 1 / inverse[i, i])];

    /// <summary>Solves for x in matrix * x = right; <see langword="null"/> where the matrix is not positive definite.</summary>
    public static double[]? Solve(double[,] matrix, double[] right)
    {
        var (values, vectors) = Eigen(matrix);
        if (!(values[^1] > Singular * values[0]))
        {
            return null;
        }

        var solution = new double[right.Length];
        for (var m = 0; m < values.Length; m++)
        {
            var share = 0.0;
            for (var i = 0; i < right.Length; i++)
            {
                share += vectors[i, m] * right[i];
            }

            for (var i = 0; i < right.Length; i++)
            {
                solution[i] += vectors[i, m] * share / values[m];
            }
        }

        return solution;
    }

    public static double Sum(double[,] matrix)
    {
        var sum = 0.0;
        foreach (var value in matrix)
        {
            sum += value;
        }

        return sum;
    }

    public static double Trace(double[,] matrix) => Enumerable.Range(0, matrix.GetLength(0)).Sum(i => matrix[i, i]);

    /// <summary>Covariances over the standard deviations on the diagonal; NaN where one is zero. Under pairwise treatment these are other people than those of a correlation.</summary>
    public static double[,] Standardize(double[,] covariances)
    {
        var k = covariances.GetLength(0);
        var standardized = new double[k, k];
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                standardized[i, j] = !(covariances[i, i] > 0 && covariances[j, j] > 0) ? double.NaN
                    : i == j ? 1
                    : covariances[i, j] / Math.Sqrt(covariances[i, i] * covariances[j, j]);
            }
        }

        return standardized;
    }

    /// <summary>The matrix without one row and the column of the same place.</summary>
    public static double[,] Without(double[,] matrix, int place)
    {
        var k = matrix.GetLength(0) - 1;
        var rest = new double[k, k];
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                rest[i, j] = matrix[i < place ? i : i + 1, j < place ? j : j + 1];
            }
        }

        return rest;
    }
}
