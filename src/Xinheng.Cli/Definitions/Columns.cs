using System.Text;

namespace Xinheng.Cli;

/// <summary>Text of both languages within the columns of a terminal.</summary>
internal static class Columns
{
    public const int Width = 100;

    /// <summary>What must not begin a line.</summary>
    private const string Closing = "，。；：、！？）》”’—,.;:!?)]";

    /// <summary>Writes a text in lines of at most <see cref="Width"/> columns, each indented; a word longer than a line is broken.</summary>
    public static void WriteWrapped(this TextWriter output, int indent, string text)
    {
        var line = new StringBuilder();
        var used = 0;
        var began = false;
        foreach (var piece in Pieces(text))
        {
            var width = piece.EnumerateRunes().Sum(WidthOf);
            if (used > 0 && used + width > Width - indent)
            {
                End();
            }

            if (used == 0 && began && piece[0] == ' ')
            {
                continue;
            }

            began = true;

            foreach (var rune in piece.EnumerateRunes())
            {
                if (used + WidthOf(rune) > Width - indent)
                {
                    End();
                }

                line.Append(rune.ToString());
                used += WidthOf(rune);
            }
        }

        End();

        void End()
        {
            output.WriteLine((new string(' ', indent) + line).TrimEnd());
            line.Clear();
            used = 0;
        }
    }

    /// <summary>The most columns that a terminal gives a character: two for all but ASCII, for Chinese terminals print signs such as the middle dot that wide.</summary>
    private static int WidthOf(Rune rune) => rune.IsAscii ? 1 : 2;

    /// <summary>What stays on one line: a word, a run of spaces, or a Chinese character with the sign that closes behind it.</summary>
    private static IEnumerable<string> Pieces(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = start + 1;
            if (text[start] == ' ')
            {
                while (end < text.Length && text[end] == ' ')
                {
                    end++;
                }
            }
            else
            {
                var wide = IsWide(text[start]);
                while (end < text.Length && text[end] != ' ' && ((!wide && !IsWide(text[end])) || Closing.Contains(text[end], StringComparison.Ordinal) || char.IsLowSurrogate(text[end])))
                {
                    end++;
                }
            }

            yield return text[start..end];
            start = end;
        }
    }

    private static bool IsWide(char c) => c >= 0x2E80;
}
