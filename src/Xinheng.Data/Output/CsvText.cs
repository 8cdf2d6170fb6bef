using System.Buffers;

namespace Xinheng.Data;

/// <summary>Writes CSV cells (RFC 4180) that no spreadsheet takes for a formula.</summary>
internal static class CsvText
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <summary>Writes a cell that came from outside.</summary>
    public static void Cell(TextBuffer output, ReadOnlySpan<char> cell)
    {
        var formula = IsFormula(cell);
        if (!formula && !cell.ContainsAny(Quoted))
        {
            output.Append(cell);
            return;
        }

        output.Append((byte)'"');
        if (formula)
        {
            output.Append((byte)'\'');
        }

        for (var quote = cell.IndexOf('"'); quote >= 0; quote = cell.IndexOf('"'))
        {
            output.Append(cell[..(quote + 1)]);
            output.Append((byte)'"');
            cell = cell[(quote + 1)..];
        }

        output.Append(cell);
        output.Append((byte)'"');
    }

    /// <summary>
    /// Whether a spreadsheet could run the cell: it begins, after spaces and quotes, with a character that starts a
    /// formula in ASCII or full width, and is not simply a number.
    /// </summary>
    internal static bool IsFormula(ReadOnlySpan<char> cell)
    {
        var body = cell.TrimStart(" \u00A0\u3000\uFEFF\"'");
        return !body.IsEmpty
            && body[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\0' or '＝' or '＋' or '－' or '＠'
            && !IsNumber(cell);
    }

    private static bool IsNumber(ReadOnlySpan<char> cell) =>
        cell.StartsWith("-") && Rational.TryParse(cell, out _) && !cell.Contains('/');
}
