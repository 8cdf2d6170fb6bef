using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>Whether people of two groups with the same sum answer one item differently.</summary>
/// <remarks>
/// Immutable and thread-safe. Signs: positive means the focal group gives higher answers than people of the reference group with the same matching score. A
/// difference is a reason to read the item, not a proof that it is unfair.
/// </remarks>
public sealed record ItemDifference
{
    internal ItemDifference()
    {
    }

    /// <summary>Id of the item.</summary>
    public required string Id { get; init; }

    /// <summary>Whether the item is among those that people are matched by.</summary>
    public required bool IsAnchor { get; init; }

    /// <summary>
    /// Common odds ratio of reference to focal group, Σ A D / N ÷ Σ B C / N over the sums (Mantel &amp; Haenszel 1959); items of two answers only. R: <c>mantelhaen.test(t)$estimate</c>.
    /// </summary>
    public required Estimate OddsRatio { get; init; }

    /// <summary>D-DIF = −2.35 ln odds ratio (Holland &amp; Thayer 1988).</summary>
    public required Estimate Delta { get; init; }

    /// <summary>Standard error of D-DIF, by the variance of the log odds ratio of Phillips &amp; Holland 1987, Biometrics 43, 425-431.</summary>
    public required Estimate DeltaError { get; init; }

    /// <summary>Mantel-Haenszel χ² with continuity correction (0 where the excess is below a half; R then leaves the correction out), one degree of freedom; items of two answers only. R: <c>mantelhaen.test(t)$statistic</c>, <c>difR::difMH</c>.</summary>
    public required Estimate MantelHaenszel { get; init; }

    /// <summary>
    /// Mantel χ² of the answers as numbers, one degree of freedom, no correction (Mantel 1963, J. Am. Stat. Assoc. 58, 690-700). Of two answers it is the
    /// Mantel-Haenszel χ² without correction. R: <c>vcdExtra::CMHtest(t, types = "cor")</c>.
    /// </summary>
    public required Estimate Mantel { get; init; }

    /// <summary>p of the Mantel-Haenszel χ² with correction for two answers, of the Mantel χ² for more.</summary>
    public required Estimate MantelP { get; init; }

    /// <summary>Generalised χ² of the answers as mere categories. R: <c>mantelhaen.test(t)$statistic</c>, without correction. Not positive definite where an answer does not occur beside others at any sum.</summary>
    public required Estimate Generalized { get; init; }

    /// <summary>Degrees of freedom of <see cref="Generalized"/>: answers that occur less one.</summary>
    public required int GeneralizedDf { get; init; }

    /// <summary>
    /// Standardised mean difference in points of the item: focal less reference mean at each sum, weighted by the focal people there (Dorans &amp; Kulick 1986, J. Educ.
    /// Meas. 23, 355-368). R, two answers: <c>difR::difStd</c>.
    /// </summary>
    public required Estimate MeanDifference { get; init; }

    /// <summary>The same in standard deviations (n − 1) of the item among all.</summary>
    public required Estimate MeanDifferenceInSd { get; init; }

    /// <summary>
    /// Class by D-DIF for two answers: A below 1 or not significant, C from 1.5 on and significantly above 1, else B (Zwick &amp; Ercikan 1989, J. Educ. Meas. 26, 55-66). For more answers by the
    /// standardised difference in SD: A up to 0.17 or not significant, B up to 0.25, C above (Zwick, Thayer &amp; Mazzeo 1997, Appl. Meas. Educ. 10, 321-344).
    /// </summary>
    public required DifClass Class { get; init; }

    /// <summary>Ordinal logistic regression of the item on the matching score, the group, and both.</summary>
    public required LogisticDifference Logistic { get; init; }

    /// <summary>One row of a table.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}: class {Class}, difference {MeanDifference} points ({MeanDifferenceInSd} SD), D {Delta}, Mantel p {MantelP}; {Logistic}");
}
