using MathNet.Numerics.LinearAlgebra;

namespace Xinheng.Psychometrics;

/// <summary>Direct quartimin rotation (direct oblimin with γ = 0), without row normalisation.</summary>
/// <remarks>
/// Jennrich &amp; Sampson 1966, Psychometrika 31, 313-323; criterion and gradient as in Jennrich 2002, Psychometrika 67, 7-19. Its gradient
/// projection crawls along flat valleys, so the columns of the transformation are taken as directions without length and the criterion
/// is minimised over them by BFGS (Nocedal &amp; Wright 2006, ch. 6). The criterion has several minima; the lowest of those found from the
/// unrotated position and from 30 random ones (fixed seed) is taken. R: <c>GPArotation::oblimin(A)</c>, from one position.
/// </remarks>
internal static class ObliqueRotation
{
    private const int MaxIterations = 2_000;

    private const double Tolerance = 1e-8;

    private const int RandomStarts = 30;

    private const int Seed = 20261123;

    /// <summary>Rotates loadings.</summary>
    /// <returns>Pattern (items x factors), correlations of the factors, and whether the iteration came to an end.</returns>
    public static (double[,] Pattern, double[,] FactorCorrelations, bool Converged) Quartimin(double[,] loadings)
    {
        var a = Matrix<double>.Build.DenseOfArray(loadings);
        var random = new Random(Seed);
        var best = From(a, Matrix<double>.Build.DenseIdentity(a.ColumnCount));
        for (var start = 0; start < RandomStarts && a.ColumnCount > 1; start++)
        {
            var found = From(a, Matrix<double>.Build.Dense(a.ColumnCount, a.ColumnCount, (_, _) => random.NextDouble() - 0.5).QR().Q);

            // Minima that differ in their last digits are one: the first that was found stays.
            if (found.Converged && (!best.Converged || found.Value < best.Value - 1e-9))
            {
                best = found;
            }
        }

        return (best.Pattern.ToArray(), best.T.TransposeThisAndMultiply(best.T).ToArray(), best.Converged);
    }

    private static (double Value, Matrix<double> Pattern, Matrix<double> T, bool Converged) From(Matrix<double> a, Matrix<double> start)
    {
        var place = Vector<double>.Build.DenseOfArray(start.ToColumnMajorArray());
        var (value, slope, pattern, t) = Criterion(a, place);
        var inverse = Matrix<double>.Build.DenseIdentity(place.Count);
        var converged = slope.L2Norm() < Tolerance;
        for (var iteration = 0; iteration < MaxIterations && !converged; iteration++)
        {
            var direction = -(inverse * slope);
            if (!(direction * slope < 0))
            {
                (inverse, direction) = (Matrix<double>.Build.DenseIdentity(place.Count), -slope);
            }

            var moved = false;
            for (var length = 1.0; length > 1e-12 && !moved; length /= 2)
            {
                var next = place + (length * direction);
                var there = Criterion(a, next);
                if (there.Value <= value + (1e-4 * length * (direction * slope)))
                {
                    Update(ref inverse, next - place, there.Slope - slope);
                    (place, moved) = (next, true);
                    (value, slope, pattern, t) = there;
                }
            }

            // Where no step lowers the criterion any more, the digits of a double are used up.
            converged = slope.L2Norm() < (moved ? Tolerance : Math.Sqrt(Tolerance));
            if (!moved)
            {
                break;
            }
        }

        return (value, pattern, t, converged);
    }

    private static void Update(ref Matrix<double> inverse, Vector<double> step, Vector<double> change)
    {
        var curvature = step * change;
        if (curvature <= 1e-12 * step.L2Norm() * change.L2Norm())
        {
            return;
        }

        var image = inverse * change;
        inverse = inverse + (((curvature + (change * image)) / (curvature * curvature)) * step.OuterProduct(step)) - ((image.OuterProduct(step) + step.OuterProduct(image)) / curvature);
    }

    /// <summary>Sum over pairs of factors of Σ p²if p²ig, each pair once, at T with columns of length 1 in the given directions.</summary>
    private static (double Value, Vector<double> Slope, Matrix<double> Pattern, Matrix<double> T) Criterion(Matrix<double> loadings, Vector<double> directions)
    {
        var factors = loadings.ColumnCount;
        var columns = Matrix<double>.Build.DenseOfColumnMajor(factors, factors, directions);
        var lengths = columns.ColumnNorms(2);
        var t = columns.NormalizeColumns(2);
        var inverse = t.Inverse();
        var pattern = loadings.TransposeAndMultiply(inverse);
        var squares = pattern.PointwiseMultiply(pattern);
        var cross = squares * Matrix<double>.Build.Dense(factors, factors, (i, j) => i == j ? 0 : 1);
        var gradient = -(pattern.TransposeThisAndMultiply(2 * pattern.PointwiseMultiply(cross)) * inverse).Transpose();
        for (var f = 0; f < factors; f++)
        {
            gradient.SetColumn(f, (gradient.Column(f) - (t.Column(f) * (t.Column(f) * gradient.Column(f)))) / lengths[f]);
        }

        return (squares.PointwiseMultiply(cross).RowSums().Sum() / 2, Vector<double>.Build.DenseOfArray(gradient.ToColumnMajorArray()), pattern, t);
    }
}
