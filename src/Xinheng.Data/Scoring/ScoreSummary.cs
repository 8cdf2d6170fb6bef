namespace Xinheng.Data;

/// <summary>What a run read and wrote. <c>Read = Scored + Quarantined + Duplicates</c>, always.</summary>
/// <remarks>Immutable and thread-safe. Counts only.</remarks>
public sealed record ScoreSummary
{
    /// <summary>Records read, the header not counted.</summary>
    public required long Read { get; init; }

    /// <summary>People scored.</summary>
    public required long Scored { get; init; }

    /// <summary>Rows set aside whole, because their person or their shape cannot be known.</summary>
    public required long Quarantined { get; init; }

    /// <summary>Rows left out because another row of the same person counts.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Cells that could not be read; the scores that use them have no value.</summary>
    public required long UnreadableCells { get; init; }

    /// <summary>People with at least one critical item that could not be read; somebody must ask them today. Includes rows set aside whole.</summary>
    public required long CriticalUnreadable { get; init; }

    /// <summary>Full-width cells that were read as ASCII because the mapping asks for it.</summary>
    public required long WidthNormalized { get; init; }

    /// <summary>Things the reader of the results should know, such as columns that were left out.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>Counts per instrument.</summary>
    public required IReadOnlyList<InstrumentSummary> Instruments { get; init; }

    /// <summary>Files written, in the order of writing; empty when the scores went to a stream.</summary>
    public required IReadOnlyList<string> Files { get; init; }
}
