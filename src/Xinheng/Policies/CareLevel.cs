namespace Xinheng;

/// <summary>What class, dormitory and grade level see instead of a tier.</summary>
public enum CareLevel
{
    /// <summary>Stay with the person until the psychologist has taken over.</summary>
    A,

    /// <summary>Keep an eye on the person and help the talk come about.</summary>
    B,

    /// <summary>Ordinary attention.</summary>
    C,
}
