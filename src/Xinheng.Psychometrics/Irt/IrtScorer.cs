using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>Scores people by fixed item parameters. Estimates nothing: a person's score does not depend on who else is scored.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. A missing answer leaves the likelihood. One person and a million are scored by the same code;
/// probabilities are handled as logarithms, so that no number of items makes them vanish. R: <c>mirt::fscores(fit, method = "EAP", full.scores.SE = TRUE)</c>.
/// </remarks>
public sealed class IrtScorer
{
    private const int ChunkSize = 4096;

    /// <summary>Maximum likelihood is looked for within this many standard deviations.</summary>
    private const double Reach = 20;

    private readonly IrtGrid _grid;
    private readonly double[][] _rows;

    /// <summary>Makes a scorer ready.</summary>
    /// <param name="parameters">The items and the distribution of the trait, which EAP and MAP shrink to.</param>
    /// <param name="points">Points of EAP, equally spaced within <paramref name="reach"/> standard deviations about the mean.</param>
    /// <param name="reach">How far the points reach.</param>
    public IrtScorer(IrtParameters parameters, int points = 121, double reach = 6)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 11);
        ArgumentOutOfRangeException.ThrowIfLessThan(reach, 3);
        Parameters = parameters;
        _grid = new IrtGrid(points, reach, parameters.LatentMean, parameters.LatentStandardDeviation);
        _rows = [.. parameters.Items.Select(item => _grid.Rows(item.Curve))];
    }

    /// <summary>What is scored by.</summary>
    public IrtParameters Parameters { get; }

    /// <summary>Scores one person.</summary>
    /// <param name="answers">Keyed answers in the order of the items; NaN where there is none.</param>
    /// <param name="scoring">How.</param>
    /// <exception cref="ArgumentException">There is not one answer per item, or the item has no such answer.</exception>
    public IrtScore Score(ReadOnlySpan<double> answers, IrtScoring scoring = IrtScoring.Eap)
    {
        if (answers.Length != _rows.Length)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"There are {_rows.Length} items but {answers.Length} answers were given. Pass one per item, NaN where there is none."), nameof(answers));
        }

        Span<byte> places = answers.Length <= 1024 ? stackalloc byte[answers.Length] : new byte[answers.Length];
        for (var item = 0; item < places.Length; item++)
        {
            places[item] = Place(item, answers[item]);
        }

        return Score(places, scoring, new double[_grid.Stride]);
    }

    /// <summary>Scores people; the columns are found by the ids of the items.</summary>
    /// <param name="matrix">Keyed answers.</param>
    /// <param name="scoring">How.</param>
    /// <param name="threads">Threads; the scores do not depend on it.</param>
    /// <returns>One score per person, in order.</returns>
    /// <exception cref="ArgumentException">The matrix lacks an item, or an item has no such answer.</exception>
    public IrtScore[] ScoreBatch(ItemMatrix matrix, IrtScoring scoring = IrtScoring.Eap, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var k = _rows.Length;
        var columns = new ItemColumn[k];
        var tables = new byte[k][];
        for (var item = 0; item < k; item++)
        {
            var id = Parameters.Items[item].Id;
            columns[item] = matrix.IndexOf(id) is >= 0 and var column ? matrix.Columns[column] : throw new ArgumentException($"The answers lack item '{id}' of the parameters. There are: {string.Join(", ", matrix.ItemIds)}.", nameof(matrix));
            tables[item] = Table(item, columns[item]);
        }

        var scores = new IrtScore[matrix.PersonCount];
        Parallel.For(0, (scores.Length + ChunkSize - 1) / ChunkSize, new ParallelOptions { MaxDegreeOfParallelism = threads }, chunk =>
        {
            var (places, posterior) = (new byte[k], new double[_grid.Stride]);
            for (var person = chunk * ChunkSize; person < Math.Min(scores.Length, (chunk + 1) * ChunkSize); person++)
            {
                for (var item = 0; item < k; item++)
                {
                    places[item] = columns[item].Codes is { } codes ? tables[item][codes[person]] : Place(item, columns[item][person]);
                }

                scores[person] = Score(places, scoring, posterior);
            }
        });
        return scores;
    }

    /// <summary>
    /// Reliability of scores in the people scored: variance of θ over itself and the mean squared standard error, of those with a finite score.
    /// R: <c>mirt::empirical_rxx</c>.
    /// </summary>
    public static Estimate EmpiricalReliability(IReadOnlyList<IrtScore> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var finite = scores.Where(s => double.IsFinite(s.Theta) && double.IsFinite(s.StandardError)).ToArray();
        if (finite.Length < 2)
        {
            return Estimate.None(EstimateStatus.TooFewPeople);
        }

        var mean = finite.Average(s => s.Theta);
        var variance = finite.Sum(s => (s.Theta - mean) * (s.Theta - mean)) / (finite.Length - 1);
        return Estimate.Of(variance / (variance + finite.Average(s => s.StandardError * s.StandardError)));
    }

    private byte Place(int item, double answer) =>
        double.IsNaN(answer) ? IrtItem.Missing
        : double.IsInteger(answer) && Math.Abs(answer) <= int.MaxValue && Parameters.Items[item].Places.TryGetValue((int)answer, out var place) ? place
        : throw new ArgumentException($"Item '{Parameters.Items[item].Id}' has an answer that its parameters do not know. They know: {string.Join(", ", Parameters.Items[item].Values.SelectMany(v => v))}.", nameof(answer));

    /// <summary>What each stored byte of a column becomes; only bytes that occur are looked up.</summary>
    private byte[] Table(int item, ItemColumn column)
    {
        var table = new byte[256];
        Array.Fill(table, IrtItem.Missing);
        if (column.Codes is { } codes)
        {
            var seen = new bool[256];
            foreach (var code in codes)
            {
                seen[code] = true;
            }

            for (var code = 0; code < ItemColumn.Missing; code++)
            {
                table[code] = seen[code] ? Place(item, column.Origin + (column.Sign * code)) : IrtItem.Missing;
            }
        }

        return table;
    }

    private IrtScore Score(ReadOnlySpan<byte> places, IrtScoring scoring, double[] posterior)
    {
        if (places.IndexOfAnyExcept(IrtItem.Missing) < 0)
        {
            return new IrtScore(double.NaN, double.NaN);
        }

        return scoring switch
        {
            IrtScoring.Eap => Eap(places, posterior),
            IrtScoring.Map => Map(places),
            IrtScoring.Ml => Ml(places),
            IrtScoring.Wle => Wle(places),
            _ => throw new ArgumentOutOfRangeException(nameof(scoring), "No such scoring."),
        };
    }

    private IrtScore Eap(ReadOnlySpan<byte> places, double[] posterior)
    {
        _grid.LogWeights.CopyTo(posterior, 0);
        for (var item = 0; item < places.Length; item++)
        {
            if (places[item] != IrtItem.Missing)
            {
                IrtGrid.Add(posterior, _rows[item].AsSpan(places[item] * _grid.Stride, _grid.Stride));
            }
        }

        IrtGrid.Normalize(posterior, 1);
        var (mean, deviation) = _grid.Moments(posterior);
        return new IrtScore(mean, deviation);
    }

    /// <summary>First and second derivative of the log-likelihood.</summary>
    private (double First, double Second) Slopes(ReadOnlySpan<byte> places, double theta)
    {
        var (first, second) = (0.0, 0.0);
        for (var item = 0; item < places.Length; item++)
        {
            if (places[item] != IrtItem.Missing)
            {
                var (a, b) = Parameters.Items[item].Slopes(theta, places[item]);
                (first, second) = (first + a, second + b);
            }
        }

        return (first, second);
    }

    private IrtScore Map(ReadOnlySpan<byte> places)
    {
        var (mean, precision) = (Parameters.LatentMean, 1 / (Parameters.LatentStandardDeviation * Parameters.LatentStandardDeviation));
        return Top(places, mean, precision);
    }

    private IrtScore Ml(ReadOnlySpan<byte> places)
    {
        var (mean, width) = (Parameters.LatentMean, Reach * Parameters.LatentStandardDeviation);
        return Slopes(places, mean - width).First <= 0 ? new IrtScore(double.NegativeInfinity, double.NaN)
            : Slopes(places, mean + width).First >= 0 ? new IrtScore(double.PositiveInfinity, double.NaN)
            : Top(places, mean, 0);
    }

    /// <summary>
    /// The top of a log-likelihood, which is concave, less half of precision times the squared distance from the mean: Newton within a bracket,
    /// which is halved where a step leaves it or is more than half of the step before.
    /// </summary>
    private IrtScore Top(ReadOnlySpan<byte> places, double mean, double precision)
    {
        var width = Reach * Parameters.LatentStandardDeviation;
        var (low, high, theta, last) = (mean - width, mean + width, mean, 2 * width);
        for (var iteration = 0; iteration < 200; iteration++)
        {
            var (first, second) = Slopes(places, theta);
            (first, second) = (first - (precision * (theta - mean)), second - precision);
            (low, high) = first > 0 ? (theta, high) : (low, theta);
            var next = theta - (first / second);
            next = next > low && next < high && Math.Abs(next - theta) < last / 2 ? next : (low + high) / 2;
            last = Math.Abs(next - theta);
            if (last < 1e-12 * (1 + Math.Abs(theta)))
            {
                break;
            }

            theta = next;
        }

        return new IrtScore(theta, 1 / Math.Sqrt(precision - Slopes(places, theta).Second));
    }

    private IrtScore Wle(ReadOnlySpan<byte> places)
    {
        // From the top of the posterior outwards to the nearest change of sign, then false position (Illinois).
        var low = Map(places).Theta;
        var value = Warm(places, low).Equation;
        var step = (value > 0 ? 0.25 : -0.25) * Parameters.LatentStandardDeviation;
        var (high, other) = (low + step, Warm(places, low + step).Equation);
        while ((other > 0) == (value > 0) && Math.Abs(high) < 1e3)
        {
            (low, value) = (high, other);
            step *= 1.5;
            high = low + step;
            other = Warm(places, high).Equation;
        }

        for (var iteration = 0; iteration < 200 && Math.Abs(high - low) > 1e-12 * (1 + Math.Abs(high)) && other != 0; iteration++)
        {
            var between = high - (other * (high - low) / (other - value));
            var there = Warm(places, between).Equation;
            if ((there > 0) != (other > 0))
            {
                (low, value) = (high, other);
            }
            else
            {
                value /= 2;
            }

            (high, other) = (between, there);
        }

        if (double.IsNaN(other) || Math.Abs(high) >= 1e3)
        {
            return new IrtScore(double.NaN, double.NaN);
        }

        // The curvature of the weighted likelihood, as a central difference of its slope.
        const double Step = 1e-4;
        var curvature = (Warm(places, high - Step).Equation - Warm(places, high + Step).Equation) / (2 * Step);
        return new IrtScore(high, 1 / Math.Sqrt(curvature));
    }

    private (double Equation, double Information) Warm(ReadOnlySpan<byte> places, double theta)
    {
        var (information, j) = (0.0, 0.0);
        for (var item = 0; item < places.Length; item++)
        {
            if (places[item] != IrtItem.Missing)
            {
                var (own, bias) = Parameters.Items[item].Warm(theta);
                (information, j) = (information + own, j + bias);
            }
        }

        return (Slopes(places, theta).First + (j / (2 * information)), information);
    }
}
