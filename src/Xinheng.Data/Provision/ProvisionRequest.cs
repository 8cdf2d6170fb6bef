using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>What a census of schools needs: a file with one row per school, and the checklist.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ProvisionRequest
{
    /// <summary>
    /// CSV file or Excel workbook: the columns school (学校), county (区县) and city (市州), and one for each item of the checklist. County and
    /// city may be missing. A school that answered nothing is a row with blanks: then it counts, as unknown.
    /// </summary>
    public required string Input { get; init; }

    /// <summary>The checklist.</summary>
    public required ProvisionChecklist Checklist { get; init; }

    /// <summary>How the file is to be read; everything by the names of its columns when nothing is said.</summary>
    public SurveyMapping Mapping { get; init; } = new();

    /// <summary>SHA-256 of the mapping file for the manifest, lower-case hexadecimal; <see langword="null"/> = no mapping file.</summary>
    public string? MappingHash { get; init; }

    /// <summary>Encoding; goes before that of the mapping.</summary>
    public string? Encoding { get; init; }

    /// <summary>Begins <c>schools.csv</c> with a byte order mark, which Excel needs for Chinese text.</summary>
    public bool ByteOrderMark { get; init; }
}

/// <summary>What a census of schools came to.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ProvisionSummary
{
    /// <summary>What the file held and how it was scored.</summary>
    public required ScoreSummary Scores { get; init; }

    /// <summary>The counts of every unit.</summary>
    public required ProvisionTallies Tallies { get; init; }

    /// <summary>The folder that was written.</summary>
    public required string Folder { get; init; }
}
