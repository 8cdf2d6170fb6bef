using System.Buffers;
using System.Globalization;

namespace Xinheng.Data;

/// <summary>Dates as workbooks keep them: a count of days that only the cell's number format tells from a number.</summary>
internal static class ExcelDate
{
    private const int SecondsOfDay = 86_400;
    private const double LastSerial = 2_958_465;

    // The 1900 system counts a 29 February 1900 that never was: serial 60.
    private const int FalseLeapDay = 60;

    private static readonly SearchValues<char> ElapsedLetters = SearchValues.Create("hHmMsS");

    /// <summary>Longest text that <see cref="TryFormat"/> writes.</summary>
    public const int MaxLength = 19;

    /// <summary>Whether a built-in number format shows a date or a time of day; 27-36 and 50-58 are those of Chinese, Japanese and Korean.</summary>
    public static bool IsDateFormat(int id) => id is (>= 14 and <= 22) or (>= 27 and <= 36) or 45 or 47 or (>= 50 and <= 58);

    /// <summary>Whether a format code shows a date or a time of day. Elapsed time, as <c>[h]:mm</c>, is a quantity and stays a number.</summary>
    public static bool IsDateFormat(ReadOnlySpan<char> code)
    {
        bool date = false;
        for (int i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case '"':
                    i = End(code, i, '"');
                    break;
                case '[':
                    int end = End(code, i, ']');
                    if (end - i >= 2 && end < code.Length && code[(i + 1)..end].IndexOfAnyExcept(ElapsedLetters) < 0)
                    {
                        return false;
                    }

                    i = end;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case ';':
                    // Only the section for positive numbers tells what the cell is.
                    return date;
                case 'y' or 'Y' or 'm' or 'M' or 'd' or 'D' or 'h' or 'H' or 's' or 'S':
                    date = true;
                    break;
            }
        }

        return date;
    }

    /// <summary>Writes a serial number as <c>2026-09-01</c>, <c>2026-09-01T08:30:00</c> or, without a day, <c>08:30:00</c>.</summary>
    /// <returns><see langword="false"/> when the serial number is no date.</returns>
    public static bool TryFormat(ReadOnlySpan<char> serial, bool date1904, Span<char> text, out int length)
    {
        length = 0;
        if (!double.TryParse(serial, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !(value >= 0 && value < LastSerial + 1))
        {
            return false;
        }

        // Whole seconds: the fraction of a day is a rounded binary number.
        long seconds = (long)Math.Round(value * SecondsOfDay, MidpointRounding.AwayFromZero);
        long days = seconds / SecondsOfDay;
        var time = new TimeOnly(seconds % SecondsOfDay * TimeSpan.TicksPerSecond);
        if (days == 0 && (!date1904 || time != TimeOnly.MinValue))
        {
            return time != TimeOnly.MinValue && time.TryFormat(text, out length, "HH:mm:ss", CultureInfo.InvariantCulture);
        }

        if (!date1904 && days == FalseLeapDay)
        {
            return false;
        }

        DateOnly epoch = date1904 ? new DateOnly(1904, 1, 1) : days < FalseLeapDay ? new DateOnly(1899, 12, 31) : new DateOnly(1899, 12, 30);
        if (epoch.DayNumber + days > DateOnly.MaxValue.DayNumber)
        {
            return false;
        }

        DateTime moment = epoch.AddDays((int)days).ToDateTime(time);
        string format = time == TimeOnly.MinValue ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss";
        return moment.TryFormat(text, out length, format, CultureInfo.InvariantCulture);
    }

    private static int End(ReadOnlySpan<char> code, int open, char close)
    {
        int length = code[(open + 1)..].IndexOf(close);
        return length < 0 ? code.Length : open + 1 + length;
    }
}
