using System.IO.Compression;
using System.Xml.Linq;

namespace Xinheng.Samples.Tests;

/// <summary>The packages as somebody outside the repository gets them.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly TempFolder _feed = new();

    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _feed.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("Xinheng")]
    [InlineData("Xinheng.Data")]
    [InlineData("Xinheng.Network")]
    [InlineData("Xinheng.Psychometrics")]
    [InlineData("Xinheng.Pictures")]
    [InlineData("Xinheng.Cli")]
    public void Package_HoldsReadmeLicenceIconAndSymbols(string project)
    {
        Pack(project);
        using var package = ZipFile.OpenRead(Directory.GetFiles(_feed.Path, "*.nupkg").Single());
        var names = package.Entries.Select(entry => entry.FullName).ToList();
        Assert.Contains("README.md", names);
        Assert.Contains("LICENSE", names);
        Assert.Contains("icon.png", names);
        Assert.Contains(names, name => name.EndsWith($"/net10.0/{project}.dll", StringComparison.Ordinal) || name.EndsWith($"/net10.0/any/{project}.dll", StringComparison.Ordinal));
        using var symbols = ZipFile.OpenRead(Directory.GetFiles(_feed.Path, "*.snupkg").Single());
        Assert.Contains(symbols.Entries, entry => entry.Name == project + ".pdb");
        using var specification = package.GetEntry(project + ".nuspec")!.Open();
        var metadata = XDocument.Load(specification).Descendants().ToLookup(element => element.Name.LocalName, element => element.Value);
        Assert.Equal("MIT", metadata["license"].Single());
        Assert.NotEmpty(metadata["description"].Single());
        if (project == "Xinheng")
        {
            Assert.Empty(metadata["dependency"]);
        }
    }

    [Fact]
    public void Package_PackedTwice_IsTheSameBytes()
    {
        Pack("Xinheng");
        var file = Directory.GetFiles(_feed.Path, "*.nupkg").Single();
        var first = File.ReadAllBytes(file);
        File.Delete(file);
        Pack("Xinheng");
        Assert.Equal(first, File.ReadAllBytes(file));
    }

    /// <summary>A new project outside the repository, with no source of packages but the folder: nothing else is needed.</summary>
    [Fact]
    public void Consumer_AddsThePackageAlone_AndRunsTheTenLines()
    {
        Pack("Xinheng");
        Consumer(sources: "<clear />", "Xinheng", "");
        Assert.Equal(FirstProgram.Output, DotNet.Run(_folder.Path, "run", "-c", "Release"));
    }

    [Fact]
    public void Consumer_AddsThePackageThatReadsFiles()
    {
        Pack("Xinheng");
        Pack("Xinheng.Network");
        Pack("Xinheng.Data");
        Consumer(sources: "", "Xinheng.Data", "");
        var restore = DotNet.TryRun(_folder.Path, "restore");
        Assert.DoesNotContain("package Xinheng", restore.Output, StringComparison.Ordinal); // Our own are all there.
        Assert.SkipWhen(restore.ExitCode != 0, $"Packages of others cannot be restored here: {restore.Output}");
        Assert.Equal(FirstProgram.Output, DotNet.Run(_folder.Path, "run", "-c", "Release", "--no-restore"));
    }

    /// <summary>Trimmed, the whole library is analysed with warnings as errors, and the ten lines still print the same.</summary>
    [Fact]
    public void Consumer_PublishesTrimmed_WithoutAWarning()
    {
        Pack("Xinheng");
        Consumer(sources: "", "Xinheng", """
            <PublishTrimmed>true</PublishTrimmed>
            <SelfContained>true</SelfContained>
            <UseCurrentRuntimeIdentifier>true</UseCurrentRuntimeIdentifier>
            <TrimmerSingleWarn>false</TrimmerSingleWarn>
            <EnableAotAnalyzer>true</EnableAotAnalyzer>
            <InvariantGlobalization>true</InvariantGlobalization>
            """);
        var restore = DotNet.TryRun(_folder.Path, "restore");
        Assert.DoesNotContain("package Xinheng", restore.Output, StringComparison.Ordinal); // Our own are all there.
        Assert.SkipWhen(restore.ExitCode != 0, $"The runtime to trim cannot be restored here: {restore.Output}");
        var output = Path.Combine(_folder.Path, "out");
        DotNet.Run(_folder.Path, "publish", "-c", "Release", "--no-restore", "-o", output);
        var program = DotNet.Start(Path.Combine(output, OperatingSystem.IsWindows() ? "Consumer.exe" : "Consumer"), _folder.Path);
        Assert.Equal((0, FirstProgram.Output), program);
    }

    private static Snippet FirstProgram => Snippet.Read("README.md").First(snippet => snippet.Language == "csharp");

    private void Pack(string project) =>
        DotNet.Run(Repository.Root, "pack", Repository.PathOf("src", project), "-c", Repository.Configuration, "--no-build", "-o", _feed.Path);

    private void Consumer(string sources, string package, string properties)
    {
        // A folder of its own for restored packages: an older one of the same version cannot take the place of this one.
        _folder.Write("nuget.config", $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="packages" />
              </config>
              <packageSources>
                {sources}
                <add key="packed" value="{_feed.Path}" />
              </packageSources>
            </configuration>
            """);
        _folder.Write("Consumer.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <WarningsNotAsErrors>NU1603;NU1801;NU1900;NU1901;NU1902;NU1903;NU1904</WarningsNotAsErrors>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        _folder.Write("Program.cs", FirstProgram.Text);
    }

    private string Version => Path.GetFileNameWithoutExtension(Directory.GetFiles(_feed.Path, "Xinheng.?.*.nupkg").Single())["Xinheng.".Length..];
}
