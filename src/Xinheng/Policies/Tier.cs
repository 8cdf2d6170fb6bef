namespace Xinheng;

/// <summary>A person's risk tier, decided by a policy. It says how soon somebody should talk with the person, not what the person has.</summary>
/// <remarks>
/// Ordered: a higher value is a higher tier. <see cref="Unknown"/> is the default, so that nothing forgotten reads as
/// healthy: it stands where nothing raised a tier and something that was asked is not known.
/// </remarks>
public enum Tier : byte
{
    /// <summary>Nothing known raises a tier, and something asked is not known, or the answers are not to be relied on: complete the answers or talk.</summary>
    Unknown,

    /// <summary>Everything asked is known, the answers can be relied on, and nothing raises a tier.</summary>
    Green,

    /// <summary>Watch; group programme and self-help.</summary>
    Blue,

    /// <summary>An individual talk within days.</summary>
    Yellow,

    /// <summary>A talk the same school day or within two days.</summary>
    Orange,

    /// <summary>At once.</summary>
    Red,
}
