using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>One score of an instrument: a total, a subscale, an index or a class, from a closed set of operations.</summary>
/// <remarks>
/// Immutable and thread-safe. A score may use items, and scores that stand before it in the definition; so no cycle can
/// be written. There are no expressions: what cannot be said with these operations needs a change of the library.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SumScore), "sum")]
[JsonDerivedType(typeof(MeanScore), "mean")]
[JsonDerivedType(typeof(CountScore), "count")]
[JsonDerivedType(typeof(TotalScore), "total")]
[JsonDerivedType(typeof(QuantityScore), "quantity")]
[JsonDerivedType(typeof(ClockSpanScore), "clock-span")]
[JsonDerivedType(typeof(RatioScore), "ratio")]
[JsonDerivedType(typeof(StepScore), "steps")]
[JsonDerivedType(typeof(TableScore), "table")]
[JsonDerivedType(typeof(ClassScore), "classes")]
public abstract record ScoreDefinition
{
    /// <summary>Id, kebab-case; <c>total</c> where an instrument has one sum.</summary>
    [JsonRequired]
    public string Id { get => field ?? ""; init; }

    /// <summary>Name of the score.</summary>
    [JsonRequired]
    public LocalizedText Name { get => field ?? new(); init; }

    /// <summary>Which end is the one to worry about.</summary>
    [JsonRequired]
    public Direction Direction { get; init; }

    /// <summary>Lowest and highest possible value, recomputed from the key by the loader.</summary>
    [JsonRequired]
    public ScoreRange Range { get => field ?? new(); init; }

    /// <summary>What the key, that is the items and the operation, rests on.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }

    /// <summary>The result is multiplied by this, after proration; 1 when not given.</summary>
    public Rational? Times { get; init; }

    /// <summary>Rounding of the result, after <see cref="Times"/>.</summary>
    public Rounding Round { get; init; }

    /// <summary>Published severity categories; empty when none are published.</summary>
    public IReadOnlyList<BandSet> Bands { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>LOINC code of the score, where confirmed.</summary>
    public string? Loinc { get; init; }
}
