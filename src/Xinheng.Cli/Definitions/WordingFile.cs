using System.Text.Json;

namespace Xinheng.Cli;

/// <summary>Wording files among other files.</summary>
internal static class WordingFile
{
    /// <summary>Whether the content is meant as a wording: an object with a language, or with texts by item id. A definition has neither.</summary>
    public static bool IsOne(byte[] content)
    {
        try
        {
            using var document = Parse(content);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && (root.TryGetProperty("language", out _) || (root.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Object));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false; // no JSON, or a name that is no text: the check of definitions says so
        }
    }

    /// <summary>The problems of a wording, checked against the instrument that it names.</summary>
    public static IReadOnlyList<Problem> Check(byte[] content, string file, InstrumentCatalog catalog)
    {
        using var document = Parse(content);
        if (document.RootElement.TryGetProperty("instrument", out var named)
            && named.ValueKind == JsonValueKind.String
            && catalog.Ids.FirstOrDefault(id => named.ValueEquals(id)) is { } known)
        {
            Wording.TryLoad(content, file, catalog[known], out _, out var problems);
            return problems;
        }

        return
        [
            new Problem
            {
                Code = "unknown-instrument",
                File = file,
                Path = "$.instrument",
                Found = "the id of no known instrument",
                Expected = "the id of a shipped instrument or of one that is given too",
                Action = "Correct the id, or name the definition with --definitions",
            },
        ];
    }

    private static JsonDocument Parse(byte[] content) => JsonDocument.Parse(content.AsMemory(content.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0));
}
