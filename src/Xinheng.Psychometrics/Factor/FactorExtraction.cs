namespace Xinheng.Psychometrics;

/// <summary>Extraction of orthogonal factors from correlations, by minimum residuals or maximum likelihood.</summary>
/// <remarks>
/// Both functions depend, after the loadings are eliminated, on the uniquenesses ψ alone: on the k - p eigenvalues that the factors do
/// not take, of R - Ψ (minimum residuals: Harman &amp; Jones 1966, Psychometrika 31, 351-368) or of Ψ^-½ R Ψ^-½ (maximum likelihood: Jöreskog 1967,
/// Psychometrika 32, 443-482). Newton's method with the exact second derivatives of Jöreskog's later account (1977, in Enslein, Ralston
/// &amp; Wilf, Statistical Methods for Digital Computers III); for ML in ln ψ. Uniquenesses stay within 0.005 and 1.
/// </remarks>
internal static class FactorExtraction
{
    /// <summary>No uniqueness goes below: an item whose variance is all common (Heywood case) would have a likelihood without end.</summary>
    public const double LowestUniqueness = 0.005;

    private const int MaxIterations = 500;

    private const double Tolerance = 1e-9;

    /// <summary>Whether k items determine p factors: (k - p)² at least k + p.</summary>
    public static bool IsIdentified(int items, int factors) => factors >= 1 && (items - factors) * (items - factors) >= items + factors;

    /// <summary>Extracts factors.</summary>
    /// <param name="correlations">Positive definite correlations.</param>
    /// <param name="factors">Number of factors, at least 1, that the items determine.</param>
    /// <param name="method">What is made smallest.</param>
    /// <returns><see langword="null"/> where the correlations are not positive definite.</returns>
    public static FactorSolution? Extract(double[,] correlations, int factors, ExtractionMethod method)
    {
        var k = correlations.GetLength(0);
        if (!IsIdentified(k, factors))
        {
            throw new ArgumentOutOfRangeException(nameof(factors), "So many factors are not determined by so few items.");
        }

        if (Symmetric.ResidualVariances(correlations) is not { } start)
        {
            return null;
        }

        // Jöreskog's start: the variance that the other items do not explain, less what p factors will take from it.
        var free = method == ExtractionMethod.MinimumResiduals ? (Func<double, double>)(x => x) : Math.Exp;
        var back = method == ExtractionMethod.MinimumResiduals ? (Func<double, double>)(x => x) : Math.Log;
        var (low, high) = (back(LowestUniqueness), back(1));
        var place = start.Select(u => back(Math.Clamp(u * (1 - (factors / (2.0 * k))), LowestUniqueness, 1))).ToArray();
        var now = Evaluate(correlations, [.. place.Select(free)], factors, method);
        var status = EstimateStatus.NotConverged;
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            // A place at a bound that the slope holds there is left out of the step.
            int[] moving = [.. Enumerable.Range(0, k).Where(i => !(place[i] <= low && now.Gradient[i] > 0) && !(place[i] >= high && now.Gradient[i] < 0))];
            if (moving.All(i => Math.Abs(now.Gradient[i]) < Tolerance))
            {
                status = EstimateStatus.Ok;
                break;
            }

            var step = Direction(now.Hessian, now.Gradient, moving) ?? Direction(now.Positive, now.Gradient, moving) ?? [.. moving.Select(i => -now.Gradient[i])];
            if (!TryStep(step))
            {
                // The function no longer falls within the digits of a double: done, unless the slope says otherwise.
                status = moving.All(i => Math.Abs(now.Gradient[i]) < Math.Sqrt(Tolerance)) ? EstimateStatus.Ok : EstimateStatus.NotConverged;
                break;
            }

            bool TryStep(double[] direction)
            {
                for (var length = 1.0; length > 1e-10; length /= 2)
                {
                    var next = (double[])place.Clone();
                    for (var m = 0; m < moving.Length; m++)
                    {
                        next[moving[m]] = Math.Clamp(place[moving[m]] + (length * direction[m]), low, high);
                    }

                    var there = Evaluate(correlations, [.. next.Select(free)], factors, method);
                    if (there.Value < now.Value)
                    {
                        (place, now) = (next, there);
                        return true;
                    }
                }

                return false;
            }
        }

        double[] uniquenesses = [.. place.Select(free)];
        status = status == EstimateStatus.Ok && Array.Exists(uniquenesses, u => u <= LowestUniqueness * (1 + 1e-9)) ? EstimateStatus.Boundary : status;
        return new FactorSolution(Loadings(now, uniquenesses, factors, method), uniquenesses, now.Value, status);
    }

    private static double[]? Direction(double[,] hessian, double[] gradient, int[] moving)
    {
        var part = new double[moving.Length, moving.Length];
        for (var a = 0; a < moving.Length; a++)
        {
            for (var b = 0; b < moving.Length; b++)
            {
                part[a, b] = hessian[moving[a], moving[b]];
            }
        }

        return Symmetric.Solve(part, [.. moving.Select(i => -gradient[i])]);
    }

    private static Point Evaluate(double[,] correlations, double[] uniquenesses, int factors, ExtractionMethod method)
    {
        var k = uniquenesses.Length;
        var likelihood = method == ExtractionMethod.MaximumLikelihood;
        var reduced = new double[k, k];
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                reduced[i, j] = likelihood
                    ? correlations[i, j] / Math.Sqrt(uniquenesses[i] * uniquenesses[j])
                    : correlations[i, j] - (i == j ? uniquenesses[i] : 0);
            }
        }

        var (values, vectors) = Symmetric.Eigen(reduced);
        var value = 0.0;
        var gradient = new double[k];
        for (var m = factors; m < k; m++)
        {
            value += likelihood ? values[m] - Math.Log(values[m]) - 1 : values[m] * values[m] / 2;
            for (var i = 0; i < k; i++)
            {
                gradient[i] += (likelihood ? 1 - values[m] : -values[m]) * vectors[i, m] * vectors[i, m];
            }
        }

        var (hessian, positive) = (new double[k, k], new double[k, k]);
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var (within, weighted, across) = (0.0, 0.0, 0.0);
                for (var m = factors; m < k; m++)
                {
                    var product = vectors[i, m] * vectors[j, m];
                    within += product;
                    weighted += product * values[m];
                    var sum = 0.0;
                    for (var n = 0; n < factors; n++)
                    {
                        sum += vectors[i, n] * vectors[j, n] * (likelihood
                            ? (1 - values[m]) * (values[m] + values[n]) / (values[n] - values[m])
                            : 2 * values[m] / (values[m] - values[n]));
                    }

                    across += product * sum;
                }

                // Pairs of eigenvalues left over: 1 each for least squares, their mean for ML, which is the product of two sums.
                hessian[i, j] = hessian[j, i] = (likelihood ? within * weighted : within * within) + across;
                positive[i, j] = positive[j, i] = within * within;
            }
        }

        return new Point(double.IsNaN(value) ? double.PositiveInfinity : value, gradient, hessian, positive, values, vectors);
    }

    private static double[,] Loadings(Point point, double[] uniquenesses, int factors, ExtractionMethod method)
    {
        var k = uniquenesses.Length;
        var loadings = new double[k, factors];
        for (var f = 0; f < factors; f++)
        {
            var sign = Enumerable.Range(0, k).Sum(i => point.Vectors[i, f]) < 0 ? -1 : 1;
            for (var i = 0; i < k; i++)
            {
                loadings[i, f] = sign * point.Vectors[i, f] * (method == ExtractionMethod.MaximumLikelihood
                    ? Math.Sqrt(Math.Max(0, point.Values[f] - 1) * uniquenesses[i])
                    : Math.Sqrt(Math.Max(0, point.Values[f])));
            }
        }

        return loadings;
    }

    /// <summary>The function at one place, with its derivatives; <c>Positive</c> is the part of the second ones that is never negative.</summary>
    private sealed record Point(double Value, double[] Gradient, double[,] Hessian, double[,] Positive, double[] Values, double[,] Vectors);
}
