using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Xinheng.Data;

/// <summary>Scores as a JSON list with one object per person; null where there is no value.</summary>
internal sealed class JsonScoreWriter : ScoreWriter
{
    private readonly Stream _stream;
    private readonly string[] _names;
    private bool _any;

    public JsonScoreWriter(Stream stream, IReadOnlyList<string> passed, IReadOnlyList<ScoreColumn> columns)
        : base(passed, columns)
    {
        _stream = stream;
        _names = [.. Names(passed, columns)];
        stream.Write("["u8);
    }

    public override ScorePart CreatePart() => new TextPart();

    public override void Format(SurveyBlock block, ScorePart part)
    {
        var text = ((TextPart)part).Text;
        var content = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(content, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        for (var person = 0; person < block.Count; person++)
        {
            content.ResetWrittenCount();
            writer.Reset();
            writer.WriteStartObject();
            for (var column = 0; column < PassedColumns.Count; column++)
            {
                writer.WriteString(_names[column], block.Passed.Cell(person, column));
            }

            for (var column = 0; column < Columns.Count; column++)
            {
                Write(writer, _names[PassedColumns.Count + column], Columns[column], block, person);
            }

            writer.WriteEndObject();
            writer.Flush();
            text.Append(text.Length == 0 ? "\n  "u8 : ",\n  "u8);
            text.Append(content.WrittenSpan);
        }
    }

    public override void Write(ScorePart part)
    {
        var text = ((TextPart)part).Text;
        if (_any && text.Length > 0)
        {
            _stream.Write(","u8);
        }

        _any |= text.Length > 0;
        _stream.Write(text.Written);
    }

    public override void Complete() => _stream.Write(_any ? "\n]\n"u8 : "]\n"u8);

    private static void Write(Utf8JsonWriter writer, string name, ScoreColumn column, SurveyBlock block, int person)
    {
        if (column.IsNumber)
        {
            if (column.Number(block, person) is var number && !double.IsNaN(number))
            {
                writer.WriteNumber(name, number);
            }
            else
            {
                writer.WriteNull(name);
            }
        }
        else if (column.Word(block, person) is { Length: > 0 } word)
        {
            writer.WriteString(name, word);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
