namespace Xinheng.Pictures;

/// <summary>How many people have a score.</summary>
/// <param name="Score">The score.</param>
/// <param name="Count">Number of people.</param>
/// <remarks>Immutable and thread-safe. <c>default</c> is nobody at 0.</remarks>
public readonly record struct ScoreCount(double Score, long Count);
