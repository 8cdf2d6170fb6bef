using System.Globalization;

namespace Xinheng.Data;

/// <summary>Text of cells: Excel writes a character that XML cannot hold as <c>_x000D_</c>.</summary>
internal static class ExcelText
{
    private const int EscapeLength = 7;

    /// <summary>Replaces the escapes in place, and gives the new length.</summary>
    public static int Unescape(Span<char> text)
    {
        int from = text.IndexOf("_x");
        if (from < 0)
        {
            return text.Length;
        }

        int length = from;
        for (int at = from; at < text.Length; at++)
        {
            char c = text[at];
            if (c == '_' && text.Length - at >= EscapeLength && text[at + 1] == 'x' && text[at + 6] == '_'
                && ushort.TryParse(text.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
            {
                c = (char)code;
                at += EscapeLength - 1;
            }

            text[length++] = c;
        }

        return length;
    }
}
