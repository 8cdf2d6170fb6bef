using System.Text.Json;
using Xinheng.Documents;

namespace Xinheng.Cli;

/// <summary>A questionnaire with the wording of the host, for people and as JSON.</summary>
internal static class QuestionnaireText
{
    public static void Write(TextWriter output, Questionnaire questionnaire)
    {
        var wording = questionnaire.Wording!;
        output.WriteLine($"{questionnaire.Instrument} · {questionnaire.Language}");
        output.WriteWrapped(0, questionnaire.Name);
        output.WriteLine($"Wording · 题目文本 SHA-256 {wording.Hash}");
        output.WriteWrapped(0, $"Source · 出处: {wording.Document.Source}");
        output.WriteWrapped(0, $"Licence · 许可: {wording.Document.Licence}");
        if (wording.Document.Translator is { } translator)
        {
            output.WriteWrapped(0, $"Translator · 译者: {translator}");
        }

        output.WriteLine();
        foreach (var text in questionnaire.Instructions.Concat(questionnaire.Stem is { } stem ? [stem] : []))
        {
            output.WriteWrapped(0, text);
        }

        foreach (var (item, definition) in questionnaire.Items.Zip(questionnaire.Instrument.Items))
        {
            output.WriteLine();
            if (DefinitionFacts.Asked(definition) is { } asked)
            {
                output.WriteWrapped(2, $"({asked.En} · {asked.ZhHans})");
            }

            output.WriteWrapped(2, $"{item.Id}  {item.Text}");
            switch (item.Input)
            {
                case InputKind.Number:
                    output.WriteWrapped(6, $"____ {item.Unit} ({item.Range!.Min}-{item.Range.Max})");
                    break;
                case InputKind.Clock:
                    output.WriteLine("      __:__");
                    break;
            }

            foreach (var option in item.Options)
            {
                output.WriteWrapped(6, $"[{option.Code}] {option.Text}");
            }
        }
    }

    public static void Write(Utf8JsonWriter writer, Questionnaire questionnaire)
    {
        var wording = questionnaire.Wording!;
        writer.WriteStartObject();
        writer.WriteString("instrument", questionnaire.Instrument.Id);
        writer.WriteString("version", questionnaire.Instrument.Definition.Version);
        writer.WriteString("sha256", questionnaire.Instrument.Hash);
        writer.WriteString("wordingSha256", wording.Hash);
        writer.WriteString("language", questionnaire.Language);
        writer.WriteString("name", questionnaire.Name);
        writer.WriteString("source", wording.Document.Source);
        writer.WriteString("licence", wording.Document.Licence);
        writer.WriteString("translator", wording.Document.Translator);
        JsonText.WriteList(writer, "instructions", questionnaire.Instructions);
        writer.WriteString("stem", questionnaire.Stem);
        writer.WriteStartArray("items");
        foreach (var item in questionnaire.Items)
        {
            writer.WriteStartObject();
            writer.WriteString("id", item.Id);
            writer.WriteString("text", item.Text);
            JsonText.Write(writer, "label", item.Label);
            writer.WriteString("input", ScalesCommand.Kebab(item.Input));
            if (item.Range is { } range)
            {
                writer.WriteString("unit", item.Unit);
                writer.WriteString("min", range.Min.ToString());
                writer.WriteString("max", range.Max.ToString());
                writer.WriteNumber("decimals", range.Decimals);
            }

            writer.WriteStartArray("options");
            foreach (var option in item.Options)
            {
                writer.WriteStartObject();
                writer.WriteNumber("code", option.Code);
                writer.WriteString("text", option.Text);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            if (item.AskedWhen is { } asked)
            {
                writer.WritePropertyName("askedWhen");
                JsonSerializer.Serialize(writer, asked, XinhengJson.Default.AskedWhen);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
