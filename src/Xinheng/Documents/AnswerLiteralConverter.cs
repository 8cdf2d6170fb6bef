using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Xinheng.Documents;

/// <summary>An answer of a worked example: a number, a text such as <c>"23:30"</c> or <c>"refused"</c>, or <c>null</c>.</summary>
internal sealed class AnswerLiteralConverter : JsonConverter<AnswerLiteral>
{
    public override bool HandleNull => true;

    public override AnswerLiteral Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => AnswerLiteral.Blank,
        JsonTokenType.Number => new(Encoding.ASCII.GetString(reader.ValueSpan)),
        JsonTokenType.String => new(reader.GetString()!),
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, AnswerLiteral value, JsonSerializerOptions options)
    {
        if (value.Text.Length == 0)
        {
            writer.WriteNullValue();
        }
        else if (!value.Text.Contains('/', StringComparison.Ordinal) && Rational.TryParse(value.Text, out _))
        {
            writer.WriteRawValue(value.Text);
        }
        else
        {
            writer.WriteStringValue(value.Text);
        }
    }
}
