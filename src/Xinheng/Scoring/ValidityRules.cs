using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>The cut-offs of response validity: a versioned document (<c>scales/validity.json</c>), never taken from the year's own answers.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ValidityRules
{
    private static readonly Lazy<ValidityRules> Shipped = new(
        () => Documents.DocumentReader.Read(Embedded.Read("validity.json"), "validity.json", Documents.XinhengJson.Default.ValidityRules));

    /// <summary>The rules that ship with the library.</summary>
    public static ValidityRules Default => Shipped.Value;

    /// <summary>SHA-256 of the shipped document in lower-case hexadecimal.</summary>
    public static string DefaultHash { get; } = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Embedded.Read("validity.json")));

    /// <summary>Address of the schema, for editors.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Kebab-case id.</summary>
    [JsonRequired]
    public string Id { get => field ?? ""; init; }

    /// <summary>Semantic version.</summary>
    [JsonRequired]
    public string Version { get => field ?? ""; init; }

    /// <summary>Sources by id.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<string, Source> Sources { get => field ?? new Dictionary<string, Source>(); init; }

    /// <summary>Seconds per item over the whole form; below a cut the rule is met.</summary>
    [JsonRequired]
    public ValidityCut SecondsPerItem { get => field ?? new(); init; }

    /// <summary>Share of the asked items without an answer; above a cut the rule is met.</summary>
    [JsonRequired]
    public ValidityCut MissingShare { get => field ?? new(); init; }

    /// <summary>
    /// Longest run of one code as a share of the items; at or above a cut the rule is met. Judged only where the items
    /// are keyed both ways: a healthy person answers a one-way symptom list with one code throughout.
    /// </summary>
    [JsonRequired]
    public ValidityCut LongestRunShare { get => field ?? new(); init; }
}
