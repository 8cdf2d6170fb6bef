using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>A two-sided confidence interval.</summary>
/// <param name="Lower">Lower bound; NaN when the statistic has no value.</param>
/// <param name="Upper">Upper bound; NaN when the statistic has no value.</param>
/// <param name="Level">Confidence level, such as 0.95.</param>
/// <remarks>Immutable and thread-safe. <c>default</c> is the point 0 at level 0.</remarks>
public readonly record struct ConfidenceInterval(double Lower, double Upper, double Level)
{
    /// <summary>Both bounds to four decimals; <c>none</c> where there is no interval.</summary>
    public override string ToString() => double.IsNaN(Lower) ? "none" : string.Create(CultureInfo.InvariantCulture, $"[{Lower:F4}, {Upper:F4}]");

    internal static ConfidenceInterval None(double level) => new(double.NaN, double.NaN, level);

    internal static void CheckLevel(double level)
    {
        if (!(level > 0 && level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), "A confidence level lies between 0 and 1, for example 0.95.");
        }
    }
}
