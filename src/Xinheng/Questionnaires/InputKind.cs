namespace Xinheng;

/// <summary>How a person answers an item.</summary>
public enum InputKind
{
    /// <summary>One of the item's options.</summary>
    Choice,

    /// <summary>A number in the item's unit.</summary>
    Number,

    /// <summary>A time of day.</summary>
    Clock,
}
