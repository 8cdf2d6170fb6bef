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

    /// <summary>Kebab-case id; <see langword="null"/> = the file's name without its ending.</summary>
    public string? Id { get; init; }

    /// <summary>Semantic version; <see langword="null"/> = nothing is said, and the hash tells files apart.</summary>
    public string? Version { get; init; }

    /// <summary>Name for people; <see langword="null"/> = the id stands in for it.</summary>
    public LocalizedText? Name { get; init; }

    /// <summary>When to use it, why it is made up like this, and what it leaves out; <see langword="null"/> when nothing is said.</summary>
    public LocalizedText? Description { get; init; }

    /// <summary>Who is asked; students where nothing is said.</summary>
    public PopulationKind Population { get; init; }

    /// <summary>Lowest age in completed years of those who are asked; every instrument must be published for it. <see langword="null"/> = nothing is said.</summary>
    public int? MinAge { get; init; }

    /// <summary>Highest age in completed years, inclusive; every instrument must be published for it. <see langword="null"/> = nothing is said.</summary>
    public int? MaxAge { get; init; }

    /// <summary>Id of the shipped policy that fits; a run may name another one for the same population. <see langword="null"/> = the shipped default for the population.</summary>
    public string? Policy { get; init; }

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
