using System.Runtime.CompilerServices;

namespace Xinheng.Psychometrics.Tests;

/// <summary>The project's own answers, as psych and base R computed them (oracle/README.md says how).</summary>
public class SyntheticOracleTests
{
    private static readonly Dictionary<string, double> Golden = Values("golden.csv");

    private static readonly string?[] Sex = [.. Lines("answers.csv")[1..].Select(line => line.Split(',')[1])];

    internal static ItemMatrix Answers { get; } = ItemMatrix.FromColumns(
            Lines("answers.csv")[0].Split(',')[2..],
            [.. Enumerable.Range(2, 8).Select(column => Lines("answers.csv")[1..].Select(line => Oracles.Number(line.Split(',')[column])).ToArray())],
            0,
            4)
        .Reverse(["q3", "q6"]);

    private readonly HashSet<string> _compared = [];

    private readonly Comparison _comparison = new("synthetic");

    [Fact]
    public void EveryValue_IsWhatRComputed()
    {
        var listwise = ItemAnalysis.Of(Answers, MissingTreatment.Listwise);
        Scale("all", listwise);
        Scale("pairwise", ItemAnalysis.Of(Answers, MissingTreatment.Pairwise));
        foreach (var (group, matrix) in Answers.GroupBy(Sex))
        {
            Same($"{group} n", matrix.CompleteCases().PersonCount, 0);
            Scale(group, ItemAnalysis.Of(matrix, MissingTreatment.Listwise));
        }

        var all = listwise.Reliability;
        Same("all n", all.UsedCount, 0);
        Same("all feldt lower", all.FeldtInterval.Lower, 1e-9);
        Same("all feldt upper", all.FeldtInterval.Upper, 1e-9);
        Same("all split mean", all.SplitHalf.Mean.Value, 1e-9);
        Same("all split max", all.SplitHalf.Maximum.Value, 1e-9);
        Same("all split min", all.SplitHalf.Minimum.Value, 1e-9);
        Same("all lambda4", all.Standardized.Lambda4.Value, 1e-9);
        Same("all lambda2", all.Standardized.Lambda2.Value, 1e-9);
        Same("all sem", all.StandardErrorOfMeasurement.Value, 1e-9);
        Same("all omegaTotal", all.Omega.Total.Value, 2e-3);
        Same("all omegaHierarchical", all.Omega.Hierarchical.Value, 2e-3);
        foreach (var item in listwise.Items)
        {
            Same($"all mean {item.Id}", item.Mean, 1e-12);
            Same($"all sd {item.Id}", item.StandardDeviation, 1e-12);
            Same($"all skew {item.Id}", item.Skewness.Value, 1e-12);
            Same($"all itemRest {item.Id}", item.ItemRest.Value, 1e-12);
            Same($"all floor {item.Id}", item.FloorShare, 1e-12);
            Same($"all missing {item.Id}", item.MissingShare, 1e-12);
        }

        var icc = IntraclassCorrelation.Of(Answers.WithItems(["q1", "q2", "q4", "q7"]));
        foreach (var (form, type) in Enum.GetValues<IntraclassForm>().Zip(["ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"]))
        {
            Same($"icc {type}", icc[form].Value, 1e-9);
            Same($"icc lower {type}", icc.Interval(form).Lower, 1e-9);
            Same($"icc upper {type}", icc.Interval(form).Upper, 1e-9);
        }

        var retest = TestRetest.Of(Answers.Column(0), Answers.Column(1));
        Same("retest r", retest.Correlation.Value, 1e-12);
        Same("retest lower", retest.Interval.Lower, 1e-9);
        Same("retest upper", retest.Interval.Upper, 1e-9);
        Same("retest change", retest.MeanChange, 1e-12);
        Same("retest sd", retest.ChangeStandardDeviation.Value, 1e-12);
        Same("retest sem", retest.StandardErrorOfMeasurement.Value, 1e-12);
        _comparison.Finish(atLeast: 100);
        Assert.Empty(Golden.Keys.Except(_compared)); // Nothing that R computed is left out.
    }

    private void Scale(string label, ItemAnalysis analysis)
    {
        Same($"{label} alpha", analysis.Reliability.Alpha.Value, 1e-9);
        Same($"{label} alphaStandardized", analysis.Reliability.AlphaStandardized.Value, 1e-9);
        Same($"{label} lambda6", analysis.Reliability.Standardized.Lambda6.Value, 1e-9);
        foreach (var item in analysis.Items)
        {
            Same($"{label} alphaIfDropped {item.Id}", item.AlphaIfDropped.Value, 1e-9);
        }
    }

    private void Same(string name, double ours, double tolerance)
    {
        _compared.Add(name);
        _comparison.Same(name, Golden[name], ours, tolerance);
    }

    internal static Dictionary<string, double> Values(string file) => Lines(file)[1..].ToDictionary(line => line.Split(',')[0], line => Oracles.Number(line.Split(',')[1]));

    private static string[] Lines(string file, [CallerFilePath] string here = "") => File.ReadAllLines(Path.Combine(Path.GetDirectoryName(here)!, "oracle", file));
}
