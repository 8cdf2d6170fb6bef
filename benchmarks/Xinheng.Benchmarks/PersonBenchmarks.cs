using BenchmarkDotNet.Attributes;

namespace Xinheng.Benchmarks;

/// <summary>One person, as a host scores who has just answered.</summary>
[MemoryDiagnoser]
public class PersonBenchmarks
{
    private Scorer _scorer = null!;
    private Answer[] _answers = [];

    /// <summary>The instrument.</summary>
    [Params("phq-9", "scl-90", "psqi")]
    public string Instrument { get; set; } = "";

    /// <summary>Makes the person.</summary>
    [GlobalSetup]
    public void Make()
    {
        _scorer = Scorer.Compile(InstrumentCatalog.Default[Instrument]);
        _answers = MadeUpAnswers.Of(_scorer.Instrument, new Random(1));
    }

    /// <summary>A report of every score.</summary>
    [Benchmark(Baseline = true)]
    public ScoreReport Score() => _scorer.Score(_answers);

    /// <summary>The way from every answer to every score.</summary>
    [Benchmark]
    public Explanation Explain() => _scorer.Explain(_answers);

    /// <summary>The definition made ready, which a host does once.</summary>
    [Benchmark]
    public Scorer Compile() => Scorer.Compile(_scorer.Instrument);
}
