using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Xml.Linq;

namespace Xinheng.Data.Tests;

/// <summary>Mapping files: their schema, their mistakes, their draft.</summary>
public sealed class MappingTests
{
    private static readonly string SchemaFile = Path.GetFullPath(Path.Combine(Here(), "..", "..", "scales", "schema", "mapping.schema.json"));

    [Fact]
    public void The_published_schema_is_that_of_the_types()
    {
        var schema = Schema();
        if (Environment.GetEnvironmentVariable("UPDATE_SCHEMA") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(SchemaFile)!);
            File.WriteAllText(SchemaFile, schema);
        }

        Assert.True(File.Exists(SchemaFile), "Run the tests once with UPDATE_SCHEMA=1 to write the schema");
        Assert.Equal(schema, File.ReadAllText(SchemaFile));
    }

    [Fact]
    public void Unknown_members_wrong_delimiters_and_wrong_reasons_are_reported_together()
    {
        var refusal = Assert.Throws<DefinitionException>(() => SurveyMapping.Load(
            """{ "colums": { "phq9_1": "Q1" }, "delimiter": "|", "missing": { "-9": "unreadable" }, "duplicates": "newest", "answers": { "phq-9": { "ofset": 1 } } }"""u8, "mapping.json"));
        Assert.Equal(
            ["$.answers.phq-9.ofset", "$.colums", "$.delimiter", "$.duplicates", "$.missing.-9"],
            refusal.Problems.Select(problem => problem.Path!.Replace("['", ".", StringComparison.Ordinal).Replace("']", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains(refusal.Problems, problem => problem.Code == "unknown-member" && problem.ToString().Contains("'columns'", StringComparison.Ordinal));
        Assert.Contains(refusal.Problems, problem => problem.Code == "unknown-member" && problem.ToString().Contains("'offset'", StringComparison.Ordinal));
        Assert.All(refusal.Problems, problem => Assert.True(problem.Line >= 1));
    }

    [Fact]
    public void Mistakes_that_only_the_survey_shows_are_reported_together()
    {
        var mapping = new SurveyMapping
        {
            Columns = new Dictionary<string, string> { ["phq9_1"] = "phq9_2", ["phq9_3"] = "nowhere", ["phq9_99"] = "phq9_4", ["phq_5"] = "phq9_5" },
            NotAsked = ["phq9_4", "phq9_44"],
            Answers = new Dictionary<string, AnswerFormat> { ["phq9"] = new() { Offset = 1 }, ["phq-9"] = new() { Labels = new Dictionary<string, int> { ["从不"] = 0, ["总是"] = 5 } } },
            Age = "no such heading",
        };
        var problems = SurveyRun.Refusal(Phq9.Header + Phq9.Row("p"), request => request with { Mapping = mapping }).Problems;
        Assert.Equal(
            ["column-missing", "column-missing", "column-twice", "mapping-unknown-code", "mapping-unknown-instrument", "mapping-unknown-item", "mapping-unknown-item", "mapping-unknown-item"],
            problems.Select(problem => problem.Code).Order(StringComparer.Ordinal));
        Assert.Contains(problems, problem => problem.Found.Contains("phq9_1 and phq9_2", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Found.Contains("'phq9_44'", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Code == "mapping-unknown-instrument" && problem.Expected.Contains("phq-9", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mapping_written_and_loaded_is_the_same()
    {
        var mapping = new SurveyMapping
        {
            Id = "学号", Columns = new Dictionary<string, string> { ["phq9_1"] = "1、" }, NotAsked = ["phq9_2"], Delimiter = "tab", Encoding = "gb18030", Duplicates = DuplicateRule.BestValid,
            Answers = new Dictionary<string, AnswerFormat> { ["phq-9"] = new() { Offset = 1, Letters = true, NormalizeWidth = true, Labels = new Dictionary<string, int> { ["完全不会"] = 0 } } },
            Missing = new Dictionary<string, MissingReason> { ["-3"] = MissingReason.NotAsked }, SexValues = new Dictionary<string, Sex> { ["1"] = Sex.Male },
        };
        var json = MappingDraft.ToJson(mapping);
        Assert.Equal(json, MappingDraft.ToJson(SurveyMapping.Load(json, "mapping.json")));
        Assert.Contains("\"best-valid\"", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
    }

    [Fact]
    public void Declared_missing_codes_have_their_reasons_and_unasked_items_are_not_blanks()
    {
        var mapping = new SurveyMapping
        {
            Missing = new Dictionary<string, MissingReason> { ["-9"] = MissingReason.Refused, ["(跳过)"] = MissingReason.Skipped, ["-3"] = MissingReason.NotAsked },
            NotAsked = ["phq9_9"],
        };
        var csv = Phq9.Header.Replace(",phq9_9", "", StringComparison.Ordinal) + "p,-9,(跳过),1,1,1,1,1,1\nq,-3,-3,-3,-3,-3,-3,-3,-3\n";
        using var run = SurveyRun.Of(csv, request => request with { Mapping = mapping });
        Assert.Equal("not-asked", run["p"]["phq9_critical_suicidal_ideation"]);
        Assert.Equal("not-asked", run["q"]["phq9_total_status"]);
        Assert.Equal(0, run.Summary.UnreadableCells);
    }

    [Fact]
    public void Numbered_questions_are_drafted_into_a_mapping_that_works()
    {
        const string Header = "序号,提交答卷时间,所用时间,来自IP,学号,1、做事提不起劲,2、心情低落,3、睡眠,4、疲倦,5、胃口,6、觉得自己糟,7、专注,8、动作慢,9、不如死掉\n";
        using var folder = new TempFolder();
        var request = SurveyRun.RequestFor(folder.Write("survey.csv", Header + "1,2026/5/1 8:00,95秒,1.2.3.4,20260001,0,1,2,3,0,1,2,3,1\n"));
        var mapping = SurveyMapping.Load(MappingDraft.ToJson(MappingDraft.Create(request, out var notices)), "draft.json");
        Assert.Contains(notices, notice => notice.Contains("9 numbered questions were dealt", StringComparison.Ordinal));
        var summary = SurveyRun.Score(request with { Mapping = mapping }, folder.At("scores.csv"));
        var person = Assert.Single(SurveyRun.ReadTable(folder.At("scores.csv")));
        Assert.Equal(("13", "yes", "20260001"), (person["phq9_total"], person["phq9_critical_suicidal_ideation"], person["学号"]));
        Assert.DoesNotContain("来自IP", person.Keys);
        Assert.Equal(0, summary.UnreadableCells);
    }

    [Fact]
    public void Questions_of_one_table_that_share_their_number_are_drafted_with_their_whole_headings()
    {
        var header = "学号," + string.Join(',', Enumerable.Range(1, 9).Select(i => $"5、过去两周—第{i}项")) + "\n";
        using var folder = new TempFolder();
        var request = SurveyRun.RequestFor(folder.Write("survey.csv", header + "a,0,1,2,3,0,1,2,3,1\n"));
        var mapping = MappingDraft.Create(request, out _);
        SurveyRun.Score(request with { Mapping = mapping }, folder.At("scores.csv"));
        Assert.Equal("13", Assert.Single(SurveyRun.ReadTable(folder.At("scores.csv")))["phq9_total"]);
    }

    [Fact]
    public void Questions_that_do_not_fit_the_items_are_left_to_a_person()
    {
        using var folder = new TempFolder();
        var request = SurveyRun.RequestFor(folder.Write("survey.csv", "学号,1、性别,2、做事提不起劲\na,1,1\n"));
        var mapping = MappingDraft.Create(request, out var notices);
        Assert.Contains(notices, notice => notice.Contains("1 numbered questions do not match 9 items", StringComparison.Ordinal));
        Assert.Equal(10, mapping.Columns.Count);
        Assert.All(mapping.Columns.Values, Assert.Empty);
    }

    private static string Schema()
    {
        var documentation = XDocument.Load(Path.ChangeExtension(typeof(SurveyMapping).Assembly.Location, ".xml"))
            .Descendants("member").ToDictionary(member => (string)member.Attribute("name")!, member => Words(member.Element("summary")), StringComparer.Ordinal);
        var schema = DataJson.Default.Options.GetJsonSchemaAsNode(typeof(SurveyMapping), new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) =>
            {
                if (context.PropertyInfo?.AttributeProvider is MemberInfo member && node is JsonObject described
                    && documentation.TryGetValue($"P:{member.DeclaringType!.FullName}.{member.Name}", out var summary))
                {
                    described.Insert(0, "description", summary);
                }

                return node;
            },
        }).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "Xinheng survey mapping");
        schema.Insert(2, "description", documentation[$"T:{typeof(SurveyMapping).FullName}"]);
        var options = new JsonSerializerOptions(JsonSerializerOptions.Default) { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        return schema.ToJsonString(options) + "\n";
    }

    private static string Words(XElement? summary) => string.Concat(summary?.Nodes().Select(node => node switch
    {
        XElement element => element.Attribute("langword")?.Value ?? element.Attribute("cref")?.Value.Split('.')[^1] ?? element.Value,
        _ => node.ToString(),
    }) ?? []).Trim();

    private static string Here([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
