using MathNet.Numerics.Distributions;

namespace Xinheng.Psychometrics;

/// <summary>
/// Polychoric correlations: of the standard normal variables that are taken to stand behind ordered answers, each answer an interval between
/// two thresholds. Tetrachoric for items of two answers.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. Two steps: thresholds from the margins, then each correlation by maximum likelihood
/// (Olsson 1979, Psychometrika 44(4), 443-460). Empty cells are left empty. R: <c>lavaan::lavCor(x, ordered = TRUE, estimator = "two.step")</c>.
/// Ordinal alpha is the alpha of this matrix (Zumbo, Gadermann &amp; Zeisser 2007, J. Mod. Appl. Stat. Methods 6, 21-29):
/// <c>Reliability.Of(Polychoric.Of(matrix).Correlations).Alpha</c>. It is the reliability of a sum of variables that nobody has observed, not of the
/// sum of the answers.
/// </remarks>
public sealed class Polychoric
{
    /// <summary>Most different answers of an item: beyond, treat them as numbers.</summary>
    public const int MostCategories = 20;

    /// <summary>A correlation is looked for between plus and minus this.</summary>
    private const double Limit = 0.9999;

    private readonly double[][] _thresholds;

    private Polychoric(CovarianceMatrix correlations, double[][] thresholds, int boundaryPairs)
    {
        (Correlations, _thresholds, BoundaryPairs) = (correlations, thresholds, boundaryPairs);
    }

    /// <summary>The correlations, as variables of variance 1. NaN where an item does not vary.</summary>
    public CovarianceMatrix Correlations { get; }

    /// <summary>Number of pairs of items whose likelihood still rises at a correlation of ±0.9999, as with empty cells on one side; they stand at that limit.</summary>
    public int BoundaryPairs { get; }

    /// <summary>Thresholds between neighbouring answers that occur, in ascending order; empty where an item does not vary.</summary>
    public IReadOnlyList<double> Thresholds(int item) => [.. _thresholds[item]];

    /// <summary>Computes polychoric correlations.</summary>
    /// <param name="matrix">Ordered answers.</param>
    /// <param name="missing">Listwise: complete cases; pairwise: thresholds from all who answered the item, correlations from all who answered both.</param>
    /// <exception cref="ArgumentException">An item has more than <see cref="MostCategories"/> different answers.</exception>
    public static Polychoric Of(ItemMatrix matrix, MissingTreatment missing = MissingTreatment.Listwise)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var source = missing == MissingTreatment.Listwise ? matrix.CompleteCases() : matrix;
        var k = source.ItemCount;
        var categories = Enumerable.Range(0, k).Select(source.Categories).ToArray();
        for (var item = 0; item < k; item++)
        {
            if (categories[item].Count > MostCategories)
            {
                throw new ArgumentException($"Item '{matrix.ItemIds[item]}' has more than {MostCategories} different answers. Use product-moment correlations.", nameof(matrix));
            }
        }

        var thresholds = categories.Select(Cuts).ToArray();
        var places = Enumerable.Range(0, k).Select(item => Places(source, item, categories[item])).ToArray();
        var correlations = new double[k, k];
        var counts = new long[k, k];
        var boundary = 0;
        for (var i = 0; i < k; i++)
        {
            correlations[i, i] = thresholds[i].Length == 0 ? double.NaN : 1;
            counts[i, i] = categories[i].Sum(c => c.Count);
            for (var j = 0; j < i; j++)
            {
                var table = new long[categories[i].Count, categories[j].Count];
                for (var person = 0; person < source.PersonCount; person++)
                {
                    if (places[i][person] >= 0 && places[j][person] >= 0)
                    {
                        table[places[i][person], places[j][person]]++;
                        counts[i, j]++;
                    }
                }

                counts[j, i] = counts[i, j];
                var rho = thresholds[i].Length == 0 || thresholds[j].Length == 0 || counts[i, j] < 2 ? double.NaN : Estimate(table, thresholds[i], thresholds[j]);
                boundary += Math.Abs(rho) >= Limit ? 1 : 0;
                correlations[i, j] = correlations[j, i] = rho;
            }
        }

        var moments = matrix.Covariances(missing);
        return new Polychoric(
            new CovarianceMatrix(matrix.ItemIds, missing, moments.PersonCount, moments.UsedCount, moments.EmptyCount, new double[k], correlations, correlations, counts, CorrelationKind.Polychoric),
            thresholds,
            boundary);
    }

    /// <summary>Number of items and people.</summary>
    public override string ToString() => $"polychoric correlations of {Correlations}";

    private static double[] Cuts(IReadOnlyList<ItemCategory> categories)
    {
        var (total, below) = ((double)categories.Sum(c => c.Count), 0L);
        var cuts = new double[Math.Max(0, categories.Count - 1)];
        for (var c = 0; c < cuts.Length; c++)
        {
            below += categories[c].Count;
            cuts[c] = Normal.InvCDF(0, 1, below / total);
        }

        return cuts;
    }

    /// <summary>Place of each person's answer among those that occur, −1 for none.</summary>
    private static int[] Places(ItemMatrix matrix, int item, IReadOnlyList<ItemCategory> categories)
    {
        var place = categories.Select((c, i) => (c.Value, i)).ToDictionary(p => p.Value, p => p.i);
        var places = new int[matrix.PersonCount];
        for (var person = 0; person < places.Length; person++)
        {
            places[person] = matrix[person, item] is var value && double.IsNaN(value) ? -1 : place[value];
        }

        return places;
    }

    /// <summary>Fisher scoring from the middle; a step that does not raise the likelihood is halved.</summary>
    private static double Estimate(long[,] table, double[] rows, double[] columns)
    {
        var rho = 0.0;
        var now = Likelihood(table, rows, columns, rho);
        for (var iteration = 0; iteration < 200; iteration++)
        {
            var step = now.Score / now.Information;
            var moved = false;
            for (var halving = 0; halving < 40 && !moved; halving++, step /= 2)
            {
                var next = Math.Clamp(rho + step, -Limit, Limit);
                var there = Likelihood(table, rows, columns, next);
                if (there.Value > now.Value)
                {
                    moved = Math.Abs(next - rho) > 1e-10;
                    (rho, now) = (next, there);
                }
            }

            if (!moved)
            {
                break;
            }
        }

        return rho;
    }

    private static (double Value, double Score, double Information) Likelihood(long[,] table, double[] rows, double[] columns, double rho)
    {
        var (a, b) = (rows.Length + 1, columns.Length + 1);
        var (below, density) = (new double[a + 1, b + 1], new double[a + 1, b + 1]);
        for (var i = 1; i <= a; i++)
        {
            for (var j = 1; j <= b; j++)
            {
                var (x, y) = (i == a ? double.PositiveInfinity : rows[i - 1], j == b ? double.PositiveInfinity : columns[j - 1]);
                below[i, j] = BivariateNormal.Cdf(x, y, rho);
                density[i, j] = BivariateNormal.Density(x, y, rho);
            }
        }

        var (value, score, information, people) = (0.0, 0.0, 0.0, 0L);
        foreach (var count in table)
        {
            people += count;
        }

        for (var i = 0; i < a; i++)
        {
            for (var j = 0; j < b; j++)
            {
                // A cell's probability may vanish in rounding where the correlation is high; its logarithm must not.
                var probability = Math.Max(below[i + 1, j + 1] - below[i, j + 1] - below[i + 1, j] + below[i, j], 1e-16);
                var slope = density[i + 1, j + 1] - density[i, j + 1] - density[i + 1, j] + density[i, j];
                value += table[i, j] * Math.Log(probability);
                score += table[i, j] * slope / probability;
                information += people * slope * slope / probability;
            }
        }

        return (value, score, information);
    }
}
