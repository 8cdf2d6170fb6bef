using Xinheng.Cli.Demo;
using Xinheng.Data;

namespace Xinheng.Benchmarks;

/// <summary>A folder with the files of a synthetic province, and what a run over them is asked for.</summary>
internal sealed class SurveyFiles
{
    public const int Students = 20_000;

    private static readonly string[] Scales = ["phq-9", "gad-7", "scl-90", "mht"];

    public SurveyFiles()
    {
        Folder = Directory.CreateTempSubdirectory("xinheng-files-").FullName;
        DemoProvince.Write(new DemoOptions(Students, 2026, Folder));
    }

    public string Folder { get; }

    public ScoreRequest Scores(int threads) => new()
    {
        Input = Path.Combine(Folder, "survey.csv"),
        Instruments = [.. Scales.Select(id => InstrumentCatalog.Default[id])],
        IdColumn = "学号",
        Threads = threads,
    };

    public SurveyRequest Survey(int threads) => new()
    {
        Scores = Scores(threads),
        Roster = Path.Combine(Folder, "roster.csv"),
        Events = Path.Combine(Folder, "events.csv"),
        Policy = Policy.Default(PopulationKind.Student),
        AsOf = new(2026, 11, 2),
        Wave = "2026",
        AllowDraft = true,
    };

    public void Delete() => Directory.Delete(Folder, recursive: true);
}
