using System.Globalization;
using System.Text;

namespace Xinheng.Benchmarks.Recovery;

/// <summary>Prints recovered quantities.</summary>
internal static class RecoveryTable
{
    public static string Format(RecoveryResult result)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{result.People} people with one careful row, {result.Schools} schools\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{"",-42} {"in",9} {"out",9} {"diff",9} {"SE",9} {"diff/SE",8}\n");
        foreach (var row in result.Rows)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{row.Quantity,-42} {row.In,9:F4} {row.Out,9:F4} {row.Difference,9:F4} {row.StandardError,9:F4} {row.Distance,8:F2}\n");
        }

        text.Append(
            CultureInfo.InvariantCulture,
            $"\n{result.Rows.Count(r => Math.Abs(r.Distance) <= 2)} of {result.Rows.Count} within 2 standard errors, furthest {result.Rows.Max(r => Math.Abs(r.Distance)):F2}\n");
        return text.ToString();
    }
}
