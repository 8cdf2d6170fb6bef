using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>One severity category: from its start up to, not including, the next one's.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record Band
{
    /// <summary>Id of the band; a key of <see cref="InstrumentDefinition.BandLabels"/>.</summary>
    [JsonRequired]
    [JsonPropertyName("band")]
    public string Id { get => field ?? ""; init; }

    /// <summary>Lowest value that belongs to the band.</summary>
    [JsonRequired]
    public Rational From { get; init; }
}
