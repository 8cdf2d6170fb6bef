namespace Xinheng.Data.Tests;

/// <summary>A file of its own for a test.</summary>
internal sealed class TempFile : IDisposable
{
    public TempFile(byte[] content, string extension = ".csv")
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"xinheng-{Guid.NewGuid():N}{extension}");
        File.WriteAllBytes(Path, content);
    }

    public string Path { get; }

    /// <summary>Probes a file of such content.</summary>
    public static InputProbe Probe(byte[] content)
    {
        using var file = new TempFile(content);
        return InputProbe.Read(file.Path, threads: 2);
    }

    public void Dispose() => File.Delete(Path);
}
