namespace Xinheng;

/// <summary>What scoring may need to know of a person. There is no name and no identifier here.</summary>
/// <remarks>Immutable and thread-safe. <c>default</c> is a person of whom nothing is known.</remarks>
public readonly record struct Respondent
{
    /// <summary>Age in completed years on the day of the survey; <see langword="null"/> = not known.</summary>
    public int? Age { get; init; }

    /// <summary>Sex; <see langword="null"/> = not known.</summary>
    public Sex? Sex { get; init; }

    /// <summary>Seconds per item over the whole form; <see langword="null"/> = not known.</summary>
    public double? SecondsPerItem { get; init; }

    /// <summary>Which facts are known, not what they are.</summary>
    public override string ToString() => $"age {(Age is null ? "unknown" : "known")}, sex {(Sex is null ? "unknown" : "known")}";
}
