namespace Xinheng.Network;

/// <summary>Where a person belongs, as codes of units; <see langword="null"/> where the roster knows none.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record PersonPlace
{
    /// <summary>The person, as the roster names it.</summary>
    public required string Person { get; init; }

    /// <summary>Code of the class.</summary>
    public string? Class { get; init; }

    /// <summary>Code of the dormitory.</summary>
    public string? Dormitory { get; init; }

    /// <summary>Code of the grade.</summary>
    public string? Grade { get; init; }

    /// <summary>Code of the school.</summary>
    public string? School { get; init; }

    /// <summary>The place of a member of a roster.</summary>
    public static PersonPlace Of(Roster roster, int person)
    {
        ArgumentNullException.ThrowIfNull(roster);
        return new PersonPlace
        {
            Person = roster.Person(person),
            Class = Code(UnitLevel.Class),
            Dormitory = Code(UnitLevel.Dormitory),
            Grade = Code(UnitLevel.Grade),
            School = Code(UnitLevel.School),
        };

        string? Code(UnitLevel level) => roster.UnitAt(person, level) is >= 0 and var unit ? roster.Units.Code(unit) : null;
    }

    /// <summary>The place of a member, or of somebody who is not on the roster and has an id only.</summary>
    internal static PersonPlace Of(Roster roster, int member, string person) => member >= 0 ? Of(roster, member) : new PersonPlace { Person = person };

    /// <summary>Which units are known. Never which, nor the person, so that it cannot reach a log.</summary>
    public override string ToString() => $"class {Class is not null}, dormitory {Dormitory is not null}, grade {Grade is not null}, school {School is not null}";
}
