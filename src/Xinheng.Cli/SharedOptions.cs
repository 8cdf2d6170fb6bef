using System.CommandLine;
using System.Security.Cryptography;
using Xinheng.Data;

namespace Xinheng.Cli;

/// <summary>Options of every verb that reads a survey file.</summary>
internal sealed class SharedOptions
{
    public Argument<string> Input { get; } = new("input") { Description = "Survey file: CSV (UTF-8, UTF-16, GB18030; comma, tab or semicolon) or Excel .xlsx" };

    public Option<string> Scales { get; } = new("--scales") { Description = "Instruments, separated by commas, for example phq-9,gad-7", Required = true };

    public Option<string?> Definitions { get; } = new("--definitions") { Description = "Folder with further definitions: DIR/<id>/instrument.json or DIR/*.json" };

    public Option<string?> Mapping { get; } = new("--mapping") { Description = "Mapping file: which column is which item, and how answers are written" };

    public Option<string?> Id { get; } = new("--id") { Description = "Heading of the column that identifies the person" };

    public Option<string?> Encoding { get; } = new("--encoding") { Description = "Encoding of a text file: utf-8, utf-16, utf-16le, utf-16be, gb18030" };

    public Option<string?> Sheet { get; } = new("--sheet") { Description = "Sheet of a workbook; the first visible one by default" };

    public Option<string[]> Norms { get; } = new("--norms") { Description = "Norm document, or the id of a shipped one: adds T scores and percentiles. May be given again for another instrument" };

    public void AddTo(Command command)
    {
        command.Options.Add(Scales);
        AddInputTo(command);
        command.Options.Add(Norms);
    }

    /// <summary>The options that say what the file is and how it is read, without those that say what is scored.</summary>
    public void AddInputTo(Command command)
    {
        command.Arguments.Add(Input);
        foreach (Option option in new Option[] { Definitions, Mapping, Id, Encoding, Sheet })
        {
            command.Options.Add(option);
        }
    }

    public ScoreRequest Request(ParseResult result)
    {
        var catalog = Catalog(result.GetValue(Definitions));
        var request = Request(result, Instruments(result.GetValue(Scales)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), catalog));
        return request with { Norms = LoadNorms(result.GetValue(Norms) ?? [], catalog, request.Instruments) };
    }

    /// <summary>The file as the options describe it, for given instruments.</summary>
    public ScoreRequest Request(ParseResult result, IReadOnlyList<Instrument> instruments)
    {
        var input = result.GetValue(Input)!;
        if (!File.Exists(input))
        {
            throw new UsageException($"There is no file '{input}'.");
        }

        var mapping = result.GetValue(Mapping) is { } file ? ReadFile(file) : null;
        return new ScoreRequest
        {
            Input = input,
            Instruments = instruments,
            Mapping = mapping is null ? new SurveyMapping() : SurveyMapping.Load(mapping, result.GetValue(Mapping)!),
            MappingHash = mapping is null ? null : Convert.ToHexStringLower(SHA256.HashData(mapping)),
            IdColumn = result.GetValue(Id),
            Encoding = result.GetValue(Encoding),
            Sheet = result.GetValue(Sheet),
        };
    }

    /// <summary>Every file that the run reads.</summary>
    public IReadOnlyList<string> Files(ParseResult result) =>
    [
        result.GetValue(Input)!,
        .. result.GetValue(Mapping) is { } mapping ? [mapping] : Array.Empty<string>(),
        .. (result.GetValue(Norms) ?? []).Where(File.Exists),
        .. result.GetValue(Definitions) is { } definitions ? DefinitionFiles(definitions) : [],
    ];

    /// <summary>The catalogue, with the definitions of a folder or file added, once their own worked examples agree with them.</summary>
    public static InstrumentCatalog Catalog(string? definitions)
    {
        if (definitions is null)
        {
            return InstrumentCatalog.Default;
        }

        var loaded = new Dictionary<string, (Instrument Instrument, string File)>(StringComparer.Ordinal);
        var problems = new List<Problem>();
        foreach (var (file, content) in DefinitionFiles(definitions).Select(file => (file, ReadFile(file))).Where(file => !WordingFile.IsOne(file.Item2)))
        {
            if (Instrument.TryLoad(content, file, out var instrument, out var found))
            {
                problems.AddRange(Examples.Check(instrument!).Select(p => p with { File = file }));
                if (!loaded.TryAdd(instrument!.Id, (instrument, file)))
                {
                    problems.Add(new Problem
                    {
                        Code = "id-repeated",
                        File = file,
                        Path = "$.id",
                        Found = $"'{instrument.Id}', which is the id of {loaded[instrument.Id].File} too",
                        Expected = "An id of its own in every definition",
                        Action = "Remove one of the files, or change its id",
                    });
                }
            }

            problems.AddRange(found);
        }

        if (problems.Count > 0)
        {
            throw new DefinitionException(problems);
        }

        foreach (var id in loaded.Keys.Where(id => InstrumentCatalog.Default.Find(id) is not null))
        {
            Console.Error.WriteLine($"{id} of {(Directory.Exists(definitions) ? "the folder" : "the file")} takes the place of the shipped one.");
        }

        return InstrumentCatalog.Default.With(loaded.Values.Select(l => l.Instrument));
    }

    /// <summary>Definition and wording files of a folder, or the file itself; ordinal order.</summary>
    public static IReadOnlyList<string> DefinitionFiles(string path) =>
        FilesOf(path).Definitions is { Count: > 0 } files ? files : throw new UsageException($"'{path}' holds no definition (instrument.json).");

    /// <summary>Definition files, norm files and battery files of a folder and of the folder 'batteries' in it, or the file itself; ordinal order.</summary>
    public static (IReadOnlyList<string> Definitions, IReadOnlyList<string> Norms, IReadOnlyList<string> Batteries) FilesOf(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new UsageException($"There is no file or folder '{path}'.");
        }

        if (File.Exists(path))
        {
            return IsBattery(path) ? ([], [], [path]) : IsNorms(path) ? ([], [path], []) : ([path], [], []);
        }

        var beside = Path.Combine(path, "batteries");
        var own = Directory.GetFiles(path, "*.json").Where(f => Path.GetFileName(f) is not ("instrument.json" or "validity.json")).ToArray();
        string[] batteries = [.. own.Concat(Directory.Exists(beside) ? Directory.GetFiles(beside, "*.json") : []).Where(IsBattery).Order(StringComparer.Ordinal)];
        string[] norms = [.. own.Where(IsNorms).Union(All("norms.*.json")).Order(StringComparer.Ordinal)];
        string[] definitions = [.. own.Except(batteries).Except(norms).Union(All("instrument.json")).Union(All("wording.*.json")).Order(StringComparer.Ordinal)];
        return (definitions, norms, batteries);

        IEnumerable<string> All(string pattern) =>
            Directory.GetFiles(path, pattern, SearchOption.AllDirectories).Where(f => !f.EndsWith(".schema.json", StringComparison.Ordinal));
    }

    /// <summary>Whether a file is meant as a battery: no other document has a list of scales at its top.</summary>
    private static bool IsBattery(string file) => HasList(file, "scales");

    /// <summary>Whether a file is meant as norms: by its name, or because no other document has a list of groups at its top.</summary>
    private static bool IsNorms(string file) => Path.GetFileName(file).StartsWith("norms.", StringComparison.Ordinal) || HasList(file, "groups");

    private static bool HasList(string file, string member) =>
        Documents.DocumentNode.Parse(ReadFile(file), new Documents.ProblemReport(file))?.Member(member) is { Kind: System.Text.Json.JsonTokenType.StartArray };

    /// <summary>A battery by file or shipped id.</summary>
    public static Battery Battery(string name, InstrumentCatalog catalog)
    {
        if (File.Exists(name))
        {
            return Xinheng.Battery.Load(ReadFile(name), name, catalog);
        }

        var shipped = BatteryCatalog.For(catalog);
        return shipped.Find(name) ?? throw new UsageException($"There is no battery '{name}': neither a file nor a shipped one. Shipped are: {string.Join(", ", shipped.Ids)}.");
    }

    public static byte[] ReadFile(string file)
    {
        if (!File.Exists(file))
        {
            throw new UsageException($"There is no file '{file}'.");
        }

        // A definition above the limit is refused by its length; it need not be read to be refused.
        using var stream = File.OpenRead(file);
        var content = new byte[Math.Min(stream.Length, Documents.DocumentNode.MaxBytes + 4)];
        stream.ReadExactly(content);
        return content;
    }

    /// <summary>Norms by file or shipped id; the problems of all files at once.</summary>
    public static List<NormSet> LoadNorms(string[] names, InstrumentCatalog catalog, IReadOnlyList<Instrument> instruments)
    {
        var loaded = new List<NormSet>();
        var problems = new List<Problem>();
        var shipped = NormCatalog.For(catalog);
        foreach (var name in names)
        {
            if (File.Exists(name) && !NormSet.TryLoad(ReadFile(name), name, catalog, out _, out var found))
            {
                problems.AddRange(found);
                continue;
            }

            var norms = File.Exists(name) ? NormSet.Load(ReadFile(name), name, catalog)
                : shipped.Find(name) ?? throw new UsageException($"There is no norm document '{name}'. Shipped are: {string.Join(", ", shipped.Ids)}.");
            if (!instruments.Contains(norms.Instrument))
            {
                throw new UsageException($"Norms '{norms.Id}' are for '{norms.Instrument.Id}', which is not asked.");
            }

            if (loaded.Find(n => n.Instrument == norms.Instrument) is { } other)
            {
                throw new UsageException($"Norms '{norms.Id}' and '{other.Id}' are both for '{norms.Instrument.Id}': name one.");
            }

            loaded.Add(norms);
        }

        return problems.Count == 0 ? loaded : throw new DefinitionException(problems);
    }

    /// <summary>The instruments of these ids, which are asked together.</summary>
    /// <param name="ids">Ids, each counted once.</param>
    /// <param name="catalog">Where they are looked up.</param>
    public static IReadOnlyList<Instrument> Instruments(IEnumerable<string> ids, InstrumentCatalog catalog)
    {
        Instrument[] instruments =
        [
            .. ids.Distinct().Select(id => catalog.Find(id) ?? throw new UsageException($"There is no instrument '{id}'. There are: {string.Join(", ", catalog.Ids)}.")),
        ];
        return instruments.Length == 0 ? throw new UsageException("The list of instruments names no instrument.")
            : Instrument.OddOneOut(instruments, instruments[0].Definition.Population.Subject) is { } odd ? throw new UsageException(odd)
            : instruments;
    }
}
