using BenchmarkDotNet.Attributes;
using Xinheng.Data;

namespace Xinheng.Benchmarks;

/// <summary>From the files of a province to scores, and to all that a survey writes.</summary>
[MemoryDiagnoser]
public class EndToEndBenchmarks
{
    private SurveyFiles _files = null!;
    private int _run;

    /// <summary>Threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Makes the files.</summary>
    [GlobalSetup]
    public void Make() => _files = new SurveyFiles();

    /// <summary>Deletes them and all that was written.</summary>
    [GlobalCleanup]
    public void Delete() => _files.Delete();

    /// <summary>Scores of one student, thrown away.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = SurveyFiles.Students)]
    public ScoreSummary Score() => SurveyScorer.RunToStream(_files.Scores(Threads), Stream.Null);

    /// <summary>Scores of one student in a file, with quarantine and manifest.</summary>
    [Benchmark(OperationsPerInvoke = SurveyFiles.Students)]
    public ScoreSummary ScoreFile() => SurveyScorer.Run(_files.Scores(Threads), Path.Combine(_files.Folder, "scores.csv"));

    /// <summary>Scores, tiers, units and warnings of one student in a new folder.</summary>
    [Benchmark(OperationsPerInvoke = SurveyFiles.Students)]
    public SurveySummary Survey() => SurveyRun.Run(_files.Survey(Threads), Path.Combine(_files.Folder, $"survey-{++_run}"));
}
