namespace Xinheng.Data;

/// <summary>Says what kind of content stood in a cell, without saying what.</summary>
internal static class CellClass
{
    public static string Of(ReadOnlySpan<char> cell, CellKind kind)
    {
        switch (kind)
        {
            case CellKind.Formula:
                return "formula";
            case CellKind.Error:
                return "error-cell";
            case CellKind.Boolean:
                return "true-or-false";
            case CellKind.Date:
                return "date";
        }

        if (cell.IsEmpty)
        {
            return "empty";
        }

        if (cell.IsWhiteSpace())
        {
            return "spaces";
        }

        var body = cell[0] is '-' or '+' ? cell[1..] : cell;
        if (!body.IsEmpty && !body.ContainsAnyExceptInRange('0', '9'))
        {
            return body.Length < cell.Length ? "signed-number" : cell.Length > 9 ? "long-number" : "whole-number";
        }

        var (digits, points, letters, exponents, others, foreignDigits, invisible, spaces) = (0, 0, 0, 0, 0, 0, 0, 0);
        foreach (var c in body)
        {
            switch (c)
            {
                case >= '0' and <= '9':
                    digits++;
                    break;
                case '.' or ',':
                    points++;
                    break;
                case 'e' or 'E':
                    exponents++;
                    letters++;
                    break;
                case ' ' or '\t' or '\u00A0':
                    spaces++;
                    break;
                case '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' or '\0':
                    invisible++;
                    break;
                default:
                    if (char.IsDigit(c))
                    {
                        foreignDigits++;
                    }
                    else if (char.IsAsciiLetter(c))
                    {
                        letters++;
                    }
                    else
                    {
                        others++;
                    }

                    break;
            }
        }

        return invisible > 0 ? "invisible-character"
            : foreignDigits > 0 ? "non-ascii-digit"
            : digits > 0 && exponents == 1 && letters == 1 ? "number-with-exponent"
            : digits > 0 && points > 0 && letters + others + spaces == 0 ? "decimal-number"
            : digits > 0 && spaces > 0 && letters + others == 0 ? "number-with-spaces"
            : letters > 0 && digits + others == 0 ? "letters"
            : digits > 0 && letters + others > 0 ? "text-with-digits"
            : "text";
    }
}
