using System.Security.Cryptography;
using Xinheng.Documents;

namespace Xinheng;

/// <summary>One published edition of a questionnaire, checked: items, scores, bands, critical items, sources, licence.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. Valid by construction: what cannot be scored as written is
/// refused when it is loaded, with every problem of the file at once.
/// </remarks>
public sealed class Instrument
{
    private readonly Dictionary<string, int> _items;
    private readonly Dictionary<string, int> _scores;

    private Instrument(InstrumentDefinition definition, string hash)
    {
        Definition = definition;
        Hash = hash;
        _items = Index(definition.Items, i => i.Id);
        _scores = Index(definition.Scores, s => s.Id);
    }

    /// <summary>Everything the definition says.</summary>
    public InstrumentDefinition Definition { get; }

    /// <summary>Kebab-case id, for example <c>phq-9</c>.</summary>
    public string Id => Definition.Id;

    /// <summary>SHA-256 of the definition file in lower-case hexadecimal; results carry it.</summary>
    public string Hash { get; }

    /// <summary>Items in printed order.</summary>
    public IReadOnlyList<Item> Items => Definition.Items;

    /// <summary>Scores in the order of the definition.</summary>
    public IReadOnlyList<ScoreDefinition> Scores => Definition.Scores;

    /// <summary>The id as table columns carry it: without hyphens, for example <c>phq9</c>.</summary>
    public string ColumnPrefix => Id.Replace("-", "", StringComparison.Ordinal);

    /// <summary>Loads and checks a definition file.</summary>
    /// <param name="utf8">Content of the file; a byte-order mark is skipped.</param>
    /// <param name="file">The file's name, for problems.</param>
    /// <param name="expectedHash">Hash the file must have, lower-case hexadecimal; <see langword="null"/> = any.</param>
    /// <exception cref="DefinitionException">The file is refused; the exception carries all its problems.</exception>
    public static Instrument Load(ReadOnlySpan<byte> utf8, string file, string? expectedHash = null) =>
        TryLoad(utf8, file, out var instrument, out var problems, expectedHash) ? instrument! : throw new DefinitionException(problems);

    /// <summary>Loads and checks a definition file; gives all its problems instead of throwing.</summary>
    /// <returns><see langword="true"/> when there is no problem.</returns>
    public static bool TryLoad(
        ReadOnlySpan<byte> utf8, string file, out Instrument? instrument, out IReadOnlyList<Problem> problems, string? expectedHash = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        instrument = null;
        var report = new ProblemReport(file);
        var hash = Convert.ToHexStringLower(SHA256.HashData(utf8));
        if (expectedHash is not null && hash != expectedHash)
        {
            report.Add("digest", "$", "the content of the file has changed", $"SHA-256 {expectedHash}", "Restore the file, or accept the new version by its new hash");
        }

        var definition = DocumentReader.TryRead(utf8, report, XinhengJson.Default.InstrumentDefinition);
        if (definition is not null)
        {
            InstrumentCheck.Run(definition, report);
        }

        problems = report.Problems;
        if (problems.Count > 0 || definition is null)
        {
            return false;
        }

        instrument = new Instrument(definition, hash);
        return true;
    }

    /// <summary>Checks a definition that was built in code. Its hash is that of its JSON form.</summary>
    /// <exception cref="DefinitionException">The definition is refused; the exception carries all its problems.</exception>
    public static Instrument Create(InstrumentDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Load(DocumentReader.Write(definition, XinhengJson.Default.InstrumentDefinition), definition.Id);
    }

    /// <summary>Position of an item, or -1.</summary>
    public int IndexOfItem(string id) => _items.GetValueOrDefault(id, -1);

    /// <summary>Position of a score, or -1.</summary>
    public int IndexOfScore(string id) => _scores.GetValueOrDefault(id, -1);

    /// <summary>The response set of an item.</summary>
    public ResponseSet ResponsesOf(int item) => Definition.Responses[Items[item].Responses];

    /// <summary>Whether nothing is lost when an item is not on the form: no score uses it and it is not critical.</summary>
    public bool MayBeLeftOut(Item item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Unscored && Definition.CriticalItems.All(c => c.Item != item.Id);
    }

    /// <summary>Id and version.</summary>
    public override string ToString() => $"{Id} {Definition.Version}";

    /// <summary>Says which instrument cannot be asked together with others about a subject; <see langword="null"/> when all can.</summary>
    internal static string? OddOneOut(IReadOnlyList<Instrument> instruments, Subject subject) =>
        instruments.FirstOrDefault(i => i.Definition.Population.Subject != subject) is { } odd
            ? $"Instrument '{odd.Id}' is about a {ScoreText.Of(odd.Definition.Population.Subject)}, not about a {ScoreText.Of(subject)} like the rest: a row of answers is one or the other. Leave it out here and score it by itself."
            : null;

    /// <summary>Positions of the items of a list in which <c>"1-9"</c> stands for a run.</summary>
    internal int[] Resolve(IReadOnlyList<string> items) => [.. items.SelectMany(entry => ItemRuns.Expand(entry, IndexOfItem))];

    private static Dictionary<string, int> Index<T>(IReadOnlyList<T> list, Func<T, string> id)
    {
        var index = new Dictionary<string, int>(list.Count, StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            index.Add(id(list[i]), i);
        }

        return index;
    }
}
