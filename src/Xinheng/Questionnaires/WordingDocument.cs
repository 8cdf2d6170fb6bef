using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>The content of a wording file, as written: the texts of one instrument in one language, supplied by a host that may use them.</summary>
/// <remarks>
/// Immutable and thread-safe. The library ships none. A document may be wrong;
/// <see cref="Wording.Load(ReadOnlySpan{byte}, string, Instrument)"/> checks it.
/// </remarks>
public sealed record WordingDocument
{
    /// <summary>Address of the schema, for editors.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Id of the instrument that the texts belong to.</summary>
    [JsonRequired]
    public string Instrument { get => field ?? ""; init; }

    /// <summary>First version of the definition that the texts fit; <see langword="null"/> when <see cref="DefinitionHash"/> names the one definition.</summary>
    public string? FromVersion { get; init; }

    /// <summary>First version that the texts no longer fit; <see langword="null"/> = none is known.</summary>
    public string? BeforeVersion { get; init; }

    /// <summary>SHA-256 of the only definition that the texts fit, lower-case hexadecimal; <see langword="null"/> = the versions decide.</summary>
    public string? DefinitionHash { get; init; }

    /// <summary>Language of the texts as a tag of BCP 47, for example <c>zh-Hans</c>, <c>en</c> or <c>ug-Arab-CN</c>.</summary>
    [JsonRequired]
    public string Language { get => field ?? ""; init; }

    /// <summary>Where the texts were taken from: publication, form, page.</summary>
    [JsonRequired]
    public string Source { get => field ?? ""; init; }

    /// <summary>By what right the host uses the texts: the licence, or who gave permission and when.</summary>
    [JsonRequired]
    public string Licence { get => field ?? ""; init; }

    /// <summary>Who translated the texts; <see langword="null"/> when they are the original or the source says so.</summary>
    public string? Translator { get; init; }

    /// <summary>What the person is told before the first item, one entry per paragraph; empty when there is nothing.</summary>
    public IReadOnlyList<string> Instructions { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>The beginning that all items share, for example a question that each of them ends; <see langword="null"/> when there is none.</summary>
    public string? Stem { get; init; }

    /// <summary>Texts of the items by item id; every item has one.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<string, string> Items { get => field ?? ReadOnlyDictionary<string, string>.Empty; init => field = Copy(value); }

    /// <summary>Texts of the options by response set and stored code, for all items that use the set.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Options { get => field ?? ReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>.Empty; init => field = Copy(value); }

    /// <summary>Texts of the options by item id and stored code, for items whose options have words of their own; they go before <see cref="Options"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> ItemOptions { get => field ?? ReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>.Empty; init => field = Copy(value); }

    /// <summary>Names of the units by response set, for response sets that are numbers.</summary>
    public IReadOnlyDictionary<string, string> Units { get => field ?? ReadOnlyDictionary<string, string>.Empty; init => field = Copy(value); }

    /// <summary>Instrument and language; never a text.</summary>
    public override string ToString() => $"{Instrument} {Language}";

    private static ReadOnlyDictionary<string, string> Copy(IReadOnlyDictionary<string, string>? texts) =>
        new(new Dictionary<string, string>(texts ?? ReadOnlyDictionary<string, string>.Empty));

    private static ReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Copy(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? texts) =>
        new((texts ?? ReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>.Empty).ToDictionary(t => t.Key, t => (IReadOnlyDictionary<string, string>)Copy(t.Value)));
}
