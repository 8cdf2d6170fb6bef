namespace Xinheng.Psychometrics;

/// <summary>Which people enter a moment when answers are missing. Nothing is ever imputed.</summary>
public enum MissingTreatment
{
    /// <summary>Only people who answered every item (R: <c>use = "complete.obs"</c>).</summary>
    Listwise,

    /// <summary>
    /// Every mean and variance from all who answered the item, every covariance from all who answered both (R: <c>use = "pairwise"</c>).
    /// The matrix that results need not be positive definite.
    /// </summary>
    Pairwise,
}
