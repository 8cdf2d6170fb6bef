namespace Xinheng.Network;

/// <summary>What was found in a row of a roster. Every kind has a stable text, see <see cref="RosterFinding.Code"/>.</summary>
public enum RosterFindingKind : byte
{
    /// <summary><c>no-person</c>: the row names nobody; it is left out.</summary>
    NoPerson,

    /// <summary><c>unreadable-person</c>: the id is no Unicode text or longer than 1,024 bytes; the row is left out.</summary>
    UnreadablePerson,

    /// <summary><c>unreadable-unit</c>: a label is no Unicode text or longer than 1,000 characters; it was mended or cut.</summary>
    UnreadableUnit,

    /// <summary><c>wrong-population</c>: staff in a roster of students or the other way round; the row is left out.</summary>
    WrongPopulation,

    /// <summary><c>from-after-to</c>: the row ends before it begins; it never holds.</summary>
    FromAfterTo,

    /// <summary><c>not-yet-enrolled</c>: the row begins after the test date, and no other row of the person holds.</summary>
    NotYetEnrolled,

    /// <summary><c>left</c>: the row ended before the test date, and no other row of the person holds.</summary>
    Left,

    /// <summary><c>duplicate-entry</c>: another row of the person in the same school holds as well; this one is not used.</summary>
    DuplicateEntry,

    /// <summary><c>two-schools</c>: a row of the person in another school holds as well; this one is not used.</summary>
    TwoSchools,

    /// <summary><c>no-school</c>: the member stands in the county, the city or the province only.</summary>
    NoSchool,

    /// <summary><c>no-class</c>: the student stands in the grade or the school only.</summary>
    NoClass,

    /// <summary><c>birth-date-in-future</c>: born after the test date; the age is unknown.</summary>
    BirthDateInFuture,

    /// <summary><c>implausible-age</c>: a student outside 10 to 70 or staff outside 16 to 90 years; the age is unknown.</summary>
    ImplausibleAge,
}
