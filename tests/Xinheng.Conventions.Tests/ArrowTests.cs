using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Xinheng.Conventions.Tests;

/// <summary>Arrows between the packages point one way, and the core has no way out of the process.</summary>
public class ArrowTests
{
    /// <summary>What each package may refer to: our own packages, then those of others.</summary>
    private static readonly Dictionary<string, (string[] Own, string[] Others)> Arrows = new(StringComparer.Ordinal)
    {
        ["Xinheng"] = ([], []),
        ["Xinheng.Data"] = (["Xinheng", "Xinheng.Network"], ["Parquet", "Parquet.Net", "System.IO.Hashing"]),
        ["Xinheng.Network"] = (["Xinheng"], ["MathNet.Numerics"]),
        ["Xinheng.Psychometrics"] = (["Xinheng"], ["MathNet.Numerics"]),
        ["Xinheng.Pictures"] = (["Xinheng"], ["OxyPlot", "OxyPlot.Core"]),
        ["Xinheng.Learning"] = (["Xinheng"], ["Microsoft.ML"]),
        ["Xinheng.Cli"] = (["Xinheng", "Xinheng.Data", "Xinheng.Network", "Xinheng.Psychometrics", "Xinheng.Pictures"], ["System.CommandLine"]),
    };

    /// <summary>Namespaces and types that reach files, network, clock, environment or chance.</summary>
    private static readonly string[] BannedInCore =
    [
        "System.Net.*", "System.IO.Pipes.*", "System.IO.MemoryMappedFiles.*", "System.IO.IsolatedStorage.*", "System.Diagnostics.*", "Microsoft.Win32.*",
        "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.FileSystemInfo", "System.IO.FileSystemWatcher", "System.IO.Directory",
        "System.IO.DirectoryInfo", "System.IO.DriveInfo", "System.IO.Path", "System.IO.RandomAccess", "System.IO.StreamReader", "System.IO.StreamWriter",
        "System.Console", "System.AppContext", "System.AppDomain", "System.OperatingSystem", "System.Random", "System.TimeProvider", "System.TimeZoneInfo",
        "System.Threading.Thread", "System.Threading.Timer", "System.Threading.PeriodicTimer", "System.Threading.Tasks.*",
        "System.Security.Cryptography.RandomNumberGenerator", "System.Runtime.InteropServices.RuntimeInformation", "System.Runtime.InteropServices.NativeLibrary",
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.Guid.NewGuid", "System.Guid.CreateVersion7",
        "System.Globalization.CultureInfo.get_CurrentCulture", "System.Globalization.CultureInfo.get_CurrentUICulture",
        "System.Reflection.Assembly.Load", "System.Reflection.Assembly.LoadFrom", "System.Reflection.Assembly.LoadFile", "System.Reflection.Assembly.get_Location",
    ];

    /// <summary>The only members of the environment that are no look at the machine: a line end and the compiler's own for iterators.</summary>
    private static readonly string[] AllowedOfEnvironment = ["System.Environment.get_NewLine", "System.Environment.get_CurrentManagedThreadId"];

    private static readonly HashSet<string> Framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetDirectoryName(file) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Select(file => Path.GetFileNameWithoutExtension(file)),
    ];

    public static TheoryData<string> Names => [.. Repository.Projects.Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryPackage_ReferencesOnlyWhatItsArrowsAllow(string name)
    {
        Assert.True(Arrows.TryGetValue(name, out var arrows), $"'{name}' has no arrows. Say in ArrowTests what it may reference.");
        var project = Repository.Projects.Single(p => p.Name == name);
        Findings.None(project.Projects.Except(arrows.Own));
        Findings.None(project.Packages.Except(arrows.Others));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryAssembly_ReferencesOnlyWhatItsArrowsAllow(string name)
    {
        var project = Repository.Projects.Single(p => p.Name == name);
        using var assembly = new PEReader(File.OpenRead(project.AssemblyPath));
        var reader = assembly.GetMetadataReader();
        var references = reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name));
        Findings.None(references.Except(Framework).Except(Arrows[name].Own).Except(Arrows[name].Others));
    }

    [Fact]
    public void Core_TouchesNoFileNoClockNoNetworkAndNoEnvironment() =>
        Assert.DoesNotContain(Uses(Repository.Projects.Single(p => p.Name == "Xinheng").AssemblyPath), IsBanned);

    /// <summary>The scan itself is tested: this assembly does read files, and the scan must see it.</summary>
    [Fact]
    public void Scan_SeesWhatThisAssemblyUses() =>
        Assert.Contains("System.IO.File.OpenRead", Uses(typeof(ArrowTests).Assembly.Location).Where(IsBanned).ToList());

    private static bool IsBanned(string use) =>
        use.StartsWith("System.Environment", StringComparison.Ordinal)
            ? use != "System.Environment" && !AllowedOfEnvironment.Contains(use)
            : BannedInCore.Any(banned => banned.EndsWith(".*", StringComparison.Ordinal)
                ? use.StartsWith(banned[..^1], StringComparison.Ordinal) && !IsHarmlessDiagnostics(use)
                : use == banned || use.StartsWith(banned + ".", StringComparison.Ordinal));

    /// <summary>Attributes and assertions that the compiler and the language put into every assembly.</summary>
    private static bool IsHarmlessDiagnostics(string use) =>
        use.StartsWith("System.Diagnostics.CodeAnalysis.", StringComparison.Ordinal)
        || use.StartsWith("System.Diagnostics.Debug", StringComparison.Ordinal)
        || use.StartsWith("System.Diagnostics.StackTraceHiddenAttribute", StringComparison.Ordinal)
        || use.StartsWith("System.Diagnostics.UnreachableException", StringComparison.Ordinal);

    /// <summary>Every type and member of other assemblies that an assembly names, as <c>Namespace.Type.Member</c>.</summary>
    private static List<string> Uses(string path)
    {
        using var assembly = new PEReader(File.OpenRead(path));
        var reader = assembly.GetMetadataReader();
        List<string> uses = [];
        foreach (var handle in reader.TypeReferences)
        {
            uses.Add(NameOf(reader, handle));
        }

        foreach (var handle in reader.MemberReferences)
        {
            var member = reader.GetMemberReference(handle);
            if (member.Parent.Kind == HandleKind.TypeReference)
            {
                uses.Add($"{NameOf(reader, (TypeReferenceHandle)member.Parent)}.{reader.GetString(member.Name)}");
            }
        }

        return uses;
    }

    private static string NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(reader, (TypeReferenceHandle)type.ResolutionScope)}.{name}"
            : $"{reader.GetString(type.Namespace)}.{name}";
    }
}
