namespace Xinheng.Pictures;

/// <summary>A band of a score, from its start up to, not including, the next one's.</summary>
/// <param name="Name">What the legend says.</param>
/// <param name="From">Lowest score of the band.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record BandStart(string Name, double From);
