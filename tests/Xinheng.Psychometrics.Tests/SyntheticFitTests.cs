using System.Runtime.CompilerServices;

namespace Xinheng.Psychometrics.Tests;

/// <summary>Person fit and fairness of the project's own answers, as base R computed them (oracle/README.md says how).</summary>
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

    [Fact]
    public void DifferentialFunctioningOfEveryItem_IsWhatRComputed()
    {
        var golden = Lines("fit-dif.csv")[1..].ToDictionary(line => line.Split(',')[0], line => Oracles.Number(line.Split(',')[1]));
        string[] sex = [.. Lines("answers.csv")[1..].Select(line => line.Split(',')[1])];
        var high = ItemMatrix.FromColumns(Keyed.ItemIds, [.. Enumerable.Range(0, 8).Select(i => Keyed.Column(i).Select(x => double.IsNaN(x) ? x : x >= 2 ? 1.0 : 0.0).ToArray())], 0, 1);
        var (comparison, compared) = (new Comparison("fit-dif.csv"), new HashSet<string>());
        foreach (var (label, matrix) in new[] { ("answers", Keyed), ("high", high) })
        {
            foreach (var item in DifferentialFunctioning.Of(matrix, sex, "m", "f", DifOptions.Default with { Purify = PurifyRule.None }).Items)
            {
                Same("generalized", item.Generalized, 1e-9);
                Same("mantel", item.Mantel, 1e-9);
                Same("meanDifference", item.MeanDifference, 1e-12);
                Same("inSd", item.MeanDifferenceInSd, 1e-12);
                if (label == "high")
                {
                    Same("oddsRatio", item.OddsRatio, 1e-9);
                    Same("mantelHaenszel", item.MantelHaenszel, 1e-9);
                }

                // MASS::polr stops at about seven digits of the deviance.
                Same("uniform", item.Logistic.Uniform, 1e-4);
                Same("nonUniform", item.Logistic.NonUniform, 1e-4);
                Same("nagelkerkeGain", item.Logistic.NagelkerkeGain, 1e-6);
                Same("mcFaddenGain", item.Logistic.McFaddenGain, 1e-6);
                Same("matchingSlope", item.Logistic.MatchingSlope, 1e-5);
                Same("groupSlope", item.Logistic.GroupSlope, 1e-4);

                void Same(string name, Estimate ours, double tolerance)
                {
                    compared.Add($"{label} {item.Id} {name}");
                    comparison.Same($"{label} {item.Id} {name}", golden[$"{label} {item.Id} {name}"], ours, tolerance);
                }
            }
        }

        comparison.Finish(atLeast: 150);
        Assert.Empty(golden.Keys.Except(compared));
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
