namespace Xinheng;

/// <summary>Sex as norms use it.</summary>
public enum Sex : byte
{
    /// <summary>Female.</summary>
    Female = 1,

    /// <summary>Male.</summary>
    Male = 2,
}
