namespace Xinheng;

/// <summary>What kind of place a <see cref="Source"/> is.</summary>
public enum SourceKind
{
    /// <summary>A journal article.</summary>
    Article,

    /// <summary>A test manual or a book.</summary>
    Manual,

    /// <summary>The page of the owner or of an authority.</summary>
    Official,

    /// <summary>Another web page.</summary>
    Web,

    /// <summary>Source code of an implementation.</summary>
    Repository,

    /// <summary>A decision of this project where nothing is published.</summary>
    Convention,
}
