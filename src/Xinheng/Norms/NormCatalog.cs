namespace Xinheng;

/// <summary>Norms by id.</summary>
/// <remarks>
/// Immutable and thread-safe. <see cref="Default"/> holds the norms that ship with the library; each is loaded when it is
/// first asked for. No norm is applied unless somebody names it.
/// </remarks>
public sealed class NormCatalog
{
    private readonly SortedDictionary<string, Lazy<NormSet>> _norms = new(StringComparer.Ordinal);

    private NormCatalog(InstrumentCatalog instruments)
    {
        // scl-90/norms.chinese-adults-1986.json holds the norms scl-90-chinese-adults-1986.
        foreach (var name in Embedded.Names.Where(name => name.Contains("/norms.", StringComparison.Ordinal)))
        {
            var id = name[..^".json".Length].Replace("/norms.", "-", StringComparison.Ordinal);
            _norms.Add(id, new Lazy<NormSet>(() => NormSet.Load(Embedded.Read(name), $"scales/{name}", instruments)));
        }
    }

    /// <summary>The norms that ship with the library, for the instruments that ship with it.</summary>
    public static NormCatalog Default { get; } = new(InstrumentCatalog.Default);

    /// <summary>Ids in ordinal order.</summary>
    public IReadOnlyCollection<string> Ids => _norms.Keys;

    /// <summary>The norms with an id.</summary>
    /// <exception cref="KeyNotFoundException">There are none; the message lists the ids that exist.</exception>
    public NormSet this[string id] => Find(id)
        ?? throw new KeyNotFoundException($"There are no norms '{id}'. There are: {string.Join(", ", Ids)}.");

    /// <summary>The norms with an id, or <see langword="null"/>.</summary>
    public NormSet? Find(string id) => _norms.TryGetValue(id, out var norms) ? norms.Value : null;

    /// <summary>The shipped norms for the instruments of another catalogue, which may have a definition of its own in place of a shipped one.</summary>
    public static NormCatalog For(InstrumentCatalog instruments)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        return new NormCatalog(instruments);
    }
}
