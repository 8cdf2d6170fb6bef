namespace Xinheng.Network;

/// <summary>Place of a unit in the network. A dormitory is crossed with classes and grades: both stand under the school.</summary>
public enum UnitLevel : byte
{
    /// <summary>Class.</summary>
    Class,

    /// <summary>Dormitory.</summary>
    Dormitory,

    /// <summary>Grade.</summary>
    Grade,

    /// <summary>School.</summary>
    School,

    /// <summary>County.</summary>
    County,

    /// <summary>City.</summary>
    City,

    /// <summary>Province: the root, and the only unit without a label.</summary>
    Province,
}
