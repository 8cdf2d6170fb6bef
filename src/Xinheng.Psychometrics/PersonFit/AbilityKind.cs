namespace Xinheng.Psychometrics;

/// <summary>How places on the trait were estimated: what the correction of person fit depends on.</summary>
public enum AbilityKind
{
    /// <summary>Mean of the posterior with a standard normal prior. lz* has no correction for it; its chance level is simulated.</summary>
    PosteriorMean,

    /// <summary>Maximum likelihood.</summary>
    MaximumLikelihood,

    /// <summary>Mode of the posterior with a standard normal prior.</summary>
    PosteriorMode,

    /// <summary>Weighted likelihood (Warm 1989, Psychometrika 54, 427-450).</summary>
    WeightedLikelihood,
}
