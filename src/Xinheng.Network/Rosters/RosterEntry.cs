namespace Xinheng.Network;

/// <summary>One row of a roster: a person, where the person belongs, and for how long.</summary>
/// <remarks>
/// Immutable and thread-safe. Labels and id are text as the school writes it; blank labels are missing ones.
/// <c>default</c> names nobody and becomes a finding of the roster.
/// </remarks>
public readonly record struct RosterEntry
{
    /// <summary>Id of the person, compared exactly, byte by byte in UTF-8. At most 1,024 bytes.</summary>
    public string? Person { get; init; }

    /// <summary>Whether the person is a student or on the staff. Rows of the other population are reported and left out.</summary>
    public PopulationKind Population { get; init; }

    /// <summary>School; <see langword="null"/> or blank where unknown.</summary>
    public string? School { get; init; }

    /// <summary>Grade; <see langword="null"/> or blank where there is none. Not used for staff.</summary>
    public string? Grade { get; init; }

    /// <summary>Class; <see langword="null"/> or blank where there is none. Not used for staff.</summary>
    public string? Class { get; init; }

    /// <summary>Dormitory; <see langword="null"/> or blank for people who live at home. Not used for staff.</summary>
    public string? Dormitory { get; init; }

    /// <summary>County; <see langword="null"/> or blank where the school stands under the city or the province.</summary>
    public string? County { get; init; }

    /// <summary>City; <see langword="null"/> or blank where the county or the school stands under the province.</summary>
    public string? City { get; init; }

    /// <summary>Sex; <see langword="null"/> when unknown.</summary>
    public Sex? Sex { get; init; }

    /// <summary>Date of birth; <see langword="null"/> when unknown. The roster keeps the age in years only.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>Whether the person boards at school; <see langword="null"/> when unknown.</summary>
    public bool? Boarding { get; init; }

    /// <summary>Whether a parent works away from home; <see langword="null"/> when unknown, which is not "no".</summary>
    public bool? LeftBehind { get; init; }

    /// <summary>Whether the person lives with one parent; <see langword="null"/> when unknown.</summary>
    public bool? SingleParent { get; init; }

    /// <summary>Whether the family is on the list of families in need; <see langword="null"/> when unknown.</summary>
    public bool? Poverty { get; init; }

    /// <summary>Whether consent was given (<see langword="true"/>), refused (<see langword="false"/>) or not recorded (<see langword="null"/>).</summary>
    public bool? Consent { get; init; }

    /// <summary>First day on which the row holds; <see langword="null"/> for ever since.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day on which the row holds, that day included; <see langword="null"/> for until further notice.</summary>
    public DateOnly? To { get; init; }

    /// <summary>What the person is doing on the test date.</summary>
    public EnrolmentStatus Status { get; init; }

    /// <summary>Row of the file, from 1, for the findings; 0 lets the builder number the rows as they are added.</summary>
    public int Row { get; init; }

    /// <summary>Names the type. Never what the row holds, so that it cannot reach a log.</summary>
    public override string ToString() => "roster entry";
}
