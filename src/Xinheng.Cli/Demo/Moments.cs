namespace Xinheng.Cli.Demo;

/// <summary>Number, means, standard deviations and correlations of latent vectors, from exact integer sums.</summary>
/// <remarks>Mutable, not thread-safe.</remarks>
internal sealed class Moments
{
    private const int Size = ProvinceModel.Latents;

    private readonly long[] _sums = new long[Size];
    private readonly Int128[] _products = new Int128[Size * Size];

    public int Count { get; private set; }

    public void Add(ReadOnlySpan<int> latent)
    {
        Count++;
        for (var i = 0; i < Size; i++)
        {
            _sums[i] += latent[i];
            for (var j = 0; j <= i; j++)
            {
                _products[(i * Size) + j] += (long)latent[i] * latent[j];
            }
        }
    }

    public double Mean(int latent) => (double)_sums[latent] / Quantiles.One / Count;

    /// <summary>Standard deviation with divisor n.</summary>
    public double Sd(int latent) => Math.Sqrt(Covariance(latent, latent));

    public double Correlation(int a, int b) => Covariance(a, b) / (Sd(a) * Sd(b));

    private double Covariance(int a, int b) =>
        ((double)_products[(Math.Max(a, b) * Size) + Math.Min(a, b)] / ((double)Quantiles.One * Quantiles.One) / Count) - (Mean(a) * Mean(b));
}
