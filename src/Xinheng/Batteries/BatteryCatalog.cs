namespace Xinheng;

/// <summary>Batteries by id.</summary>
/// <remarks>
/// Immutable and thread-safe. <see cref="Default"/> holds the batteries that ship with the library; each is loaded when it is
/// first asked for.
/// </remarks>
public sealed class BatteryCatalog
{
    private const string Folder = "batteries/";

    private readonly SortedDictionary<string, Lazy<Battery>> _batteries = new(StringComparer.Ordinal);

    private BatteryCatalog(InstrumentCatalog instruments)
    {
        foreach (var name in Embedded.Names.Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            _batteries.Add(name[Folder.Length..^".json".Length], new Lazy<Battery>(() => Battery.Load(Embedded.Read(name), $"scales/{name}", instruments)));
        }
    }

    /// <summary>The batteries that ship with the library, of the instruments that ship with it.</summary>
    public static BatteryCatalog Default { get; } = new(InstrumentCatalog.Default);

    /// <summary>Ids in ordinal order.</summary>
    public IReadOnlyCollection<string> Ids => _batteries.Keys;

    /// <summary>The battery with an id.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists the ids that exist.</exception>
    public Battery this[string id] => Find(id)
        ?? throw new KeyNotFoundException($"There is no battery '{id}'. There are: {string.Join(", ", Ids)}.");

    /// <summary>The battery with an id, or <see langword="null"/>.</summary>
    public Battery? Find(string id) => _batteries.TryGetValue(id, out var battery) ? battery.Value : null;

    /// <summary>The shipped batteries with the instruments of another catalogue, which may have a definition of its own in place of a shipped one.</summary>
    public static BatteryCatalog For(InstrumentCatalog instruments)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        return new BatteryCatalog(instruments);
    }
}
