namespace Xinheng;

/// <summary>Whether the answers of one person to one instrument can be relied on. It never makes an answer disappear.</summary>
public enum ResponseValidity : byte
{
    /// <summary>None of the items was asked.</summary>
    NotAsked,

    /// <summary>No rule was met.</summary>
    Valid,

    /// <summary>To be read with caution.</summary>
    Caution,

    /// <summary>Not to be relied on; the instrument is to be repeated. Critical answers stand nevertheless.</summary>
    Invalid,
}
