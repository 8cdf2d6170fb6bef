using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>One option of an <see cref="OptionSet"/>.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ResponseOption
{
    /// <summary>The stored code, as the publication codes it; 0 to 250.</summary>
    [JsonRequired]
    public int Code { get; init; }

    /// <summary>What the option is worth before reversal; the code itself when not given.</summary>
    public int? Score { get; init; }

    /// <summary>A neutral name, where the option has a generic one such as yes and no; not the questionnaire's wording.</summary>
    public LocalizedText? Label { get; init; }

    /// <summary>What the option is worth before reversal.</summary>
    [JsonIgnore]
    public int Value => Score ?? Code;
}
