using MathNet.Numerics.Distributions;

namespace Xinheng.Psychometrics;

/// <summary>Confidence intervals of coefficient alpha.</summary>
internal static class AlphaInterval
{
    /// <summary>
    /// From the F distribution with n − 1 and (n − 1)(k − 1) degrees of freedom; exact for normal items of equal covariances.
    /// Feldt 1965, Psychometrika 30, 357-370.
    /// </summary>
    public static ConfidenceInterval Feldt(double alpha, long n, int k, double level)
    {
        var (first, second) = (n - 1.0, (n - 1.0) * (k - 1));
        return new(
            1 - ((1 - alpha) * FisherSnedecor.InvCDF(first, second, 1 - ((1 - level) / 2))),
            1 - ((1 - alpha) * FisherSnedecor.InvCDF(first, second, (1 - level) / 2)),
            level);
    }

    /// <summary>Normal in ln(1 − α), variance 2k / ((k − 1)(n − 2)). Bonett 2002, J. Educ. Behav. Stat. 27, 335-340.</summary>
    public static ConfidenceInterval Bonett(double alpha, long n, int k, double level)
    {
        var width = Quantile(level) * Math.Sqrt(2.0 * k / ((k - 1.0) * (n - 2)));
        return new(1 - ((1 - alpha) * Math.Exp(width)), 1 - ((1 - alpha) * Math.Exp(-width)), level);
    }

    /// <summary>
    /// Asymptotic standard error that does not ask for equal covariances: van Zyl, Neudecker &amp; Nel 2000, Psychometrika 65, 271-280;
    /// Duhachek &amp; Iacobucci 2004, J. Appl. Psychol. 89, 792-808.
    /// </summary>
    public static double StandardError(double[,] c, long n)
    {
        var k = c.GetLength(0);
        var (total, trace, traceOfSquare, sumOfSquare) = (Symmetric.Sum(c), Symmetric.Trace(c), 0.0, 0.0);
        for (var i = 0; i < k; i++)
        {
            var row = 0.0;
            for (var j = 0; j < k; j++)
            {
                row += c[i, j];
                traceOfSquare += c[i, j] * c[i, j];
            }

            sumOfSquare += row * row;
        }

        var q = 2.0 * k * k / ((k - 1.0) * (k - 1.0) * total * total * total)
            * ((total * (traceOfSquare + (trace * trace))) - (2 * trace * sumOfSquare));
        return Math.Sqrt(q / n);
    }

    public static double Quantile(double level) => Normal.InvCDF(0, 1, (1 + level) / 2);
}
