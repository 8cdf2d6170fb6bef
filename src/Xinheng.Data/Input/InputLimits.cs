namespace Xinheng.Data;

/// <summary>Limits that keep a hostile or broken file from taking the machine; each can be set by the host.</summary>
internal sealed record InputLimits
{
    public static InputLimits Default { get; } = new();

    /// <summary>Longest field, in UTF-16 code units.</summary>
    public int FieldChars { get; init; } = 4_096;

    /// <summary>Longest CSV record, in UTF-16 code units; also how far an opened quote is followed.</summary>
    public int RecordChars { get; init; } = 1 << 20;

    /// <summary>Most columns of a table.</summary>
    public int Columns { get; init; } = 1_000;

    /// <summary>Most entries of a workbook's archive.</summary>
    public int ArchiveEntries { get; init; } = 2_000;

    /// <summary>Most inflated bytes of one sheet.</summary>
    public long SheetBytes { get; init; } = 2L << 30;

    /// <summary>Most inflated bytes of any other part of a workbook.</summary>
    public long PartBytes { get; init; } = 300L << 20;

    /// <summary>Largest ratio of inflated to stored bytes of an entry that has passed 1 MiB.</summary>
    public int InflationRatio { get; init; } = 200;
}
