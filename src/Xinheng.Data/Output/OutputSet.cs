using System.Security.Cryptography;

namespace Xinheng.Data;

/// <summary>
/// Output files that appear together or not at all: each is written beside its place under another name, and renamed at
/// the end, the manifest last. A reader that finds the manifest finds everything it names.
/// </summary>
/// <remarks>Safe against a process that dies at any point; against a power cut only as far as the file system keeps renames in order.</remarks>
internal sealed class OutputSet : IDisposable
{
    private static readonly StringComparison Paths = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    private readonly List<(string Temporary, string Final, FileStream Stream)> _files = [];
    private readonly List<string> _folders = [];
    private readonly string _input;

    /// <param name="input">The file that is read meanwhile, and must not be written over.</param>
    public OutputSet(string input)
    {
        _input = File.ResolveLinkTarget(input, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(input);
    }

    /// <summary>Creates a file of the set and returns the stream to write it with.</summary>
    /// <exception cref="IOException">It cannot be created, or its place is taken by a folder or by the input.</exception>
    public Stream Create(string file)
    {
        var final = Path.GetFullPath(file);
        var folder = Path.GetDirectoryName(final)!;
        if (final.Equals(_input, Paths))
        {
            throw new IOException($"The output '{file}' would overwrite the survey.");
        }

        if (Directory.Exists(final))
        {
            throw new IOException($"'{file}' is a folder.");
        }

        CreateFolder(folder);
        RemoveLeftovers(folder, Path.GetFileName(final));
        var temporary = Path.Combine(folder, $".{Path.GetFileName(final)}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}.part");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var stream = new FileStream(temporary, options);
        _files.Add((temporary, final, stream));
        return stream;
    }

    /// <summary>Removes what a run that was killed left behind for the same file; what a living run is writing is locked and stays.</summary>
    private static void RemoveLeftovers(string folder, string name)
    {
        foreach (var leftover in Directory.EnumerateFiles(folder, $".{name}.*.part"))
        {
            try
            {
                using (new FileStream(leftover, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                    File.Delete(leftover);
                }
            }
            catch (IOException)
            {
                // Another run is writing it.
            }
        }
    }

    /// <summary>Flushes what was written so far to the disk and describes each file for the manifest.</summary>
    public IReadOnlyList<ManifestFile> Describe()
    {
        var described = new List<ManifestFile>();
        foreach (var (_, final, stream) in _files)
        {
            stream.Flush(flushToDisk: true);
            stream.Position = 0;
            described.Add(new ManifestFile
            {
                File = Path.GetFileName(final),
                Bytes = stream.Length,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(stream)),
            });
        }

        return described;
    }

    /// <summary>Puts the files in their places in the order of creation; the manifest must have been created last.</summary>
    public IReadOnlyList<string> Commit()
    {
        // An older manifest must not vouch for newer files while they are put in place.
        File.Delete(_files[^1].Final);
        foreach (var (temporary, final, stream) in _files)
        {
            stream.Flush(flushToDisk: true);
            stream.Dispose();
            File.Move(temporary, final, overwrite: true);
        }

        var names = _files.ConvertAll(f => f.Final);
        _files.Clear();
        _folders.Clear();
        return names;
    }

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        foreach (var (temporary, _, stream) in _files)
        {
            try
            {
                stream.Dispose();
            }
            catch (IOException)
            {
                // The disk may be full: the bytes still in the buffer are not wanted any more.
            }

            File.Delete(temporary);
        }

        _files.Clear();
        foreach (var folder in _folders)
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (IOException)
            {
                // Somebody has put something there meanwhile.
            }
        }

        _folders.Clear();
    }

    /// <summary>Creates a folder and those above it, and remembers them, deepest first.</summary>
    private void CreateFolder(string folder)
    {
        var created = new List<string>();
        for (var missing = folder; missing is not null && !Directory.Exists(missing); missing = Path.GetDirectoryName(missing))
        {
            created.Add(missing);
        }

        Directory.CreateDirectory(folder);
        _folders.AddRange(created);
    }
}
