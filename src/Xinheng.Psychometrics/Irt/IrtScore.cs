using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>A person's place on the latent trait.</summary>
/// <param name="Theta">The place; NaN without any answer; infinite where maximum likelihood has no maximum.</param>
/// <param name="StandardError">Its standard error, or the posterior standard deviation; NaN where there is none.</param>
/// <remarks>Immutable and thread-safe. <c>default</c> is 0 with an error of 0, which no scoring gives.</remarks>
public readonly record struct IrtScore(double Theta, double StandardError)
{
    /// <summary>Both to four decimals.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Theta:F4} ({StandardError:F4})");
}
