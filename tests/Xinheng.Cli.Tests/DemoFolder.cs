using System.Text.Json;
using Xinheng.Cli.Demo;

namespace Xinheng.Cli.Tests;

/// <summary>A synthetic province in a folder of its own, deleted with it.</summary>
internal sealed class DemoFolder : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("xinheng-test-").FullName;

    public string Path => System.IO.Path.Combine(_parent, "demo");

    /// <summary>What lies beside the folder: nothing but itself.</summary>
    public IEnumerable<string> Siblings => Directory.EnumerateFileSystemEntries(_parent).Select(e => System.IO.Path.GetFileName(e)!);

    public DemoFolder Make(int students, ulong seed = 7, int threads = 0, bool surveyTool = false)
    {
        DemoProvince.Write(
            new DemoOptions(students, seed, Path) { Threads = threads, SurveyToolExport = surveyTool },
            cancel: TestContext.Current.CancellationToken);
        return this;
    }

    public byte[] Bytes(string name) => File.ReadAllBytes(System.IO.Path.Combine(Path, name));

    /// <summary>Fields of every line but the first.</summary>
    public List<string[]> Rows(string name) =>
        [.. File.ReadLines(System.IO.Path.Combine(Path, name)).Skip(1).Select(l => l.Split(','))];

    public JsonElement Truth() => JsonDocument.Parse(Bytes("truth.json")).RootElement;

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
