using System.CommandLine;
using System.Security.Cryptography;
using Xinheng.Data;
using Xinheng.Network;

namespace Xinheng.Cli;

/// <summary><c>xinheng provision</c>: checklists of schools to the targets that they meet, by school, county, city and province.</summary>
internal static class ProvisionCommand
{
    private const string Checklist = "school-provision";

    public static Command Create()
    {
        var input = new Argument<string>("input") { Description = "File with one row per school: CSV or Excel .xlsx with the columns school, county, city and the items of the checklist" };
        var output = new Option<string>("--out") { Description = "Folder that is written: schools.csv, units.csv, quarantine.csv, manifest.json", Required = true };
        var mapping = new Option<string?>("--mapping") { Description = "Mapping file: which column is which item, and how answers are written" };
        var encoding = new Option<string?>("--encoding") { Description = "Encoding of a text file: utf-8, utf-16, utf-16le, utf-16be, gb18030" };
        var mark = new Option<bool>("--bom") { Description = "Begins schools.csv with a byte order mark, which Excel needs for Chinese text" };
        var json = new Option<bool>("--json") { Description = "Prints the summary as JSON" };
        var command = new Command("provision", "From checklists of schools to the targets of the action plan that they meet, by school, county, city and province") { input, output, mapping, encoding, mark, json };
        command.SetAction(result =>
        {
            var file = result.GetValue(input)!;
            if (!File.Exists(file))
            {
                throw new UsageException($"There is no file '{file}'.");
            }

            var map = result.GetValue(mapping) is { } mappingFile ? SharedOptions.ReadFile(mappingFile) : null;
            var request = new ProvisionRequest
            {
                Input = file,
                Checklist = ProvisionChecklist.Of(InstrumentCatalog.Default[Checklist]),
                Mapping = map is null ? new SurveyMapping() : SurveyMapping.Load(map, result.GetValue(mapping)!),
                MappingHash = map is null ? null : Convert.ToHexStringLower(SHA256.HashData(map)),
                Encoding = result.GetValue(encoding),
                ByteOrderMark = result.GetValue(mark),
            };
            var summary = ProvisionRun.Run(request, result.GetValue(output)!);
            if (result.GetValue(json))
            {
                WriteJson(summary);
            }
            else
            {
                ProvisionText.Write(Console.Out, summary);
            }

            return SurveyCommand.CodeOf(summary.Scores, unreadReports: 0, summary.Scores.Duplicates);
        });
        return command.WithExamples(
            "xinheng provision schools-2026.csv --out provision",
            "xinheng provision 学校填报.xlsx --mapping mapping.json --out provision --json");
    }

    private static void WriteJson(ProvisionSummary summary)
    {
        using var output = new JsonOutput();
        var writer = output.Writer;
        var tallies = summary.Tallies;
        writer.WriteStartObject();
        writer.WriteString("checklist", tallies.Checklist.Instrument.Id);
        writer.WriteNumber("schools", tallies.Schools(0));
        writer.WriteNumber("meetEveryTarget", tallies.SchoolsMeetingAll(0));
        writer.WriteStartArray("targets");
        for (var target = 0; target < tallies.Checklist.Targets.Count; target++)
        {
            var count = tallies[0, target];
            writer.WriteStartObject();
            writer.WriteString("id", tallies.Checklist.Targets[target].Id);
            JsonText.Write(writer, "name", tallies.Checklist.Targets[target].Name);
            writer.WriteNumber("met", count.Met);
            writer.WriteNumber("partly", count.Partly);
            writer.WriteNumber("notMet", count.NotMet);
            writer.WriteNumber("unknown", count.Unknown);
            if (count.Share is { } share)
            {
                writer.WriteNumber("share", share.ToDouble());
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("quarantined", summary.Scores.Quarantined);
        writer.WriteNumber("duplicates", summary.Scores.Duplicates);
        writer.WriteNumber("unreadableCells", summary.Scores.UnreadableCells);
        writer.WriteString("folder", summary.Folder);
        writer.WriteEndObject();
    }
}
