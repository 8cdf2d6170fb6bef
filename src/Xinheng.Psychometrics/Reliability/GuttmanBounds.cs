using System.Numerics;

namespace Xinheng.Psychometrics;

/// <summary>Guttman's lower bounds of the reliability of a sum, from one matrix of covariances or correlations.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. Guttman 1945, Psychometrika 10(4), 255-282. Each is a lower bound in the
/// population only; λ4 and λ6 capitalise on chance in small samples. R: <c>psych::guttman(cor(x))</c> gives those of standardized items.
/// </remarks>
public sealed class GuttmanBounds
{
    /// <summary>Up to so many items all halvings are tried for <see cref="Lambda4"/>; beyond, it has no value.</summary>
    public const int MostItemsForLambda4 = 16;

    internal GuttmanBounds(EstimateStatus status)
    {
        Lambda1 = Lambda2 = Lambda3 = Lambda4 = Lambda5 = Lambda6 = Estimate.None(status);
    }

    internal GuttmanBounds(double[,] matrix)
    {
        var k = matrix.GetLength(0);
        var total = Symmetric.Sum(matrix);
        if (!(total > 0))
        {
            Lambda1 = Lambda2 = Lambda3 = Lambda4 = Lambda5 = Lambda6 = Estimate.None(EstimateStatus.NoVariance);
            return;
        }

        var one = 1 - (Symmetric.Trace(matrix) / total);
        var (all, most) = (0.0, 0.0);
        for (var j = 0; j < k; j++)
        {
            var column = 0.0;
            for (var i = 0; i < k; i++)
            {
                column += i == j ? 0 : matrix[i, j] * matrix[i, j];
            }

            (all, most) = (all + column, Math.Max(most, column));
        }

        Lambda1 = Estimate.Of(one);
        Lambda2 = Estimate.Of(one + (Math.Sqrt((double)k / (k - 1) * all) / total));
        Lambda3 = Estimate.Of((double)k / (k - 1) * one);
        Lambda5 = Estimate.Of(one + (2 * Math.Sqrt(most) / total));
        Lambda4 = k > MostItemsForLambda4 ? Estimate.None(EstimateStatus.TooManyItems) : Estimate.Of(Halvings(k).Max(half => SplitHalfCoefficient(matrix, half, total)));
        Lambda6 = Symmetric.ResidualVariances(matrix) is { } residuals ? Estimate.Of(1 - (residuals.Sum() / total)) : Estimate.None(EstimateStatus.NotPositiveDefinite);
    }

    /// <summary>λ1 = 1 − tr C / ΣC.</summary>
    public Estimate Lambda1 { get; }

    /// <summary>λ2 = λ1 + √(k/(k−1) · Σ c²ij, i ≠ j) / ΣC; never below λ3.</summary>
    public Estimate Lambda2 { get; }

    /// <summary>λ3 = k/(k−1) · λ1: coefficient alpha.</summary>
    public Estimate Lambda3 { get; }

    /// <summary>
    /// λ4: the largest split-half coefficient 4 · cov(A, B) / ΣC over all halvings, with halves that differ by one item where k is odd.
    /// <see cref="EstimateStatus.TooManyItems"/> beyond <see cref="MostItemsForLambda4"/> items.
    /// </summary>
    public Estimate Lambda4 { get; }

    /// <summary>λ5 = λ1 + 2 √(max over j of Σ c²ij, i ≠ j) / ΣC.</summary>
    public Estimate Lambda5 { get; }

    /// <summary>λ6 = 1 − Σ e²i / ΣC, with e²i the variance of an item that the others do not explain.</summary>
    public Estimate Lambda6 { get; }

    /// <summary>Halves as bits, each pair of halves once: sizes k/2, or (k−1)/2 and the rest.</summary>
    internal static IEnumerable<uint> Halvings(int items)
    {
        var size = items / 2;
        for (var half = (1u << size) - 1; half >> items == 0;)
        {
            // With equal halves the one that holds the first item stands for both.
            if (items % 2 == 1 || (half & 1) == 1)
            {
                yield return half;
            }

            // The next number with as many bits.
            var lowest = half & (~half + 1);
            var ripple = half + lowest;
            half = ripple | ((half ^ ripple) >> (2 + BitOperations.TrailingZeroCount(lowest)));
        }
    }

    internal static double SplitHalfCoefficient(double[,] matrix, uint half, double total)
    {
        var k = matrix.GetLength(0);
        var between = 0.0;
        for (var i = 0; i < k; i++)
        {
            if ((half >> i & 1) == 0)
            {
                continue;
            }

            for (var j = 0; j < k; j++)
            {
                between += (half >> j & 1) == 0 ? matrix[i, j] : 0;
            }
        }

        return 4 * between / total;
    }
}
