namespace Xinheng.Network;

/// <summary>Somebody with a state who is not on the roster: to be found and placed, and counted in no unit.</summary>
/// <remarks>Immutable and thread-safe. <c>default</c> is nobody.</remarks>
public readonly record struct UnassignedPerson
{
    internal UnassignedPerson(string person, PersonState state)
    {
        Person = person;
        State = state;
    }

    /// <summary>Id as it came with the answers.</summary>
    public string Person { get; }

    /// <summary>What is known of the person.</summary>
    public PersonState State { get; }

    /// <summary>Names the type. Never the id, so that it cannot reach a log.</summary>
    public override string ToString() => "unassigned person";
}
