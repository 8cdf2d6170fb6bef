using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>A short text in the two languages in which results are read.</summary>
/// <remarks>Immutable and thread-safe. Never the wording of a questionnaire item: those belong to their owners.</remarks>
public sealed record LocalizedText
{
    /// <summary>English.</summary>
    [JsonRequired]
    public string En { get => field ?? ""; init; }

    /// <summary>Simplified Chinese.</summary>
    [JsonRequired]
    [JsonPropertyName("zh-Hans")]
    public string ZhHans { get => field ?? ""; init; }

    /// <summary>The text for a language tag: any tag beginning with <c>zh</c> gives Chinese, every other English.</summary>
    public string For(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? ZhHans : En;
    }

    /// <summary>The English text.</summary>
    public override string ToString() => En;
}
