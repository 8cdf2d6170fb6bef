namespace Xinheng;

/// <summary>Whom a policy and a roster are about. Students and staff never mix: neither in a document nor in a unit.</summary>
public enum PopulationKind : byte
{
    /// <summary>Students.</summary>
    Student,

    /// <summary>Teachers and other staff: units from the school upwards only, taking part is voluntary.</summary>
    Staff,
}
