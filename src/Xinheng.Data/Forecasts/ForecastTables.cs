using System.Globalization;
using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>The tables of a forecast.</summary>
internal static class ForecastTables
{
    /// <summary>One row per policy and tier; people and hours with two decimals.</summary>
    public static void WriteTiers(Stream stream, ForecastSummary summary)
    {
        var line = new TextBuffer();
        stream.Write("policy,version,tier,decided,expected,low,high,minutes_per_person,hours,due_in_first_days,hours_in_first_days\n"u8);
        foreach (var forecast in new[] { summary.Forecast, summary.Compared }.OfType<PolicyForecast>())
        {
            foreach (var tier in forecast.Tiers)
            {
                line.Clear();
                line.Append(forecast.Policy.Id);
                foreach (var cell in new[]
                {
                    forecast.Policy.Definition.Version, PolicyText.Of(tier.Tier), Whole(tier.Decided), Decimal(tier.Expected), Whole(tier.Low), Whole(tier.High),
                    Whole(tier.MinutesPerPerson), Decimal(tier.Hours), Decimal(tier.DueInFirstDays), Decimal(tier.HoursInFirstDays),
                })
                {
                    line.Append((byte)',');
                    line.Append(cell);
                }

                line.Append((byte)'\n');
                stream.Write(line.Written);
            }
        }
    }

    /// <summary>One row per person who would change tier.</summary>
    public static void WriteChanges(Stream stream, PolicyComparison comparison)
    {
        var line = new TextBuffer();
        stream.Write("person,from,to,change,from_rules,to_rules\n"u8);
        foreach (var change in comparison.Changes)
        {
            line.Clear();
            CsvText.Cell(line, change.Person);
            foreach (var cell in new[] { PolicyText.Of(change.From), PolicyText.Of(change.To), change.IsHigher ? "higher" : "lower", string.Join(' ', change.FromRules), string.Join(' ', change.ToRules) })
            {
                line.Append((byte)',');
                line.Append(cell);
            }

            line.Append((byte)'\n');
            stream.Write(line.Written);
        }
    }

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Decimal(Rational? value) => value?.ToDouble().ToString("F2", CultureInfo.InvariantCulture) ?? "";
}
