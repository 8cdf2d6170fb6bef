using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>People with norms of their own: a sex, an age range, both, or everybody.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record NormGroup
{
    /// <summary>Kebab-case id, for example <c>women-18-29</c>; results carry it.</summary>
    [JsonRequired]
    public string Id { get => field ?? ""; init; }

    /// <summary>Name of the group.</summary>
    [JsonRequired]
    public LocalizedText Label { get => field ?? new(); init; }

    /// <summary>Sex; <see langword="null"/> = both.</summary>
    public Sex? Sex { get; init; }

    /// <summary>Lowest age in completed years; <see langword="null"/> = no lower limit.</summary>
    public int? MinAge { get; init; }

    /// <summary>Highest age in completed years, inclusive; <see langword="null"/> = no upper limit.</summary>
    public int? MaxAge { get; init; }

    /// <summary>Number of people in the group; <see langword="null"/> where no source tells it. Results of such a group are unconfirmed: how far its mean can be trusted is not known.</summary>
    [JsonPropertyName("n")]
    public int? SampleSize { get; init; }

    /// <summary>Whether nobody is put into this group directly: it is reached only where a fallback names it. It may share people with other groups.</summary>
    public bool FallbackOnly { get; init; }

    /// <summary>Id of the group whose norms are used for a score that this group has none for; <see langword="null"/> = none are used.</summary>
    public string? Fallback { get; init; }

    /// <summary>Norms by score.</summary>
    [JsonRequired]
    public IReadOnlyList<NormScore> Scores { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>Whether the person is certainly in the group. Someone whose sex or age is needed and unknown is not.</summary>
    public bool Includes(Respondent person) =>
        !FallbackOnly
        && (Sex is null || person.Sex == Sex)
        && (MinAge is null || person.Age >= MinAge)
        && (MaxAge is null || person.Age <= MaxAge);
}
