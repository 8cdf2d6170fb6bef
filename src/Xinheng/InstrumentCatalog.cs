namespace Xinheng;

/// <summary>Instruments by id.</summary>
/// <remarks>
/// Immutable and thread-safe. <see cref="Default"/> holds the definitions that ship with the library; each is loaded
/// when it is first asked for.
/// </remarks>
public sealed class InstrumentCatalog
{
    private readonly SortedDictionary<string, Lazy<Instrument>> _instruments = new(StringComparer.Ordinal);

    private InstrumentCatalog(IEnumerable<KeyValuePair<string, Lazy<Instrument>>> instruments)
    {
        foreach (var (id, instrument) in instruments)
        {
            _instruments[id] = instrument;
        }
    }

    /// <summary>The instruments that ship with the library.</summary>
    public static InstrumentCatalog Default { get; } = new(
        from name in Embedded.Names
        where name.EndsWith("/instrument.json", StringComparison.Ordinal)
        select KeyValuePair.Create(
            name[..name.IndexOf('/', StringComparison.Ordinal)],
            new Lazy<Instrument>(() => Instrument.Load(Embedded.Read(name), $"scales/{name}"))));

    /// <summary>Ids in ordinal order.</summary>
    public IReadOnlyCollection<string> Ids => _instruments.Keys;

    /// <summary>The instrument with an id.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists the ids that exist.</exception>
    public Instrument this[string id] => Find(id)
        ?? throw new KeyNotFoundException($"There is no instrument '{id}'. There are: {string.Join(", ", Ids)}.");

    /// <summary>The instrument with an id, or <see langword="null"/>.</summary>
    public Instrument? Find(string id) => _instruments.TryGetValue(id, out var instrument) ? instrument.Value : null;

    /// <summary>A catalogue with further instruments; one with the id of an existing one takes its place.</summary>
    public InstrumentCatalog With(IEnumerable<Instrument> instruments) =>
        new(_instruments.Concat(instruments.Select(i => KeyValuePair.Create(i.Id, new Lazy<Instrument>(i)))));
}
