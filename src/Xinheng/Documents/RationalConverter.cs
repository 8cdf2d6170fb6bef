using System.Text.Json;
using System.Text.Json.Serialization;

namespace Xinheng.Documents;

/// <summary>A fraction as a decimal number, or as text such as <c>"17/12"</c>.</summary>
internal sealed class RationalConverter : JsonConverter<Rational>
{
    public override Rational Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[64];
        if (reader.TokenType is JsonTokenType.Number && reader.ValueSpan.Length <= text.Length)
        {
            text = text[..System.Text.Encoding.ASCII.GetChars(reader.ValueSpan, text)];
        }
        else if (reader.TokenType is JsonTokenType.String && reader.ValueSpan.Length <= text.Length)
        {
            text = text[..reader.CopyString(text)];
        }
        else
        {
            throw new JsonException();
        }

        return Rational.TryParse(text, out var value) ? value : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, Rational value, JsonSerializerOptions options)
    {
        var text = value.ToString();
        if (text.Contains('/', StringComparison.Ordinal))
        {
            writer.WriteStringValue(text);
        }
        else
        {
            writer.WriteRawValue(text);
        }
    }
}
