using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Xinheng.Data;

namespace Xinheng.Cli;

/// <summary><c>xinheng scales</c>: the catalogue, one definition for people, the check of definitions.</summary>
internal static class ScalesCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Prints JSON", Recursive = true };
        var definitions = new Option<string?>("--definitions") { Description = "Folder with further definitions", Recursive = true };
        var id = new Argument<string>("id") { Description = "Id of the instrument, for example phq-9" };
        var form = new Option<string?>("--as") { Description = "Form for another program: fhir (FHIR R4 Questionnaire), codebook (CSV), spss (syntax), r (script in base R)" };
        form.AcceptOnlyFromAmong([.. Enum.GetValues<DefinitionFormat>().Select(Kebab)]);
        var output = new Option<string?>("--out") { Description = "File that --as writes; the standard output by default" };
        var show = new Command("show", "Show one definition for people, with its sources, or write it in the form of another program") { id, form, output };
        show.SetAction(result => result.GetValue(form) is { } name
            ? Export(result.GetValue(id)!, result.GetValue(definitions), Enum.GetValues<DefinitionFormat>().Single(f => Kebab(f) == name), result.GetValue(output), result.GetValue(json))
            : result.GetValue(output) is not null ? throw new UsageException("--out needs --as fhir, codebook, spss or r.")
            : Show(result.GetValue(id)!, result.GetValue(definitions), result.GetValue(json)));
        show.WithExamples(
            "xinheng scales show phq-9",
            "xinheng scales show psqi --json",
            "xinheng scales show phq-9 --as fhir --out Questionnaire-phq-9.json",
            "xinheng scales show scl-90 --as codebook --out scl-90.csv",
            "xinheng scales show gad-7 --as spss --out gad-7.sps",
            "xinheng scales show phq-9 --as r --out phq-9.R && Rscript -e 'source(\"phq-9.R\"); score_phq9(read.csv(\"survey.csv\", colClasses = \"character\"))'");
        var path = new Argument<string>("path") { Description = "A definition file, or a folder with definitions" };
        var check = new Command("check", "Check definitions and run their worked examples; all problems at once") { path };
        check.SetAction(result => Check(result.GetValue(path)!, result.GetValue(json)));
        check.WithExamples("xinheng scales check scales", "xinheng scales check my-scale.json");
        var command = new Command("scales", "List the instruments") { json, definitions, show, check };
        command.SetAction(result => List(SharedOptions.Catalog(result.GetValue(definitions)), result.GetValue(json)));
        return command.WithExamples("xinheng scales", "xinheng scales --json", "xinheng scales show scl-90", "xinheng scales check scales");
    }

    private static int List(InstrumentCatalog catalog, bool json)
    {
        var instruments = catalog.Ids.Select(id => catalog[id]).ToArray();
        if (json)
        {
            using var output = new JsonOutput();
            var writer = output.Writer;
            writer.WriteStartArray();
            foreach (var instrument in instruments)
            {
                var definition = instrument.Definition;
                writer.WriteStartObject();
                writer.WriteString("id", instrument.Id);
                writer.WriteString("version", definition.Version);
                writer.WriteString("sha256", instrument.Hash);
                JsonText.Write(writer, "name", definition.Name);
                writer.WriteNumber("items", instrument.Items.Count);
                JsonText.WriteList(writer, "scores", instrument.Scores.Select(s => s.Id));
                writer.WriteString("licence", Kebab(definition.Licence.Status));
                JsonText.WriteList(writer, "languages", ["en", "zh-Hans"]);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            return ExitCode.Done;
        }

        Console.WriteLine($"{"id",-18}{"items",6}{"scores",8}  {"licence",-18}name");
        foreach (var instrument in instruments)
        {
            var definition = instrument.Definition;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{instrument.Id,-18}{instrument.Items.Count,6}{instrument.Scores.Count,8}  {Kebab(definition.Licence.Status),-18}{definition.Name.En} {definition.Name.ZhHans}"));
        }

        Console.WriteLine();
        Console.WriteLine("Names and labels are in English and Simplified Chinese; item wording is not shipped. 'xinheng scales show ID' tells sources and licence.");
        return ExitCode.Done;
    }

    private static int Check(string path, bool json)
    {
        var files = SharedOptions.DefinitionFiles(path);
        var problems = new List<Problem>();
        var examples = 0;
        foreach (var file in files)
        {
            if (Instrument.TryLoad(SharedOptions.ReadFile(file), file, out var instrument, out var found))
            {
                problems.AddRange(Examples.Check(instrument!).Select(p => p with { File = file }));
                examples += instrument!.Definition.Examples.Count;
            }

            problems.AddRange(found);
        }

        if (json)
        {
            using var output = new JsonOutput();
            var writer = output.Writer;
            writer.WriteStartArray();
            foreach (var problem in problems)
            {
                writer.WriteStartObject();
                writer.WriteString("code", problem.Code);
                writer.WriteString("file", problem.File);
                if (problem.Line is { } line)
                {
                    writer.WriteNumber("line", line);
                }

                writer.WriteString("path", problem.Path);
                writer.WriteString("found", problem.Found);
                writer.WriteString("expected", problem.Expected);
                writer.WriteString("action", problem.Action);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }
        else
        {
            problems.ForEach(Console.WriteLine);
            Console.WriteLine($"{files.Count} definitions, {examples} worked examples, {problems.Count} problems.");
        }

        return problems.Count == 0 ? ExitCode.Done : ExitCode.ProblemsFound;
    }

    private static Instrument Find(string id, string? definitions)
    {
        var catalog = SharedOptions.Catalog(definitions);
        return catalog.Find(id) ?? throw new UsageException($"There is no instrument '{id}'. There are: {string.Join(", ", catalog.Ids)}.");
    }

    private static int Export(string id, string? definitions, DefinitionFormat format, string? target, bool json)
    {
        if (json)
        {
            throw new UsageException("--as names the form, and --json another: give one of them.");
        }

        var content = DefinitionExport.Write(Find(id, definitions), format);
        if (target is null or "-")
        {
            using var stdout = Console.OpenStandardOutput();
            stdout.Write(content);
            return ExitCode.Done;
        }

        using var files = new OutputSet(definitions is null ? [] : SharedOptions.DefinitionFiles(definitions));
        files.Create(target).Write(content);
        files.Commit();
        return ExitCode.Done;
    }

    private static int Show(string id, string? definitions, bool json)
    {
        var instrument = Find(id, definitions);
        if (json)
        {
            using var stdout = Console.OpenStandardOutput();
            stdout.Write(Documents.DocumentReader.Write(instrument.Definition, Documents.XinhengJson.Default.InstrumentDefinition));
            stdout.Write("\n"u8);
            return ExitCode.Done;
        }

        DefinitionText.Write(Console.Out, instrument);
        return ExitCode.Done;
    }

    internal static string Kebab<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
