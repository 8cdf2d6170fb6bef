namespace Xinheng.Psychometrics;

/// <summary>What eigenvalues of a parallel analysis are held against.</summary>
public enum ParallelReference
{
    /// <summary>Uncorrelated normal variables of as many people: Horn 1965. Correlation matrices are drawn from their exact (Wishart) distribution.</summary>
    Normal,

    /// <summary>The answers themselves, each item's dealt anew over the people: keeps floors and steps of the items. Preferred for ordered answers.</summary>
    Permutation,
}
