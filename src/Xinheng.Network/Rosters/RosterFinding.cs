using System.Globalization;

namespace Xinheng.Network;

/// <summary>Something in a row of a roster that a person should look at. It points at the row and carries nothing of it.</summary>
/// <remarks>Immutable and thread-safe. <c>default</c> is no finding: rows start at 1.</remarks>
public readonly record struct RosterFinding
{
    internal RosterFinding(int row, RosterFindingKind kind)
    {
        Row = row;
        Kind = kind;
    }

    /// <summary>Row of the roster, as <see cref="RosterEntry.Row"/> says or as counted by the builder.</summary>
    public int Row { get; }

    /// <summary>What was found.</summary>
    public RosterFindingKind Kind { get; }

    /// <summary>Stable kebab-case code, for example <c>two-schools</c>. Callers may branch on it.</summary>
    public string Code => Kind switch
    {
        RosterFindingKind.NoPerson => "no-person",
        RosterFindingKind.UnreadablePerson => "unreadable-person",
        RosterFindingKind.UnreadableUnit => "unreadable-unit",
        RosterFindingKind.WrongPopulation => "wrong-population",
        RosterFindingKind.FromAfterTo => "from-after-to",
        RosterFindingKind.NotYetEnrolled => "not-yet-enrolled",
        RosterFindingKind.Left => "left",
        RosterFindingKind.DuplicateEntry => "duplicate-entry",
        RosterFindingKind.TwoSchools => "two-schools",
        RosterFindingKind.NoSchool => "no-school",
        RosterFindingKind.NoClass => "no-class",
        RosterFindingKind.BirthDateInFuture => "birth-date-in-future",
        _ => "implausible-age",
    };

    /// <summary>The code and the row.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Code} row {Row}");
}
