using System.Globalization;

namespace Xinheng.Data;

/// <summary>Numbers as workbooks keep them: binary ones, written with up to 17 digits, a point or an exponent as the program likes.</summary>
internal static class ExcelNumber
{
    /// <summary>Digits that a workbook keeps of a number.</summary>
    private const int Digits = 15;

    /// <summary>Longest text that <see cref="TryShorten"/> writes.</summary>
    public const int MaxLength = 32;

    /// <summary>Writes a number as the shortest decimal that is the same number: <c>1.0</c> as 1, <c>2.021E7</c> as 20210000.</summary>
    /// <returns><see langword="false"/> where that takes more than 15 digits, or the text is no number: it stays as it is.</returns>
    public static bool TryShorten(ReadOnlySpan<char> number, Span<char> text, out int length)
    {
        length = 0;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!number.ContainsAny('.', 'e', 'E')
            || number[0] == '+'
            || !double.TryParse(number, Style, CultureInfo.InvariantCulture, out double value)
            || !(Math.Abs(value) is 0 or (> 1e-15 and < 1e15)))
        {
            return false;
        }

        // The shortest text that reads as the same number; as a decimal it has no exponent.
        Span<char> shortest = stackalloc char[MaxLength];
        return value.TryFormat(shortest, out int written, "R", CultureInfo.InvariantCulture)
            && decimal.TryParse(shortest[..written], Style, CultureInfo.InvariantCulture, out decimal plain)
            && plain.TryFormat(text, out length, "0.############################", CultureInfo.InvariantCulture)
            && SignificantDigits(text[..length]) <= Digits;
    }

    /// <summary>Digits of a plain decimal, but for the zero before its point.</summary>
    public static int SignificantDigits(ReadOnlySpan<char> plain)
    {
        ReadOnlySpan<char> digits = plain.TrimStart('-');
        return digits.Length - (digits.Contains('.') ? 1 : 0) - (digits.StartsWith("0.", StringComparison.Ordinal) ? 1 : 0);
    }
}
