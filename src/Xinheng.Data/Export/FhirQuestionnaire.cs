using System.Globalization;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using static Xinheng.Data.DefinitionExport;

namespace Xinheng.Data;

/// <summary>A definition as a FHIR R4 Questionnaire (http://hl7.org/fhir/R4/questionnaire.html).</summary>
internal sealed class FhirQuestionnaire
{
    private const string Extensions = "http://hl7.org/fhir/StructureDefinition/";
    private const string Ucum = "http://unitsofmeasure.org";
    private const int MaxClauses = 16;

    private const string LoincNotice =
        "This material contains content from LOINC (http://loinc.org). LOINC is copyright Regenstrief Institute, Inc. and the Logical Observation "
        + "Identifiers Names and Codes (LOINC) Committee and is available at no cost under the license at http://loinc.org/license. LOINC is a "
        + "registered United States trademark of Regenstrief Institute, Inc.";

    private static readonly LocalizedText NoWording = new()
    {
        En = "The text of an item is a neutral label of Xinheng, not the wording of the questionnaire, which belongs to its owner and is not here: "
            + "put the wording of a copy you may use in its place before anybody is asked. The ordinal value of an option is what the item adds to a score, "
            + "reversal included. Scores, bands and the rules for missing answers are not part of this resource.",
        ZhHans = "条目文本为心衡的中性标签，不是量表原文；原文版权归权利人所有，此处不提供，施测前请换上有权使用的原文。选项的序值为该条目计入分数的值（已含反向计分）。分数、分级与漏答规则不在本资源内。",
    };

    private readonly Instrument _instrument;
    private readonly InstrumentDefinition _definition;
    private readonly Utf8JsonWriter _json;

    private FhirQuestionnaire(Instrument instrument, Utf8JsonWriter json)
    {
        _instrument = instrument;
        _definition = instrument.Definition;
        _json = json;
    }

    public static byte[] Write(Instrument instrument)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            new FhirQuestionnaire(instrument, json).Write();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private void Write()
    {
        var licence = _definition.Licence;
        var hasLoinc = _definition.Loinc is not null || _definition.Items.Any(i => i.Loinc is not null);
        _json.WriteStartObject();
        _json.WriteString("resourceType", "Questionnaire");
        _json.WriteString("id", _instrument.Id);
        _json.WriteString("language", "en");
        _json.WriteString("url", "urn:xinheng:instrument:" + _instrument.Id);
        _json.WriteString("version", _definition.Version);
        _json.WriteString("name", Name());
        Translated("title", _definition.Name);

        // A questionnaire without its wording is not ready to be asked, whatever its key rests on.
        _json.WriteString("status", "draft");
        _json.WriteStartArray("subjectType");
        _json.WriteStringValue(_definition.Population.Subject == Subject.Person ? "Patient" : "Organization");
        _json.WriteEndArray();
        _json.WriteString("publisher", "Xinheng");
        Translated("description", new() { En = $"{_definition.Description.En}\n\n{NoWording.En}", ZhHans = $"{_definition.Description.ZhHans}\n\n{NoWording.ZhHans}" });
        Translated("copyright", new()
        {
            En = $"{licence.Holder}: {licence.Terms.En}{(hasLoinc ? "\n\n" + LoincNotice : "")}",
            ZhHans = $"{licence.Holder}：{licence.Terms.ZhHans}{(hasLoinc ? "\n\n" + LoincNotice : "")}",
        });
        Loinc(_definition.Loinc);
        _json.WriteStartArray("item");
        for (var item = 0; item < _instrument.Items.Count; item++)
        {
            WriteItem(item);
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    /// <summary>A name that programs can use: the id in Pascal case.</summary>
    private string Name() => string.Concat(_instrument.Id.Split('-').Select(p => char.ToUpperInvariant(p[0]) + p[1..]).Select((p, i) => i > 0 && char.IsAsciiDigit(p[0]) ? "_" + p : p));

    private void WriteItem(int position)
    {
        var item = _instrument.Items[position];
        var clauses = item.AskedWhen is { } gate ? ClausesOf(position, gate.When) : [];

        // One enableWhen list knows "any" or "all"; what mixes them is nested in groups, of which each must be enabled.
        var groups = clauses.All(c => c.Length == 1) ? 0 : clauses.Length - 1;
        for (var group = 0; group < groups; group++)
        {
            _json.WriteStartObject();
            _json.WriteString("linkId", string.Create(CultureInfo.InvariantCulture, $"{item.Id}-asked-{group + 1}"));
            _json.WriteString("type", "group");
            EnableWhen([clauses[group]]);
            _json.WriteStartArray("item");
        }

        _json.WriteStartObject();
        var responses = _instrument.ResponsesOf(position);
        if (responses is NumberRange range)
        {
            Limits(range);
        }

        _json.WriteString("linkId", item.Id);
        Loinc(item.Loinc);
        _json.WriteString("prefix", item.Id);
        Translated("text", item.Label);
        _json.WriteString("type", responses switch { OptionSet => "choice", NumberRange { Decimals: 0 } => "integer", NumberRange => "decimal", _ => "time" });
        EnableWhen(clauses[groups..]);
        if (responses is OptionSet set)
        {
            Options(set, item.Reverse);
        }

        _json.WriteEndObject();
        for (var group = 0; group < groups; group++)
        {
            _json.WriteEndArray();
            _json.WriteEndObject();
        }
    }

    private void Limits(NumberRange range)
    {
        var type = range.Decimals == 0 ? "valueInteger" : "valueDecimal";
        _json.WriteStartArray("extension");
        Extension("minValue", type, range.Min);
        Extension("maxValue", type, range.Max);
        if (range.Decimals > 0)
        {
            Extension("maxDecimalPlaces", "valueInteger", range.Decimals);
        }

        _json.WriteStartObject();
        _json.WriteString("url", Extensions + "questionnaire-unit");
        _json.WriteStartObject("valueCoding");
        if (range.Unit switch { "minutes" => "min", "hours" => "h", "days" => "d", "percent" => "%", _ => null } is { } code)
        {
            _json.WriteString("system", Ucum);
            _json.WriteString("code", code);
        }

        _json.WriteString("display", range.Unit);
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private void Options(OptionSet set, bool reverse)
    {
        _json.WriteStartArray("answerOption");
        foreach (var option in set.Options)
        {
            _json.WriteStartObject();
            _json.WriteStartObject("valueCoding");
            _json.WriteStartArray("extension");
            Extension("ordinalValue", "valueDecimal", reverse ? set.MinScore + set.MaxScore - option.Value : option.Value);
            _json.WriteEndArray();
            var code = option.Code.ToString(CultureInfo.InvariantCulture);
            _json.WriteString("code", code);
            Translated("display", option.Label ?? new() { En = code, ZhHans = code });
            _json.WriteEndObject();
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void EnableWhen(Condition[][] clauses)
    {
        var terms = clauses.SelectMany(c => c).ToArray();
        if (terms.Length == 0)
        {
            return;
        }

        _json.WriteStartArray("enableWhen");
        foreach (var term in terms)
        {
            _json.WriteStartObject();
            _json.WriteString("question", term.Items.Single());
            if (term is NumberCondition number)
            {
                var range = (NumberRange)_instrument.ResponsesOf(_instrument.IndexOfItem(number.Item));
                _json.WriteString("operator", ">=");
                _json.WritePropertyName(range.Decimals == 0 ? "answerInteger" : "answerDecimal");
                _json.WriteRawValue(Decimal(range.Decimals == 0 ? Ceiling(number.AtLeast) : number.AtLeast));
            }
            else
            {
                _json.WriteString("operator", "=");
                _json.WriteStartObject("answerCoding");
                _json.WriteString("code", ((ItemCondition)term).Codes[0].ToString(CultureInfo.InvariantCulture));
                _json.WriteEndObject();
            }

            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        if (terms.Length > 1)
        {
            _json.WriteString("enableBehavior", clauses.Length == 1 ? "any" : "all");
        }
    }

    private static Rational Ceiling(Rational value) => 0 - (0 - value).Round(Rounding.Floor);

    /// <summary>A condition as clauses that must all hold, each because of one answer: one code, or a number from a value on.</summary>
    private Condition[][] ClausesOf(int item, Condition condition)
    {
        var parts = condition.Parts;
        if (condition is ItemCondition asked)
        {
            return [[.. asked.Codes.Distinct().Select(code => new ItemCondition { Item = asked.Item, Codes = [code] })]];
        }

        if (condition is NumberCondition)
        {
            return [[condition]];
        }

        if (parts.Count == 0)
        {
            throw CannotAsk(item, "a condition on something else than an answer");
        }

        // At least k of n hold exactly when of any n - k + 1 at least one holds; "any" and "all" are the two ends.
        var inner = parts.Select(p => ClausesOf(item, p)).ToArray();
        var size = parts.Count - NeededOf(condition) + 1;
        if (Enumerable.Range(0, size).Aggregate(BigInteger.One, (combinations, i) => combinations * (parts.Count - i) / (i + 1)) > MaxClauses)
        {
            throw TooMany(item);
        }

        return [.. Choose(size, 0, []).SelectMany(AnyOf)];

        IEnumerable<int[]> Choose(int count, int from, int[] chosen) =>
            count == 0 ? [chosen]
            : parts.Count - from < count ? []
            : Choose(count - 1, from + 1, [.. chosen, from]).Concat(Choose(count, from + 1, chosen));

        // One clause of each, in every combination.
        Condition[][] AnyOf(int[] chosen)
        {
            Condition[][] combined = [[]];
            foreach (var clauses in chosen.Select(i => inner[i]))
            {
                combined = combined.Length * clauses.Length > MaxClauses ? throw TooMany(item)
                    : [.. from left in combined from right in clauses select left.Concat(right).ToArray()];
            }

            return combined;
        }
    }

    private DefinitionException TooMany(int item) => CannotAsk(item, string.Create(CultureInfo.InvariantCulture, $"a condition that comes to more than {MaxClauses} nested groups"));

    private DefinitionException CannotAsk(int item, string found) => CannotSay(
        _instrument, string.Create(CultureInfo.InvariantCulture, $"$.items[{item}].askedWhen"), found,
        "a condition on answers that enableWhen of FHIR R4 can say", "Use another form, or state the skip logic in the form itself");

    private void Loinc(string? code)
    {
        if (code is null)
        {
            return;
        }

        _json.WriteStartArray("code");
        _json.WriteStartObject();
        _json.WriteString("system", "http://loinc.org");
        _json.WriteString("code", code);
        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private void Extension(string name, string type, Rational value)
    {
        _json.WriteStartObject();
        _json.WriteString("url", Extensions + name);
        _json.WritePropertyName(type);
        _json.WriteRawValue(Decimal(value));
        _json.WriteEndObject();
    }

    /// <summary>A number as JSON writes it.</summary>
    private string Decimal(Rational value) => value.ToString() is var text && !text.Contains('/') ? text
        : throw CannotSay(_instrument, "$", $"the number {text}", "a number with a finite decimal form, which is what FHIR takes", "Write it as a decimal");

    /// <summary>A text in English with its Chinese translation beside it; none where both are the same.</summary>
    private void Translated(string name, LocalizedText text)
    {
        _json.WriteString(name, text.En);
        if (text.En == text.ZhHans)
        {
            return;
        }

        _json.WriteStartObject("_" + name);
        _json.WriteStartArray("extension");
        _json.WriteStartObject();
        _json.WriteStartArray("extension");
        _json.WriteStartObject();
        _json.WriteString("url", "lang");
        _json.WriteString("valueCode", "zh-Hans");
        _json.WriteEndObject();
        _json.WriteStartObject();
        _json.WriteString("url", "content");
        _json.WriteString(name is "description" or "copyright" ? "valueMarkdown" : "valueString", text.ZhHans);
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteString("url", Extensions + "translation");
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
    }
}
