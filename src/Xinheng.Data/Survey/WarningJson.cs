using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>Warnings as one line of JSON each; every type writes the members it has and no others.</summary>
internal static class WarningJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Line(Warning warning)
    {
        var content = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(content, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("id", warning.Id);
            writer.WriteString("case", warning.CaseId);
            writer.WriteString("person", warning.Person);
            switch (warning)
            {
                case CareWarning care:
                    writer.WriteString("unit", care.Unit);
                    writer.WriteString("careLevel", PolicyText.Of(care.CareLevel));
                    break;
                case LeadershipWarning leadership:
                    writer.WriteString("school", leadership.School);
                    break;
                case PsychologistWarning psychologist:
                    Write(writer, psychologist);
                    break;
                default:
                    break;
            }

            writer.WriteString("due", Time(warning.Due));
            writer.WriteStartArray("actions");
            foreach (var action in warning.Actions)
            {
                Write(writer, action);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        content.Write("\n"u8);
        return content.WrittenSpan.ToArray();
    }

    /// <summary>A warning about a unit.</summary>
    public static byte[] Line(UnitWarning warning)
    {
        var content = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(content, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", JsonNamingPolicy.KebabCaseLower.ConvertName(warning.Kind.ToString()));
            writer.WriteString("unit", warning.Unit);
            writer.WriteNumber("people", warning.People);
            writer.WritePropertyName("text");
            Write(writer, warning.Text);
            writer.WriteEndObject();
        }

        content.Write("\n"u8);
        return content.WrittenSpan.ToArray();
    }

    /// <summary>What an office sees: one row a line, the unit itself first.</summary>
    public static byte[] Lines(OfficeReport report)
    {
        var content = new ArrayBufferWriter<byte>(1024);
        foreach (var row in report.Rows.Prepend(report.Total))
        {
            using (var writer = new Utf8JsonWriter(content, Options))
            {
                writer.WriteStartObject();
                writer.WriteString("unit", row.Unit);
                writer.WriteNumber("enrolled", row.Enrolled);
                writer.WriteNumber("eligible", row.Eligible);
                Count("valid", row.Valid);
                writer.WriteBoolean("mayGiveRate", row.MayGiveRate);
                foreach (var (tier, count) in row.Tiers.OrderByDescending(t => t.Key))
                {
                    Count(PolicyText.Of(tier), count);
                }

                writer.WriteEndObject();

                void Count(string name, OfficeCount count)
                {
                    if (count.Value is { } value)
                    {
                        writer.WriteNumber(name, value);
                    }
                    else
                    {
                        writer.WriteNull(name);
                    }
                }
            }

            content.Write("\n"u8);
        }

        return content.WrittenSpan.ToArray();
    }

    /// <summary>A time of day with its offset.</summary>
    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter writer, PsychologistWarning warning)
    {
        var report = warning.Report;
        writer.WriteString("unit", warning.Unit);
        writer.WriteString("dormitory", warning.Dormitory);
        writer.WriteBoolean("draft", warning.Draft);
        writer.WriteString("tier", PolicyText.Of(report.Tier));
        writer.WriteString("certain", PolicyText.Of(report.Certain));
        writer.WriteString("possible", PolicyText.Of(report.Possible));
        writer.WriteBoolean("incomplete", report.Incomplete);
        writer.WriteString("within", report.Urgency?.ToString());
        writer.WriteString("guardian", JsonNamingPolicy.KebabCaseLower.ConvertName(warning.GuardianNotice.ToString()));
        writer.WriteStartArray("rules");
        foreach (var fired in report.Rules)
        {
            writer.WriteStartObject();
            writer.WriteString("rule", fired.Rule.Id);
            writer.WriteBoolean("fired", fired.Fired);
            writer.WritePropertyName("reason");
            Write(writer, fired.Rule.Reason);
            writer.WriteStartArray("facts");
            foreach (var fact in fired.Facts)
            {
                Write(writer, fact.Text);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("tasks");
        foreach (var task in report.Tasks)
        {
            writer.WriteStartObject();
            writer.WriteString("task", task.Id);
            writer.WriteString("within", task.Within.ToString());
            writer.WritePropertyName("text");
            Write(writer, task.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, LocalizedText text)
    {
        writer.WriteStartObject();
        writer.WriteString("en", text.En);
        writer.WriteString("zh-Hans", text.ZhHans);
        writer.WriteEndObject();
    }
}
