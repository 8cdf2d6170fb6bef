using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>The people a <see cref="BandSet"/> is for.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record BandGroup
{
    /// <summary>Sex; <see langword="null"/> = both.</summary>
    public Sex? Sex { get; init; }

    /// <summary>Lowest age in completed years; <see langword="null"/> = no lower limit.</summary>
    public int? MinAge { get; init; }

    /// <summary>Highest age in completed years, inclusive; <see langword="null"/> = no upper limit.</summary>
    public int? MaxAge { get; init; }

    /// <summary>Whether the person is certainly in the group. Someone whose sex or age is needed and unknown is not.</summary>
    public bool Includes(Respondent person) =>
        (Sex is null || person.Sex == Sex)
        && (MinAge is null || person.Age >= MinAge)
        && (MaxAge is null || person.Age <= MaxAge);
}
