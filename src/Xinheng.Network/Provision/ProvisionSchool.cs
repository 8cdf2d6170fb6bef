namespace Xinheng.Network;

/// <summary>A school and what it meets.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ProvisionSchool
{
    /// <summary>Label of the school, unique within its county and city.</summary>
    public required string School { get; init; }

    /// <summary>Label of the county; empty = none: the school stands under its city.</summary>
    public string County { get => field ?? ""; init; } = "";

    /// <summary>Label of the city; empty = none: the school stands under the province.</summary>
    public string City { get => field ?? ""; init; } = "";

    /// <summary>One state per target, in the order of <see cref="ProvisionChecklist.Targets"/>; see <see cref="ProvisionChecklist.Read(ScoreReport)"/>.</summary>
    public required IReadOnlyList<ProvisionState> States { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>Nothing of the school.</summary>
    public override string ToString() => "a school";
}
