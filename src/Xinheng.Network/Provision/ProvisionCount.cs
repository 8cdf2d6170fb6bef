namespace Xinheng.Network;

/// <summary>How many schools of a unit meet one target: exact counts of schools, each counted once.</summary>
/// <remarks>Immutable and thread-safe; a value. <c>default</c> counts no school.</remarks>
public readonly record struct ProvisionCount
{
    /// <summary>Schools that meet the target.</summary>
    public int Met { get; init; }

    /// <summary>Schools that meet it in part.</summary>
    public int Partly { get; init; }

    /// <summary>Schools that do not meet it.</summary>
    public int NotMet { get; init; }

    /// <summary>Schools of which it is not known.</summary>
    public int Unknown { get; init; }

    /// <summary>All schools of the unit.</summary>
    public int Schools => Met + Partly + NotMet + Unknown;

    /// <summary><see cref="Met"/> / <see cref="Schools"/>, exact, 0 to 1: a school of which it is not known does not meet it. <see langword="null"/> without schools.</summary>
    public Rational? Share => Schools == 0 ? null : new Rational(Met, Schools);

    /// <summary>The counts of both together.</summary>
    /// <exception cref="OverflowException">A count is beyond 32 bits.</exception>
    public static ProvisionCount operator +(ProvisionCount left, ProvisionCount right) => Add(left, right);

    /// <summary>The counts of both together.</summary>
    /// <exception cref="OverflowException">A count is beyond 32 bits.</exception>
    public static ProvisionCount Add(ProvisionCount left, ProvisionCount right) => checked(new()
    {
        Met = left.Met + right.Met, Partly = left.Partly + right.Partly, NotMet = left.NotMet + right.NotMet, Unknown = left.Unknown + right.Unknown,
    });

    internal static ProvisionCount Of(ProvisionState state) => state switch
    {
        ProvisionState.Met => new() { Met = 1 },
        ProvisionState.Partly => new() { Partly = 1 },
        ProvisionState.NotMet => new() { NotMet = 1 },
        _ => new() { Unknown = 1 },
    };
}
