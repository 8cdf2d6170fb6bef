using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>What the owner of an instrument allows. Scoring keys are facts; item wording is never shipped.</summary>
/// <remarks>Immutable and thread-safe. Not legal advice.</remarks>
public sealed record Licence
{
    /// <summary>What may be done with the questionnaire.</summary>
    [JsonRequired]
    public LicenceStatus Status { get; init; }

    /// <summary>Who holds the rights, as far as known.</summary>
    [JsonRequired]
    public string Holder { get => field ?? ""; init; }

    /// <summary>Conditions in a sentence.</summary>
    [JsonRequired]
    public LocalizedText Terms { get => field ?? new(); init; }

    /// <summary>What this rests on.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }
}
