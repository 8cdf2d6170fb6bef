namespace Xinheng.Samples.Tests;

/// <summary>A fenced block of the readme, and the block of text that follows it if one does.</summary>
internal sealed record Snippet(string Language, string Text, string? Output)
{
    /// <summary>Blocks of the readme in order. A <c>text</c> block right after a program is what the program prints.</summary>
    public static IReadOnlyList<Snippet> Read(string readme)
    {
        List<Snippet> snippets = [];
        string? language = null;
        List<string> lines = [];
        var onlyBlanksSince = false;
        foreach (var line in File.ReadLines(Repository.PathOf(readme)))
        {
            if (!line.StartsWith("```", StringComparison.Ordinal))
            {
                lines.Add(line);
                onlyBlanksSince &= language is not null || string.IsNullOrWhiteSpace(line);
                continue;
            }

            if (language is null)
            {
                language = line[3..];
                lines.Clear();
                continue;
            }

            var text = string.Concat(lines.Select(l => l + "\n"));
            if (language == "text" && onlyBlanksSince && snippets.Count > 0)
            {
                snippets[^1] = snippets[^1] with { Output = text };
            }
            else
            {
                snippets.Add(new Snippet(language, text, null));
            }

            language = null;
            lines.Clear();
            onlyBlanksSince = true;
        }

        return snippets;
    }
}
