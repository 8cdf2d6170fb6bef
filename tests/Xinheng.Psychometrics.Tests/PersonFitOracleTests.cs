using System.Text.Json;

namespace Xinheng.Psychometrics.Tests;

/// <summary>Careless answering and person fit of real data, as careless, PerFit and mirt computed it, person by person.</summary>
public class PersonFitOracleTests
{
    public static TheoryData<string> DataSets => ["bfi25", "dass42_a", "hads", "pclc_wenchuan", "phq9_nhanes", "promis_anxiety", "promis_dep28", "rse_a", "tma_a"];

    public static TheoryData<string, string> Fits => new()
    {
        { "bfi25", "neuroticism" }, { "dass42_a", "anxiety" }, { "dass42_a", "depression" }, { "hads", "anxiety" }, { "hads", "depression" },
        { "pclc_wenchuan", "ptsd" }, { "phq9_nhanes", "phq9" }, { "promis_anxiety", "anxiety" }, { "promis_dep28", "depression" }, { "rse_a", "selfesteem" }, { "tma_a", "anxiety" },
    };

    [Theory]
    [MemberData(nameof(DataSets))]
    public void EveryIndexOfEveryPerson_IsWhatRComputed(string dataSet)
    {
        var settings = Oracles.Meta(dataSet, "careless.json").GetProperty("settings");
        var items = Oracles.Items(dataSet);
        var (header, rows) = Oracles.Csv("golden", dataSet, "careless.csv");
        var raw = Oracles.Raw(dataSet, items).CompleteCases();
        var keyed = Oracles.All(dataSet, items).CompleteCases();
        Assert.Equal(rows.Length, raw.PersonCount);
        var comparison = new Comparison(dataSet);

        var runs = RunPatterns.Of(raw);
        Column("longstring", person => runs.LongestRun[person], 0);
        Column("averagestring", person => runs.AverageRun[person], 1e-8);
        Column("irv", person => runs.Variability[person].Value, 1e-8);

        var distances = MahalanobisDistances.Of(raw);
        Column("mahad_D2", person => distances.SquaredDistance[person].Value, 1e-8);
        var beyond = Array.IndexOf(header, "mahad_flag_99");
        for (var person = 0; person < rows.Length; person++)
        {
            Assert.Equal(rows[person][beyond] == "TRUE", distances.PValue(person).Value < 0.01);
        }

        if (header.Contains("evenodd"))
        {
            string[] order = [.. settings.GetProperty("scale_order").EnumerateArray().Select(i => i.GetString()!)];
            var (scales, next) = (new List<string[]>(), 0);
            foreach (var length in settings.GetProperty("factors").EnumerateArray().Select(f => f.GetInt32()))
            {
                scales.Add(order[next..(next += length)]);
            }

            var halves = EvenOddConsistency.Of(keyed, scales);
            if (scales.Count < 3)
            {
                // Over two scales careless gives 1 or -1 for everybody: there is nothing to correlate.
                Assert.All(rows, row => Assert.True(Oracles.Number(row[Array.IndexOf(header, "evenodd")]) is 1 or -1 or double.NaN));
                Assert.All(halves.Consistency, c => Assert.Equal(EstimateStatus.TooFewItems, c.Status));
            }
            else
            {
                Column("evenodd", person => -halves.Consistency[person].Value, 1e-8);
            }
        }

        foreach (var (name, cut) in new[] { ("psychsyn_6", 0.6), ("psychsyn_5", 0.5), ("psychsyn_4", 0.4) })
        {
            var synonyms = SynonymConsistency.Of(raw, cut);
            var pairs = settings.GetProperty("pairs").EnumerateArray().Single(p => p.GetProperty("critval").GetDouble() == cut).GetProperty("n_pairs");
            Assert.Equal(pairs.GetInt32(), synonyms.Pairs.Count);
            if (header.Contains(name))
            {
                Column(name, person => synonyms.Consistency[person].Value, 1e-8);
            }
        }

        var guttman = GuttmanErrors.Of(keyed);
        var dichotomous = header.Contains("G");
        Column(dichotomous ? "G" : "Gpoly", person => guttman.Errors[person], 0);
        Column(dichotomous ? "Gnormed" : "Gnormed_poly", person => guttman.Normed[person].HasValue ? guttman.Normed[person].Value : 0, 6e-5);
        comparison.Finish(atLeast: 6);

        void Column(string name, Func<int, double> ours, double tolerance)
        {
            var column = Array.IndexOf(header, name);
            Assert.True(column >= 0, $"{dataSet} has no golden {name}.");
            var (worst, golden, found) = (-1.0, 0.0, 0.0);
            for (var person = 0; person < rows.Length; person++)
            {
                var (g, o) = (Oracles.Number(rows[person][column]), ours(person));
                var difference = double.IsNaN(g) && double.IsNaN(o) ? 0 : double.IsNaN(g) || double.IsNaN(o) ? double.PositiveInfinity : Math.Abs(g - o) / Math.Max(1, Math.Abs(g));
                (worst, golden, found) = difference > worst ? (difference, g, o) : (worst, golden, found);
            }

            comparison.Same($"{name} (worst of {rows.Length})", golden, double.IsPositiveInfinity(worst) ? double.NaN : found, tolerance * Math.Max(1, Math.Abs(golden)));
        }
    }

    [Theory]
    [MemberData(nameof(Fits))]
    public void LikelihoodOfEveryPerson_IsWhatRComputed(string dataSet, string scale)
    {
        var (header, rows) = Oracles.Csv("golden", dataSet, $"personfit_{scale}.csv");
        var place = Oracles.Column(dataSet, "id").Select((id, i) => (id, i)).ToDictionary(x => x.id, x => x.i);
        var matrix = Oracles.Scale(dataSet, scale).WithPersons([.. rows.Select(r => place[r[0]])]);
        var parameters = Oracles.Golden(dataSet, $"irt_{scale}.json").GetProperty("items");
        var (scored, curves) = Coded(matrix, parameters);
        var comparison = new Comparison($"{dataSet}/{scale}");

        Compare("mirt_Zh", "EAP", AbilityKind.PosteriorMean, f => f.Lz, 1e-6);
        Compare("PerFit_lz_at_EAP", "EAP", AbilityKind.PosteriorMean, f => f.Lz, 1.6e-4);
        Compare("PerFit_lz_at_ML", "ML", AbilityKind.MaximumLikelihood, f => f.Lz, 1.6e-4);
        Compare("PerFit_lzstar_ML", "ML", AbilityKind.MaximumLikelihood, f => f.LzStar, 1.6e-4);
        Compare("PerFit_lzstar_WL", "WLE", AbilityKind.WeightedLikelihood, f => f.LzStar, 1.6e-4);
        Compare("PerFit_lzstar_BM", "MAP", AbilityKind.PosteriorMode, f => f.LzStar, 1.6e-4);
        comparison.Finish(atLeast: 1);

        void Compare(string column, string ability, AbilityKind kind, Func<LikelihoodFit, IReadOnlyList<Estimate>> of, double tolerance)
        {
            var (c, a) = (Array.IndexOf(header, column), Array.IndexOf(header, ability));
            if (c < 0)
            {
                return;
            }

            var fit = LikelihoodFit.At(scored, curves, [.. rows.Select(r => Oracles.Number(r[a]))], kind);
            var (worst, golden, found, count) = (-1.0, 0.0, 0.0, 0);
            for (var person = 0; person < rows.Length; person++)
            {
                var (g, o) = (Oracles.Number(rows[person][c]), of(fit)[person].Value);
                if (double.IsNaN(g) || Math.Abs(Oracles.Number(rows[person][a])) > 19)
                {
                    continue; // No maximum: every answer the lowest or the highest.
                }

                count++;
                var difference = double.IsNaN(o) ? double.PositiveInfinity : Math.Abs(g - o);
                (worst, golden, found) = difference > worst ? (difference, g, o) : (worst, golden, found);
            }

            Assert.True(count > 0.8 * rows.Length, $"{column}: only {count} of {rows.Length}");
            comparison.Same($"{column} (worst of {count})", golden, found, tolerance);
        }
    }

    /// <summary>Answers as mirt coded them: the answers that occur, from 0 on.</summary>
    private static (ItemMatrix Scored, ICategoryCurves[] Curves) Coded(ItemMatrix matrix, JsonElement parameters)
    {
        var curves = new ICategoryCurves[matrix.ItemCount];
        var coded = new List<double[]>();
        for (var item = 0; item < curves.Length; item++)
        {
            var golden = parameters.GetProperty(matrix.ItemIds[item]);
            double[] categories = [.. golden.GetProperty("categories").EnumerateArray().Select(c => c.GetDouble())];
            var slopes = golden.GetProperty("slope_intercept");
            var a = slopes.GetProperty("a1").GetDouble();
            double[] d = slopes.TryGetProperty("d", out var one) ? [one.GetDouble()] : [.. Enumerable.Range(1, categories.Length - 1).Select(k => slopes.GetProperty($"d{k}").GetDouble())];
            curves[item] = new GradedCurves(a, [.. d.Select(x => -x / a)]);
            coded.Add([.. matrix.Column(item).Select(x => double.IsNaN(x) ? x : Array.IndexOf(categories, x))]);
        }

        // Items differ in the number of answers, so each declares a range of its own.
        return (ItemMatrix.FromColumns(matrix.ItemIds, coded, [.. curves.Select(_ => 0.0)], [.. curves.Select(c => c.CategoryCount - 1.0)]), curves);
    }
}
