using System.Security.Cryptography;
using System.Text.Json;

namespace Xinheng.Data;

/// <summary>A folder that appears whole or not at all: written beside its place under another name and renamed at the end.</summary>
internal sealed class OutputFolder : IDisposable
{
    private const string ManifestName = "manifest.json";

    private readonly string _final;
    private readonly string _temporary;
    private readonly FileStream _lock;
    private readonly SortedDictionary<string, ManifestFile> _files = new(StringComparer.Ordinal);
    private bool _committed;

    /// <param name="folder">The folder; it may hold an older set of the same kind, which is then replaced.</param>
    /// <param name="inputs">Files that are read and must not be replaced.</param>
    /// <param name="kind">Kind of set, as its manifest says it: a forecast never replaces a survey.</param>
    /// <exception cref="IOException">Something else stands in its place.</exception>
    public OutputFolder(string folder, IEnumerable<string> inputs, string kind)
    {
        _final = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(_final) || (Directory.Exists(_final) && Directory.EnumerateFileSystemEntries(_final).Any() && KindOf(Path.Combine(_final, ManifestName)) != kind))
        {
            throw new IOException($"'{folder}' exists and holds something that no {kind} wrote. Name another folder.");
        }

        if (inputs.FirstOrDefault(input => Path.GetFullPath(input).StartsWith(_final + Path.DirectorySeparatorChar, StringComparison.Ordinal)) is { } taken)
        {
            throw new IOException($"The output folder '{folder}' holds '{taken}', which is read.");
        }

        var parent = Path.GetDirectoryName(_final)!;
        FileSteps.Before("create parent");
        Directory.CreateDirectory(parent);
        RemoveLeftovers(parent);
        _temporary = Path.Combine(parent, $".{Path.GetFileName(_final)}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}.part");
        FileSteps.Before("lock");
        _lock = Lock(_temporary);
        try
        {
            FileSteps.Before("create folder");
            CreateTemporary();
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    private void CreateTemporary()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_temporary);
        }
        else
        {
            Directory.CreateDirectory(_temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Writes one file from memory; from any thread.</summary>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        FileSteps.Before("create " + name);
        using (var handle = File.OpenHandle(Place(name), FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            FileSteps.Before("write " + name);
            RandomAccess.Write(handle, content, 0);
        }

        Add(new ManifestFile { File = name, Bytes = content.Length, ChunkedSha256 = ChunkedSha256.Of(content) });
    }

    /// <summary>Writes one file; from any thread.</summary>
    public void Write(string name, Action<Stream> write)
    {
        using var stream = Open(name);
        write(stream);
    }

    /// <summary>Opens a file for writing; when it is closed it stands in the manifest.</summary>
    public Stream Open(string name)
    {
        FileSteps.Before("create " + name);
        return new DigestedFile(
            new FileStream(Place(name), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 }), name, Add);
    }

    /// <summary>A scratch file that is gone when it is closed.</summary>
    public FileStream Scratch()
    {
        FileSteps.Before("create scratch");
        return new(Path.Combine(_temporary, ".scratch"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 1 << 16, Options = FileOptions.DeleteOnClose,
        });
    }

    /// <summary>Writes the manifest and puts the folder in its place.</summary>
    public void Commit(Func<IReadOnlyList<ManifestFile>, byte[]> manifest)
    {
        FileSteps.Before("create manifest");
        using (var stream = new FileStream(Place(ManifestName), FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            FileSteps.Before("write manifest");
            stream.Write(manifest([.. _files.Values]));
            FileSteps.Before("flush manifest");
            stream.Flush(flushToDisk: true);
        }

        var old = _temporary + ".old";
        if (Directory.Exists(_final))
        {
            FileSteps.Before("put the older set aside");
            Directory.Move(_final, old);
        }

        try
        {
            FileSteps.Before("put the folder in its place");
            Directory.Move(_temporary, _final);
        }
        catch (Exception exception) when (Directory.Exists(old) && exception is (IOException or UnauthorizedAccessException))
        {
            FileSteps.Before("put the older set back");
            Directory.Move(old, _final);
            throw;
        }

        _committed = true;
        if (Directory.Exists(old))
        {
            try
            {
                FileSteps.Before("remove the older set");
                Directory.Delete(old, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The new set stands; what is left of the older one, the next run removes.
            }
        }
    }

    /// <summary>
    /// Removes what a run that was killed left behind for the same folder, and puts back an older set that it had put aside;
    /// what belongs to a living run is locked and stays.
    /// </summary>
    private void RemoveLeftovers(string parent)
    {
        var entries = Directory.GetFileSystemEntries(parent, $".{Path.GetFileName(_final)}.*.part*");
        foreach (var leftover in entries.Select(entry => entry[..(entry.LastIndexOf(".part", StringComparison.Ordinal) + ".part".Length)]).Distinct())
        {
            try
            {
                using (Lock(leftover))
                {
                    if (Directory.Exists(leftover + ".old"))
                    {
                        if (Directory.Exists(_final))
                        {
                            Directory.Delete(leftover + ".old", recursive: true);
                        }
                        else
                        {
                            Directory.Move(leftover + ".old", _final);
                        }
                    }

                    if (Directory.Exists(leftover))
                    {
                        Directory.Delete(leftover, recursive: true);
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another run is writing it.
            }
        }
    }

    /// <summary>A file beside a temporary folder that is locked while its run lives, and is gone when the run ends.</summary>
    private static FileStream Lock(string temporary) => new(temporary + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);

    /// <summary>What wrote a set; <see langword="null"/> where there is no manifest that says it.</summary>
    private static string? KindOf(string manifest)
    {
        if (!File.Exists(manifest))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(manifest));
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String ? kind.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        try
        {
            if (!_committed && Directory.Exists(_temporary))
            {
                FileSteps.Before("remove what was not committed");
                Directory.Delete(_temporary, recursive: true);
            }
        }
        finally
        {
            _lock.Dispose();
        }
    }

    private string Place(string name)
    {
        var slash = name.LastIndexOf('/');
        if (slash >= 0)
        {
            FileSteps.Before("create folder of " + name);
            Directory.CreateDirectory(Path.Combine(_temporary, name[..slash]));
        }

        return Path.Combine(_temporary, name);
    }

    private void Add(ManifestFile file)
    {
        lock (_files)
        {
            _files.Add(file.File, file);
        }
    }
}
