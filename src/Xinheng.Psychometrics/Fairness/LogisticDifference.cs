using System.Globalization;
using MathNet.Numerics;

namespace Xinheng.Psychometrics;

/// <summary>Three proportional-odds regressions of one item: on the matching score; on the group too; on their product too.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. logit P(answer ≥ k) = τ_k + β₁ S + β₂ G + β₃ S G, G 1 in the focal group (Swaminathan &amp; Rogers 1990, J. Educ. Meas. 27, 361-370;
/// Zumbo 1999). Uniform: the group adds; non-uniform: the product adds. R: <c>rms::lrm(y ~ s)</c>, <c>lrm(y ~ s + g)</c>, <c>lrm(y ~ s * g)</c>, or <c>MASS::polr</c>.
/// With many people everything is significant: go by the effect.
/// </remarks>
public sealed class LogisticDifference
{
    /// <summary>Gain of Nagelkerke's R² from which a difference is moderate: 0.035 (Jodoin &amp; Gierl 2001, Appl. Meas. Educ. 14, 329-349).</summary>
    public const double ModerateGain = 0.035;

    /// <summary>Gain of Nagelkerke's R² from which a difference is large: 0.070.</summary>
    public const double LargeGain = 0.070;

    private readonly double[] _deviances;

    internal LogisticDifference(EstimateStatus status)
    {
        (Status, _deviances) = (status, []);
        MatchingSlope = GroupSlope = SlopeChange = Estimate.None(status);
    }

    internal LogisticDifference(double[] deviances, long persons, double matching, double matchingWithGroup, double group, double[] full)
    {
        (Status, _deviances, PersonCount) = (EstimateStatus.Ok, deviances, persons);
        (MatchingSlope, GroupSlope) = (Estimate.Of(matching), Estimate.Of(group));
        SlopeChange = Estimate.Of(Math.Abs((matchingWithGroup - matching) / matching));
        Full = full;
    }

    /// <summary>Whether the regressions came to an end.</summary>
    public EstimateStatus Status { get; }

    /// <summary>Number of people used.</summary>
    public long PersonCount { get; }

    /// <summary>Likelihood-ratio χ² of the group beside the matching score, one degree of freedom.</summary>
    public Estimate Uniform => Difference(1, 2);

    /// <summary>Likelihood-ratio χ² of the product beside both, one degree of freedom.</summary>
    public Estimate NonUniform => Difference(2, 3);

    /// <summary>Likelihood-ratio χ² of group and product, two degrees of freedom.</summary>
    public Estimate Total => Difference(1, 3);

    /// <summary>p of <see cref="Uniform"/>.</summary>
    public Estimate UniformP => P(Uniform, 1);

    /// <summary>p of <see cref="NonUniform"/>.</summary>
    public Estimate NonUniformP => P(NonUniform, 1);

    /// <summary>p of <see cref="Total"/>.</summary>
    public Estimate TotalP => P(Total, 2);

    /// <summary>Gain of Nagelkerke's R² by group and product.</summary>
    public Estimate NagelkerkeGain => Gain(Nagelkerke);

    /// <summary>Gain of McFadden's R² by group and product.</summary>
    public Estimate McFaddenGain => Gain(McFadden);

    /// <summary>β₁ of the matching score alone.</summary>
    public Estimate MatchingSlope { get; }

    /// <summary>β₂ of the group beside the matching score: the log odds ratio of higher answers in the focal group.</summary>
    public Estimate GroupSlope { get; }

    /// <summary>|β₁ with the group − β₁| / |β₁| (Crane et al. 2006, Med. Care 44, S115-S123).</summary>
    public Estimate SlopeChange { get; }

    /// <summary>Class by the gain of Nagelkerke's R², A where the total is not significant at 0.05.</summary>
    public DifClass Class => !TotalP.HasValue ? DifClass.None
        : TotalP.Value >= 0.05 || NagelkerkeGain.Value < ModerateGain ? DifClass.A
        : NagelkerkeGain.Value < LargeGain ? DifClass.B : DifClass.C;

    /// <summary>τ then β of the full regression.</summary>
    internal double[] Full { get; } = [];

    /// <summary>Deviance, −2 log likelihood.</summary>
    /// <param name="model">0: thresholds only; 1: matching score; 2: and group; 3: and product.</param>
    public Estimate Deviance(int model)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(model);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(model, 3);
        return Status == EstimateStatus.Ok ? Estimate.Of(_deviances[model]) : Estimate.None(Status);
    }

    /// <summary>1 − deviance / deviance of the thresholds (McFadden 1974).</summary>
    /// <param name="model">1 to 3 as in <see cref="Deviance"/>.</param>
    public Estimate McFadden(int model) => Deviance(model).HasValue ? Estimate.Of(1 - (_deviances[model] / _deviances[0])) : Deviance(model);

    /// <summary>(1 − exp((deviance − deviance of the thresholds) / n)) / (1 − exp(−deviance of the thresholds / n)) (Nagelkerke 1991, Biometrika 78, 691-692).</summary>
    /// <param name="model">1 to 3 as in <see cref="Deviance"/>.</param>
    public Estimate Nagelkerke(int model) => Deviance(model).HasValue
        ? Estimate.Of((1 - Math.Exp((_deviances[model] - _deviances[0]) / PersonCount)) / (1 - Math.Exp(-_deviances[0] / PersonCount)))
        : Deviance(model);

    /// <summary>The tests and the effect.</summary>
    public override string ToString() => Status == EstimateStatus.Ok
        ? string.Create(CultureInfo.InvariantCulture, $"logistic class {Class}: uniform {Uniform} (p {UniformP}), non-uniform {NonUniform} (p {NonUniformP}), gain of R² {NagelkerkeGain} Nagelkerke, {McFaddenGain} McFadden")
        : $"logistic: {EstimateText.Of(Status).En}";

    private static Estimate P(Estimate square, int degrees) => square.HasValue ? Estimate.Of(SpecialFunctions.GammaUpperRegularized(degrees / 2.0, Math.Max(0, square.Value) / 2)) : square;

    private Estimate Difference(int smaller, int larger) => Status == EstimateStatus.Ok ? Estimate.Of(_deviances[smaller] - _deviances[larger]) : Estimate.None(Status);

    private Estimate Gain(Func<int, Estimate> of) => Status == EstimateStatus.Ok ? Estimate.Of(of(3).Value - of(1).Value) : Estimate.None(Status);
}
