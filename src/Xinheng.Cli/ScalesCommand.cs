using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Xinheng.Cli;

/// <summary><c>xinheng scales</c>: the catalogue of instruments and batteries, one of them for people, the check of their files.</summary>
internal static class ScalesCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Prints JSON", Recursive = true };
        var definitions = new Option<string?>("--definitions") { Description = "Folder with further definitions", Recursive = true };
        var id = new Argument<string>("id") { Description = "Id of the instrument or battery, for example phq-9 or student-short" };
        var show = new Command("show", "Show one instrument or battery for people, with its sources") { id };
        show.SetAction(result => Show(result.GetValue(id)!, result.GetValue(definitions), result.GetValue(json)));
        show.WithExamples("xinheng scales show phq-9", "xinheng scales show student-short", "xinheng scales show psqi --json");
        var path = new Argument<string>("path") { Description = "A definition or battery file, or a folder with such files" };
        var check = new Command("check", "Check definitions and batteries and run the worked examples; all problems at once") { path };
        check.SetAction(result => Check(result.GetValue(path)!, result.GetValue(json)));
        check.WithExamples("xinheng scales check scales", "xinheng scales check my-scale.json", "xinheng scales check my-battery.json");
        var command = new Command("scales", "List the instruments and the batteries made of them") { json, definitions, show, check };
        command.SetAction(result => List(SharedOptions.Catalog(result.GetValue(definitions)), result.GetValue(json)));
        return command.WithExamples("xinheng scales", "xinheng scales --json", "xinheng scales show scl-90", "xinheng scales check scales");
    }

    private static int List(InstrumentCatalog catalog, bool json)
    {
        var instruments = catalog.Ids.Select(id => catalog[id]).ToArray();
        var shipped = BatteryCatalog.For(catalog);
        var batteries = shipped.Ids.Select(id => shipped[id]).ToArray();
        if (json)
        {
            using var output = new JsonOutput();
            var writer = output.Writer;
            writer.WriteStartArray();
            foreach (var instrument in instruments)
            {
                var definition = instrument.Definition;
                writer.WriteStartObject();
                writer.WriteString("kind", "instrument");
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

            foreach (var battery in batteries)
            {
                BatteryText.Write(writer, battery);
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
        Console.WriteLine($"{"battery",-22}{"items",5}{"minutes",9}  {"population",-12}name");
        foreach (var battery in batteries)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{battery.Id,-22}{battery.Items,5}{BatteryText.Minutes(battery),9}  {Kebab(battery.Definition.Population),-12}{battery.Definition.Name.En} {battery.Definition.Name.ZhHans}{(battery.AskFirst.Count == 0 ? "" : "  ! ask the owners first 须先取得许可")}"));
        }

        Console.WriteLine();
        Console.WriteLine("Names and labels are in English and Simplified Chinese; item wording is not shipped. 'xinheng scales show ID' tells sources and licence.");
        return ExitCode.Done;
    }

    private static int Check(string path, bool json)
    {
        var (files, batteries) = SharedOptions.FilesOf(path);
        if (files.Count + batteries.Count == 0)
        {
            throw new UsageException($"The folder '{path}' holds no definition (instrument.json) and no battery.");
        }

        var problems = new List<Problem>();
        var loaded = new List<Instrument>();
        foreach (var file in files)
        {
            if (Instrument.TryLoad(SharedOptions.ReadFile(file), file, out var instrument, out var found))
            {
                problems.AddRange(Examples.Check(instrument!).Select(p => p with { File = file }));
                loaded.Add(instrument!);
            }

            problems.AddRange(found);
        }

        // A battery may name the definitions that lie beside it.
        var catalog = InstrumentCatalog.Default.With(loaded);
        foreach (var file in batteries)
        {
            Battery.TryLoad(SharedOptions.ReadFile(file), file, catalog, out _, out var found);
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
            Console.WriteLine($"{files.Count} definitions, {loaded.Sum(i => i.Definition.Examples.Count)} worked examples, {batteries.Count} batteries, {problems.Count} problems.");
        }

        return problems.Count == 0 ? ExitCode.Done : ExitCode.ProblemsFound;
    }

    private static int Show(string id, string? definitions, bool json)
    {
        var catalog = SharedOptions.Catalog(definitions);
        var batteries = BatteryCatalog.For(catalog);
        var instrument = catalog.Find(id);
        var battery = instrument is null ? batteries.Find(id) : null;
        if (instrument is null && battery is null)
        {
            throw new UsageException($"There is no instrument or battery '{id}'. There are the instruments {string.Join(", ", catalog.Ids)} and the batteries {string.Join(", ", batteries.Ids)}.");
        }

        if (json)
        {
            using var stdout = Console.OpenStandardOutput();
            stdout.Write(instrument is not null
                ? Documents.DocumentReader.Write(instrument.Definition, Documents.XinhengJson.Default.InstrumentDefinition)
                : Documents.DocumentReader.Write(battery!.Definition, Documents.XinhengJson.Default.BatteryDefinition));
            stdout.Write("\n"u8);
        }
        else if (instrument is not null)
        {
            DefinitionText.Write(Console.Out, instrument);
        }
        else
        {
            BatteryText.Write(Console.Out, battery!);
        }

        return ExitCode.Done;
    }

    internal static string Kebab<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
