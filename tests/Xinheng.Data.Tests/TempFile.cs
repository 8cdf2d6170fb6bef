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

    public void Dispose() => File.Delete(Path);
}
