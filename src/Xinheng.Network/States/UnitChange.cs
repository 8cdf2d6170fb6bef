namespace Xinheng.Network;

/// <summary>What the change of one person made of one unit.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Unit">The unit.</param>
/// <param name="Before">Its tally before.</param>
/// <param name="After">Its tally after.</param>
public readonly record struct UnitChange(int Unit, UnitTally Before, UnitTally After)
{
    /// <summary>Names the unit by its number. Never a count.</summary>
    public override string ToString() => $"unit {Unit} changed";
}
