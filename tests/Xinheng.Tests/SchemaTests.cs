using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xinheng.Documents;

namespace Xinheng.Tests;

/// <summary>The schemas that editors use, kept equal to the types: UPDATE_SCHEMA=1 rewrites them.</summary>
public partial class SchemaTests
{
    private const string RationalPattern = "^-?[0-9]+(\\.[0-9]+)?(/[0-9]+)?$";

    /// <summary>Values that are written as text of one form.</summary>
    private static readonly Dictionary<Type, string> Patterns = new()
    {
        [typeof(DateOnly)] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        [typeof(TimeOnly)] = "^[0-2][0-9]:[0-5][0-9]$",
        [typeof(TimeSpan)] = "^[+-][0-2][0-9]:[0-5][0-9]$",
        [typeof(ResponseTime)] = "^(immediate|same-school-day|[1-9][0-9]*[hd])$",
    };

    private static readonly Dictionary<string, string> Documentation = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Xinheng.xml"))
        .Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value, member => Plain(member.Element("summary")), StringComparer.Ordinal);

    public static TheoryData<string> Definitions => [.. InstrumentCatalog.Default.Ids.Select(id => $"scales/{id}/instrument.json"), "tests/Xinheng.Tests/every-kind.json"];

    public static TheoryData<DefinitionTests.Mistake> MistakesOfStructure =>
        [.. DefinitionTests.All.Where(m => m.Code is "unknown-member" or "missing-member" or "unknown-kind" or "wrong-value" && !m.Path.StartsWith("$.examples", StringComparison.Ordinal))];

    [Theory]
    [InlineData("instrument")]
    [InlineData("validity")]
    [InlineData("calendar")]
    [InlineData("battery")]
    [InlineData("policy")]
    [InlineData("norms")]
    [InlineData("wording")]
    public void TheSchemaOfTheRepository_IsThatOfTheTypes(string name)
    {
        var path = Repository.PathOf("scales", "schema", $"{name}.schema.json");
        var schema = Write(name);
        if (Environment.GetEnvironmentVariable("UPDATE_SCHEMA") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, schema);
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path) == schema, $"{path} is not what the types say. Run the tests with UPDATE_SCHEMA=1 and commit the file.");
    }

    [Theory]
    [MemberData(nameof(Definitions))]
    public void AShippedDefinition_FitsTheSchema(string path) =>
        Assert.Empty(Validate("instrument", File.ReadAllText(Repository.PathOf(path.Split('/')))));

    [Theory]
    [InlineData("scales/scl-90/norms.chinese-adults-1986.json")]
    [InlineData("scales/rcads-47/norms.hawaii-1998.json")]
    [InlineData("scales/rcads-25/norms.ucla-2016.json")]
    [InlineData("tests/Xinheng.Tests/norms.json")]
    public void ANormDocument_FitsItsSchema(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var norms = File.ReadAllText(Repository.PathOf(path.Split('/')));
        Assert.Empty(Validate("norms", norms));
        Assert.NotEmpty(Validate("norms", norms.Replace("\"mean\"", "\"maen\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void TheValidityRules_FitTheirSchema()
    {
        var rules = File.ReadAllText(Repository.PathOf("scales", "validity.json"));
        Assert.Empty(Validate("validity", rules));
        Assert.Equal(["$.secondsPerItem.cautoin: unknown", "$.secondsPerItem: no caution"], Validate("validity", rules.Replace("\"caution\": 2", "\"cautoin\": 2", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TheShippedCalendar_FitsItsSchema()
    {
        var calendar = File.ReadAllText(Repository.PathOf("scales", "calendars", "hunan-2026-2027.json"));
        Assert.Empty(Validate("calendar", calendar));
        Assert.Equal(["$.hours.evening: not like ^[0-2][0-9]:[0-5][0-9]$"], Validate("calendar", calendar.Replace("\"21:30\"", "\"9 pm\"", StringComparison.Ordinal)));
    }

    public static TheoryData<string> Batteries => [.. BatteryCatalog.Default.Ids.Select(id => $"scales/batteries/{id}.json"), "samples/data/battery.json"];

    [Theory]
    [MemberData(nameof(Batteries))]
    public void ABattery_FitsItsSchema(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var battery = File.ReadAllText(Repository.PathOf(path.Split('/')));
        Assert.Empty(Validate("battery", battery));
        Assert.Equal(["$.sclaes: unknown", "$: no scales"], Validate("battery", battery.Replace("\"scales\"", "\"sclaes\"", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    public void TheWordingOfTheSample_FitsItsSchema(string language)
    {
        var wording = File.ReadAllText(Repository.PathOf("samples", "CustomScale", $"wording.{language}.json"));
        Assert.Empty(Validate("wording", wording));
        Assert.Equal(["$.options.days.0: not string"], Validate("wording", Regex.Replace(wording, "\"0\": \"[^\"]+\"", "\"0\": 0")));
    }

    [Theory]
    [InlineData("student-default")]
    [InlineData("staff-default")]
    public void AShippedPolicy_FitsItsSchema(string id)
    {
        var policy = File.ReadAllText(Repository.PathOf("scales", "policies", id + ".json"));
        Assert.Empty(Validate("policy", policy));
        Assert.StartsWith("$.population: not one of", Assert.Single(Validate("policy", policy.Replace($"\"population\": \"{id.Split('-')[0]}\"", "\"population\": \"parents\"", StringComparison.Ordinal))));
    }

    [Theory]
    [MemberData(nameof(MistakesOfStructure))]
    public void WhatTheLoaderRefusesForItsStructure_DoesNotFitTheSchema(DefinitionTests.Mistake mistake)
    {
        ArgumentNullException.ThrowIfNull(mistake);
        Assert.NotEmpty(Validate("instrument", DefinitionTests.Edit(DefinitionTests.Small, (mistake.From, mistake.To))));
    }

    [Fact]
    public void AMisspeltMember_IsNamed() => Assert.Equal(
        ["$.items[1].revese: unknown"],
        Validate("instrument", DefinitionTests.Edit(DefinitionTests.Small, ("\"reverse\": true", "\"revese\": true"))));

    private static string Write(string name)
    {
        (JsonTypeInfo type, var title) = name switch
        {
            "instrument" => ((JsonTypeInfo)XinhengJson.Default.InstrumentDefinition, "Xinheng instrument definition"),
            "policy" => (XinhengJson.Default.PolicyDefinition, "Xinheng policy"),
            "norms" => (XinhengJson.Default.NormDocument, "Xinheng norm document"),
            "wording" => (XinhengJson.Default.WordingDocument, "Xinheng wording of a questionnaire"),
            "battery" => (XinhengJson.Default.BatteryDefinition, "Xinheng battery"),
            "calendar" => (XinhengJson.Default.CalendarDefinition, "Xinheng school calendar"),
            _ => (XinhengJson.Default.ValidityRules, "Xinheng rules of response validity"),
        };
        var schema = (JsonObject)type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform });
        schema.Remove("type");
        JsonObject whole = new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = $"urn:xinheng:schema:{name}",
            ["title"] = title,
            ["description"] = Documentation["T:" + type.Type.FullName],
            ["type"] = "object",
        };
        foreach (var (key, value) in schema.ToArray().Where(member => !whole.ContainsKey(member.Key)))
        {
            schema.Remove(key);
            whole[key] = value;
        }

        return whole.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", IndentSize = 2, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
    }

    private static JsonObject Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var node = type == typeof(Rational) ? new JsonObject { ["type"] = new JsonArray("number", "string"), ["pattern"] = RationalPattern }
            : Patterns.TryGetValue(type, out var pattern) ? new JsonObject { ["type"] = "string", ["pattern"] = pattern }
            : type == typeof(AnswerLiteral) ? new JsonObject { ["type"] = new JsonArray("number", "string", "null") }
            : schema as JsonObject ?? [];
        if (type != typeof(Rational) && type != typeof(AnswerLiteral))
        {
            // A member that does not apply is left out; the loader refuses null.
            if (node["type"] is JsonArray types)
            {
                var kinds = types.Select(t => t!.GetValue<string>()).Where(t => t != "null").ToArray();
                node["type"] = kinds.Length == 1 ? kinds[0] : new JsonArray([.. kinds.Select(k => (JsonNode)k)]);
            }

            if (type.IsEnum)
            {
                node["enum"] = new JsonArray([.. Enum.GetNames(type).Select(word => (JsonNode)JsonNamingPolicy.KebabCaseLower.ConvertName(word))]);
            }
        }

        if (context.TypeInfo is { Kind: JsonTypeInfoKind.Object, PolymorphismOptions: null } && !node.ContainsKey("$ref"))
        {
            node["additionalProperties"] = false;
        }

        if (context.TypeInfo is { Kind: JsonTypeInfoKind.Dictionary, KeyType: { IsEnum: true } key })
        {
            node["propertyNames"] = new JsonObject { ["enum"] = new JsonArray([.. Enum.GetNames(key).Select(word => (JsonNode)JsonNamingPolicy.KebabCaseLower.ConvertName(word))]) };
        }

        node.Remove("default");
        if (context.PropertyInfo?.AttributeProvider is PropertyInfo property && Documentation.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}") is { } text)
        {
            node.Remove("description");
            node.Insert(0, "description", type == typeof(AnswerLiteral) ? text : text.Replace("null", "left out", StringComparison.Ordinal));
        }

        return node;
    }

    /// <summary>A summary without its markup.</summary>
    private static string Plain(XElement? summary)
    {
        if (summary is null)
        {
            return "";
        }

        foreach (var reference in summary.Descendants().Where(e => e.Attribute("cref") is not null || e.Attribute("langword") is not null).ToArray())
        {
            var name = (reference.Attribute("langword") ?? reference.Attribute("cref"))!.Value.Split('(')[0];
            reference.ReplaceWith(name[(name.LastIndexOfAny(['.', ':']) + 1)..]);
        }

        return Spaces().Replace(summary.Value, " ").Trim();
    }

    /// <summary>A small validator of its own: only the keywords that these schemas use, and no other is allowed to pass unseen.</summary>
    private static List<string> Validate(string name, string json)
    {
        var schema = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("scales", "schema", $"{name}.schema.json"))).RootElement;
        var problems = new List<string>();
        Check(schema, schema, JsonDocument.Parse(json).RootElement, "$", problems);
        return problems;
    }

    private static void Check(JsonElement root, JsonElement schema, JsonElement value, string path, List<string> problems)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            switch (keyword.Name)
            {
                case "$schema" or "$id" or "title" or "description" or "propertyNames" or "additionalProperties":
                    break;
                case "$ref":
                    Check(root, Follow(root, keyword.Value.GetString()!), value, path, problems);
                    break;
                case "type":
                    var types = keyword.Value.ValueKind == JsonValueKind.Array ? keyword.Value.EnumerateArray().Select(t => t.GetString()!) : [keyword.Value.GetString()!];
                    if (!types.Any(t => IsOf(t, value)))
                    {
                        problems.Add($"{path}: not {keyword.Value}");
                    }

                    break;
                case "enum":
                    if (!keyword.Value.EnumerateArray().Any(word => JsonElement.DeepEquals(word, value)))
                    {
                        problems.Add($"{path}: not one of {keyword.Value}");
                    }

                    break;
                case "const":
                    if (!JsonElement.DeepEquals(keyword.Value, value))
                    {
                        problems.Add($"{path}: not {keyword.Value}");
                    }

                    break;
                case "pattern":
                    if (value.ValueKind == JsonValueKind.String && !Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)))
                    {
                        problems.Add($"{path}: not like {keyword.Value}");
                    }

                    break;
                case "anyOf":
                    var tries = keyword.Value.EnumerateArray().Select(one =>
                    {
                        var inner = new List<string>();
                        Check(root, one, value, path, inner);
                        return inner;
                    }).ToArray();
                    if (tries.All(t => t.Count > 0))
                    {
                        problems.AddRange(tries.MinBy(t => t.Count)!);
                    }

                    break;
                case "required":
                    problems.AddRange(keyword.Value.EnumerateArray()
                        .Where(member => value.ValueKind == JsonValueKind.Object && !value.TryGetProperty(member.GetString()!, out _))
                        .Select(member => $"{path}: no {member}"));
                    break;
                case "properties":
                    foreach (var member in keyword.Value.EnumerateObject())
                    {
                        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(member.Name, out var child))
                        {
                            Check(root, member.Value, child, $"{path}.{member.Name}", problems);
                        }
                    }

                    break;
                case "items":
                    foreach (var (child, i) in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select((c, i) => (c, i)) : [])
                    {
                        Check(root, keyword.Value, child, $"{path}[{i}]", problems);
                    }

                    break;
                default:
                    throw new NotSupportedException(keyword.Name);
            }
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            CheckMembers(root, schema, value, path, problems);
        }
    }

    private static void CheckMembers(JsonElement root, JsonElement schema, JsonElement value, string path, List<string> problems)
    {
        foreach (var member in value.EnumerateObject())
        {
            if (schema.TryGetProperty("propertyNames", out var names) && !names.GetProperty("enum").EnumerateArray().Any(word => word.GetString() == member.Name))
            {
                problems.Add($"{path}.{member.Name}: unknown");
            }

            if (schema.TryGetProperty("additionalProperties", out var additional) && !(schema.TryGetProperty("properties", out var known) && known.TryGetProperty(member.Name, out _)))
            {
                if (additional.ValueKind == JsonValueKind.False)
                {
                    problems.Add($"{path}.{member.Name}: unknown");
                }
                else
                {
                    Check(root, additional, member.Value, $"{path}.{member.Name}", problems);
                }
            }
        }
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException(type),
    };

    private static JsonElement Follow(JsonElement root, string reference)
    {
        foreach (var step in reference.Split('/')[1..])
        {
            var name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            root = root.ValueKind == JsonValueKind.Array ? root[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] : root.GetProperty(name);
        }

        return root;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
