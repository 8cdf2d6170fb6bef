namespace Xinheng.Data;

/// <summary>What is to be scored, and how.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ScoreRequest
{
    /// <summary>CSV file or Excel workbook.</summary>
    public required string Input { get; init; }

    /// <summary>Instruments to score, in the order of the output.</summary>
    public required IReadOnlyList<Instrument> Instruments { get; init; }

    /// <summary>Norms to compare scores with, at most one document per instrument; none by default.</summary>
    public IReadOnlyList<NormSet> Norms { get; init; } = [];

    /// <summary>How the file is to be read; everything by the names of its columns when nothing is said.</summary>
    public SurveyMapping Mapping { get; init; } = new();

    /// <summary>SHA-256 of the mapping file for the manifest, lower-case hexadecimal; <see langword="null"/> = no mapping file.</summary>
    public string? MappingHash { get; init; }

    /// <summary>Heading of the id column; goes before that of the mapping.</summary>
    public string? IdColumn { get; init; }

    /// <summary>Encoding; goes before that of the mapping.</summary>
    public string? Encoding { get; init; }

    /// <summary>Sheet of a workbook; the first visible one by default.</summary>
    public string? Sheet { get; init; }

    /// <summary>Threads that read, score and format; all processors by default. The output does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Keeps columns of names, identity numbers, telephone numbers and addresses in the output.</summary>
    public bool KeepIdentity { get; init; }

    /// <summary>Begins CSV output with a byte order mark, which Excel needs for Chinese text.</summary>
    public bool ByteOrderMark { get; init; }

    /// <summary>Adds the lowest and highest value still possible under missing answers.</summary>
    public bool Bounds { get; init; }

    /// <summary>People scored at a time. The output does not depend on it.</summary>
    public int BlockSize { get; init; } = 512;

    /// <summary>The caller tells rows apart by itself: no column is taken as an id, and no duplicates are looked for.</summary>
    internal bool WithoutId { get; init; }

    /// <summary>Reads the file from the beginning to the end, as odd files are read; for tests.</summary>
    internal bool Sequential { get; init; }

    /// <summary>Bytes of the parts in which a plain CSV file is read; small ones for tests.</summary>
    internal int UnitBytes { get; init; } = InputProbe.ChunkBytes;

    /// <summary>Reads answers with no more than vectors of 128 bits, as other processors do; for tests.</summary>
    internal bool NarrowVectors { get; init; }

    /// <summary>The norms of each instrument, in the order of the instruments; <see langword="null"/> where there are none.</summary>
    internal NormSet?[] NormsByInstrument => [.. Instruments.Select(instrument => Norms.FirstOrDefault(norms => norms.Instrument == instrument))];
}
