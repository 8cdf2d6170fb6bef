using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>The cut-offs of response validity: a versioned document (<c>scales/validity.json</c>), never taken from the year's own answers.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ValidityRules
{
    private static readonly Lazy<ValidityRules> Shipped = new(() => Load(Embedded.Read("validity.json"), "validity.json"));

    /// <summary>The rules that ship with the library.</summary>
    public static ValidityRules Default => Shipped.Value;

    /// <summary>SHA-256 of the document in lower-case hexadecimal; results are kept with it.</summary>
    [JsonIgnore]
    public string Hash { get; private init; } = "";

    /// <summary>Loads rules of another norm document.</summary>
    /// <exception cref="DefinitionException">The file is refused; the exception carries all its problems.</exception>
    public static ValidityRules Load(ReadOnlySpan<byte> utf8, string file)
    {
        var rules = Documents.DocumentReader.Read(utf8, file, Documents.XinhengJson.Default.ValidityRules);
        return rules with { Hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(utf8)) };
    }

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
    public IReadOnlyDictionary<string, Source> Sources { get => field ?? ReadOnlyDictionary<string, Source>.Empty; init => field = new ReadOnlyDictionary<string, Source>(new Dictionary<string, Source>(value ?? ReadOnlyDictionary<string, Source>.Empty)); }

    /// <summary>Seconds per item over the whole form; below a cut the rule is met.</summary>
    [JsonRequired]
    public ValidityCut SecondsPerItem { get => field ?? new(); init; }

    /// <summary>Share of the asked items without an answer; above a cut the rule is met.</summary>
    [JsonRequired]
    public ValidityCut MissingShare { get => field ?? new(); init; }

    /// <summary>
    /// Longest run of one code as a share of the items: caution above the cut, invalid from the cut on. Judged only where the items
    /// are keyed both ways: a healthy person answers a one-way symptom list with one code throughout.
    /// </summary>
    [JsonRequired]
    public ValidityCut LongestRunShare { get => field ?? new(); init; }
}
