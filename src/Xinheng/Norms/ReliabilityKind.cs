namespace Xinheng;

/// <summary>Coefficients of internal consistency.</summary>
public enum ReliabilityKind
{
    /// <summary>Cronbach's alpha.</summary>
    Alpha,

    /// <summary>McDonald's omega total.</summary>
    Omega,

    /// <summary>Split-half correlation, stepped up by Spearman and Brown.</summary>
    SplitHalf,
}
