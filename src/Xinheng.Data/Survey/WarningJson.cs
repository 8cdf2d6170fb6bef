using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>Warnings as one line of JSON each; every type writes the members it has and no others.</summary>
/// <remarks>Mutable, not thread-safe: it appends to one buffer.</remarks>
internal sealed class WarningJson : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TextBuffer _buffer;
    private readonly Utf8JsonWriter _writer;

    public WarningJson(TextBuffer buffer) => (_buffer, _writer) = (buffer, new Utf8JsonWriter(buffer, Options));

    public void Dispose() => _writer.Dispose();

    public void Line(Warning warning)
    {
        _writer.WriteStartObject();
        _writer.WriteString("id"u8, warning.Id);
        _writer.WriteString("case"u8, warning.CaseId);
        _writer.WriteString("person"u8, warning.Person);
        switch (warning)
        {
            case CareWarning care:
                _writer.WriteString("unit"u8, care.Unit);
                _writer.WriteString("careLevel"u8, PolicyText.Of(care.CareLevel));
                break;
            case LeadershipWarning leadership:
                _writer.WriteString("school"u8, leadership.School);
                break;
            case PsychologistWarning psychologist:
                Write(psychologist);
                break;
            default:
                break;
        }

        _writer.WriteString("due"u8, Time(warning.Due));
        _writer.WriteStartArray("actions"u8);
        foreach (var action in warning.Actions)
        {
            _writer.WriteStringValue(action.Id);
        }

        _writer.WriteEndArray();
        End();
    }

    /// <summary>A warning about a unit.</summary>
    public void Line(UnitWarning warning)
    {
        _writer.WriteStartObject();
        _writer.WriteString("kind"u8, JsonNamingPolicy.KebabCaseLower.ConvertName(warning.Kind.ToString()));
        _writer.WriteString("unit"u8, warning.Unit);
        _writer.WriteNumber("people"u8, warning.People);
        Write("text"u8, warning.Text);
        End();
    }

    /// <summary>What an office sees: one row a line, the unit itself first.</summary>
    public void Lines(OfficeReport report)
    {
        foreach (var row in report.Rows.Prepend(report.Total))
        {
            _writer.WriteStartObject();
            _writer.WriteString("unit"u8, row.Unit);
            _writer.WriteNumber("enrolled"u8, row.Enrolled);
            _writer.WriteNumber("eligible"u8, row.Eligible);
            Count("valid", row.Valid);
            _writer.WriteBoolean("mayGiveRate"u8, row.MayGiveRate);
            foreach (var (tier, count) in row.Tiers.OrderByDescending(t => t.Key))
            {
                Count(PolicyText.Of(tier), count);
            }

            End();
        }

        void Count(string name, OfficeCount count)
        {
            if (count.Value is { } value)
            {
                _writer.WriteNumber(name, value);
            }
            else
            {
                _writer.WriteNull(name);
            }
        }
    }

    /// <summary>What the ids in the warnings of an audience stand for. Rules and tasks are the psychologist's alone.</summary>
    public static byte[] Texts(PolicyDefinition policy, Audience audience)
    {
        var content = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(content, Options with { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("actions"u8);
            foreach (var action in policy.Notifications.Where(n => n.Audience == audience).SelectMany(n => n.Actions).Distinct().Order(StringComparer.Ordinal))
            {
                Write(writer, action, policy.Actions[action]);
            }

            writer.WriteEndObject();
            if (audience == Audience.Psychologist)
            {
                writer.WriteStartObject("rules"u8);
                foreach (var rule in policy.Rules)
                {
                    Write(writer, rule.Id, rule.Reason);
                }

                writer.WriteEndObject();
                writer.WriteStartObject("tasks"u8);
                foreach (var task in policy.Tasks)
                {
                    Write(writer, task.Id, task.Text);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        content.Write("\n"u8);
        return content.WrittenSpan.ToArray();

        static void Write(Utf8JsonWriter writer, string id, LocalizedText text)
        {
            writer.WriteStartObject(id);
            writer.WriteString("en"u8, text.En);
            writer.WriteString("zh-Hans"u8, text.ZhHans);
            writer.WriteEndObject();
        }
    }

    /// <summary>A time of day with its offset.</summary>
    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>Facts stand once, and each rule names those it looked at by their places.</summary>
    private void Write(PsychologistWarning warning)
    {
        var report = warning.Report;
        _writer.WriteString("unit"u8, warning.Unit);
        _writer.WriteString("dormitory"u8, warning.Dormitory);
        _writer.WriteBoolean("draft"u8, warning.Draft);
        _writer.WriteString("tier"u8, PolicyText.Of(report.Tier));
        _writer.WriteString("certain"u8, PolicyText.Of(report.Certain));
        _writer.WriteString("possible"u8, PolicyText.Of(report.Possible));
        _writer.WriteBoolean("incomplete"u8, report.Incomplete);
        _writer.WriteString("within"u8, report.Urgency?.ToString());
        _writer.WriteString("guardian"u8, JsonNamingPolicy.KebabCaseLower.ConvertName(warning.GuardianNotice.ToString()));
        var facts = report.Rules.SelectMany(r => r.Facts).Distinct().ToList();
        _writer.WriteStartArray("rules"u8);
        foreach (var fired in report.Rules)
        {
            _writer.WriteStartObject();
            _writer.WriteString("rule"u8, fired.Rule.Id);
            _writer.WriteBoolean("fired"u8, fired.Fired);
            _writer.WriteStartArray("facts"u8);
            foreach (var fact in fired.Facts)
            {
                _writer.WriteNumberValue(facts.IndexOf(fact));
            }

            _writer.WriteEndArray();
            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
        _writer.WriteStartArray("facts"u8);
        foreach (var fact in facts)
        {
            Write(fact);
        }

        _writer.WriteEndArray();
        _writer.WriteStartArray("tasks"u8);
        foreach (var task in report.Tasks)
        {
            _writer.WriteStringValue(task.Id);
        }

        _writer.WriteEndArray();
        _writer.WriteString("basis"u8, report.Basis);
    }

    private void Write(RiskFact fact)
    {
        _writer.WriteStartObject();
        _writer.WriteString("kind"u8, fact.Kind);
        _writer.WriteBoolean("known"u8, fact.Known);
        Text("instrument"u8, fact.Instrument);
        Text("id"u8, fact.Id);
        if (fact.Value is { } value)
        {
            _writer.WriteNumber("value"u8, value.ToDouble());
        }

        Text("band"u8, fact.Band);
        if (fact.Severity is { } severity)
        {
            _writer.WriteNumber("severity"u8, severity);
        }

        Text("domain"u8, fact.Domain);
        Text("date"u8, fact.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Text("source"u8, fact.Source);
        Write("text"u8, fact.Text);
        _writer.WriteEndObject();

        void Text(ReadOnlySpan<byte> name, string? text)
        {
            if (text is not null)
            {
                _writer.WriteString(name, text);
            }
        }
    }

    private void Write(ReadOnlySpan<byte> name, LocalizedText text)
    {
        _writer.WriteStartObject(name);
        _writer.WriteString("en"u8, text.En);
        _writer.WriteString("zh-Hans"u8, text.ZhHans);
        _writer.WriteEndObject();
    }

    private void End()
    {
        _writer.WriteEndObject();
        _writer.Flush();
        _buffer.Append((byte)'\n');
        _writer.Reset();
    }
}
