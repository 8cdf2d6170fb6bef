using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Xinheng.Documents;

/// <summary>A time of day as text on the 24-hour clock, such as <c>"17:30"</c>; no other spelling.</summary>
internal sealed class TimeOfDayConverter : JsonConverter<TimeOnly>
{
    private const string Form = "HH:mm";

    public override TimeOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && TimeOnly.TryParseExact(reader.GetString(), Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
            ? value
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, TimeOnly value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(Form, CultureInfo.InvariantCulture));
}
