namespace Xinheng.Psychometrics;

/// <summary>Unrotated loadings of items on orthogonal factors; each factor's loadings have a sum that is not negative.</summary>
/// <param name="Loadings">Items x factors.</param>
/// <param name="Uniquenesses">Unique variance of each item, of a total of 1.</param>
/// <param name="Discrepancy">Least value of what was minimised: half the sum of squared residuals, or the likelihood discrepancy.</param>
/// <param name="Status">Ok; <see cref="EstimateStatus.NotConverged"/>; <see cref="EstimateStatus.Boundary"/> with a uniqueness at its lower bound.</param>
internal sealed record FactorSolution(double[,] Loadings, double[] Uniquenesses, double Discrepancy, EstimateStatus Status)
{
    public int Items => Loadings.GetLength(0);

    public int Factors => Loadings.GetLength(1);
}
