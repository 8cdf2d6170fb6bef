namespace Xinheng.Psychometrics;

/// <summary>How an IRT model is estimated.</summary>
/// <remarks>Immutable and thread-safe. Class; the defaults are those of its properties.</remarks>
public sealed record IrtFitOptions
{
    /// <summary>Number of quadrature points, at least 11; 61 by default. A long scale has narrow posteriors and needs more: 121 for some 30 items of high discrimination.</summary>
    public int Points { get; init; } = 61;

    /// <summary>Points lie between minus and plus this many standard deviations of the trait; 6 by default, at least 3.</summary>
    public double Reach { get; init; } = 6;

    /// <summary>Most steps of EM and Newton together; 500 by default.</summary>
    public int MaxIterations { get; init; } = 500;

    /// <summary>Threads; all processors by default. The result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    internal void Check()
    {
        if (Points < 11 || !(Reach >= 3 && Reach <= 40) || MaxIterations < 1 || Threads < 1)
        {
            throw new ArgumentException("Points is at least 11, Reach 3 to 40, MaxIterations and Threads at least 1.");
        }
    }
}
