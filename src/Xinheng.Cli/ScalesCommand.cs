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
        var ids = new Argument<string[]>("id") { Description = "Id of the instrument or battery, for example phq-9 or student-short; with --as more than one", Arity = ArgumentArity.OneOrMore };
        var wording = new Option<string?>("--wording") { Description = "A wording file of yours: shows the questionnaire as a person fills it in" };
        var form = new Option<string?>("--as") { Description = "Form for another program: fhir (FHIR R4 Questionnaire), codebook (CSV), spss (syntax), r (script in base R)" };
        form.AcceptOnlyFromAmong([.. Enum.GetValues<DefinitionFormat>().Select(Kebab)]);
        var output = new Option<string?>("--out") { Description = "File that --as writes; the standard output by default. A folder where more than one instrument is named" };
        var show = new Command("show", "Show one definition for people: what each fact says, how well it is confirmed, and where; or write it in the form of another program") { ids, wording, form, output };
        show.SetAction(result => result.GetValue(form) is { } name
            ? Export(result.GetValue(ids)!, result.GetValue(definitions), Enum.GetValues<DefinitionFormat>().Single(f => Kebab(f) == name), result.GetValue(output), result.GetValue(json))
            : result.GetValue(output) is not null ? throw new UsageException("--out needs --as fhir, codebook, spss or r.")
            : result.GetValue(ids) is not [var id] ? throw new UsageException("More than one instrument is shown with --as only.")
            : Show(id, result.GetValue(wording), SharedOptions.Catalog(result.GetValue(definitions)), result.GetValue(json)));
        show.WithExamples(
            "xinheng scales show phq-9",
            "xinheng scales show student-short",
            "xinheng scales show psqi --json",
            "xinheng scales show my-scale --definitions my-scale.json --wording my-scale.zh-Hans.json",
            "xinheng scales show phq-9 --as fhir --out Questionnaire-phq-9.json",
            "xinheng scales show phq-9 gad-7 scl-90 --as codebook --out codebooks",
            "xinheng scales show gad-7 --as spss --out gad-7.sps",
            "xinheng scales show phq-9 --as r --out phq-9.R && Rscript -e 'source(\"phq-9.R\"); score_phq9(read.csv(\"survey.csv\", colClasses = \"character\"))'");
        var path = new Argument<string>("path") { Description = "A definition, wording, norm or battery file, or a folder with such files" };
        var check = new Command("check", "Check definitions and run their worked examples, and check wordings, norms and batteries against them; all problems at once") { path };
        check.SetAction(result => Check(result.GetValue(path)!, SharedOptions.Catalog(result.GetValue(definitions)), result.GetValue(json)));
        check.WithExamples("xinheng scales check scales", "xinheng scales check my-scale.json", "xinheng scales check my-scale.zh-Hans.json --definitions my-scale.json");
        var command = new Command("scales", "List the instruments, batteries, norms, policies and calendars") { json, definitions, show, check };
        command.SetAction(result => List(SharedOptions.Catalog(result.GetValue(definitions)), result.GetValue(json)));
        return command.WithExamples("xinheng scales", "xinheng scales --json", "xinheng scales show scl-90", "xinheng scales check scales");
    }

    private static int List(InstrumentCatalog catalog, bool json)
    {
        var instruments = catalog.Ids.Select(id => catalog[id]).ToArray();
        var norms = NormsOf(catalog).ToArray();
        var policies = Enum.GetValues<PopulationKind>().Select(Policy.Default).ToArray();
        SchoolCalendar[] calendars = [SchoolCalendar.Default];
        var shipped = BatteryCatalog.For(catalog);
        var batteries = shipped.Ids.Select(id => shipped[id]).ToArray();
        if (json)
        {
            using var output = new JsonOutput();
            var writer = output.Writer;
            writer.WriteStartObject();
            WriteAll("instruments", instruments, instrument =>
            {
                var definition = instrument.Definition;
                Identity(instrument.Id, definition.Version, instrument.Hash, definition.Name);
                writer.WriteNumber("items", instrument.Items.Count);
                JsonText.WriteList(writer, "scores", instrument.Scores.Select(s => s.Id));
                writer.WriteString("licence", Kebab(definition.Licence.Status));
                JsonText.WriteList(writer, "languages", ["en", "zh-Hans"]);
            });
            writer.WriteStartArray("batteries");
            foreach (var battery in batteries)
            {
                BatteryText.Write(writer, battery);
            }

            writer.WriteEndArray();
            WriteAll("norms", norms, set =>
            {
                Identity(set.Id, set.Document.Version, set.Hash, set.Document.Population);
                writer.WriteString("instrument", set.Instrument.Id);
                writer.WriteNumber("year", set.Document.Year);
                if (set.Document.SampleSize is { } people)
                {
                    writer.WriteNumber("n", people);
                }
                else
                {
                    writer.WriteNull("n");
                }
            });
            WriteAll("policies", policies, policy =>
            {
                Identity(policy.Id, policy.Definition.Version, policy.Hash, policy.Definition.Name);
                writer.WriteString("population", Kebab(policy.Definition.Population));
                writer.WriteBoolean("draft", policy.IsDraft);
            });
            WriteAll("calendars", calendars, calendar =>
            {
                Identity(calendar.Id, calendar.Definition.Version, calendar.Hash, calendar.Definition.Name);
                writer.WriteString("from", Text(calendar.Definition.Terms[0].From));
                writer.WriteString("to", Text(calendar.Definition.Terms[^1].To));
            });
            writer.WriteEndObject();
            return ExitCode.Done;

            void WriteAll<T>(string name, T[] all, Action<T> write)
            {
                writer.WriteStartArray(name);
                foreach (var one in all)
                {
                    writer.WriteStartObject();
                    write(one);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            }

            void Identity(string id, string version, string hash, LocalizedText name)
            {
                writer.WriteString("id", id);
                writer.WriteString("version", version);
                writer.WriteString("sha256", hash);
                JsonText.Write(writer, "name", name);
            }
        }

        Console.WriteLine($"{"instrument",-18}{"items",6}{"scores",8}  {"licence",-18}name");
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
                $"{battery.Id,-22}{battery.Items,5}{BatteryText.Minutes(battery),9}  {Kebab(battery.Definition.Population),-12}{battery.Definition.Name?.En} {battery.Definition.Name?.ZhHans}{(battery.AskFirst.Count == 0 ? "" : "  ! ask the owners first 须先取得许可")}"));
        }

        Console.WriteLine();
        Console.WriteLine($"{"norms",-34}{"for",-12}name");
        foreach (var set in norms)
        {
            Console.WriteLine($"{set.Id,-34}{set.Instrument.Id,-12}{set.Document.Population.En} {set.Document.Population.ZhHans}");
        }

        Console.WriteLine();
        Console.WriteLine($"{"policy",-34}{"state",-12}name");
        foreach (var policy in policies)
        {
            Console.WriteLine($"{policy.Id,-34}{(policy.IsDraft ? "draft" : "signed"),-12}{policy.Definition.Name.En} {policy.Definition.Name.ZhHans}");
        }

        Console.WriteLine();
        Console.WriteLine($"{"calendar",-34}{"until",-12}name");
        foreach (var calendar in calendars)
        {
            Console.WriteLine($"{calendar.Id,-34}{Text(calendar.Definition.Terms[^1].To),-12}{calendar.Definition.Name.En} {calendar.Definition.Name.ZhHans}");
        }

        Console.WriteLine();
        Console.WriteLine("Names and labels are in English and Simplified Chinese; item wording is not shipped. 'xinheng scales show ID' tells sources and licence.");
        return ExitCode.Done;

        static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static IEnumerable<NormSet> NormsOf(InstrumentCatalog catalog)
    {
        var shipped = NormCatalog.For(catalog);
        return shipped.Ids.Select(id => shipped[id]);
    }

    private static int Check(string path, InstrumentCatalog catalog, bool json)
    {
        var (names, norms, batteries) = SharedOptions.FilesOf(path);
        if (names.Count + norms.Count + batteries.Count == 0)
        {
            throw new UsageException($"The folder '{path}' holds no definition (instrument.json), wording, norms (norms.*.json) or battery.");
        }

        var files = names.Select(file => (Name: file, Content: SharedOptions.ReadFile(file))).ToLookup(file => WordingFile.IsOne(file.Content));
        var problems = new List<Problem>();
        var loaded = new List<Instrument>();
        foreach (var file in files[false])
        {
            if (Instrument.TryLoad(file.Content, file.Name, out var instrument, out var found))
            {
                problems.AddRange(Examples.Check(instrument!).Select(p => p with { File = file.Name }));
                loaded.Add(instrument!);
            }

            problems.AddRange(found);
        }

        var known = catalog.With(loaded);
        foreach (var file in files[true])
        {
            problems.AddRange(WordingFile.Check(file.Content, file.Name, known));
        }

        // Norms and batteries may name the definitions that lie beside them.
        foreach (var file in norms)
        {
            NormSet.TryLoad(SharedOptions.ReadFile(file), file, known, out _, out var found);
            problems.AddRange(found);
        }

        foreach (var file in batteries)
        {
            Battery.TryLoad(SharedOptions.ReadFile(file), file, known, out _, out var found);
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
            Console.WriteLine($"{files[false].Count()} definitions, {loaded.Sum(i => i.Definition.Examples.Count)} worked examples, {files[true].Count()} wordings, {norms.Count} norms, {batteries.Count} batteries, {problems.Count} problems.");
        }

        return problems.Count == 0 ? ExitCode.Done : ExitCode.ProblemsFound;
    }

    /// <summary>Writes definitions in the form of another program; all of them or none.</summary>
    private static int Export(string[] ids, string? definitions, DefinitionFormat format, string? target, bool json)
    {
        if (json)
        {
            throw new UsageException("--as names the form, and --json another: give one of them.");
        }

        var catalog = SharedOptions.Catalog(definitions);
        var exported = new List<(string Id, byte[] Content)>();
        var problems = new List<Problem>();
        foreach (var id in ids.Distinct())
        {
            try
            {
                var instrument = catalog.Find(id) ?? throw new UsageException($"There is no instrument '{id}'. There are: {string.Join(", ", catalog.Ids)}.");
                exported.Add((id, DefinitionExport.Write(instrument, format)));
            }
            catch (DefinitionException exception)
            {
                problems.AddRange(exception.Problems);
            }
        }

        if (problems.Count > 0)
        {
            throw new DefinitionException(problems);
        }

        if (target is null or "-")
        {
            if (exported.Count > 1)
            {
                throw new UsageException("Several instruments need a folder: --out FOLDER.");
            }

            using var stdout = Console.OpenStandardOutput();
            stdout.Write(exported[0].Content);
            return ExitCode.Done;
        }

        using var files = new OutputSet(definitions is null ? [] : SharedOptions.DefinitionFiles(definitions));
        foreach (var (id, content) in exported)
        {
            files.Create(exported.Count == 1 && !Directory.Exists(target) ? target : Path.Combine(target, id + ExtensionOf(format))).Write(content);
        }

        files.Commit();
        return ExitCode.Done;
    }

    private static string ExtensionOf(DefinitionFormat format) => format switch
    {
        DefinitionFormat.Fhir => ".fhir.json",
        DefinitionFormat.Codebook => ".codebook.csv",
        DefinitionFormat.Spss => ".sps",
        _ => ".R",
    };

    private static int Show(Battery battery, bool json)
    {
        if (json)
        {
            using var stdout = Console.OpenStandardOutput();
            stdout.Write(Documents.DocumentReader.Write(battery.Definition, Documents.XinhengJson.Default.BatteryDefinition));
            stdout.Write("\n"u8);
        }
        else
        {
            BatteryText.Write(Console.Out, battery);
        }

        return ExitCode.Done;
    }

    private static int Show(string id, string? wordingFile, InstrumentCatalog catalog, bool json)
    {
        var batteries = BatteryCatalog.For(catalog);
        if (catalog.Find(id) is null && wordingFile is null && batteries.Find(id) is { } battery)
        {
            return Show(battery, json);
        }

        var instrument = catalog.Find(id)
            ?? throw new UsageException($"There is no instrument or battery '{id}'. There are the instruments {string.Join(", ", catalog.Ids)} and the batteries {string.Join(", ", batteries.Ids)}.");
        var wording = wordingFile is null ? null : Wording.Load(SharedOptions.ReadFile(wordingFile), wordingFile, instrument);
        var questionnaire = wording is null ? null : Questionnaire.Of(instrument, wording, wording.Language);
        NormSet[] norms = wording is null ? [.. NormsOf(catalog).Where(set => set.Instrument == instrument)] : [];
        if (json)
        {
            using var output = new JsonOutput();
            if (questionnaire is not null)
            {
                QuestionnaireText.Write(output.Writer, questionnaire);
            }
            else
            {
                DefinitionText.Write(output.Writer, instrument, norms);
            }
        }
        else if (questionnaire is not null)
        {
            QuestionnaireText.Write(Console.Out, questionnaire);
        }
        else
        {
            DefinitionText.Write(Console.Out, instrument, norms);
        }

        return ExitCode.Done;
    }

    internal static string Kebab<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
