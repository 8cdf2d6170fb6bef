using System.Collections.ObjectModel;
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
    public IReadOnlyDictionary<string, Source> Sources { get => field ?? ReadOnlyDictionary<string, Source>.Empty; init => field = new ReadOnlyDictionary<string, Source>(new Dictionary<string, Source>(value ?? ReadOnlyDictionary<string, Source>.Empty)); }

    /// <summary>Evidence of facts that belong to the instrument as a whole.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<Fact, Evidence> Evidence { get => field ?? ReadOnlyDictionary<Fact, Evidence>.Empty; init => field = new ReadOnlyDictionary<Fact, Evidence>(new Dictionary<Fact, Evidence>(value ?? ReadOnlyDictionary<Fact, Evidence>.Empty)); }

    /// <summary>LOINC code of the panel, where confirmed.</summary>
    public string? Loinc { get; init; }

    /// <summary>Response sets by id.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<string, ResponseSet> Responses { get => field ?? ReadOnlyDictionary<string, ResponseSet>.Empty; init => field = new ReadOnlyDictionary<string, ResponseSet>(new Dictionary<string, ResponseSet>(value ?? ReadOnlyDictionary<string, ResponseSet>.Empty)); }

    /// <summary>Items in printed order.</summary>
    [JsonRequired]
    public IReadOnlyList<Item> Items { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>Scores; a score uses only items and scores that stand before it.</summary>
    [JsonRequired]
    public IReadOnlyList<ScoreDefinition> Scores { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>Groups of scores that share no item and together use every scored item.</summary>
    public IReadOnlyList<Partition> Partitions { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>Names of the bands by band id.</summary>
    public IReadOnlyDictionary<string, LocalizedText> BandLabels { get => field ?? ReadOnlyDictionary<string, LocalizedText>.Empty; init => field = new ReadOnlyDictionary<string, LocalizedText>(new Dictionary<string, LocalizedText>(value ?? ReadOnlyDictionary<string, LocalizedText>.Empty)); }

    /// <summary>Single answers that matter whatever the total is.</summary>
    public IReadOnlyList<CriticalItem> CriticalItems { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>Scores that speak about the answers rather than about the person.</summary>
    public IReadOnlyList<ValidityScale> ValidityScales { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>What a user of this edition must know: traps, disagreements, choices.</summary>
    public IReadOnlyList<LocalizedText> Notes { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>Worked examples, run as tests.</summary>
    [JsonRequired]
    public IReadOnlyList<WorkedExample> Examples { get => field ?? []; init => field = [.. value ?? []]; }
}
