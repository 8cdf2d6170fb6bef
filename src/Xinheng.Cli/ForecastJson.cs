using System.Text.Json;
using Xinheng.Data;
using Xinheng.Network;

namespace Xinheng.Cli;

/// <summary>A forecast as JSON: what the text says, for programs. Counts only.</summary>
internal static class ForecastJson
{
    public static void Write(Utf8JsonWriter writer, ForecastSummary summary)
    {
        writer.WriteStartObject();
        writer.WriteString("asOf", summary.Forecast.AsOf.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        writer.WriteNumber("answered", summary.Forecast.Answered);
        writer.WriteNumber("waiting", summary.Forecast.Waiting);
        writer.WriteNumber("leftOut", summary.Forecast.LeftOut);
        Write(writer, "forecast", summary.Forecast);
        if (summary.Compared is { } compared && summary.Comparison is { } comparison)
        {
            Write(writer, "compared", compared);
            Write(writer, comparison);
        }

        writer.WriteStartObject("problems");
        writer.WriteNumber("criticalUnreadable", summary.Scores.CriticalUnreadable);
        writer.WriteNumber("unreadReports", summary.UnreadReports);
        writer.WriteNumber("quarantinedRows", summary.Scores.Quarantined);
        writer.WriteNumber("unreadableCells", summary.Scores.UnreadableCells);
        writer.WriteNumber("rosterProblems", summary.RosterProblems);
        writer.WriteEndObject();
        JsonText.WriteList(writer, "notices", summary.Scores.Notices);
        JsonText.WriteList(writer, "notAsked", summary.NotAsked);
        writer.WriteString("folder", summary.Folder);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, PolicyForecast forecast)
    {
        writer.WriteStartObject(name);
        writer.WriteString("policy", forecast.Policy.Id);
        writer.WriteString("version", forecast.Policy.Definition.Version);
        writer.WriteString("sha256", forecast.Policy.Hash);
        writer.WriteBoolean("draft", forecast.Policy.IsDraft);
        writer.WriteNumber("people", forecast.People);
        writer.WriteNumber("hours", forecast.Hours.ToDouble());
        writer.WriteStartArray("tiers");
        foreach (var tier in forecast.Tiers)
        {
            writer.WriteStartObject();
            writer.WriteString("tier", PolicyText.Of(tier.Tier));
            writer.WriteNumber("decided", tier.Decided);
            writer.WriteNumber("expected", tier.Expected.ToDouble());
            writer.WriteNumber("low", tier.Low);
            writer.WriteNumber("high", tier.High);
            writer.WriteNumber("share", tier.Expected.ToDouble() / forecast.People);
            writer.WriteNumber("minutesPerPerson", tier.MinutesPerPerson);
            writer.WriteNumber("hours", tier.Hours.ToDouble());
            Write(writer, "dueInFirstDays", tier.DueInFirstDays);
            Write(writer, "hoursInFirstDays", tier.HoursInFirstDays);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        Write(writer, forecast.FirstDays);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, FirstSchoolDays? days)
    {
        if (days is null)
        {
            writer.WriteNull("firstDays");
            return;
        }

        writer.WriteStartObject("firstDays");
        writer.WriteString("from", days.From.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        writer.WriteString("until", days.Until.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        writer.WriteNumber("people", days.People.ToDouble());
        writer.WriteNumber("hours", days.Hours.ToDouble());
        Write(writer, "counsellorHoursPerDay", days.CounsellorHoursPerDay);
        Write(writer, "staffedHours", days.StaffedHours);
        if (days.OverRedLine is { } over)
        {
            writer.WriteBoolean("overRedLine", over);
        }
        else
        {
            writer.WriteNull("overRedLine");
        }

        Write(writer, "hoursOver", days.HoursOver);
        Write(writer, "staggerDays", days.StaggerDays is { } stagger ? new Rational(stagger) : null);
        JsonText.Write(writer, "remedy", days.Remedy);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, PolicyComparison comparison)
    {
        writer.WriteStartObject("moves");
        writer.WriteNumber("people", comparison.People);
        writer.WriteNumber("higher", comparison.Higher);
        writer.WriteNumber("lower", comparison.Lower);
        writer.WriteStartArray("table");
        foreach (var from in Enum.GetValues<Tier>().Reverse())
        {
            foreach (var to in Enum.GetValues<Tier>().Reverse())
            {
                writer.WriteStartObject();
                writer.WriteString("from", PolicyText.Of(from));
                writer.WriteString("to", PolicyText.Of(to));
                writer.WriteNumber("people", comparison[from, to]);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, Rational? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number.ToDouble());
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
