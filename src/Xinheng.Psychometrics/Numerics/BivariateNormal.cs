using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;

namespace Xinheng.Psychometrics;

/// <summary>Two standard normal variables with a correlation.</summary>
internal static class BivariateNormal
{
    private static readonly GaussLegendreRule Rule = new(0, 1, 64);

    /// <summary>
    /// P(X ≤ x, Y ≤ y) = Φ(x)Φ(y) + 1/2π ∫ exp(−(x² + y² − 2xy sin θ) / 2cos²θ) dθ from 0 to arcsin ρ (Sheppard 1900, Phil. Trans. A 192; the
    /// form of Drezner &amp; Wesolowsky 1990, J. Stat. Comput. Simul. 35, 101-107), by 64 Gauss-Legendre points.
    /// </summary>
    public static double Cdf(double x, double y, double rho)
    {
        if (double.IsPositiveInfinity(x) || double.IsPositiveInfinity(y))
        {
            return Normal.CDF(0, 1, Math.Min(x, y));
        }

        var (angle, sum) = (Math.Asin(rho), 0.0);
        for (var i = 0; i < Rule.Order; i++)
        {
            var (sin, cos) = Math.SinCos(angle * Rule.GetAbscissa(i));
            sum += Rule.GetWeight(i) * Math.Exp(-((x * x) + (y * y) - (2 * x * y * sin)) / (2 * cos * cos));
        }

        return (Normal.CDF(0, 1, x) * Normal.CDF(0, 1, y)) + (angle * sum / (2 * Math.PI));
    }

    /// <summary>Density at a place, which is also the derivative of <see cref="Cdf"/> by the correlation; 0 at infinity.</summary>
    public static double Density(double x, double y, double rho)
    {
        if (double.IsInfinity(x) || double.IsInfinity(y))
        {
            return 0;
        }

        var rest = 1 - (rho * rho);
        return Math.Exp(-((x * x) + (y * y) - (2 * rho * x * y)) / (2 * rest)) / (2 * Math.PI * Math.Sqrt(rest));
    }
}
