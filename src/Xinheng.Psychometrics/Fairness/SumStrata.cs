using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Xinheng.Psychometrics;

/// <summary>Answers to one item by group and matching sum, and the statistics that go through the sums one by one.</summary>
internal sealed class SumStrata
{
    private readonly double[] _values;
    private readonly List<(double[] Reference, double[] Focal)> _strata = [];
    private readonly double _deviation;

    /// <param name="answers">Answer of each person.</param>
    /// <param name="sums">Matching sum of each person.</param>
    /// <param name="focal">Whether each person is in the focal group.</param>
    public SumStrata(double[] answers, double[] sums, bool[] focal)
    {
        _values = [.. answers.Distinct().Order()];
        var places = _values.Select((v, i) => (v, i)).ToDictionary(x => x.v, x => x.i);
        var strata = new SortedDictionary<double, (double[] Reference, double[] Focal)>();
        for (var person = 0; person < answers.Length; person++)
        {
            if (!strata.TryGetValue(sums[person], out var cells))
            {
                strata[sums[person]] = cells = (new double[_values.Length], new double[_values.Length]);
            }

            (focal[person] ? cells.Focal : cells.Reference)[places[answers[person]]]++;
        }

        // A sum that only one group has says nothing of a difference.
        _strata.AddRange(strata.Values.Where(s => s.Reference.Sum() > 0 && s.Focal.Sum() > 0));
        var mean = answers.Length == 0 ? double.NaN : answers.Average();
        _deviation = answers.Length < 2 ? double.NaN : Math.Sqrt(answers.Sum(a => (a - mean) * (a - mean)) / (answers.Length - 1));
    }

    public int Categories => _values.Length;

    public (Estimate OddsRatio, Estimate Delta, Estimate Error, Estimate Square) MantelHaenszel()
    {
        if (_values.Length != 2)
        {
            var none = Estimate.None(_values.Length < 2 ? EstimateStatus.NoVariance : EstimateStatus.NotEstimated);
            return (none, none, none, none);
        }

        var (above, below, excess, variance) = (0.0, 0.0, 0.0, 0.0);
        foreach (var (reference, focal) in _strata)
        {
            // A, B: reference with the higher and the lower answer; C, D: focal.
            var (a, b, c, d) = (reference[1], reference[0], focal[1], focal[0]);
            var n = a + b + c + d;
            above += a * d / n;
            below += b * c / n;
            excess += a - ((a + b) * (a + c) / n);
            variance += (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1));
        }

        var alpha = above / below;
        var spread = 0.0;
        foreach (var (reference, focal) in _strata)
        {
            var (a, b, c, d) = (reference[1], reference[0], focal[1], focal[0]);
            var n = a + b + c + d;
            spread += ((a * d) + (alpha * b * c)) * (a + d + (alpha * (b + c))) / (n * n);
        }

        // Where one side is empty there is no finite ratio.
        var finite = above > 0 && below > 0;
        return (
            finite ? Estimate.Of(alpha) : Estimate.None(EstimateStatus.NoVariance),
            finite ? Estimate.Of(-2.35 * Math.Log(alpha)) : Estimate.None(EstimateStatus.NoVariance),
            finite ? Estimate.Of(2.35 * Math.Sqrt(spread / (2 * above * above))) : Estimate.None(EstimateStatus.NoVariance),
            Estimate.Of(Math.Pow(Math.Max(0, Math.Abs(excess) - 0.5), 2) / variance, EstimateStatus.NoVariance));
    }

    public Estimate Mantel()
    {
        var (excess, variance) = (0.0, 0.0);
        foreach (var (reference, focal) in _strata)
        {
            var (nr, nf, sum, square, own) = (reference.Sum(), focal.Sum(), 0.0, 0.0, 0.0);
            for (var k = 0; k < _values.Length; k++)
            {
                var m = reference[k] + focal[k];
                (sum, square, own) = (sum + (m * _values[k]), square + (m * _values[k] * _values[k]), own + (focal[k] * _values[k]));
            }

            var n = nr + nf;
            excess += own - (nf * sum / n);
            variance += nr * nf * ((n * square) - (sum * sum)) / (n * n * (n - 1));
        }

        return Estimate.Of(excess * excess / variance, EstimateStatus.NoVariance);
    }

    public Estimate Generalized()
    {
        var size = _values.Length - 1;
        if (size < 1)
        {
            return Estimate.None(EstimateStatus.NoVariance);
        }

        var (excess, covariance) = (new double[size], new double[size, size]);
        foreach (var (reference, focal) in _strata)
        {
            var (nr, nf) = (reference.Sum(), focal.Sum());
            var n = nr + nf;
            for (var i = 0; i < size; i++)
            {
                var mi = reference[i] + focal[i];
                excess[i] += focal[i] - (nf * mi / n);
                for (var j = 0; j < size; j++)
                {
                    covariance[i, j] += nr * nf * mi * ((i == j ? n : 0) - (reference[j] + focal[j])) / (n * n * (n - 1));
                }
            }
        }

        return Symmetric.Solve(covariance, excess) is { } solved ? Estimate.Of(excess.Zip(solved, (e, s) => e * s).Sum()) : Estimate.None(EstimateStatus.NotPositiveDefinite);
    }

    public (Estimate Points, Estimate Deviations) MeanDifference()
    {
        var (sum, weights) = (0.0, 0.0);
        foreach (var (reference, focal) in _strata)
        {
            var weight = focal.Sum();
            sum += weight * (Mean(focal) - Mean(reference));
            weights += weight;
        }

        return (Estimate.Of(sum / weights, EstimateStatus.TooFewPeople), _deviation > 0 ? Estimate.Of(sum / weights / _deviation, EstimateStatus.TooFewPeople) : Estimate.None(EstimateStatus.NoVariance));

        double Mean(double[] counts) => counts.Zip(_values, (c, v) => c * v).Sum() / counts.Sum();
    }

    public static Estimate P(Estimate square) => square.HasValue ? Estimate.Of(SpecialFunctions.GammaUpperRegularized(0.5, square.Value / 2)) : square;

    /// <summary>Class of an item; the level is that of both tests.</summary>
    public static DifClass ClassOf(Estimate delta, Estimate error, Estimate inDeviations, Estimate p, double level)
    {
        if (!p.HasValue)
        {
            return DifClass.None;
        }

        if (delta.HasValue)
        {
            var size = Math.Abs(delta.Value);
            return p.Value >= level || size < 1 ? DifClass.A
                : size >= 1.5 && (size - 1) / error.Value > Normal.InvCDF(0, 1, 1 - level) ? DifClass.C
                : DifClass.B;
        }

        return !inDeviations.HasValue ? DifClass.None
            : p.Value >= level || Math.Abs(inDeviations.Value) <= 0.17 ? DifClass.A
            : Math.Abs(inDeviations.Value) <= 0.25 ? DifClass.B : DifClass.C;
    }
}
