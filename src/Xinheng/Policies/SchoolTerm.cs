using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>A term: between its first and its last day there are school days.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record SchoolTerm
{
    /// <summary>Kebab-case id.</summary>
    [JsonRequired]
    public string Id { get => field ?? ""; init; }

    /// <summary>Name of the term.</summary>
    [JsonRequired]
    public LocalizedText Label { get => field ?? new(); init; }

    /// <summary>First day.</summary>
    [JsonRequired]
    public DateOnly From { get; init; }

    /// <summary>Last day.</summary>
    [JsonRequired]
    public DateOnly To { get; init; }

    /// <summary>What the dates rest on.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }
}
