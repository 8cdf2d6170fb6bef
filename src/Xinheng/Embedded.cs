namespace Xinheng;

/// <summary>Documents that ship inside the assembly.</summary>
internal static class Embedded
{
    public const string Prefix = "Xinheng.Scales/";

    public static IEnumerable<string> Names => typeof(Embedded).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(name => name[Prefix.Length..])
        .Order(StringComparer.Ordinal);

    public static byte[] Read(string name)
    {
        using var stream = typeof(Embedded).Assembly.GetManifestResourceStream(Prefix + name)
            ?? throw new ArgumentException($"The library ships no document '{name}'.", nameof(name));
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
