namespace Xinheng.Data;

/// <summary>References of cells, as <c>AB12</c>.</summary>
internal static class CellReference
{
    public const int MaxColumns = 16_384;
    public const int MaxRows = 1_048_576;

    /// <summary>Column from 0 and row from 1 of a reference.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out int column, out int row)
    {
        row = 0;
        int at = 0;
        int letters = 0;
        while (at < text.Length && char.IsAsciiLetterUpper(text[at]) && at < 3)
        {
            letters = (letters * 26) + (text[at] - 'A' + 1);
            at++;
        }

        column = letters - 1;
        return letters is >= 1 and <= MaxColumns && TryParseRow(text[at..], out row);
    }

    /// <summary>A row number from 1.</summary>
    public static bool TryParseRow(ReadOnlySpan<char> text, out int row)
    {
        row = 0;
        if (text.Length is 0 or > 7)
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            row = (row * 10) + (c - '0');
        }

        return row is >= 1 and <= MaxRows;
    }

    /// <summary>First and last row of a range, as <c>A1:C2</c>.</summary>
    public static bool TryParseRows(ReadOnlySpan<char> range, out int first, out int last)
    {
        int colon = range.IndexOf(':');
        ReadOnlySpan<char> from = colon < 0 ? range : range[..colon];
        ReadOnlySpan<char> to = colon < 0 ? range : range[(colon + 1)..];
        last = 0;
        return TryParse(from, out _, out first) && TryParse(to, out _, out last);
    }
}
