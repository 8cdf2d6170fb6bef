using System.Numerics;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;

namespace Xinheng.Benchmarks;

/// <summary>SCL-90 from the cache, and from more memory than any cache holds, beside a plain sum over the same 90 bytes a person.</summary>
/// <remarks>90 divided by the time of <see cref="Read"/> is the bandwidth of this run; the rest of <see cref="Score"/> is work.</remarks>
[MemoryDiagnoser]
public class MemoryBenchmarks
{
    private const int People = 2048;
    private const int Visits = 512;

    private readonly Scorer _scorer = Scorer.Compile(InstrumentCatalog.Default["scl-90"]);
    private AnswerBlock[] _blocks = [];
    private ScoreBlock _scores = null!;

    /// <summary>Blocks of 2,048 people: 1 is 184 KB, 512 are 94 MB.</summary>
    [Params(1, Visits)]
    public int Blocks { get; set; }

    /// <summary>Makes the people once and copies them.</summary>
    [GlobalSetup]
    public void Make()
    {
        var first = MadeUpAnswers.Block(_scorer.Instrument, People);
        _blocks = new AnswerBlock[Blocks];
        for (var block = 0; block < Blocks; block++)
        {
            _blocks[block] = new AnswerBlock(_scorer.Instrument, People) { Count = People };
            for (var item = 0; item < _scorer.Instrument.Items.Count; item++)
            {
                first.Codes(item).CopyTo(_blocks[block].Codes(item));
            }
        }

        _scores = new ScoreBlock(_scorer.Instrument, People);
    }

    /// <summary>Reads every answer.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = People * Visits)]
    public ulong Read()
    {
        var sum = Vector<ulong>.Zero;
        for (var visit = 0; visit < Visits; visit++)
        {
            var block = _blocks[visit % Blocks];
            for (var item = 0; item < _scorer.Instrument.Items.Count; item++)
            {
                foreach (var part in MemoryMarshal.Cast<byte, Vector<ulong>>(block.Codes(item)))
                {
                    sum ^= part;
                }
            }
        }

        return Vector.Sum(sum);
    }

    /// <summary>Scores everybody, into the same block of scores.</summary>
    [Benchmark(OperationsPerInvoke = People * Visits)]
    public void Score()
    {
        for (var visit = 0; visit < Visits; visit++)
        {
            _scorer.ScoreBatch(_blocks[visit % Blocks], _scores);
        }
    }
}
