using System.Security.Cryptography;

namespace Xinheng.Data;

/// <summary>
/// Output files that appear together or not at all: each is written beside its place under another name, and renamed at
/// the end, the manifest last. A reader that finds the manifest finds everything it names.
/// </summary>
/// <remarks>Safe against a process that dies at any point; against a power cut only as far as the file system keeps renames in order.</remarks>
internal sealed class OutputSet : IDisposable
{
    private readonly List<(string Temporary, string Final, FileStream Stream)> _files = [];

    /// <summary>Creates a file of the set and returns the stream to write it with.</summary>
    public Stream Create(string file)
    {
        var final = Path.GetFullPath(file);
        var folder = Path.GetDirectoryName(final)!;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, $".{Path.GetFileName(final)}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}.part");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var stream = new FileStream(temporary, options);
        _files.Add((temporary, final, stream));
        return stream;
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
    }
}
