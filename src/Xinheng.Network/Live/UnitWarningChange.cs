namespace Xinheng.Network;

/// <summary>What the change of one person made of one warning about a unit.</summary>
/// <remarks>Immutable and thread-safe. For the school's psychologist only, like the warnings.</remarks>
/// <param name="Before">The warning before; <see langword="null"/> = there was none, and one was opened.</param>
/// <param name="After">The warning now; <see langword="null"/> = there is none, and the one before is closed.</param>
public readonly record struct UnitWarningChange(UnitWarning? Before, UnitWarning? After)
{
    /// <summary>Whether it was opened, closed or changed. Never the unit.</summary>
    public override string ToString() => Before is null ? "opened" : After is null ? "closed" : "changed";
}
