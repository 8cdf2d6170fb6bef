using BenchmarkDotNet.Attributes;
using Xinheng.Data;

namespace Xinheng.Benchmarks;

/// <summary>The same survey file scored into each form, on one thread, so that the difference is the form.</summary>
[MemoryDiagnoser]
public class FormatBenchmarks
{
    private SurveyFiles _files = null!;

    /// <summary>The form.</summary>
    [Params("csv", "json", "parquet")]
    public string Form { get; set; } = "";

    /// <summary>Makes the files.</summary>
    [GlobalSetup]
    public void Make() => _files = new SurveyFiles();

    /// <summary>Deletes them.</summary>
    [GlobalCleanup]
    public void Delete() => _files.Delete();

    /// <summary>One student of the province.</summary>
    [Benchmark(OperationsPerInvoke = SurveyFiles.Students)]
    public ScoreSummary Score() => SurveyScorer.Run(_files.Scores(threads: 1), Path.Combine(_files.Folder, $"scores.{Form}"));
}
