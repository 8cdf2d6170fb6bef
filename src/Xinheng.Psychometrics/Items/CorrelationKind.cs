namespace Xinheng.Psychometrics;

/// <summary>What the correlations of a matrix are.</summary>
public enum CorrelationKind
{
    /// <summary>Product-moment correlations of the answers themselves.</summary>
    ProductMoment,

    /// <summary>Polychoric correlations: of normal variables that are taken to stand behind ordered answers.</summary>
    Polychoric,
}
