namespace Xinheng.Pictures;

/// <summary>A named curve, as points that are joined by lines.</summary>
/// <remarks>Immutable and thread-safe. Class; no default state.</remarks>
public sealed class Curve
{
    private readonly CurvePoint[] _points;

    /// <summary>Takes points.</summary>
    /// <param name="name">What the legend says.</param>
    /// <param name="points">At least two, finite, from left to right. Copied.</param>
    /// <exception cref="ArgumentException">There are fewer than two points, one is not finite, or they do not go from left to right.</exception>
    public Curve(string name, IReadOnlyList<CurvePoint> points)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(points);
        (Name, _points) = (name, [.. points]);
        if (_points.Length < 2 || Array.Exists(_points, p => !double.IsFinite(p.X) || !double.IsFinite(p.Y)) || _points.Zip(_points.Skip(1), (a, b) => b.X < a.X).Contains(true))
        {
            throw new ArgumentException("A curve needs two points or more, all finite, from left to right. Leave out points without a value.", nameof(points));
        }
    }

    /// <summary>What the legend says.</summary>
    public string Name { get; }

    /// <summary>The points, from left to right.</summary>
    public IReadOnlyList<CurvePoint> Points => [.. _points];

    /// <summary>Name and number of points.</summary>
    public override string ToString() => $"{Name}, {_points.Length} points";
}
