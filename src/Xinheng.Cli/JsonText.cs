using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Xinheng.Cli;

/// <summary>How the verbs print JSON: indented, with Chinese as it is.</summary>
internal static class JsonText
{
    public static JsonWriterOptions Options { get; } = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteList(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter writer, string name, LocalizedText? text)
    {
        if (text is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WritePropertyName(name);
        WriteValue(writer, text);
    }

    public static void WriteValue(Utf8JsonWriter writer, LocalizedText text)
    {
        writer.WriteStartObject();
        writer.WriteString("en", text.En);
        writer.WriteString("zh-Hans", text.ZhHans);
        writer.WriteEndObject();
    }

    /// <summary>15 significant digits, what a double holds for certain; null where there is no number.</summary>
    public static void WriteNumber(Utf8JsonWriter writer, string name, double value)
    {
        writer.WritePropertyName(name);
        WriteNumber(writer, value);
    }

    /// <summary>The same without a name, within a list.</summary>
    public static void WriteNumber(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteRawValue(value.ToString("G15", CultureInfo.InvariantCulture));
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    public static void WriteNumbers(Utf8JsonWriter writer, string name, IEnumerable<double> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            WriteNumber(writer, value);
        }

        writer.WriteEndArray();
    }

    /// <summary>The numbers of rows, and what the reader should know of the file.</summary>
    public static void WriteRows(Utf8JsonWriter writer, Data.ScoreSummary summary)
    {
        writer.WriteNumber("read", summary.Read);
        writer.WriteNumber("quarantined", summary.Quarantined);
        writer.WriteNumber("duplicates", summary.Duplicates);
        writer.WriteNumber("unreadableCells", summary.UnreadableCells);
        WriteList(writer, "notices", summary.Notices);
    }

    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
