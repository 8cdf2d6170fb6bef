using System.Globalization;
using System.Text;

namespace Xinheng.Psychometrics;

/// <summary>One sum of places and what it says about the trait.</summary>
/// <param name="Sum">Sum over the items of the place of the answer among its categories, from 0.</param>
/// <param name="Theta">Mean of the trait among people with this sum.</param>
/// <param name="StandardError">Standard deviation of the trait among them.</param>
/// <param name="Probability">Share of people with this sum, in the population of the parameters.</param>
/// <remarks>Immutable and thread-safe. <c>default</c> is no row of any table.</remarks>
public readonly record struct IrtSumScore(int Sum, double Theta, double StandardError, double Probability);

/// <summary>From sums to the trait, for people who answered every item.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. Probabilities of sums by the recursion of Lord &amp; Wingersky 1984, Appl. Psychol. Meas. 8, 453-461, for
/// any number of categories; EAP of each sum as in Thissen, Pommerich, Billeaud &amp; Williams 1995, Appl. Psychol. Meas. 19, 39-49. R: <c>mirt::fscores(fit, method = "EAPsum",
/// full.scores = FALSE)</c>.
/// </remarks>
public sealed class IrtSumScores
{
    private IrtSumScores(IReadOnlyList<IrtSumScore> rows) => Rows = rows;

    /// <summary>One row per sum, from 0 on.</summary>
    public IReadOnlyList<IrtSumScore> Rows { get; }

    /// <summary>Makes the table.</summary>
    /// <param name="parameters">The items and the distribution of the trait.</param>
    /// <param name="points">Quadrature points.</param>
    /// <param name="reach">Standard deviations that they reach to.</param>
    public static IrtSumScores Of(IrtParameters parameters, int points = 121, double reach = 6)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 11);
        var grid = new IrtGrid(points, reach, parameters.LatentMean, parameters.LatentStandardDeviation);
        var probabilities = parameters.Items.Select(item => Probabilities(item, grid)).ToArray();
        var sums = Sums(probabilities, -1, grid);
        var rows = new List<IrtSumScore>(sums.Length);
        for (var s = 0; s < sums.Length; s++)
        {
            var joint = new double[grid.Stride];
            for (var q = 0; q < grid.Count; q++)
            {
                joint[q] = sums[s][q] * Math.Exp(grid.LogWeights[q]);
            }

            var total = joint.Sum();
            for (var q = 0; q < grid.Count; q++)
            {
                joint[q] /= total;
            }

            var (mean, deviation) = grid.Moments(joint);
            rows.Add(new IrtSumScore(s, mean, deviation, total));
        }

        return new IrtSumScores(rows.AsReadOnly());
    }

    /// <summary>The table.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("  sum    theta       se  share\n");
        foreach (var row in Rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.Sum,5} {row.Theta,8:F4} {row.StandardError,8:F4} {row.Probability:F4}\n");
        }

        return text.ToString();
    }

    /// <summary>Probabilities by category and point.</summary>
    internal static double[][] Probabilities(IrtItem item, IrtGrid grid)
    {
        var result = Enumerable.Range(0, item.CategoryCount).Select(_ => new double[grid.Stride]).ToArray();
        for (var q = 0; q < grid.Count; q++)
        {
            var here = item.Probabilities(grid.Points[q]);
            for (var c = 0; c < here.Length; c++)
            {
                result[c][q] = here[c];
            }
        }

        return result;
    }

    /// <summary>Probability of every sum at every point, one item left out (−1: none).</summary>
    internal static double[][] Sums(double[][][] probabilities, int without, IrtGrid grid)
    {
        double[][] sums = [Enumerable.Repeat(1.0, grid.Stride).ToArray()];
        for (var item = 0; item < probabilities.Length; item++)
        {
            if (item == without)
            {
                continue;
            }

            var own = probabilities[item];
            var next = Enumerable.Range(0, sums.Length + own.Length - 1).Select(_ => new double[grid.Stride]).ToArray();
            var product = new double[grid.Stride];
            for (var s = 0; s < sums.Length; s++)
            {
                for (var c = 0; c < own.Length; c++)
                {
                    IrtGrid.Multiply(sums[s], own[c], product);
                    IrtGrid.Add(next[s + c], product);
                }
            }

            sums = next;
        }

        return sums;
    }
}
