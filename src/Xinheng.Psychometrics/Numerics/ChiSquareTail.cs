using MathNet.Numerics;

namespace Xinheng.Psychometrics;

/// <summary>Upper tail of the χ² distribution, also a noncentral one, without loss where it is small.</summary>
internal static class ChiSquareTail
{
    /// <summary>P(χ² > value).</summary>
    public static double Of(double value, int degreesOfFreedom) => value <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2.0, value / 2);

    /// <summary>P(χ² ≤ value) with noncentrality λ: central probabilities, Poisson(λ/2) weights, summed from the largest weight outwards.</summary>
    public static double Cdf(double value, int degreesOfFreedom, double noncentrality)
    {
        if (value <= 0)
        {
            return 0;
        }

        var mean = noncentrality / 2;
        var middle = (int)mean;
        var sum = 0.0;
        foreach (var direction in new[] { 1, -1 })
        {
            for (var j = direction > 0 ? middle : middle - 1; j >= 0; j += direction)
            {
                var weight = mean == 0 ? (j == 0 ? 1 : 0) : Math.Exp((j * Math.Log(mean)) - mean - SpecialFunctions.GammaLn(j + 1));
                sum += weight * SpecialFunctions.GammaLowerRegularized((degreesOfFreedom / 2.0) + j, value / 2);
                if (weight < 1e-17)
                {
                    break;
                }
            }
        }

        return sum;
    }

    /// <summary>The noncentrality under which P(χ² ≤ value) is a probability; 0 where it is lower even without noncentrality.</summary>
    public static double Noncentrality(double value, int degreesOfFreedom, double probability)
    {
        if (Cdf(value, degreesOfFreedom, 0) < probability)
        {
            return 0;
        }

        var (low, high) = (0.0, Math.Max(10, 2 * value));
        while (Cdf(value, degreesOfFreedom, high) > probability)
        {
            high *= 2;
        }

        while (high - low > 1e-10 * (1 + high))
        {
            var middle = (low + high) / 2;
            (low, high) = Cdf(value, degreesOfFreedom, middle) > probability ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
