namespace Xinheng;

/// <summary>What is known of a critical item. A missing answer is unknown, never no.</summary>
public enum CriticalState : byte
{
    /// <summary>Not asked of anybody in this survey.</summary>
    NotAsked,

    /// <summary>Answered, and not with a code that raises it.</summary>
    No,

    /// <summary>Raised.</summary>
    Yes,

    /// <summary>Asked and not answered.</summary>
    Unknown,

    /// <summary>Something stands there that cannot be read, or a code the item does not have: somebody must ask the person today.</summary>
    Unreadable,
}
