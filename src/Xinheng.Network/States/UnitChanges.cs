using System.Runtime.CompilerServices;

namespace Xinheng.Network;

/// <summary>The units that the change of one person reached, from the class upwards, the dormitory last.</summary>
/// <remarks>Immutable and thread-safe. A value without objects. <c>default</c> is no change.</remarks>
public readonly struct UnitChanges : IEquatable<UnitChanges>
{
    internal const int Most = 7; // class, grade, school, county, city, province; dormitory

    private readonly Afters _afters;
    private readonly Numbers _units;

    internal UnitChanges(UnitTally delta, UnitTally[] tallies, ReadOnlySpan<int> units)
    {
        (Applied, Delta, Count) = (true, delta, units.Length);
        for (var i = 0; i < units.Length; i++)
        {
            (_units[i], _afters[i]) = (units[i], tallies[units[i]]);
        }
    }

    /// <summary>Whether the state was taken; <see langword="false"/> when the same or a later one stands.</summary>
    public bool Applied { get; }

    /// <summary>Number of units whose tally changed; 0 when the change shows in no count, 7 at most.</summary>
    public int Count { get; }

    /// <summary>What was added to each of the units; a count that went down is negative.</summary>
    public UnitTally Delta { get; }

    /// <summary>One of the units.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is not below <see cref="Count"/>.</exception>
    public UnitChange this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return new(_units[index], _afters[index] - Delta, _afters[index]);
        }
    }

    /// <summary>Whether both changed the same units in the same way.</summary>
    public static bool operator ==(UnitChanges left, UnitChanges right) => left.Equals(right);

    /// <summary>Whether a unit or a count differs.</summary>
    public static bool operator !=(UnitChanges left, UnitChanges right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(UnitChanges other) =>
        Applied == other.Applied && Count == other.Count && Delta == other.Delta
        && ((ReadOnlySpan<int>)_units).SequenceEqual(other._units) && ((ReadOnlySpan<UnitTally>)_afters).SequenceEqual(other._afters);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is UnitChanges other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Applied, Count, Delta, _units[0]);

    /// <summary>The number of units. Never a count.</summary>
    public override string ToString() => $"{Count} units changed";

    [InlineArray(Most)]
    private struct Afters
    {
        private UnitTally _first;
    }

    [InlineArray(Most)]
    private struct Numbers
    {
        private int _first;
    }
}
