namespace Xinheng.Psychometrics;

/// <summary>What a factor extraction makes smallest.</summary>
public enum ExtractionMethod
{
    /// <summary>The sum of squared residual correlations (minimum residuals, unweighted least squares).</summary>
    MinimumResiduals,

    /// <summary>The maximum likelihood discrepancy ln|Σ| + tr(RΣ⁻¹) - ln|R| - k.</summary>
    MaximumLikelihood,
}
