namespace Xinheng.Benchmarks.Recovery;

/// <summary>Equally spaced points for a standard normal latent variable, with normalised weights.</summary>
internal static class Quadrature
{
    /// <summary>A multiple of every vector length.</summary>
    public const int Count = 64;

    private const double Step = 0.2;

    public static double[] Points { get; } = [.. Enumerable.Range(0, Count).Select(i => (i - ((Count - 1) / 2.0)) * Step)];

    public static double[] Weights { get; } = Normal(0, 1);

    /// <summary>Weights of a normal density at the points.</summary>
    public static double[] Normal(double mean, double sd)
    {
        var density = Points.Select(x => Math.Exp(-(x - mean) * (x - mean) / (2 * sd * sd))).ToArray();
        var sum = density.Sum();
        return [.. density.Select(d => d / sum)];
    }
}
