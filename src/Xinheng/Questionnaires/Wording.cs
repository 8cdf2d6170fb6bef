using System.Security.Cryptography;
using System.Text;
using Xinheng.Documents;

namespace Xinheng;

/// <summary>The texts of one instrument in one language, supplied by the host and checked against the definition: every item and every option has one.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. The library ships no wording and reads no file: the host that may
/// use the texts hands them in. No text of it is ever part of a problem or of <see cref="ToString"/>.
/// </remarks>
public sealed class Wording
{
    private Wording(WordingDocument document, Instrument instrument)
    {
        Document = document;
        Instrument = instrument;
        Hash = HashOf();
    }

    /// <summary>Everything the file says; in every text, spaces at its ends are removed and runs of them are one.</summary>
    public WordingDocument Document { get; }

    /// <summary>The instrument whose texts these are.</summary>
    public Instrument Instrument { get; }

    /// <summary>Language of the texts as a tag of BCP 47.</summary>
    public string Language => Document.Language;

    /// <summary>SHA-256 of what a person reads, in lower-case hexadecimal: another hash is another edition, to be kept with the answers.</summary>
    /// <remarks>
    /// Taken over lines in UTF-8 that each end in LF: a name, a tab, a text. The names are <c>instrument</c>, <c>language</c>,
    /// <c>instruction</c> (one line a paragraph), <c>stem</c>, and for each item in printed order <c>item ID</c>, then
    /// <c>option ID CODE</c> for each of its options in printed order, or <c>unit ID</c>. So the layout of the file, the
    /// order of its members, spaces, source, licence and translator do not change it; a letter of a text does.
    /// </remarks>
    public string Hash { get; }

    /// <summary>Loads and checks a wording file.</summary>
    /// <param name="utf8">Content of the file; a byte-order mark is skipped.</param>
    /// <param name="file">The file's name, for problems.</param>
    /// <param name="instrument">The instrument whose texts it holds.</param>
    /// <exception cref="DefinitionException">The file is refused; the exception carries all its problems.</exception>
    public static Wording Load(ReadOnlySpan<byte> utf8, string file, Instrument instrument) =>
        TryLoad(utf8, file, instrument, out var wording, out var problems) ? wording! : throw new DefinitionException(problems);

    /// <summary>Loads and checks a wording file; gives all its problems instead of throwing.</summary>
    /// <returns><see langword="true"/> when there is no problem.</returns>
    public static bool TryLoad(ReadOnlySpan<byte> utf8, string file, Instrument instrument, out Wording? wording, out IReadOnlyList<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(instrument);
        wording = null;
        var report = new ProblemReport(file, WordingCheck.NamesOf(instrument));
        var document = DocumentReader.TryRead(utf8, report, XinhengJson.Default.WordingDocument);
        if (document is not null)
        {
            WordingCheck.Run(document, instrument, report);
        }

        problems = report.Problems;
        if (problems.Count > 0 || document is null)
        {
            return false;
        }

        wording = new Wording(Plain(document), instrument);
        return true;
    }

    /// <summary>Id and version of the instrument, and the language.</summary>
    public override string ToString() => $"{Instrument} {Language}";

    internal string TextOf(Item item) => Document.Items[item.Id];

    internal string TextOf(Item item, ResponseOption option) => Find(Document, item, option)!;

    internal string UnitOf(Item item) => Document.Units[item.Responses];

    /// <summary>The text of an option: the item's own, or that of its response set.</summary>
    internal static string? Find(WordingDocument document, Item item, ResponseOption option)
    {
        var code = CodeOf(option);
        return document.ItemOptions.GetValueOrDefault(item.Id)?.GetValueOrDefault(code)
            ?? document.Options.GetValueOrDefault(item.Responses)?.GetValueOrDefault(code);
    }

    internal static string CodeOf(ResponseOption option) => option.Code.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private string HashOf()
    {
        var lines = new StringBuilder();
        Add("instrument", Instrument.Id);
        Add("language", Language);
        foreach (var paragraph in Document.Instructions)
        {
            Add("instruction", paragraph);
        }

        if (Document.Stem is { } stem)
        {
            Add("stem", stem);
        }

        for (var i = 0; i < Instrument.Items.Count; i++)
        {
            var item = Instrument.Items[i];
            Add($"item {item.Id}", TextOf(item));
            switch (Instrument.ResponsesOf(i))
            {
                case OptionSet set:
                    foreach (var option in set.Options)
                    {
                        Add($"option {item.Id} {CodeOf(option)}", TextOf(item, option));
                    }

                    break;
                case NumberRange:
                    Add($"unit {item.Id}", UnitOf(item));
                    break;
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));

        void Add(string name, string text) => lines.Append(name).Append('\t').Append(text).Append('\n');
    }

    private static WordingDocument Plain(WordingDocument document) => document with
    {
        Source = Plain(document.Source),
        Licence = Plain(document.Licence),
        Translator = document.Translator is { } translator ? Plain(translator) : null,
        Instructions = [.. document.Instructions.Select(Plain)],
        Stem = document.Stem is { } stem ? Plain(stem) : null,
        Items = Plain(document.Items),
        Options = document.Options.ToDictionary(set => set.Key, IReadOnlyDictionary<string, string> (set) => Plain(set.Value)),
        ItemOptions = document.ItemOptions.ToDictionary(item => item.Key, IReadOnlyDictionary<string, string> (item) => Plain(item.Value)),
        Units = Plain(document.Units),
    };

    private static Dictionary<string, string> Plain(IReadOnlyDictionary<string, string> texts) => texts.ToDictionary(t => t.Key, t => Plain(t.Value));

    /// <summary>The text without spaces at its ends, and with one space for a run of them; Unicode's spaces, the full-width one included.</summary>
    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
