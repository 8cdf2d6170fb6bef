namespace Xinheng.Pictures;

/// <summary>A point of a curve.</summary>
/// <param name="X">Place along the bottom.</param>
/// <param name="Y">Height.</param>
/// <remarks>Immutable and thread-safe. <c>default</c> is the origin.</remarks>
public readonly record struct CurvePoint(double X, double Y);
