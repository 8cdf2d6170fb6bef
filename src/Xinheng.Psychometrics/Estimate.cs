using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>A statistic that may not be estimable: a value, or the reason why there is none.</summary>
/// <remarks>Immutable and thread-safe. <c>default</c> is <see cref="EstimateStatus.NotEstimated"/>.</remarks>
public readonly struct Estimate : IEquatable<Estimate>
{
    private readonly double _value;

    private Estimate(double value, EstimateStatus status) => (_value, Status) = (value, status);

    /// <summary>The value; NaN unless <see cref="HasValue"/>.</summary>
    public double Value => HasValue ? _value : double.NaN;

    /// <summary>Whether there is a value, and if not, why.</summary>
    public EstimateStatus Status { get; }

    /// <summary>Whether there is a value; one at the boundary of what is possible says so in its status.</summary>
    public bool HasValue => Status is EstimateStatus.Ok or EstimateStatus.Boundary;

    /// <summary>Equality.</summary>
    public static bool operator ==(Estimate left, Estimate right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(Estimate left, Estimate right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Estimate other) => Status == other.Status && Value.Equals(other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Estimate other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Status, Value);

    /// <summary>The value to four decimals, with an asterisk at the boundary; or the reason in English.</summary>
    public override string ToString() => HasValue ? Value.ToString("F4", CultureInfo.InvariantCulture) + (Status == EstimateStatus.Boundary ? "*" : "") : EstimateText.Of(Status).En;

    /// <summary>A value, or a reason where it is no number.</summary>
    internal static Estimate Of(double value, EstimateStatus otherwise = EstimateStatus.NotEstimated) =>
        double.IsFinite(value) ? new Estimate(value, EstimateStatus.Ok) : new Estimate(double.NaN, otherwise);

    /// <summary>A value of a solution that lies at the boundary of what is possible, or inside.</summary>
    internal static Estimate Of(double value, bool boundary) => boundary && double.IsFinite(value) ? new Estimate(value, EstimateStatus.Boundary) : Of(value, EstimateStatus.NoVariance);

    internal static Estimate None(EstimateStatus status) => new(double.NaN, status);
}
