namespace Xinheng.Psychometrics;

/// <summary>Marginal maximum likelihood of one IRT model: the trait is normal(0, 1), slopes and intercepts are free.</summary>
/// <remarks>
/// EM over fixed points (Bock &amp; Aitkin 1981, Psychometrika 46, 443-459), items by Fisher scoring, until the likelihood is near its top; then
/// Newton steps with the observed information of Louis 1982 (J. R. Stat. Soc. B 44, 226-233): complete-data information less the covariance of
/// the complete-data scores within each pattern. Converged means that the next Newton step would raise the log-likelihood by less than
/// 1e-9 and that the information is positive definite. Every sum is made in the order of the patterns by one thread: people
/// are divided for posteriors, items and pairs of items for sums, so the bits do not depend on the number of threads.
/// </remarks>
internal sealed class IrtEstimation
{
    private const int BlockSize = 2048;
    private const double Tolerance = 1e-9;

    /// <summary>A slope beyond this has no maximum of its likelihood to speak of: two answers separate the people.</summary>
    private const double SteepestSlope = 30;

    private readonly IrtGrid _grid;
    private readonly byte[] _places;
    private readonly double[] _patternWeights;
    private readonly int _items;
    private readonly bool _isGraded;
    private readonly bool _isRasch;
    private readonly int[] _steps;
    private readonly int[] _first;
    private readonly ParallelOptions _parallel;
    private readonly double[] _posteriors;

    public IrtEstimation(byte[] places, ReadOnlySpan<double> weights, int[] categories, IrtModel model, IrtFitOptions options)
    {
        _grid = new IrtGrid(options.Points, options.Reach, 0, 1);
        (_places, _patternWeights, _items) = (places, weights.ToArray(), categories.Length);
        _isGraded = model is IrtModel.GradedResponse or IrtModel.TwoParameter;
        _isRasch = model == IrtModel.Rasch;
        _steps = [.. categories.Select(c => c - 1)];
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads };
        _posteriors = new double[BlockSize * _grid.Stride];

        // Place of each item's intercepts in the vector of parameters; its slope stands before them, or for all items at 0.
        _first = new int[_items + 1];
        _first[0] = _isRasch ? 1 : 0;
        for (var item = 0; item < _items; item++)
        {
            _first[item + 1] = _first[item] + _steps[item] + (_isRasch ? 0 : 1);
        }

        Parameters = Start();
    }

    /// <summary>Slopes and intercepts: item by item, or the common slope first (Rasch).</summary>
    public double[] Parameters { get; private set; }

    public double LogLikelihood { get; private set; }

    public int Iterations { get; private set; }

    public EstimateStatus Status { get; private set; } = EstimateStatus.NotConverged;

    /// <summary>Inverse of the observed information; <see langword="null"/> unless converged.</summary>
    public double[,]? Covariance { get; private set; }

    /// <summary>Whether an item has next to no slope, so that its thresholds are nowhere.</summary>
    public bool HasFlatItem => Enumerable.Range(0, _items).Any(item => Math.Abs(Parameters[IndexOf(item, 0)]) < 1e-6);

    /// <summary>Place of an item's slope (step 0) or intercept among the parameters.</summary>
    public int IndexOf(int item, int step) => step == 0 && _isRasch ? 0 : _first[item] + step - (_isRasch ? 1 : 0);

    public void Run(int maxIterations)
    {
        var counts = Counts();
        LogLikelihood = Expect(Parameters, counts);
        var slow = 0.5;
        while (Iterations < maxIterations)
        {
            // EM until it slows down, then Newton as long as it rises.
            var gain = double.PositiveInfinity;
            for (var cycle = 0; cycle < 8 && gain > slow && Iterations < maxIterations; cycle++, Iterations++)
            {
                Parameters = Maximize(Parameters, counts);
                var next = Expect(Parameters, counts);
                (gain, LogLikelihood) = (next - LogLikelihood, next);
            }

            while (Iterations < maxIterations)
            {
                var (gradient, information) = Louis(Parameters, counts);
                if (Cholesky.Of(information) is not { } factor)
                {
                    break;
                }

                Iterations++;
                var step = factor.Solve(gradient);
                if (Rise(gradient, step) < Tolerance)
                {
                    Status = EstimateStatus.Ok;
                    Covariance = factor.Inverse();
                    return;
                }

                if (!TryStep(step, counts))
                {
                    break;
                }
            }

            if (Enumerable.Range(0, _items).Any(item => Math.Abs(Parameters[IndexOf(item, 0)]) > SteepestSlope))
            {
                return;
            }

            slow /= 2;
        }
    }

    /// <summary>The intercepts of an item.</summary>
    public ReadOnlySpan<double> Intercepts(double[] parameters, int item) => parameters.AsSpan(IndexOf(item, 1), _steps[item]);

    private static double Rise(double[] gradient, double[] step)
    {
        var sum = 0.0;
        for (var i = 0; i < step.Length; i++)
        {
            sum += gradient[i] * step[i];
        }

        return Math.Abs(sum) / 2;
    }

    private double[] Start()
    {
        var start = new double[_first[^1]];
        for (var item = 0; item < _items; item++)
        {
            var counts = new double[_steps[item] + 1];
            for (var p = 0; p < _patternWeights.Length; p++)
            {
                if (_places[(p * _items) + item] is var place && place != IrtItem.Missing)
                {
                    counts[place] += _patternWeights[p];
                }
            }

            start[IndexOf(item, 0)] = 1.2;
            for (var k = 1; k <= _steps[item]; k++)
            {
                // A normal trait of slope 1.2 flattens logits by about this much.
                var (above, below) = _isGraded ? (counts[k..].Sum(), counts[..k].Sum()) : (counts[k], counts[k - 1]);
                start[IndexOf(item, k)] = 1.25 * Math.Log(above / below);
            }
        }

        return start;
    }

    private double[][] Counts() => [.. _steps.Select(m => new double[(m + 1) * _grid.Stride])];

    private ItemCurve Curve(double[] parameters, int item) => new(_isGraded, parameters[IndexOf(item, 0)], Intercepts(parameters, item));

    private bool IsProper(double[] parameters)
    {
        for (var item = 0; item < _items; item++)
        {
            if (!Curve(parameters, item).IsProper())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Expected weight of people in each category at each point.</summary>
    /// <returns>The log-likelihood.</returns>
    private double Expect(double[] parameters, double[][] counts)
    {
        Array.ForEach(counts, Array.Clear);
        return ForBlocks(parameters, (start, size) => Parallel.For(0, _items, _parallel, item => AddCounts(item, start, size, counts[item])));
    }

    private double ForBlocks(double[] parameters, Action<int, int> use)
    {
        var rows = new double[_items][];
        for (var item = 0; item < _items; item++)
        {
            rows[item] = _grid.Rows(Curve(parameters, item));
        }

        var total = 0.0;
        var logs = new double[BlockSize];
        const int Part = 64;
        for (var start = 0; start < _patternWeights.Length; start += BlockSize)
        {
            var size = Math.Min(BlockSize, _patternWeights.Length - start);
            Parallel.For(0, (size + Part - 1) / Part, _parallel, part =>
            {
                for (var p = part * Part; p < Math.Min(size, (part + 1) * Part); p++)
                {
                    var posterior = _posteriors.AsSpan(p * _grid.Stride, _grid.Stride);
                    var places = _places.AsSpan((start + p) * _items, _items);
                    _grid.LogWeights.CopyTo(posterior);
                    for (var item = 0; item < places.Length; item++)
                    {
                        if (places[item] != IrtItem.Missing)
                        {
                            IrtGrid.Add(posterior, rows[item].AsSpan(places[item] * _grid.Stride, _grid.Stride));
                        }
                    }

                    logs[p] = IrtGrid.Normalize(posterior, _patternWeights[start + p]);
                }
            });
            for (var p = 0; p < size; p++)
            {
                total += _patternWeights[start + p] * logs[p];
            }

            use(start, size);
        }

        return total;
    }

    private void AddCounts(int item, int start, int size, double[] counts)
    {
        for (var p = 0; p < size; p++)
        {
            if (_places[((start + p) * _items) + item] is var place && place != IrtItem.Missing)
            {
                IrtGrid.Add(counts.AsSpan(place * _grid.Stride, _grid.Stride), _posteriors.AsSpan(p * _grid.Stride, _grid.Stride));
            }
        }
    }

    /// <summary>The parameters that make the expected counts most likely, item by item; with a common slope all together.</summary>
    private double[] Maximize(double[] parameters, double[][] counts)
    {
        var next = (double[])parameters.Clone();
        if (_isRasch)
        {
            var (gradient, information) = Complete(next, counts);
            Move(gradient, information, Enumerable.Range(0, next.Length).ToArray());
            return next;
        }

        Parallel.For(0, _items, _parallel, item =>
        {
            var size = _steps[item] + 1;
            int[] own = [.. Enumerable.Range(IndexOf(item, 0), size)];
            for (var step = 0; step < 3; step++)
            {
                var (gradient, information) = (new double[size], new double[size, size]);
                AddComplete(Curve(next, item), counts[item], gradient, information);
                Move(gradient, information, own);
            }
        });
        return next;

        void Move(double[] gradient, double[,] information, int[] own)
        {
            if (Cholesky.Of(information) is not { } factor)
            {
                return;
            }

            var step = factor.Solve(gradient);
            double[] before = [.. own.Select(i => next[i])];
            for (var length = 1.0; length > 1e-3; length /= 2)
            {
                for (var i = 0; i < own.Length; i++)
                {
                    next[own[i]] = before[i] + (length * Math.Clamp(step[i], -2, 2));
                }

                if (_isRasch ? IsProper(next) : Curve(next, ItemOf(own[0])).IsProper())
                {
                    return;
                }
            }

            for (var i = 0; i < own.Length; i++)
            {
                next[own[i]] = before[i];
            }
        }
    }

    private int ItemOf(int slope) => Array.BinarySearch(_first, 0, _items, slope);

    /// <summary>Gradient and information of the complete data, all items.</summary>
    private (double[] Gradient, double[,] Information) Complete(double[] parameters, double[][] counts)
    {
        var (gradient, information) = (new double[parameters.Length], new double[parameters.Length, parameters.Length]);
        for (var item = 0; item < _items; item++)
        {
            var size = _steps[item] + 1;
            var (own, part) = (new double[size], new double[size, size]);
            AddComplete(Curve(parameters, item), counts[item], own, part);
            for (var i = 0; i < size; i++)
            {
                gradient[IndexOf(item, i)] += own[i];
                for (var j = 0; j < size; j++)
                {
                    information[IndexOf(item, i), IndexOf(item, j)] += part[i, j];
                }
            }
        }

        return (gradient, information);
    }

    private void AddComplete(ItemCurve curve, double[] counts, double[] gradient, double[,] information)
    {
        var size = gradient.Length;
        Span<double> probabilities = stackalloc double[size], scores = stackalloc double[size], here = stackalloc double[size];
        for (var q = 0; q < _grid.Count; q++)
        {
            var theta = _grid.Points[q];
            Probabilities(curve, theta, probabilities);
            for (var c = 0; c < size; c++)
            {
                here[c] = counts[(c * _grid.Stride) + q];
                if (here[c] != 0)
                {
                    curve.ByParameters(theta, c, probabilities, scores);
                    for (var i = 0; i < size; i++)
                    {
                        gradient[i] += here[c] * scores[i];
                    }
                }
            }

            curve.AddInformation(theta, here, probabilities, scores, information);
        }

        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < i; j++)
            {
                information[j, i] = information[i, j];
            }
        }
    }

    private static void Probabilities(ItemCurve curve, double theta, Span<double> result)
    {
        curve.LogProbabilities(theta, result);
        for (var c = 0; c < result.Length; c++)
        {
            result[c] = Math.Exp(result[c]);
        }
    }

    /// <summary>Moves by a step, or by a part of it, that raises the likelihood.</summary>
    private bool TryStep(double[] step, double[][] counts)
    {
        for (var length = 1.0; length > 0.02; length /= 2)
        {
            var next = new double[step.Length];
            for (var i = 0; i < next.Length; i++)
            {
                next[i] = Parameters[i] + (length * step[i]);
            }

            if (IsProper(next) && Expect(next, counts) is var value && value >= LogLikelihood - (1e-13 * Math.Abs(LogLikelihood)))
            {
                (Parameters, LogLikelihood) = (next, value);
                return true;
            }
        }

        Expect(Parameters, counts);
        return false;
    }

    /// <summary>Gradient and observed information of the marginal likelihood.</summary>
    private (double[] Gradient, double[,] Information) Louis(double[] parameters, double[][] counts)
    {
        var (gradient, information) = Complete(parameters, counts);
        var tables = new double[_items][];
        for (var item = 0; item < _items; item++)
        {
            tables[item] = ScoreTable(Curve(parameters, item));
        }

        var pairs = new (int First, int Second)[_items * (_items + 1) / 2];
        for (var (a, n) = (0, 0); a < _items; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                pairs[n++] = (a, b);
            }
        }

        var blocks = pairs.Select(p => new double[(_steps[p.First] + 1) * (_steps[p.Second] + 1)]).ToArray();
        var scores = new double[_items][];
        ForBlocks(parameters, (start, size) =>
        {
            Parallel.For(0, _items, _parallel, item => scores[item] = MeanScores(item, start, size, tables[item]));
            Parallel.For(0, pairs.Length, _parallel, n => AddSpread(pairs[n].First, pairs[n].Second, start, size, tables, scores, blocks[n]));
        });
        for (var n = 0; n < pairs.Length; n++)
        {
            var (a, b) = pairs[n];
            for (var i = 0; i <= _steps[a]; i++)
            {
                for (var j = 0; j <= _steps[b]; j++)
                {
                    var spread = blocks[n][(i * (_steps[b] + 1)) + j];
                    information[IndexOf(a, i), IndexOf(b, j)] -= spread;
                    if (a != b)
                    {
                        information[IndexOf(b, j), IndexOf(a, i)] -= spread;
                    }
                }
            }
        }

        return (gradient, information);
    }

    /// <summary>Derivatives of ln P by the parameters: category, parameter, point.</summary>
    private double[] ScoreTable(ItemCurve curve)
    {
        var size = curve.ParameterCount;
        var table = new double[size * size * _grid.Stride];
        Span<double> probabilities = stackalloc double[size], scores = stackalloc double[size];
        for (var q = 0; q < _grid.Count; q++)
        {
            Probabilities(curve, _grid.Points[q], probabilities);
            for (var c = 0; c < size; c++)
            {
                curve.ByParameters(_grid.Points[q], c, probabilities, scores);
                for (var i = 0; i < size; i++)
                {
                    table[(((c * size) + i) * _grid.Stride) + q] = scores[i];
                }
            }
        }

        return table;
    }

    /// <summary>Weight times posterior mean of the scores of an item, pattern by pattern.</summary>
    private double[] MeanScores(int item, int start, int size, double[] table)
    {
        var own = _steps[item] + 1;
        var means = new double[size * own];
        for (var p = 0; p < size; p++)
        {
            if (_places[((start + p) * _items) + item] is var place && place != IrtItem.Missing)
            {
                for (var i = 0; i < own; i++)
                {
                    means[(p * own) + i] = IrtGrid.Dot(_posteriors.AsSpan(p * _grid.Stride, _grid.Stride), table.AsSpan(((place * own) + i) * _grid.Stride, _grid.Stride));
                }
            }
        }

        return means;
    }

    /// <summary>Adds Σ over patterns of the posterior covariance of the scores of two items.</summary>
    private void AddSpread(int a, int b, int start, int size, double[][] tables, double[][] scores, double[] block)
    {
        var (rows, columns, stride) = (_steps[a] + 1, _steps[b] + 1, _grid.Stride);
        var together = new double[rows * columns * stride];
        for (var p = 0; p < size; p++)
        {
            var (x, y) = (_places[((start + p) * _items) + a], _places[((start + p) * _items) + b]);
            if (x == IrtItem.Missing || y == IrtItem.Missing)
            {
                continue;
            }

            IrtGrid.Add(together.AsSpan(((x * columns) + y) * stride, stride), _posteriors.AsSpan(p * stride, stride));
            var first = scores[a].AsSpan(p * rows, rows);
            var second = scores[b].AsSpan(p * columns, columns);
            var share = 1 / _patternWeights[start + p];
            for (var i = 0; i < rows; i++)
            {
                var left = first[i] * share;
                for (var j = 0; j < columns; j++)
                {
                    block[(i * columns) + j] -= left * second[j];
                }
            }
        }

        var product = new double[stride];
        for (var x = 0; x < rows; x++)
        {
            for (var y = 0; y < columns; y++)
            {
                var joint = together.AsSpan(((x * columns) + y) * stride, stride);
                for (var i = 0; i < rows; i++)
                {
                    IrtGrid.Multiply(joint, tables[a].AsSpan(((x * rows) + i) * stride, stride), product);
                    for (var j = 0; j < columns; j++)
                    {
                        block[(i * columns) + j] += IrtGrid.Dot(product, tables[b].AsSpan(((y * columns) + j) * stride, stride));
                    }
                }
            }
        }
    }
}
