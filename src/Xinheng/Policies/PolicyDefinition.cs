using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>The content of a policy file, as written: how bands, critical items, reports and circumstances lead to tiers, and who is told.</summary>
/// <remarks>
/// Immutable and thread-safe. A policy may be wrong; <see cref="Policy.Load(ReadOnlySpan{byte}, string, InstrumentCatalog)"/> checks it.
/// It is a clinical decision of those who sign it, not of this library.
/// </remarks>
public sealed record PolicyDefinition
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

    /// <summary>Name of the policy.</summary>
    [JsonRequired]
    public LocalizedText Name { get => field ?? new(); init; }

    /// <summary>Whom it is for. A policy for students never meets staff, nor the other way round.</summary>
    [JsonRequired]
    public PopulationKind Population { get; init; }

    /// <summary>Who answers for it; <see langword="null"/> while it is a draft.</summary>
    public PolicySignature? Signature { get; init; }

    /// <summary>Sources by id.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<string, Source> Sources { get => field ?? ReadOnlyDictionary<string, Source>.Empty; init => field = new ReadOnlyDictionary<string, Source>(new Dictionary<string, Source>(value ?? ReadOnlyDictionary<string, Source>.Empty)); }

    /// <summary>Domains in which severities are compared.</summary>
    [JsonRequired]
    public IReadOnlyList<RiskDomain> Domains { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>Which band of which score is how severe in which domain. Within a domain the highest severity counts.</summary>
    [JsonRequired]
    public IReadOnlyList<SeverityRow> Severities { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>Kinds of events that people report, with their names.</summary>
    public IReadOnlyDictionary<string, LocalizedText> EventKinds { get => field ?? ReadOnlyDictionary<string, LocalizedText>.Empty; init => field = new ReadOnlyDictionary<string, LocalizedText>(new Dictionary<string, LocalizedText>(value ?? ReadOnlyDictionary<string, LocalizedText>.Empty)); }

    /// <summary>Rules; the highest tier of those that fire is the person's.</summary>
    [JsonRequired]
    public IReadOnlyList<PolicyRule> Rules { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>Tasks that change no tier.</summary>
    public IReadOnlyList<PolicyTask> Tasks { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>What somebody is asked to do, by action id.</summary>
    public IReadOnlyDictionary<string, LocalizedText> Actions { get => field ?? ReadOnlyDictionary<string, LocalizedText>.Empty; init => field = new ReadOnlyDictionary<string, LocalizedText>(new Dictionary<string, LocalizedText>(value ?? ReadOnlyDictionary<string, LocalizedText>.Empty)); }

    /// <summary>Who is told at which tier, and what that audience is asked to do.</summary>
    [JsonRequired]
    public IReadOnlyList<Notification> Notifications { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>When people of one dormitory together need a review.</summary>
    public ClusterRules? Clusters { get; init; }

    /// <summary>What a coverage allows to be said about a unit.</summary>
    [JsonRequired]
    public CoverageGates Coverage { get => field ?? new(); init; }

    /// <summary>Smallest groups whose numbers leave the school.</summary>
    [JsonRequired]
    public DisclosureRules Disclosure { get => field ?? new(); init; }

    /// <summary>Minutes of talk per person by tier, for forecasts.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<Tier, int> MinutesPerPerson { get => field ?? ReadOnlyDictionary<Tier, int>.Empty; init => field = new ReadOnlyDictionary<Tier, int>(new Dictionary<Tier, int>(value ?? ReadOnlyDictionary<Tier, int>.Empty)); }
}

/// <summary>Who answers for a policy.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record PolicySignature
{
    /// <summary>Name of the clinician.</summary>
    [JsonRequired]
    public string Name { get => field ?? ""; init; }

    /// <summary>Role, for example psychiatrist of a hospital.</summary>
    [JsonRequired]
    public string Role { get => field ?? ""; init; }

    /// <summary>Day of the signature.</summary>
    [JsonRequired]
    public DateOnly Date { get; init; }
}

/// <summary>A domain in which severities are compared, for example depression.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record RiskDomain
{
    /// <summary>Kebab-case id.</summary>
    [JsonRequired]
    public string Id { get => field ?? ""; init; }

    /// <summary>Name of the domain.</summary>
    [JsonRequired]
    public LocalizedText Name { get => field ?? new(); init; }

    /// <summary>Whether rules over core domains look at it. A total that overlaps every other domain is not core: it would count twice.</summary>
    public bool Core { get; init; }
}

/// <summary>How severe the bands of one score are in a domain.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record SeverityRow
{
    /// <summary>Id of the instrument.</summary>
    [JsonRequired]
    public string Instrument { get => field ?? ""; init; }

    /// <summary>Id of the score. It must rise, or fall, with every answer that gets worse.</summary>
    [JsonRequired]
    public string Score { get => field ?? ""; init; }

    /// <summary>Id of the domain.</summary>
    [JsonRequired]
    public string Domain { get => field ?? ""; init; }

    /// <summary>Severity 0 to 4 by band id; every band of the score stands here.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<string, int> Bands { get => field ?? ReadOnlyDictionary<string, int>.Empty; init => field = new ReadOnlyDictionary<string, int>(new Dictionary<string, int>(value ?? ReadOnlyDictionary<string, int>.Empty)); }

    /// <summary>What the severities rest on.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }
}

/// <summary>Who is told of a person of one tier.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record Notification
{
    /// <summary>Tier of the person.</summary>
    [JsonRequired]
    public Tier Tier { get; init; }

    /// <summary>Who is told.</summary>
    [JsonRequired]
    public Audience Audience { get; init; }

    /// <summary>What class, dormitory and grade level see instead of the tier; <see langword="null"/> for the others.</summary>
    public CareLevel? CareLevel { get; init; }

    /// <summary>Ids of <see cref="PolicyDefinition.Actions"/>.</summary>
    public IReadOnlyList<string> Actions { get => field ?? []; init => field = [.. value ?? []]; }
}

/// <summary>When people of one dormitory together need a review. Rules, not significance tests.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ClusterRules
{
    /// <summary>So many red people in one dormitory within <see cref="RedDays"/>.</summary>
    [JsonRequired]
    public int Red { get; init; }

    /// <summary>Days within which the red tiers fall.</summary>
    [JsonRequired]
    public int RedDays { get; init; }

    /// <summary>So many red or orange people in one dormitory.</summary>
    [JsonRequired]
    public int RedOrOrange { get; init; }

    /// <summary>What the numbers rest on.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }
}

/// <summary>What a coverage (valid answers per eligible person) allows to be said about a unit.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record CoverageGates
{
    /// <summary>From here on the coverage is good.</summary>
    [JsonRequired]
    public Rational Good { get; init; }

    /// <summary>Below it a unit cannot be called low.</summary>
    [JsonRequired]
    public Rational CannotBeLowBelow { get; init; }

    /// <summary>Below it no rate is published.</summary>
    [JsonRequired]
    public Rational NoRateBelow { get; init; }

    /// <summary>What the numbers rest on.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }
}

/// <summary>Smallest groups whose numbers leave the school.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record DisclosureRules
{
    /// <summary>Smallest group of which any number is given.</summary>
    [JsonRequired]
    public int MinGroup { get; init; }

    /// <summary>Smallest count above zero, and smallest rest, that is given.</summary>
    [JsonRequired]
    public int MinCount { get; init; }

    /// <summary>What the numbers rest on.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }
}
