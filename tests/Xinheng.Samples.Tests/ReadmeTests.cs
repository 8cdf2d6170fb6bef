namespace Xinheng.Samples.Tests;

/// <summary>The readme's programs compile, run and print what the readme says; its table is the catalogue.</summary>
public class ReadmeTests
{
    private const string Begin = "<!-- instruments: written by UPDATE_README=1 dotnet test -->";
    private const string End = "<!-- end of instruments -->";

    /// <summary>All programs but the first, which is the sample FirstScore and runs as such.</summary>
    public static TheoryData<int> Programs => [.. Enumerable.Range(1, CSharp.Count - 1)];

    private static IReadOnlyList<Snippet> CSharp { get; } = [.. Snippet.Read("README.md").Where(snippet => snippet.Language == "csharp")];

    [Fact]
    public void FirstProgram_IsTheSampleFirstScore() =>
        Assert.Equal(File.ReadAllText(Repository.PathOf("samples", "FirstScore", "Program.cs")).ReplaceLineEndings("\n"), CSharp[0].Text);

    [Fact]
    public void FirstProgram_PrintsWhatTheReadmeSays() => Assert.Equal(
        CSharp[0].Output,
        DotNet.Run(Repository.Root, "run", "-c", Repository.Configuration, "--no-build", "--project", Repository.PathOf("samples", "FirstScore")));

    [Theory]
    [MemberData(nameof(Programs))]
    public void Program_Compiles_AndPrintsWhatTheReadmeSays(int program)
    {
        using var folder = new TempFolder();
        folder.Write("Snippet.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{Path.Combine(AppContext.BaseDirectory, "Xinheng.dll")}" />
                <Reference Include="{Path.Combine(AppContext.BaseDirectory, "Xinheng.Network.dll")}" />
              </ItemGroup>
            </Project>
            """);
        folder.Write("Program.cs", CSharp[program].Text);
        DotNet.Run(folder.Path, "build", "-c", "Release", "-o", Path.Combine(folder.Path, "out"));
        var output = DotNet.Run(Repository.Root, Path.Combine(folder.Path, "out", "Snippet.dll"));
        Assert.Equal(CSharp[program].Output, output);
    }

    /// <summary>Every line of the readme that calls the tool, in their order, in a folder of its own.</summary>
    [Fact]
    public void CommandLines_DoWhatTheReadmeSays()
    {
        const string Tool = "xinheng ";
        string[][] commands =
        [
            .. Snippet.Read("README.md").Where(snippet => snippet.Language == "bash")
                .SelectMany(snippet => snippet.Text.Split('\n'))
                .Where(line => line.StartsWith(Tool, StringComparison.Ordinal))
                .Select(line => line[Tool.Length..].Replace("samples/", Repository.PathOf("samples") + "/", StringComparison.Ordinal).Split(' ')),
        ];
        Assert.Contains(commands, command => command is ["score", ..]);
        using var folder = new TempFolder();
        foreach (var command in commands)
        {
            var (exitCode, output) = DotNet.TryRun(folder.Path, ["run", "-c", Repository.Configuration, "--no-build", "--project", Repository.PathOf("src", "Xinheng.Cli"), "--", .. command]);

            // The synthetic survey has critical answers that cannot be read, so that scoring it ends with 4, and analysing it with 1.
            Assert.True(exitCode == (command[0] is "score" or "survey" ? 4 : command[0] is "items" ? 1 : 0), $"xinheng {string.Join(' ', command)} ended with {exitCode}:{Environment.NewLine}{output}");
        }
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    public void TableOfInstruments_IsTheCatalogue(string readme)
    {
        var file = Repository.PathOf(readme);
        var text = File.ReadAllText(file).ReplaceLineEndings("\n");
        var begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = text.IndexOf(End, StringComparison.Ordinal);
        Assert.InRange(begin, Begin.Length, end);
        AssertIsWritten(file, text, $"{text[..begin]}\n\n{ScalesReadme.TableByLicence(IsChinese(readme))}\n{text[end..]}");
    }

    [Theory]
    [InlineData("scales/README.md")]
    [InlineData("scales/README.zh-CN.md")]
    public void ReadmeOfTheScales_IsWhatTheDefinitionsSay(string readme)
    {
        var file = Repository.PathOf(readme);
        AssertIsWritten(file, File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "", ScalesReadme.Write(IsChinese(readme)));
    }

    private static bool IsChinese(string readme) => readme.Contains("zh", StringComparison.Ordinal);

    /// <summary>With UPDATE_README=1 the file is written; otherwise it must be so already.</summary>
    private static void AssertIsWritten(string file, string text, string expected)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_README") == "1")
        {
            File.WriteAllText(file, expected);
        }
        else
        {
            Assert.Equal(expected, text);
        }
    }
}
