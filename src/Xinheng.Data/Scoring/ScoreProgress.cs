namespace Xinheng.Data;

/// <summary>How far a run has come.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Rows">Records handled so far.</param>
/// <param name="Fraction">Part of the work done, 0 to 1.</param>
public readonly record struct ScoreProgress(long Rows, double Fraction);
