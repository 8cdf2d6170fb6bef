namespace Xinheng.Psychometrics;

/// <summary>Whether an item is answered as its model says, at every sum score.</summary>
/// <param name="Id">Id of the item.</param>
/// <param name="ChiSquare">S-X²: Σ N (O − E)² / E over the cells that were left after collapsing.</param>
/// <param name="DegreesOfFreedom">Cells left, less one per sum score, less the item's parameters.</param>
/// <param name="P">Probability of as much misfit under the model.</param>
/// <param name="Rmsea">Misfit per degree of freedom and person: √max(0, (S-X² − df) / (df (n − 1))). Does not grow with n.</param>
/// <param name="Count">Weight of the people used: those with all answers.</param>
/// <remarks>Immutable and thread-safe. Class; no default state.</remarks>
public sealed record IrtItemMisfit(string Id, Estimate ChiSquare, int DegreesOfFreedom, Estimate P, Estimate Rmsea, double Count)
{
    /// <summary>Expected frequencies below this are put together with their neighbours.</summary>
    private const double LowestExpected = 1;

    /// <summary>S-X² of every item, from the people who answered all.</summary>
    /// <remarks>
    /// Orlando &amp; Thissen 2000, Appl. Psychol. Meas. 24, 50-64; more than two answers: Kang &amp; Chen 2008, J. Educ. Meas. 45, 391-406. The sums 0 and highest tell nothing.
    /// Cells whose expectation is below 1 are joined: of an item of two answers, sums from the lowest on until both cells reach 1; of more answers, categories of one sum in
    /// the same way. How cells are joined is a convention that no paper fixes, and other programs join otherwise: R's <c>mirt::itemfit(fit, fit_stats = "S_X2")</c> gives the
    /// same for most items of two answers, and like values for others.
    /// </remarks>
    /// <exception cref="ArgumentException">The fit has no parameters.</exception>
    public static IReadOnlyList<IrtItemMisfit> Of(IrtFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var parameters = fit.Parameters ?? throw new ArgumentException($"The fit has no parameters: {EstimateText.Of(fit.Status).En}.", nameof(fit));
        return Of(parameters, fit.Patterns, fit.Options.Points, fit.Options.Reach);
    }

    /// <summary>S-X² under given parameters.</summary>
    internal static IReadOnlyList<IrtItemMisfit> Of(IrtParameters parameters, ResponsePatterns patterns, int points, double reach)
    {
        var k = parameters.Items.Count;
        var grid = new IrtGrid(points, reach, parameters.LatentMean, parameters.LatentStandardDeviation);
        var probabilities = parameters.Items.Select(item => IrtSumScores.Probabilities(item, grid)).ToArray();
        var all = IrtSumScores.Sums(probabilities, -1, grid);
        var highest = all.Length - 1;
        double[] weights = [.. grid.LogWeights.Select(Math.Exp)];
        double[] shares = [.. all.Select(s => IrtGrid.Dot(s, weights))];
        var places = patterns.Places([.. parameters.Items.Select(i => i.Places)]);
        var observed = parameters.Items.Select(item => new double[highest + 1, item.CategoryCount]).ToArray();
        var (people, count) = (new double[highest + 1], 0.0);
        for (var p = 0; p < patterns.PatternCount; p++)
        {
            var row = places.AsSpan(p * k, k);
            if (row.Contains(IrtItem.Missing))
            {
                continue;
            }

            var sum = 0;
            foreach (var place in row)
            {
                sum += place;
            }

            people[sum] += patterns.Weights[p];
            count += patterns.Weights[p];
            for (var item = 0; item < k; item++)
            {
                observed[item][sum, row[item]] += patterns.Weights[p];
            }
        }

        var result = new IrtItemMisfit[k];
        for (var item = 0; item < k; item++)
        {
            var rest = IrtSumScores.Sums(probabilities, item, grid);
            var categories = parameters.Items[item].CategoryCount;
            var rows = new List<(double Observed, double Expected)[]>();
            var product = new double[grid.Stride];
            for (var sum = 1; sum < highest; sum++)
            {
                if (people[sum] == 0)
                {
                    continue;
                }

                var row = new (double, double)[categories];
                for (var c = 0; c < categories; c++)
                {
                    var expected = 0.0;
                    if (sum - c >= 0 && sum - c < rest.Length)
                    {
                        IrtGrid.Multiply(rest[sum - c], probabilities[item][c], product);
                        expected = people[sum] * IrtGrid.Dot(product, weights) / shares[sum];
                    }

                    row[c] = (observed[item][sum, c], expected);
                }

                rows.Add(row);
            }

            var (chiSquare, cells, sums) = Collapse(rows);
            var free = parameters.Model == IrtModel.Rasch ? categories - 1 : categories;
            var df = cells - sums - free;
            result[item] = df < 1 || sums == 0
                ? new IrtItemMisfit(parameters.Items[item].Id, Estimate.None(EstimateStatus.TooFewPeople), df, Estimate.None(EstimateStatus.TooFewPeople), Estimate.None(EstimateStatus.TooFewPeople), count)
                : new IrtItemMisfit(
                    parameters.Items[item].Id,
                    Estimate.Of(chiSquare),
                    df,
                    Estimate.Of(ChiSquareTail.Of(chiSquare, df)),
                    Estimate.Of(Math.Sqrt(Math.Max(0, (chiSquare - df) / (df * (count - 1))))),
                    count);
        }

        return Array.AsReadOnly(result);
    }

    /// <summary>Joins cells of low expectation and adds up.</summary>
    private static (double ChiSquare, int Cells, int Sums) Collapse(List<(double Observed, double Expected)[]> rows)
    {
        // Of two answers neither can be joined with the other: sums are. Of more answers, neighbouring ones of the same sum.
        var joined = rows.Count > 0 && rows[0].Length == 2
            ? Join(rows, (a, b) => [(a[0].Observed + b[0].Observed, a[0].Expected + b[0].Expected), (a[1].Observed + b[1].Observed, a[1].Expected + b[1].Expected)], row => Array.TrueForAll(row, c => c.Expected >= LowestExpected))
            : rows.ConvertAll(row => Join(row, (a, b) => (a.Observed + b.Observed, a.Expected + b.Expected), cell => cell.Expected >= LowestExpected).ToArray());
        var (chiSquare, cells) = (0.0, 0);
        foreach (var (o, e) in joined.SelectMany(row => row))
        {
            chiSquare += (o - e) * (o - e) / e;
            cells++;
        }

        return (chiSquare, cells, joined.Count);
    }

    /// <summary>From the first on, puts together until it is enough; what is left at the end goes to the last.</summary>
    private static List<T> Join<T>(IEnumerable<T> parts, Func<T, T, T> add, Predicate<T> isEnough)
    {
        var joined = new List<T>();
        var (open, isOpen) = (default(T)!, false);
        foreach (var part in parts)
        {
            open = isOpen ? add(open, part) : part;
            isOpen = !isEnough(open);
            if (!isOpen)
            {
                joined.Add(open);
            }
        }

        if (isOpen && joined.Count > 0)
        {
            joined[^1] = add(joined[^1], open);
        }
        else if (isOpen)
        {
            joined.Add(open);
        }

        return joined;
    }
}
