using System.Text.Json;
using System.Text.Json.Serialization;

namespace Xinheng.Documents;

/// <summary>A response time as text such as <c>"7d"</c>.</summary>
internal sealed class ResponseTimeConverter : JsonConverter<ResponseTime>
{
    public override ResponseTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && ResponseTime.TryParse(reader.GetString(), out var value) ? value : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, ResponseTime value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
