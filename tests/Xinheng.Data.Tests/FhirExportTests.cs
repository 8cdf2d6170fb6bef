using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firely.Fhir.Validation;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Specification.Source;
using Hl7.Fhir.Specification.Terminology;

namespace Xinheng.Data.Tests;

/// <summary>Definitions as FHIR questionnaires, held against the R4 specification and against what is written by hand here.</summary>
public class FhirExportTests
{
    private static readonly Lazy<Validator> R4 = new(() =>
    {
        var source = new CachedResolver(ZipSource.CreateValidationSource());
        return new Validator(source, new LocalTerminologyService(source), null, new ValidationSettings(), null);
    });

    private static readonly string[] Asked = ["4-asked-1", "4"];

    public static TheoryData<string> Ids => [.. InstrumentCatalog.Default.Ids, "every-kind"];

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryDefinition_IsAQuestionnaireOfR4(string id)
    {
        var instrument = Find(id);
        var json = DefinitionExport.Write(instrument, DefinitionFormat.Fhir);

        Assert.Empty(Faults(json));

        var questionnaire = Parse(json);
        var all = ItemsOf(questionnaire["item"]!).ToArray();
        Assert.Equal(instrument.Items.Select(i => i.Id), all.Where(i => Text(i, "type") != "group").Select(i => Text(i, "linkId")));
        Assert.Equal("urn:xinheng:instrument:" + id, Text(questionnaire, "url"));
        Assert.Contains("not the wording", Text(questionnaire, "description"), StringComparison.Ordinal);
        foreach (var item in all)
        {
            // R4 asks for enableBehavior from two conditions on; its own constraint (que-12) counts wrongly.
            var conditions = item["enableWhen"]?.AsArray() ?? [];
            Assert.Equal(conditions.Count > 1, item["enableBehavior"] is not null);
            foreach (var condition in conditions)
            {
                // Each condition asks about an earlier item, for a code that item has.
                var asked = Array.FindIndex(all, i => Text(i, "linkId") == Text(condition!, "question"));
                Assert.InRange(asked, 0, Array.IndexOf(all, item) - 1);
                if (condition!["answerCoding"] is { } coding)
                {
                    Assert.Contains(Text(coding, "code"), all[asked]["answerOption"]!.AsArray().Select(o => Text(o!["valueCoding"]!, "code")));
                }
            }
        }
    }

    [Fact]
    public void TheValidator_SeesWhatIsWrong()
    {
        var json = Encoding.UTF8.GetString(DefinitionExport.Write(Find("gad-2"), DefinitionFormat.Fhir));

        Assert.NotEmpty(Faults(Encoding.UTF8.GetBytes(json.Replace("\"draft\"", "\"sketch\"", StringComparison.Ordinal))));
        Assert.NotEmpty(Faults(Encoding.UTF8.GetBytes(json.Replace("\"linkId\": \"2\"", "\"linkId\": \"1\"", StringComparison.Ordinal))));
        Assert.NotEmpty(Faults(Encoding.UTF8.GetBytes(json.Replace("\"choice\"", "\"display\"", StringComparison.Ordinal))));
    }

    [Fact]
    public void Phq9_IsAsWrittenByHand()
    {
        var questionnaire = Parse(DefinitionExport.Write(Find("phq-9"), DefinitionFormat.Fhir));

        Assert.Equal("Phq_9", Text(questionnaire, "name"));
        Assert.Equal("draft", Text(questionnaire, "status"));
        Assert.Equal("44249-1", Text(questionnaire["code"]![0]!, "code"));
        Assert.Contains("Regenstrief", Text(questionnaire, "copyright"), StringComparison.Ordinal);
        Same(
            """
            {
              "linkId": "9",
              "code": [{ "system": "http://loinc.org", "code": "44260-8" }],
              "prefix": "9",
              "text": "Thoughts of death or self-harm",
              "_text": { "extension": [{ "extension": [{ "url": "lang", "valueCode": "zh-Hans" }, { "url": "content", "valueString": "轻生或自伤念头" }], "url": "http://hl7.org/fhir/StructureDefinition/translation" }] },
              "type": "choice",
              "answerOption": [
                { "valueCoding": { "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 0 }], "code": "0", "display": "0" } },
                { "valueCoding": { "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 1 }], "code": "1", "display": "1" } },
                { "valueCoding": { "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 2 }], "code": "2", "display": "2" } },
                { "valueCoding": { "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 3 }], "code": "3", "display": "3" } }
              ]
            }
            """,
            questionnaire["item"]![8]!);
    }

    [Fact]
    public void Items_HaveTypesUnitsAndReversedValues()
    {
        var psqi = Parse(DefinitionExport.Write(Find("psqi"), DefinitionFormat.Fhir))["item"]!;
        Assert.Equal("time", Text(psqi[0]!, "type"));
        Assert.Equal("integer", Text(psqi[1]!, "type"));
        Assert.Equal("decimal", Text(psqi[3]!, "type"));
        Same(
            """
            [
              { "url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueDecimal": 0 },
              { "url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueDecimal": 24 },
              { "url": "http://hl7.org/fhir/StructureDefinition/maxDecimalPlaces", "valueInteger": 3 },
              { "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unit", "valueCoding": { "system": "http://unitsofmeasure.org", "code": "h", "display": "hours" } }
            ]
            """,
            psqi[3]!["extension"]!);

        // Item 7 of the self-report SDQ is keyed backwards: 0 is worth 2.
        var options = Parse(DefinitionExport.Write(Find("sdq-self"), DefinitionFormat.Fhir))["item"]![6]!["answerOption"]!.AsArray();
        Assert.Equal([2, 1, 0], options.Select(o => (int)o!["valueCoding"]!["extension"]![0]!["valueDecimal"]!));
    }

    [Fact]
    public void SkipLogic_OfOneAnswer_IsAListOfWhichAnyHolds()
    {
        var item = Parse(DefinitionExport.Write(Find("audit"), DefinitionFormat.Fhir))["item"]![1]!;

        Assert.Equal("any", Text(item, "enableBehavior"));
        Same(
            """
            [
              { "question": "1", "operator": "=", "answerCoding": { "code": "1" } },
              { "question": "1", "operator": "=", "answerCoding": { "code": "2" } },
              { "question": "1", "operator": "=", "answerCoding": { "code": "3" } },
              { "question": "1", "operator": "=", "answerCoding": { "code": "4" } }
            ]
            """,
            item["enableWhen"]!);
    }

    [Fact]
    public void SkipLogic_OfSeveralSingleAnswers_IsAListOfWhichAllHold()
    {
        var json = DefinitionExport.Write(WithGate(new AllCondition { Of = [Is("1", 2), Is("3", 3)] }), DefinitionFormat.Fhir);
        Assert.Empty(Faults(json));
        var item = ItemsOf(Parse(json)["item"]!).Single(i => Text(i, "linkId") == "4");

        Assert.Equal("all", Text(item, "enableBehavior"));
        Same("""[{ "question": "1", "operator": "=", "answerCoding": { "code": "2" } }, { "question": "3", "operator": "=", "answerCoding": { "code": "3" } }]""", item["enableWhen"]!);
    }

    [Fact]
    public void SkipLogic_ThatMixesAnyAndAll_IsNestedInGroups()
    {
        // (1 is 2 or 3) and (3 is 3): the group is there when the first holds, the item in it when the second does too.
        var json = DefinitionExport.Write(WithGate(new AllCondition { Of = [Is("1", 2, 3), Is("3", 3)] }), DefinitionFormat.Fhir);
        Assert.Empty(Faults(json));
        var group = ItemsOf(Parse(json)["item"]!).Single(i => Text(i, "linkId") == "4-asked-1");

        Assert.Equal(Asked, ItemsOf(new JsonArray(group.DeepClone())).Select(i => Text(i, "linkId")));
        Assert.Equal("any", Text(group, "enableBehavior"));
        Same("""[{ "question": "1", "operator": "=", "answerCoding": { "code": "2" } }, { "question": "1", "operator": "=", "answerCoding": { "code": "3" } }]""", group["enableWhen"]!);
        Same("""[{ "question": "3", "operator": "=", "answerCoding": { "code": "3" } }]""", group["item"]![0]!["enableWhen"]!);
    }

    [Fact]
    public void SkipLogic_OnAnyOfPairs_IsTurnedIntoWhatAllMustHold()
    {
        // (1 is 2 and 3 is 3) or 2 is 4  =  (1 is 2 or 2 is 4) and (3 is 3 or 2 is 4)
        var pair = new AllCondition { Of = [Is("1", 2), Is("3", 3)] };
        var json = DefinitionExport.Write(WithGate(new AnyCondition { Of = [pair, Is("2", 4)] }), DefinitionFormat.Fhir);
        Assert.Empty(Faults(json));
        var group = ItemsOf(Parse(json)["item"]!).Single(i => Text(i, "linkId") == "4-asked-1");

        Same("""[{ "question": "1", "operator": "=", "answerCoding": { "code": "2" } }, { "question": "2", "operator": "=", "answerCoding": { "code": "4" } }]""", group["enableWhen"]!);
        Same("""[{ "question": "3", "operator": "=", "answerCoding": { "code": "3" } }, { "question": "2", "operator": "=", "answerCoding": { "code": "4" } }]""", group["item"]![0]!["enableWhen"]!);
    }

    [Fact]
    public void SkipLogic_ThatCounts_IsThatOfAnyTwoOfThreeOneHolds()
    {
        // At least two of a, b, c  =  (a or b) and (a or c) and (b or c)
        var json = DefinitionExport.Write(WithGate(new CountCondition { Of = [Is("1", 2), Is("2", 3), Is("3", 4)], AtLeast = 2 }), DefinitionFormat.Fhir);
        Assert.Empty(Faults(json));

        Assert.Equal(
            ["1=2 2=3", "1=2 3=4", "2=3 3=4"],
            ItemsOf(Parse(json)["item"]!).Where(i => Text(i, "linkId") is "4" or "4-asked-1" or "4-asked-2")
                .Select(i => string.Join(' ', i["enableWhen"]!.AsArray().Select(w => $"{w!["question"]}={w["answerCoding"]!["code"]}"))));
    }

    [Fact]
    public void SkipLogic_OnANumber_ComparesIt()
    {
        // Item 11 of the instrument with everything: hours from 2.5 on, or code 4 of item 1.
        var item = Parse(DefinitionExport.Write(Find("every-kind"), DefinitionFormat.Fhir))["item"]!.AsArray().Single(i => Text(i!, "linkId") == "11")!;

        Assert.Equal("any", Text(item, "enableBehavior"));
        Same("""[{ "question": "7", "operator": ">=", "answerDecimal": 2.5 }, { "question": "1", "operator": "=", "answerCoding": { "code": "4" } }]""", item["enableWhen"]!);
    }

    [Fact]
    public void SkipLogic_OfTooManyCombinations_IsRefusedAndNotApproximated()
    {
        Condition[] answers = [.. from item in Enumerable.Range(1, 3) from code in Enumerable.Range(1, 4) select Is($"{item}", code)];
        var instrument = WithGate(new CountCondition { Of = answers, AtLeast = 6 });

        var problem = Assert.Single(Assert.Throws<DefinitionException>(() => DefinitionExport.Write(instrument, DefinitionFormat.Fhir)).Problems);
        Assert.Equal("cannot-export", problem.Code);
        Assert.Equal("$.items[3].askedWhen", problem.Path);
    }

    internal static Instrument Find(string id) => id == "every-kind"
        ? Instrument.Load(File.ReadAllBytes(Path.Combine(Here(), "..", "Xinheng.Tests", "every-kind.json")), "every-kind.json")
        : InstrumentCatalog.Default[id];

    private static Instrument WithGate(Condition when)
    {
        var definition = Find("every-kind").Definition;
        return Instrument.Create(definition with
        {
            Items = [.. definition.Items.Select(item => item.Id == "4" ? item with { AskedWhen = new AskedWhen { When = when, Otherwise = 0 } } : item)],
            Examples = [],
        });
    }

    private static ItemCondition Is(string item, params int[] codes) => new() { Item = item, Codes = codes };

    private static string[] Faults(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        new FhirJsonDeserializer(new DeserializerSettings()).TryDeserializeResource(ref reader, out var resource, out var faults);
        return [.. faults.Select(f => f.Message), .. R4.Value.Validate(resource!).Issue.Select(i => $"{i.Severity}: {i.Details?.Text}")];
    }

    private static IEnumerable<JsonNode> ItemsOf(JsonNode items) => items.AsArray().SelectMany(item => (item!["item"] is { } inner ? ItemsOf(inner) : []).Prepend(item!));

    private static JsonNode Parse(byte[] json) => JsonNode.Parse(json)!;

    private static string Text(JsonNode node, string member) => (string)node[member]!;

    private static void Same(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
