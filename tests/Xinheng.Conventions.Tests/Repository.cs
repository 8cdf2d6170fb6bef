using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Xinheng.Conventions.Tests;

/// <summary>The repository this test was built from: its files and its shipped projects.</summary>
internal static class Repository
{
    private static readonly string[] BuildOutput = [".git", "artifacts", "bin", "obj", "TestResults", "BenchmarkDotNet.Artifacts", ".vs", ".idea"];

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    /// <summary>Every file that is part of the project, relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. (FromGit() ?? FromFolders(Root)).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<ShippedProject> Projects { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(ShippedProject.Read),
    ];

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string[]? FromGit()
    {
        if (!Path.Exists(PathOf(".git")))
        {
            return null;
        }

        try
        {
            var start = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            {
                WorkingDirectory = Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var git = Process.Start(start)!;
            var names = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0
                ? [.. names.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(name => File.Exists(PathOf(name)))]
                : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static IEnumerable<string> FromFolders(string folder) =>
        Directory.GetFiles(folder).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Concat(Directory.GetDirectories(folder).Where(sub => !BuildOutput.Contains(Path.GetFileName(sub))).SelectMany(FromFolders));

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}

/// <summary>One project under src, as its project file says.</summary>
internal sealed record ShippedProject(string Name, string AssemblyName, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    public string AssemblyPath => Path.Combine(AppContext.BaseDirectory, AssemblyName + ".dll");

    public string DocumentationPath => Path.ChangeExtension(AssemblyPath, ".xml");

    public static ShippedProject Read(string file)
    {
        var project = XDocument.Load(file);
        var name = Path.GetFileNameWithoutExtension(file);
        return new ShippedProject(
            name,
            project.Descendants("AssemblyName").FirstOrDefault()?.Value ?? name,
            [.. project.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')))],
            [.. project.Descendants("PackageReference").Where(r => (string?)r.Attribute("PrivateAssets") != "all").Select(r => r.Attribute("Include")!.Value)]);
    }
}
