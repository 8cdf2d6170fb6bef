using System.Runtime.CompilerServices;

namespace Xinheng.Psychometrics.Tests;

/// <summary>Person fit of the project's own answers, person by person, as base R computed it (oracle/README.md says how).</summary>
public class SyntheticFitTests
{
    private static readonly ItemMatrix Raw = ItemMatrix.FromColumns(
        Lines("answers.csv")[0].Split(',')[2..],
        [.. Enumerable.Range(2, 8).Select(column => Lines("answers.csv")[1..].Select(line => Oracles.Number(line.Split(',')[column])).ToArray())],
        0,
        4);

    private static readonly ItemMatrix Keyed = Raw.Reverse(["q3", "q6"]);

    [Fact]
    public void EveryIndexOfEveryPerson_IsWhatRComputed()
    {
        var runs = RunPatterns.Of(Raw);
        var distances = MahalanobisDistances.Of(Raw);
        var halves = EvenOddConsistency.Of(Keyed, [["q1", "q2", "q3"], ["q4", "q5", "q6"], ["q7", "q8"]]);
        var synonyms = SynonymConsistency.Of(Raw, 0.35);
        var guttman = GuttmanErrors.Of(Keyed);
        Compare("fit-people.csv", new()
        {
            ["longestRun"] = p => runs.LongestRun[p],
            ["averageRun"] = p => runs.AverageRun[p],
            ["irv"] = p => runs.Variability[p].Value,
            ["D2"] = p => distances.SquaredDistance[p].Value,
            ["df"] = p => distances.DegreesOfFreedom[p],
            ["p"] = p => distances.PValue(p).Value,
            ["evenOdd"] = p => halves.Consistency[p].Value,
            ["synonyms"] = p => synonyms.Consistency[p].Value,
            ["guttman"] = p => guttman.Errors[p],
        });
    }

    [Fact]
    public void LikelihoodOfEveryPerson_IsWhatRComputed()
    {
        double[] slopes = [1.4, 1.2, 1.0, 1.6, 1.1, 1.3, 1.8, .9], base4 = [-.6, .4, 1.3, 2.2];
        var curves = slopes.Select((a, j) => new GradedCurves(a, [.. base4.Select(b => b - .35 + (.1 * j))])).ToArray();
        var fit = LikelihoodFit.Of(Keyed, curves, 99, 1);
        var modes = LikelihoodFit.At(Keyed, curves, [.. Lines("fit-likelihood.csv")[1..].Select(line => Oracles.Number(line.Split(',')[4]))], AbilityKind.PosteriorMode);
        Compare("fit-likelihood.csv", new()
        {
            ["eap"] = p => fit.Abilities[p],
            ["l0"] = p => fit.LogLikelihood[p].Value,
            ["lz"] = p => fit.Lz[p].Value,
            ["map"] = p => modes.Abilities[p],
            ["lzstar"] = p => modes.LzStar[p].Value,
        });
    }

    private static void Compare(string file, Dictionary<string, Func<int, double>> ours)
    {
        var header = Lines(file)[0].Split(',');
        var rows = Lines(file)[1..].Select(line => line.Split(',')).ToArray();
        Assert.Equal(Raw.PersonCount, rows.Length);
        Assert.Equal(header[1..], ours.Keys);
        var comparison = new Comparison(file);
        for (var column = 1; column < header.Length; column++)
        {
            for (var person = 0; person < rows.Length; person++)
            {
                var (golden, value) = (Oracles.Number(rows[person][column]), ours[header[column]](person));
                if (double.IsNaN(golden))
                {
                    Assert.True(double.IsNaN(value), $"{file} {header[column]} {rows[person][0]}");
                    continue;
                }

                comparison.Same($"{header[column]} {rows[person][0]}", golden, value, 1e-9 * Math.Max(1, Math.Abs(golden)));
            }
        }

        comparison.Finish(atLeast: 5 * 350);
    }

    private static string[] Lines(string file, [CallerFilePath] string here = "") => File.ReadAllLines(Path.Combine(Path.GetDirectoryName(here)!, "oracle", file));
}
