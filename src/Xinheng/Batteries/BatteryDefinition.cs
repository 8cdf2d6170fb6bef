using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>What a battery file says: which instruments are asked together, of whom, and why.</summary>
/// <remarks>
/// Immutable and thread-safe. Not checked: <see cref="Battery"/> is the checked form. Licences are never written here; they
/// are read from the definitions of the instruments.
/// </remarks>
public sealed record BatteryDefinition
{
    /// <summary>Address of the schema, for editors.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Kebab-case id.</summary>
    [JsonRequired]
    public string Id { get => field ?? ""; init; }

    /// <summary>Semantic version.</summary>
    [JsonRequired]
    public string Version { get => field ?? ""; init; }

    /// <summary>Name for people.</summary>
    [JsonRequired]
    public LocalizedText Name { get => field ?? new(); init; }

    /// <summary>When to use it, why it is made up like this, and what it leaves out; <see langword="null"/> when nothing is said.</summary>
    public LocalizedText? Description { get; init; }

    /// <summary>Who is asked.</summary>
    [JsonRequired]
    public PopulationKind Population { get; init; }

    /// <summary>Lowest age in completed years of those who are asked; every instrument must be published for it. <see langword="null"/> = nothing is said.</summary>
    public int? MinAge { get; init; }

    /// <summary>Highest age in completed years, inclusive; every instrument must be published for it. <see langword="null"/> = nothing is said.</summary>
    public int? MaxAge { get; init; }

    /// <summary>Id of the shipped policy that fits; a run may name another one for the same population.</summary>
    [JsonRequired]
    public string Policy { get => field ?? ""; init; }

    /// <summary>Ids of the instruments in the order of the form.</summary>
    [JsonRequired]
    public IReadOnlyList<string> Scales { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>Why each instrument is in it, by id.</summary>
    public IReadOnlyDictionary<string, LocalizedText> Reasons { get => field ?? ReadOnlyDictionary<string, LocalizedText>.Empty; init => field = new ReadOnlyDictionary<string, LocalizedText>(new Dictionary<string, LocalizedText>(value ?? ReadOnlyDictionary<string, LocalizedText>.Empty)); }

    /// <summary>How fast items are answered; <see langword="null"/> when no time is expected.</summary>
    public BatteryPace? Pace { get; init; }

    /// <summary>Sources by id.</summary>
    public IReadOnlyDictionary<string, Source> Sources { get => field ?? ReadOnlyDictionary<string, Source>.Empty; init => field = new ReadOnlyDictionary<string, Source>(new Dictionary<string, Source>(value ?? ReadOnlyDictionary<string, Source>.Empty)); }

    /// <summary>Day of the survey, in a file that belongs to one survey; <see langword="null"/> otherwise.</summary>
    public DateOnly? AsOf { get; init; }
}
