using BenchmarkDotNet.Attributes;

namespace Xinheng.Benchmarks;

/// <summary>Norm scores of one person in a block.</summary>
[MemoryDiagnoser]
public class NormBenchmarks
{
    private const int People = 2048;

    private NormSet _norms = null!;
    private AnswerBlock _answers = null!;
    private ScoreBlock _scores = null!;
    private NormBlock _results = null!;

    /// <summary>Means and deviations, or published tables.</summary>
    [ParamsSource(nameof(Shipped))]
    public string Norms { get; set; } = "";

    /// <summary>All that ship.</summary>
    public static IEnumerable<string> Shipped => NormCatalog.Default.Ids;

    /// <summary>Makes the people and scores them.</summary>
    [GlobalSetup]
    public void Make()
    {
        _norms = NormCatalog.Default[Norms];
        _answers = MadeUpAnswers.Block(_norms.Instrument, People);
        _scores = new ScoreBlock(_norms.Instrument, People);
        Scorer.Compile(_norms.Instrument).ScoreBatch(_answers, _scores);
        _results = new NormBlock(_norms, People);
    }

    /// <summary>Group by sex and age, T score, percentile.</summary>
    [Benchmark(OperationsPerInvoke = People)]
    public void Apply() => _norms.ApplyBatch(_answers, _scores, _results);
}
