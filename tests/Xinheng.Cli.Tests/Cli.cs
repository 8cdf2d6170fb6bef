using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Xinheng.Cli.Tests;

/// <summary>The command line as a process.</summary>
internal static class Cli
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Xinheng.Cli.dll");

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    public static string Definitions { get; } = Path.Combine(Here(), "Definitions");

    public static Result Run(params string[] arguments) => Run(arguments, new Dictionary<string, string>());

    public static Result Run(string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        using var process = Start(arguments, environment);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        var result = new Result(process.ExitCode, output.ToArray(), error.GetAwaiter().GetResult());
        Assert.DoesNotContain("\n   at ", "\n" + result.Error + "\n" + result.Output, StringComparison.Ordinal); // a stack trace
        Assert.DoesNotContain('\u001B', result.Error + result.Output);
        return result;
    }

    public static Process Start(string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8, WorkingDirectory = Root,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    /// <summary>What a process said and how it ended.</summary>
    internal sealed record Result(int ExitCode, byte[] Bytes, string Error)
    {
        public string Output => Encoding.UTF8.GetString(Bytes);
    }
}

/// <summary>A folder of its own for a test.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("xinheng-cli-").FullName;

    public string[] Names => [.. Directory.EnumerateFileSystemEntries(Path).Select(System.IO.Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>Plain comma-separated tables without quoted commas, as the tests make and read them.</summary>
internal static class Table
{
    public const string Header = "id,phq9_1,phq9_2,phq9_3,phq9_4,phq9_5,phq9_6,phq9_7,phq9_8,phq9_9\n";

    public static List<Dictionary<string, string>> Read(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var header = Cells(lines[0]);
        return [.. lines.Skip(1).Select(line => header.Zip(Cells(line)).ToDictionary(c => c.First, c => c.Second, StringComparer.Ordinal))];
    }

    public static string Survey(int people)
    {
        var random = new Random(3);
        var text = new StringBuilder(Header);
        for (var i = 0; i < people; i++)
        {
            text.Append('S').Append(i);
            for (var item = 0; item < 9; item++)
            {
                text.Append(',').Append((char)('0' + random.Next(4)));
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string[] Cells(string line) => [.. line.TrimEnd('\r').Split(',').Select(cell => cell.Trim('"'))];
}
