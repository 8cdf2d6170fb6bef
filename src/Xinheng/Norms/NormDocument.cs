using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>The content of a norm document (<c>scales/&lt;id&gt;/norms.&lt;name&gt;.json</c>), as written: how one population answered one instrument.</summary>
/// <remarks>
/// Immutable and thread-safe. A document may be wrong;
/// <see cref="NormSet.Load(ReadOnlySpan{byte}, string, InstrumentCatalog, string?)"/> checks it.
/// </remarks>
public sealed record NormDocument
{
    /// <summary>Address of the schema, for editors.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Kebab-case id, for example <c>scl-90-chinese-adults-1986</c>.</summary>
    [JsonRequired]
    public string Id { get => field ?? ""; init; }

    /// <summary>Semantic version of this document, for example <c>1.0.0</c>.</summary>
    [JsonRequired]
    public string Version { get => field ?? ""; init; }

    /// <summary>Id of the instrument the norms are for.</summary>
    [JsonRequired]
    public string Instrument { get => field ?? ""; init; }

    /// <summary>Whose norms these are, for example adults in China.</summary>
    [JsonRequired]
    public LocalizedText Population { get => field ?? new(); init; }

    /// <summary>Year the norms were published or, where known, collected.</summary>
    [JsonRequired]
    public int Year { get; init; }

    /// <summary>Number of people in the whole norm sample; <see langword="null"/> where no source tells it.</summary>
    [JsonPropertyName("n")]
    public int? SampleSize { get; init; }

    /// <summary>How the people were chosen; says so where it is not known.</summary>
    [JsonRequired]
    public LocalizedText Sampling { get => field ?? new(); init; }

    /// <summary>What population, year, number, sampling and groups rest on. If it is unconfirmed, so is every result.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }

    /// <summary>Sources by id.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<string, Source> Sources { get => field ?? ReadOnlyDictionary<string, Source>.Empty; init => field = new ReadOnlyDictionary<string, Source>(new Dictionary<string, Source>(value ?? ReadOnlyDictionary<string, Source>.Empty)); }

    /// <summary>What everybody who reads a result of these norms must be told; empty when there is nothing.</summary>
    public IReadOnlyList<LocalizedText> Warnings { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>Ids of groups for people who match none, the first that has a norm for the score counts; empty = such people get no norm score.</summary>
    public IReadOnlyList<string> Fallback { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>Groups of people with norms of their own; nobody may match two.</summary>
    [JsonRequired]
    public IReadOnlyList<NormGroup> Groups { get => field ?? []; init => field = [.. value ?? []]; }
}
