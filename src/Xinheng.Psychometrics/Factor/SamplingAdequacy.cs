using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>Whether correlations are worth a factor analysis: measures of sampling adequacy, and the test that nothing correlates.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. KMO: Σr² / (Σr² + Σq²), q the partial correlations given all other items (Kaiser &amp; Rice 1974, Educ.
/// Psychol. Meas. 34, 111-117); R: <c>psych::KMO(r)</c>. Bartlett 1951, Biometrika 38, 337-344: −(n − 1 − (2k + 5)/6) ln|R| is χ² with k(k − 1)/2 degrees of
/// freedom where all correlations are 0; R: <c>psych::cortest.bartlett(r, n)</c>. For polychoric correlations it is a description, not a test.
/// </remarks>
public sealed class SamplingAdequacy
{
    private SamplingAdequacy(CovarianceMatrix correlations, EstimateStatus status)
    {
        (Correlations, Status) = (correlations, status);
        Overall = BartlettChiSquare = BartlettP = Estimate.None(status);
        Items = [.. correlations.ItemIds.Select(_ => Estimate.None(status))];
    }

    /// <summary>The correlations.</summary>
    public CovarianceMatrix Correlations { get; }

    /// <summary>Whether there is anything to tell; where not, every estimate carries this status.</summary>
    public EstimateStatus Status { get; }

    /// <summary>KMO of all items, 0 to 1; below 0.5 a factor analysis is held to be pointless.</summary>
    public Estimate Overall { get; private init; }

    /// <summary>KMO of each item, in order.</summary>
    public IReadOnlyList<Estimate> Items { get; private init; }

    /// <summary>Bartlett's χ².</summary>
    public Estimate BartlettChiSquare { get; private init; }

    /// <summary>Its degrees of freedom.</summary>
    public int BartlettDegreesOfFreedom => Correlations.ItemCount * (Correlations.ItemCount - 1) / 2;

    /// <summary>Probability of such correlations, or larger ones, where there are none. With many people always next to 0.</summary>
    public Estimate BartlettP { get; private init; }

    /// <summary>Computes both.</summary>
    public static SamplingAdequacy Of(CovarianceMatrix correlations)
    {
        ArgumentNullException.ThrowIfNull(correlations);
        var k = correlations.ItemCount;
        if (k < 2 || !correlations.IsEstimable)
        {
            return new SamplingAdequacy(correlations, k < 2 ? EstimateStatus.TooFewItems : correlations.SmallestPairCount < 2 ? EstimateStatus.TooFewPeople : EstimateStatus.NoVariance);
        }

        var r = correlations.ToCorrelations();
        if (Symmetric.Inverse(r) is not { } inverse)
        {
            return new SamplingAdequacy(correlations, EstimateStatus.NotPositiveDefinite);
        }

        var (own, partial) = (new double[k], new double[k]);
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                if (i != j)
                {
                    own[i] += r[i, j] * r[i, j];
                    partial[i] += inverse[i, j] * inverse[i, j] / (inverse[i, i] * inverse[j, j]);
                }
            }
        }

        var n = correlations.SmallestPairCount;
        var chi = -(n - 1 - (((2.0 * k) + 5) / 6)) * Symmetric.Eigen(r).Values.Sum(Math.Log);
        return new SamplingAdequacy(correlations, EstimateStatus.Ok)
        {
            Overall = Estimate.Of(own.Sum() / (own.Sum() + partial.Sum()), EstimateStatus.NoVariance),
            Items = [.. own.Zip(partial, (a, b) => Estimate.Of(a / (a + b), EstimateStatus.NoVariance))],
            BartlettChiSquare = Estimate.Of(chi),
            BartlettP = Estimate.Of(ChiSquareTail.Of(chi, k * (k - 1) / 2)),
        };
    }

    /// <summary>KMO and Bartlett's test in two lines.</summary>
    public override string ToString() => Status != EstimateStatus.Ok ? $"  KMO: {EstimateText.Of(Status).En}\n" : string.Create(
        CultureInfo.InvariantCulture,
        $"  KMO {Overall}, lowest {Items.Min(i => i.Value):F4} ({Correlations.ItemIds[Items.Select((e, i) => (e.Value, i)).Min().i]})   R: psych::KMO(r)\n  Bartlett chi-square {BartlettChiSquare}, df {BartlettDegreesOfFreedom}, p {BartlettP.Value:G3}   R: psych::cortest.bartlett(r, n)\n");
}
