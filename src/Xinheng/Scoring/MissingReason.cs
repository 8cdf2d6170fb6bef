namespace Xinheng;

/// <summary>Why an answer is not there.</summary>
public enum MissingReason : byte
{
    /// <summary>The item was not on the form.</summary>
    NotAsked = 251,

    /// <summary>Left blank.</summary>
    Skipped = 252,

    /// <summary>The person declined to answer.</summary>
    Refused = 253,

    /// <summary>Something stands there that cannot be read as an answer.</summary>
    Unreadable = 254,

    /// <summary>A code that the item does not have.</summary>
    OutOfRange = 255,
}
