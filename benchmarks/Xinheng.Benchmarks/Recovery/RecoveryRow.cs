namespace Xinheng.Benchmarks.Recovery;

/// <summary>One quantity: what went in, what came out, and how far chance alone may take them apart.</summary>
internal sealed record RecoveryRow(string Quantity, double In, double Out, double StandardError)
{
    public double Difference => Out - In;

    /// <summary>Difference in standard errors.</summary>
    public double Distance => Difference / StandardError;
}
