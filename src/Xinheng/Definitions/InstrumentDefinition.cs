using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>The content of a definition file (<c>scales/&lt;id&gt;/instrument.json</c>), as written.</summary>
/// <remarks>
/// Immutable and thread-safe. A definition may be wrong; <see cref="Instrument.Create(InstrumentDefinition)"/> and
/// <see cref="Instrument.Load(ReadOnlySpan{byte}, string, string?)"/> check it.
/// </remarks>
public sealed record InstrumentDefinition
{
    /// <summary>Address of the schema, for editors.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Kebab-case id, the same as the folder's name.</summary>
    [JsonRequired]
    public string Id { get => field ?? ""; init; }

    /// <summary>Semantic version of this definition, for example <c>1.0.0</c>.</summary>
    [JsonRequired]
    public string Version { get => field ?? ""; init; }

    /// <summary>Name of the published edition.</summary>
    [JsonRequired]
    public LocalizedText Name { get => field ?? new(); init; }

    /// <summary>Usual abbreviation, for example <c>PHQ-9</c>.</summary>
    [JsonRequired]
    public string Abbreviation { get => field ?? ""; init; }

    /// <summary>What the edition measures and what sets it apart from others, in a sentence or two.</summary>
    [JsonRequired]
    public LocalizedText Description { get => field ?? new(); init; }

    /// <summary>Days the answers look back on; <see langword="null"/> when the form names none.</summary>
    public int? RecallDays { get; init; }

    /// <summary>For whom it is published.</summary>
    [JsonRequired]
    public Population Population { get => field ?? new(); init; }

    /// <summary>What its owner allows.</summary>
    [JsonRequired]
    public Licence Licence { get => field ?? new(); init; }

    /// <summary>Sources by id.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<string, Source> Sources { get => field ?? new Dictionary<string, Source>(); init; }

    /// <summary>Evidence of facts that belong to the instrument as a whole.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<Fact, Evidence> Evidence { get => field ?? new Dictionary<Fact, Evidence>(); init; }

    /// <summary>LOINC code of the panel, where confirmed.</summary>
    public string? Loinc { get; init; }

    /// <summary>Response sets by id.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<string, ResponseSet> Responses { get => field ?? new Dictionary<string, ResponseSet>(); init; }

    /// <summary>Items in printed order.</summary>
    [JsonRequired]
    public IReadOnlyList<Item> Items { get => field ?? []; init; }

    /// <summary>Scores; a score uses only items and scores that stand before it.</summary>
    [JsonRequired]
    public IReadOnlyList<ScoreDefinition> Scores { get => field ?? []; init; }

    /// <summary>Groups of scores that share no item and together use every scored item.</summary>
    public IReadOnlyList<Partition> Partitions { get => field ?? []; init; }

    /// <summary>Names of the bands by band id.</summary>
    public IReadOnlyDictionary<string, LocalizedText> BandLabels { get => field ?? new Dictionary<string, LocalizedText>(); init; }

    /// <summary>Single answers that matter whatever the total is.</summary>
    public IReadOnlyList<CriticalItem> CriticalItems { get => field ?? []; init; }

    /// <summary>Scores that speak about the answers rather than about the person.</summary>
    public IReadOnlyList<ValidityScale> ValidityScales { get => field ?? []; init; }

    /// <summary>What a user of this edition must know: traps, disagreements, choices.</summary>
    public IReadOnlyList<LocalizedText> Notes { get => field ?? []; init; }

    /// <summary>Worked examples, run as tests.</summary>
    [JsonRequired]
    public IReadOnlyList<WorkedExample> Examples { get => field ?? []; init; }
}
