using BenchmarkDotNet.Attributes;
using Xinheng.Psychometrics;

namespace Xinheng.Benchmarks;

/// <summary>How fast a graded response model is fitted, and people are scored by its parameters. The peers in R are in benchmarks/peers/irt.R.</summary>
[MemoryDiagnoser]
[SimpleJob(warmupCount: 1, iterationCount: 3)]
public class IrtBenchmarks
{
    private ResponsePatterns _long = null!;
    private ItemMatrix _people = null!;
    private IrtScorer _scorer = null!;

    /// <summary>10,000 people and 27 items of five answers; 1,000,000 people and 9 items of four.</summary>
    [GlobalSetup]
    public void Make()
    {
        _long = ResponsePatterns.Of(Answers(Items(27, 5), 10_000));
        var parameters = Items(9, 4);
        _people = Answers(parameters, 1_000_000);
        _scorer = new IrtScorer(parameters);
    }

    /// <summary>A fit with standard errors, 10,000 x 27.</summary>
    [Benchmark]
    public IrtFit Fit() => IrtFit.Of(_long, IrtModel.GradedResponse);

    /// <summary>EAP scores by 121 points, 1,000,000 x 9, two threads.</summary>
    [Benchmark]
    public IrtScore[] Eap() => _scorer.ScoreBatch(_people, IrtScoring.Eap, threads: 2);

    /// <summary>Items whose slopes and thresholds are spread evenly.</summary>
    private static IrtParameters Items(int items, int categories) => IrtParameters.Create(
        IrtModel.GradedResponse,
        Enumerable.Range(0, items).Select(i => ($"q{i + 1}", 1 + (i * 7 % 10 / 6.0), Enumerable.Range(1, categories - 1).Select(k => k - (categories / 2.0) + (((i * 3 % 8) - 4) / 5.0)).ToArray(), 0)));

    private static ItemMatrix Answers(IrtParameters parameters, int people)
    {
        var random = new Random(2026);
        var columns = parameters.Items.Select(_ => new byte[people]).ToArray();
        for (var p = 0; p < people; p++)
        {
            var theta = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            for (var i = 0; i < columns.Length; i++)
            {
                var item = parameters.Items[i];

                // The answer is the number of thresholds that a logistic variable about theta is above.
                var u = random.NextDouble();
                var place = theta + (Math.Log(u / (1 - u)) / item.Slope);
                columns[i][p] = (byte)item.Thresholds.Count(b => place > b);
            }
        }

        return ItemMatrix.FromCodes([.. parameters.Items.Select(i => i.Id)], columns, 0, parameters.Items[0].CategoryCount - 1);
    }
}
