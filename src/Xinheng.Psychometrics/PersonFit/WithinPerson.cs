namespace Xinheng.Psychometrics;

/// <summary>Correlation of two short series of one person.</summary>
internal static class WithinPerson
{
    /// <summary>Product-moment correlation; no variance where a series has one value only, however often: the worst of respondents must not go missing.</summary>
    public static Estimate Correlation(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int fewest)
    {
        if (x.Length < fewest)
        {
            return Estimate.None(EstimateStatus.TooFewItems);
        }

        if (!x.ContainsAnyExcept(x[0]) || !y.ContainsAnyExcept(y[0]))
        {
            return Estimate.None(EstimateStatus.NoVariance);
        }

        var (meanX, meanY) = (0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            meanX += x[i];
            meanY += y[i];
        }

        (meanX, meanY) = (meanX / x.Length, meanY / y.Length);
        var (product, squareX, squareY) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            product += (x[i] - meanX) * (y[i] - meanY);
            squareX += (x[i] - meanX) * (x[i] - meanX);
            squareY += (y[i] - meanY) * (y[i] - meanY);
        }

        return Estimate.Of(Math.Clamp(product / Math.Sqrt(squareX * squareY), -1, 1), EstimateStatus.NoVariance);
    }
}
