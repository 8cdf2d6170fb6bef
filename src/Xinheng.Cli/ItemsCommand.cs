using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Xinheng.Data;
using Xinheng.Psychometrics;

namespace Xinheng.Cli;

/// <summary><c>xinheng items</c>: reliability and item analysis of a scale.</summary>
internal static class ItemsCommand
{
    public static Command Create()
    {
        var items = new ItemOptions();
        var by = new Option<string?>("--by") { Description = "Heading of a column of groups: each group is analysed too" };
        var missing = new Option<MissingTreatment>("--missing") { Description = "Who is used where answers are missing: listwise (those with all answers) or pairwise", DefaultValueFactory = _ => MissingTreatment.Listwise };
        var svg = new Option<string?>("--svg") { Description = "SVG file of the distribution of the score with its bands. Of a small group it tells of single people: not for publication" };
        var language = new Option<string>("--language") { Description = "Language of the picture: en or zh-Hans", DefaultValueFactory = _ => "en" };
        var json = new Option<bool>("--json") { Description = "Prints the results as JSON" };
        var command = new Command("items", "Reliability and item analysis of a scale") { by, missing, svg, language, json };
        items.AddTo(command);
        command.SetAction(result =>
        {
            var (source, request) = items.Read(result);
            var picture = result.GetValue(svg) is { } file ? new SvgFile(file, result.GetValue(language)!, items.Files(result)) : null;
            return Run(source, request, result.GetValue(by), result.GetValue(missing), result.GetValue(json), picture);
        });
        return command.WithExamples(
            "xinheng items survey.csv --scale phq-9",
            "xinheng items survey.csv --scale dass-21 --score depression --by sex --json",
            "xinheng items survey.csv --scale phq-9 --svg phq-9.svg --language zh-Hans",
            "xinheng items 调查.xlsx --columns Q1,Q2,Q3,Q4 --reverse Q2 --min 1 --max 4");
    }

    private static int Run(ItemSource source, ScoreRequest request, string? by, MissingTreatment missing, bool json, SvgFile? picture)
    {
        var (tally, summary, problems) = source.Run(request, passed => new ItemTally(source, passed, by));
        picture?.WriteDistribution(source, tally.Distribution);
        var all = ItemAnalysis.Of(tally.All!, missing);
        var groups = tally.Groups.Select(group => (group.Key, ItemAnalysis.Of(group.Value, missing))).ToArray();
        if (json)
        {
            WriteJson(source, by, all, groups, tally, summary);
        }
        else
        {
            WriteText(Console.Out, source, by, all, groups, tally, summary);
        }

        return ItemSource.End(summary, problems);
    }

    private static void WriteText(
        TextWriter output, ItemSource source, string? by, ItemAnalysis all, (string Group, ItemAnalysis Analysis)[] groups, ItemTally tally, ScoreSummary summary)
    {
        output.WriteLine(source.Name);
        output.Write(all);
        foreach (var critical in tally.Critical)
        {
            output.WriteLine($"  {critical}");
        }

        foreach (var (group, analysis) in groups)
        {
            output.WriteLine();
            output.WriteLine($"{by} = {group}");
            output.Write(analysis);
        }

        output.WriteLine();
        ItemSource.WriteRows(output, summary);
        if (tally.WithoutGroup > 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tally.WithoutGroup} people are in no group."));
        }

        output.WriteLine("Reliability describes these people's answers, not the instrument; an asterisk marks a factor solution at its boundary.");
        output.WriteLine("信度描述的是这批人的作答，而不是量表本身；星号表示因子解位于边界。");
    }

    private static void WriteJson(
        ItemSource source, string? by, ItemAnalysis all, (string Group, ItemAnalysis Analysis)[] groups, ItemTally tally, ScoreSummary summary)
    {
        using var output = new JsonOutput();
        var writer = output.Writer;
        writer.WriteStartObject();
        writer.WriteString("scale", source.Name);
        Write(writer, all);
        writer.WriteStartArray("critical");
        foreach (var critical in tally.Critical)
        {
            writer.WriteStartObject();
            writer.WriteString("id", critical.Id);
            writer.WriteString("item", critical.Item);
            writer.WriteNumber("endorsed", critical.Endorsed);
            writer.WriteNumber("answered", critical.Answered);
            writer.WriteNumber("unanswered", critical.Unanswered);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (by is not null)
        {
            writer.WriteString("by", by);
            writer.WriteNumber("withoutGroup", tally.WithoutGroup);
            writer.WriteStartArray("groups");
            foreach (var (group, analysis) in groups)
            {
                writer.WriteStartObject();
                writer.WriteString("group", group);
                Write(writer, analysis);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        JsonText.WriteRows(writer, summary);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ItemAnalysis analysis)
    {
        var reliability = analysis.Reliability;
        writer.WriteNumber("n", reliability.UsedCount);
        writer.WriteNumber("nTotal", reliability.PersonCount);
        writer.WriteNumber("nDropped", reliability.DroppedCount);
        writer.WriteString("missing", JsonText.Word(reliability.Missing));
        writer.WriteNumber("k", reliability.ItemCount);
        var without = new List<(string Name, EstimateStatus Status)>();
        Number("alpha", reliability.Alpha);
        Number("alphaStandardized", reliability.AlphaStandardized);
        Interval("alphaInterval", "Feldt 1965", reliability.FeldtInterval);
        Interval("alphaIntervalBonett", "Bonett 2002", reliability.BonettInterval);
        Number("alphaStandardError", reliability.AlphaStandardError);
        Number("lambda2", reliability.Standardized.Lambda2);
        Number("lambda4", reliability.Standardized.Lambda4);
        Number("lambda6", reliability.Standardized.Lambda6);
        Number("omegaTotal", reliability.Omega.Total);
        Number("omegaHierarchical", reliability.Omega.Hierarchical);
        Number("omegaOneFactor", reliability.OmegaCongeneric);
        Number("splitHalfOddEven", reliability.SplitHalf.SpearmanBrown);
        Number("sem", reliability.StandardErrorOfMeasurement);
        JsonText.WriteNumber(writer, "mean", reliability.SumMean);
        JsonText.WriteNumber(writer, "sd", reliability.SumStandardDeviation);
        writer.WriteStartObject("statuses");
        foreach (var (name, status) in without)
        {
            writer.WriteString(name, JsonText.Word(status));
        }

        writer.WriteEndObject();
        writer.WriteStartArray("items");
        foreach (var item in analysis.Items)
        {
            writer.WriteStartObject();
            writer.WriteString("id", item.Id);
            writer.WriteNumber("n", item.Count);
            JsonText.WriteNumber(writer, "missingShare", item.MissingShare);
            JsonText.WriteNumber(writer, "mean", item.Mean);
            JsonText.WriteNumber(writer, "sd", item.StandardDeviation);
            JsonText.WriteNumber(writer, "skew", item.Skewness.Value);
            JsonText.WriteNumber(writer, "floorShare", item.FloorShare);
            JsonText.WriteNumber(writer, "ceilingShare", item.CeilingShare);
            JsonText.WriteNumber(writer, "itemRest", item.ItemRest.Value);
            JsonText.WriteNumber(writer, "alphaIfDropped", item.AlphaIfDropped.Value);
            writer.WriteStartArray("concerns");
            foreach (var concern in ItemText.Of(item.Concerns))
            {
                JsonText.WriteValue(writer, concern);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();

        void Number(string name, Estimate estimate)
        {
            JsonText.WriteNumber(writer, name, estimate.Value);
            if (estimate.Status != EstimateStatus.Ok)
            {
                without.Add((name, estimate.Status));
            }
        }

        void Interval(string name, string method, ConfidenceInterval interval)
        {
            writer.WriteStartObject(name);
            JsonText.WriteNumber(writer, "lower", interval.Lower);
            JsonText.WriteNumber(writer, "upper", interval.Upper);
            JsonText.WriteNumber(writer, "level", interval.Level);
            writer.WriteString("method", method);
            writer.WriteEndObject();
        }
    }
}
