using System.Security.Cryptography;
using Xinheng.Documents;

namespace Xinheng;

/// <summary>Instruments that are asked together, checked against the catalogue and the policy that fits.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. Valid by construction: a file with a problem is refused when it is
/// loaded, with every problem at once. Whatever can be computed from the definitions (items, minutes, licences, what is
/// asked about danger) is computed and never typed.
/// </remarks>
public sealed class Battery
{
    private Battery(BatteryDefinition definition, string id, InstrumentCatalog catalog, string hash)
    {
        Definition = definition;
        Id = id;
        Hash = hash;
        Instruments = [.. definition.Scales.Select(id => catalog[id])];
        Policy = definition.Policy is { } policy ? Policy.FindShipped(policy)! : Policy.Default(definition.Population);
        Licences = Enum.GetValues<LicenceStatus>().Select(status => (status, ids: Instruments.Where(i => i.Definition.Licence.Status == status).Select(i => i.Id).ToArray()))
            .Where(group => group.ids.Length > 0)
            .ToDictionary(group => group.status, group => (IReadOnlyList<string>)group.ids)
            .AsReadOnly();
        var asked = Instruments.SelectMany(i => i.Definition.CriticalItems).Select(c => c.Class).ToHashSet();
        CriticalClasses = [.. Enum.GetValues<CriticalClass>().Where(asked.Contains)];
        var deciding = Policy.Definition.Severities.Select(row => row.Instrument).ToHashSet(StringComparer.Ordinal);
        ScoredOnly = [.. Instruments.Where(i => i.Definition.CriticalItems.Count == 0 && !deciding.Contains(i.Id))];
    }

    /// <summary>Everything the file says.</summary>
    public BatteryDefinition Definition { get; }

    /// <summary>Kebab-case id, for example <c>student-short</c>; where the file gives none, its name without the ending.</summary>
    public string Id { get; }

    /// <summary>SHA-256 of the file in lower-case hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>The instruments in the order of the form.</summary>
    public IReadOnlyList<Instrument> Instruments { get; }

    /// <summary>The shipped policy that fits: the one named, or the default for the population.</summary>
    public Policy Policy { get; }

    /// <summary>Number of items, those that an earlier answer can skip included.</summary>
    public int Items => Instruments.Sum(i => i.Items.Count);

    /// <summary>
    /// Minutes that answering every item takes, exactly: the seconds of <see cref="BatteryDefinition.Pace"/> over the items, by 60.
    /// <see langword="null"/> without a pace. An expectation for planning, not a limit.
    /// </summary>
    public Rational? ExpectedMinutes => Definition.Pace is { } pace ? new Rational(Instruments.Sum(i => SecondsOf(i, pace)), 60) : null;

    /// <summary>Ids of the instruments by what their owners allow, in the order of the form; a status that none has is no key.</summary>
    public IReadOnlyDictionary<LicenceStatus, IReadOnlyList<string>> Licences { get; }

    /// <summary>Instruments whose owner must be asked before the battery is used: permission is needed, or no statement of the owner was found.</summary>
    public IReadOnlyList<Instrument> AskFirst => [.. Instruments.Where(i => i.Definition.Licence.Status is LicenceStatus.PermissionNeeded or LicenceStatus.Unclear)];

    /// <summary>Classes of danger that at least one critical item asks about.</summary>
    public IReadOnlyList<CriticalClass> CriticalClasses { get; }

    /// <summary>Instruments that are scored and reported, and on which <see cref="Policy"/> decides nothing: no severity row, no critical item.</summary>
    public IReadOnlyList<Instrument> ScoredOnly { get; }

    /// <summary>Loads and checks a battery file.</summary>
    /// <param name="utf8">Content of the file; a byte-order mark is skipped.</param>
    /// <param name="file">The file's name, for problems.</param>
    /// <param name="catalog">The instruments that it may name.</param>
    /// <exception cref="DefinitionException">The file is refused; the exception carries all its problems.</exception>
    public static Battery Load(ReadOnlySpan<byte> utf8, string file, InstrumentCatalog catalog) =>
        TryLoad(utf8, file, catalog, out var battery, out var problems) ? battery! : throw new DefinitionException(problems);

    /// <summary>Loads and checks a battery file; gives all its problems instead of throwing.</summary>
    /// <returns><see langword="true"/> when there is no problem.</returns>
    public static bool TryLoad(ReadOnlySpan<byte> utf8, string file, InstrumentCatalog catalog, out Battery? battery, out IReadOnlyList<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(catalog);
        battery = null;
        var report = new ProblemReport(file);
        var definition = DocumentReader.TryRead(utf8, report, XinhengJson.Default.BatteryDefinition);
        if (definition is not null)
        {
            BatteryCheck.Run(definition, catalog, report);
        }

        problems = report.Problems;
        if (problems.Count > 0 || definition is null)
        {
            return false;
        }

        battery = new Battery(definition, definition.Id ?? Stem(file), catalog, Convert.ToHexStringLower(SHA256.HashData(utf8)));
        return true;
    }

    /// <summary>Checks a battery that was built in code. Its hash is that of its JSON form.</summary>
    /// <exception cref="DefinitionException">The battery is refused; the exception carries all its problems.</exception>
    public static Battery Create(BatteryDefinition definition, InstrumentCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Load(DocumentReader.Write(definition, XinhengJson.Default.BatteryDefinition), definition.Id ?? "battery", catalog);
    }

    /// <summary>Id and version; the id alone where there is no version.</summary>
    public override string ToString() => Definition.Version is { } version ? $"{Id} {version}" : Id;

    /// <summary>Name of a file without its folder and its ending.</summary>
    private static string Stem(string file)
    {
        var name = file[(file.LastIndexOfAny(['/', '\\']) + 1)..];
        return name.LastIndexOf('.') is > 0 and var ending ? name[..ending] : name;
    }

    private static int SecondsOf(Instrument instrument, BatteryPace pace) =>
        Enumerable.Range(0, instrument.Items.Count).Sum(item => instrument.ResponsesOf(item) is OptionSet ? pace.OptionSeconds : pace.EntrySeconds);
}
