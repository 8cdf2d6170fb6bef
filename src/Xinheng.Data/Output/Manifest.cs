namespace Xinheng.Data;

/// <summary>What made a set of output files: written last, so that it vouches for all of them. Holds no time and no path: the same inputs give the same bytes.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed record Manifest
{
    /// <summary>What was run: <c>score</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Version of the library.</summary>
    public required string Version { get; init; }

    /// <summary>Files that were read.</summary>
    public required IReadOnlyList<ManifestInput> Inputs { get; init; }

    /// <summary>Definitions that were used.</summary>
    public required IReadOnlyList<ManifestDefinition> Definitions { get; init; }

    /// <summary>Options that shape the output.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>Counts; <c>read = scored + quarantined + duplicates</c>.</summary>
    public required IReadOnlyDictionary<string, long> Counts { get; init; }

    /// <summary>What the reader of the results should know.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>Files that were written.</summary>
    public required IReadOnlyList<ManifestFile> Outputs { get; init; }
}

/// <summary>A file that was read.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed record ManifestInput
{
    /// <summary>Name without folders.</summary>
    public required string File { get; init; }

    /// <summary>Length in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 over the SHA-256 digests of the chunks of 1 MiB, lower-case hexadecimal.</summary>
    public required string ChunkedSha256 { get; init; }
}

/// <summary>A definition that was used.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed record ManifestDefinition
{
    /// <summary>Id.</summary>
    public required string Id { get; init; }

    /// <summary>Version.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of the definition file, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }
}

/// <summary>A file that was written.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed record ManifestFile
{
    /// <summary>Name without folders.</summary>
    public required string File { get; init; }

    /// <summary>Length in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 over the SHA-256 digests of the chunks of 1 MiB, lower-case hexadecimal.</summary>
    public required string ChunkedSha256 { get; init; }
}
