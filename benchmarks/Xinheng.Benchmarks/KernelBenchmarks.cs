using BenchmarkDotNet.Attributes;
using Xinheng.Scoring;

namespace Xinheng.Benchmarks;

/// <summary>All scores of one person in a block that stays in the cache, by instrument and by how many people the kernels take at once.</summary>
[MemoryDiagnoser]
public class KernelBenchmarks
{
    private const int People = 2048;

    private Scorer _scorer = null!;
    private AnswerBlock _answers = null!;
    private ScoreBlock _scores = null!;

    /// <summary>The instrument.</summary>
    [Params("phq-9", "gad-7", "scl-90", "mht", "psqi", "sdq-self")]
    public string Instrument { get; set; } = "";

    /// <summary>People at once.</summary>
    [ParamsSource(nameof(Widths))]
    public int Width { get; set; }

    /// <summary>The widths that this machine has, narrowest first.</summary>
    public static IEnumerable<int> Widths => Enum.GetValues<LaneWidth>().Where(width => width <= Lanes.Widest).Select(width => (int)width);

    /// <summary>Makes the people.</summary>
    [GlobalSetup]
    public void Make()
    {
        _scorer = Scorer.Compile(InstrumentCatalog.Default[Instrument]);
        _answers = MadeUpAnswers.Block(_scorer.Instrument, People);
        _scores = new ScoreBlock(_scorer.Instrument, People) { Width = (LaneWidth)Width };
    }

    /// <summary>Values, bands, statuses, critical items and validity.</summary>
    [Benchmark(OperationsPerInvoke = People)]
    public void Score() => _scorer.ScoreBatch(_answers, _scores);
}
