using System.Text.Json;
using Xinheng.Documents;

namespace Xinheng.Cli;

/// <summary>One definition for people and as JSON, with what each of its facts rests on.</summary>
internal static class DefinitionText
{
    private const string Notice = "LOINC codes are copyright Regenstrief Institute, Inc. and the LOINC Committee, and available at no cost under the LOINC licence.";

    public static void Write(TextWriter output, Instrument instrument, IReadOnlyList<NormSet> norms)
    {
        var definition = instrument.Definition;
        output.WriteLine($"{instrument} · {definition.Abbreviation}");
        WriteBoth(output, 0, definition.Name);
        WriteBoth(output, 0, definition.Description);
        output.WriteLine($"SHA-256 {instrument.Hash}");
        output.WriteLine();
        output.WriteLine($"Items ({instrument.Items.Count}); the wording is its owner's and not shipped · 题目（{instrument.Items.Count}题），不附带题目原文");
        foreach (var item in instrument.Items)
        {
            output.WriteWrapped(2, $"{item.Id,4}  {item.Label.En} · {item.Label.ZhHans}  [{item.Responses}]{(item.Reverse ? " reversed · 反向" : "")}{(item.Unscored ? " unscored · 不计分" : "")}");
        }

        var facts = DefinitionFacts.Of(instrument);
        output.WriteLine();
        output.WriteWrapped(0, $"Facts ({facts.Count}) · 各项内容（{facts.Count}项）: {Counts(facts)}");
        WriteFacts(output, facts, definition.Sources);
        foreach (var set in norms)
        {
            var found = DefinitionFacts.Of(set);
            output.WriteLine();
            output.WriteWrapped(0, $"Norms {set} · 常模（{found.Count}项）: {Counts(found)}");
            WriteFacts(output, found, set.Document.Sources);
            WriteNotes(output, set.Document.Warnings);
        }

        if (definition.Notes.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("Know before use · 使用前须知");
            WriteNotes(output, definition.Notes);
        }

        output.WriteLine();
        output.WriteLine("Sources · 出处");
        WriteSources(output, definition.Sources);
        foreach (var set in norms)
        {
            output.WriteLine();
            output.WriteLine($"Sources of the norms {set.Id} · 常模出处");
            WriteSources(output, set.Document.Sources);
        }

        if (definition.Evidence.ContainsKey(Fact.Loinc))
        {
            output.WriteLine();
            output.WriteWrapped(0, Notice);
        }
    }

    public static void Write(Utf8JsonWriter writer, Instrument instrument, IReadOnlyList<NormSet> norms)
    {
        writer.WriteStartObject();
        writer.WriteString("sha256", instrument.Hash);
        writer.WritePropertyName("definition");
        JsonSerializer.Serialize(writer, instrument.Definition, XinhengJson.Default.InstrumentDefinition);
        Write(writer, DefinitionFacts.Of(instrument), instrument.Definition.Sources);
        writer.WriteStartArray("norms");
        foreach (var set in norms)
        {
            writer.WriteStartObject();
            writer.WriteString("sha256", set.Hash);
            writer.WritePropertyName("document");
            JsonSerializer.Serialize(writer, set.Document, XinhengJson.Default.NormDocument);
            Write(writer, DefinitionFacts.Of(set), set.Document.Sources);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (instrument.Definition.Evidence.ContainsKey(Fact.Loinc))
        {
            writer.WriteString("loincNotice", Notice);
        }

        writer.WriteEndObject();
    }

    /// <summary>Number of facts by verdict, in words.</summary>
    private static string Counts(IReadOnlyList<DefinitionFact> facts) => string.Join(", ", facts
        .CountBy(f => f.Evidence.Verdict)
        .OrderBy(v => v.Key)
        .Select(v => $"{v.Value} {Words.Of(v.Key).En} · {Words.Of(v.Key).ZhHans}"));

    private static void WriteFacts(TextWriter output, IReadOnlyList<DefinitionFact> facts, IReadOnlyDictionary<string, Source> sources)
    {
        var notes = new Dictionary<LocalizedText, LocalizedText>();
        foreach (var fact in facts)
        {
            output.WriteWrapped(2, $"{fact.Name.En} · {fact.Name.ZhHans}");
            WriteBoth(output, 6, fact.Value);
            var verdict = Words.Of(fact.Evidence);
            var places = string.Concat(fact.Evidence.Sources.Select(id => $" [{string.Join(": ", new[] { id, fact.Locator ?? sources[id].Locator }.OfType<string>())}]"));
            output.WriteWrapped(6, $"= {verdict.En} · {verdict.ZhHans}{places}");
            if (fact.Evidence.Note is not { } note)
            {
                continue;
            }

            if (notes.TryAdd(note, fact.Name))
            {
                WriteBoth(output, 8, note);
            }
            else
            {
                output.WriteWrapped(8, $"note as for {notes[note].En} · 说明同“{notes[note].ZhHans}”");
            }
        }
    }

    private static void WriteNotes(TextWriter output, IReadOnlyList<LocalizedText> notes)
    {
        foreach (var note in notes)
        {
            output.WriteWrapped(2, $"- {note.En}");
            output.WriteWrapped(4, note.ZhHans);
        }
    }

    public static void WriteSources(TextWriter output, IReadOnlyDictionary<string, Source> sources)
    {
        foreach (var (id, source) in sources)
        {
            output.WriteWrapped(2, string.Join(" ", new[] { $"[{id}] {source.Citation}", source.Doi is { } doi ? "doi:" + doi : null, source.Url, source.Revision, source.Locator }.OfType<string>()));
        }
    }

    private static void WriteBoth(TextWriter output, int indent, LocalizedText text)
    {
        output.WriteWrapped(indent, text.En);
        if (text.ZhHans != text.En)
        {
            output.WriteWrapped(indent, text.ZhHans);
        }
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<DefinitionFact> facts, IReadOnlyDictionary<string, Source> sources)
    {
        writer.WriteStartArray("facts");
        foreach (var fact in facts)
        {
            writer.WriteStartObject();
            JsonText.Write(writer, "name", fact.Name);
            JsonText.Write(writer, "value", fact.Value);
            writer.WriteString("verdict", ScalesCommand.Kebab(fact.Evidence.Verdict));
            JsonText.Write(writer, "verdictText", Words.Of(fact.Evidence));
            JsonText.Write(writer, "note", fact.Evidence.Note);
            writer.WriteStartArray("sources");
            foreach (var id in fact.Evidence.Sources)
            {
                writer.WriteStartObject();
                writer.WriteString("id", id);
                writer.WriteString("citation", sources[id].Citation);
                writer.WriteString("locator", fact.Locator ?? sources[id].Locator);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
