namespace Xinheng;

/// <summary>A circumstance that a roster may know and that burdens a person; never a reason for a tier by itself.</summary>
public enum ContextRisk
{
    /// <summary>Left behind: a parent works far away.</summary>
    LeftBehind,

    /// <summary>Lives with one parent.</summary>
    SingleParent,

    /// <summary>The household is registered as poor.</summary>
    Poverty,
}
