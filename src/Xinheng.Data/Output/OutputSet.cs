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

    private readonly List<(string Temporary, string Final, DigestedFile Stream)> _files = [];
    private readonly List<string> _folders = [];
    private readonly IReadOnlyList<string> _inputs;

    /// <param name="inputs">Every file of the run that is read, such as the survey, mapping and definitions: none of them may be written over.</param>
    public OutputSet(params IEnumerable<string> inputs) => _inputs = [.. inputs];

    /// <summary>The files of the set whose scores go into a file: the scores, the quarantine, the manifest.</summary>
    public static (string Scores, string Quarantine, string Manifest) Names(string output)
    {
        var stem = Path.Combine(Path.GetDirectoryName(output) ?? "", Path.GetFileNameWithoutExtension(output));
        return (output, stem + ".quarantine.csv", stem + ".manifest.json");
    }

    /// <summary>Refuses to write over a file that the run reads, by its name or a link to it.</summary>
    /// <exception cref="IOException">The output is one of the inputs.</exception>
    public static void Refuse(string output, IEnumerable<string> inputs)
    {
        var final = Target(output);
        if (inputs.FirstOrDefault(input => final.Equals(Target(input), Paths)) is { } taken)
        {
            throw new IOException($"The output '{output}' would overwrite '{taken}', which is read.");
        }
    }

    private static string Target(string file) =>
        (File.Exists(file) ? File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(file);

    /// <summary>Creates a file of the set and returns the stream to write it with.</summary>
    /// <exception cref="IOException">It cannot be created, or its place is taken by a folder or by the input.</exception>
    public Stream Create(string file)
    {
        var final = Path.GetFullPath(file);
        var folder = Path.GetDirectoryName(final)!;
        Refuse(file, _inputs);
        if (Directory.Exists(final))
        {
            throw new IOException($"'{file}' is a folder.");
        }

        FileSteps.Before("create folder");
        CreateFolder(folder);
        RemoveLeftovers(folder, Path.GetFileName(final));
        var temporary = Path.Combine(folder, $".{Path.GetFileName(final)}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}.part");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        FileSteps.Before("create " + Path.GetFileName(final));
        var stream = new DigestedFile(new FileStream(temporary, options), Path.GetFileName(final));
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

    /// <summary>Flushes what was written to the disk and describes each file for the manifest; they are complete then.</summary>
    public IReadOnlyList<ManifestFile> Describe()
    {
        var described = new List<ManifestFile>();
        foreach (var (_, _, stream) in _files)
        {
            described.Add(stream.Finish());
            stream.FlushToDisk();
        }

        return described;
    }

    /// <summary>Puts the files in their places in the order of creation; the manifest must have been created last.</summary>
    /// <exception cref="IOException">Nothing was put in place, and an older set still stands.</exception>
    /// <exception cref="IncompleteOutputException">Some files were put in place, or an older set lost its manifest.</exception>
    public IReadOnlyList<string> Commit()
    {
        // Everything that a full disk can prevent comes before anything is touched.
        foreach (var (_, _, stream) in _files)
        {
            stream.Finish();
            stream.FlushToDisk();
            stream.Dispose();
        }

        var touched = false;
        try
        {
            // An older manifest must not vouch for newer files while they are put in place.
            var manifest = _files[^1].Final;
            if (File.Exists(manifest))
            {
                FileSteps.Before("remove the older manifest");
                File.Delete(manifest);
                touched = true;
            }

            foreach (var (temporary, final, _) in _files)
            {
                FileSteps.Before("put in place " + Path.GetFileName(final));
                File.Move(temporary, final, overwrite: true);
                touched = true;
            }
        }
        catch (Exception exception) when (touched && exception is (IOException or UnauthorizedAccessException))
        {
            throw new IncompleteOutputException(
                $"{exception.Message} The set in {Path.GetDirectoryName(_files[^1].Final)} is incomplete: it has no manifest.", exception);
        }

        var names = _files.ConvertAll(f => f.Final);
        _files.Clear();
        _folders.Clear();
        return names;
    }

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        foreach (var (_, _, stream) in _files)
        {
            try
            {
                stream.Dispose();
            }
            catch (IOException)
            {
                // The disk may be full: the bytes still in the buffer are not wanted any more.
            }
        }

        foreach (var (temporary, _, _) in _files)
        {
            FileSteps.Before("remove what was not committed");
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

/// <summary>The files of a run could not all be put in place: those that were have no manifest, and must not be used.</summary>
internal sealed class IncompleteOutputException(string message, Exception cause) : IOException(message, cause);
