namespace Xinheng.Network;

/// <summary>Whether a school meets one target.</summary>
public enum ProvisionState : byte
{
    /// <summary>It was not answered, or cannot be read. Never counted as met.</summary>
    Unknown,

    /// <summary>Not met.</summary>
    NotMet,

    /// <summary>Met in part.</summary>
    Partly,

    /// <summary>Met.</summary>
    Met,
}
