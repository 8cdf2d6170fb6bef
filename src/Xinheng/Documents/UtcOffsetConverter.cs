using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Xinheng.Documents;

/// <summary>The distance of local time from UTC as text such as <c>"+08:00"</c>; no other spelling.</summary>
internal sealed class UtcOffsetConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String
        && reader.GetString() is { Length: 6 } text
        && text[0] is '+' or '-'
        && TimeSpan.TryParseExact(text.AsSpan(1), "hh\\:mm", CultureInfo.InvariantCulture, out var value)
            ? text[0] == '-' ? -value : value
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue((value < TimeSpan.Zero ? "-" : "+") + value.ToString("hh\\:mm", CultureInfo.InvariantCulture));
}
