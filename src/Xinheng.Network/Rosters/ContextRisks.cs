namespace Xinheng.Network;

/// <summary>Circumstances that a roster may carry. They make no tier by themselves.</summary>
[Flags]
public enum ContextRisks : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A parent works away from home.</summary>
    LeftBehind = 1,

    /// <summary>Lives with one parent.</summary>
    SingleParent = 2,

    /// <summary>On the list of families in need.</summary>
    Poverty = 4,
}
