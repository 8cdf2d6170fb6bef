using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>One question of an instrument. Its wording is not here.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record Item
{
    /// <summary>Number as printed on the form, for example <c>9</c> or <c>5a</c>.</summary>
    [JsonRequired]
    public string Id { get => field ?? ""; init; }

    /// <summary>A short neutral name in our own words, so that a person can tell the items apart.</summary>
    [JsonRequired]
    public LocalizedText Label { get => field ?? new(); init; }

    /// <summary>Key of <see cref="InstrumentDefinition.Responses"/>.</summary>
    [JsonRequired]
    public string Responses { get => field ?? ""; init; }

    /// <summary>Whether the authors key it backwards: worth lowest + highest score of its options − the option's score.</summary>
    public bool Reverse { get; init; }

    /// <summary>Whether the item belongs to no score by design (an impairment question, for example).</summary>
    public bool Unscored { get; init; }

    /// <summary>When the form asks it; <see langword="null"/> = always.</summary>
    public AskedWhen? AskedWhen { get; init; }

    /// <summary>
    /// The code that a blank stands for by the published rule; <see langword="null"/> = a blank is missing. Where the item has
    /// <see cref="AskedWhen"/>, a blank stands for it only when the earlier answers say for certain that the item is asked.
    /// </summary>
    public int? WhenBlank { get; init; }

    /// <summary>LOINC code of the item, where confirmed. LOINC codes carry LOINC's notice.</summary>
    public string? Loinc { get; init; }
}
