using System.Numerics;
using System.Runtime.InteropServices;

namespace Xinheng.Benchmarks.Recovery;

/// <summary>Correlation of two latent variables, by maximum likelihood in both dimensions with the items held.</summary>
/// <remarks>
/// No score comes between: persons' likelihoods over a grid of both variables are weighted with the bivariate standard
/// normal density, and the correlation with the highest likelihood is taken. Correlating sums or EAP scores would have to be
/// corrected for attenuation; this need not. The standard error is that of the curvature at the maximum.
/// </remarks>
internal static class LatentCorrelation
{
    private const int Points = Quadrature.Count;
    private const double Limit = 0.98;

    public static (double Value, double StandardError) Estimate(GradedFit left, GradedFit right, int people)
    {
        var (a, b) = (Likelihoods(left, people), Likelihoods(right, people));
        var (low, high) = (-Limit, Limit);
        var golden = (Math.Sqrt(5) - 1) / 2;
        var (x, y) = (high - (golden * (high - low)), low + (golden * (high - low)));
        var (fx, fy) = (LogLikelihood(a, b, people, x), LogLikelihood(a, b, people, y));
        while (high - low > 1e-4)
        {
            if (fx > fy)
            {
                (high, y, fy) = (y, x, fx);
                x = high - (golden * (high - low));
                fx = LogLikelihood(a, b, people, x);
            }
            else
            {
                (low, x, fx) = (x, y, fy);
                y = low + (golden * (high - low));
                fy = LogLikelihood(a, b, people, y);
            }
        }

        var best = (low + high) / 2;
        const double Step = 0.01;
        var curvature = (LogLikelihood(a, b, people, best + Step) - (2 * LogLikelihood(a, b, people, best)) + LogLikelihood(a, b, people, best - Step))
            / (Step * Step);
        return (best, 1 / Math.Sqrt(-curvature));
    }

    private static double[] Likelihoods(GradedFit fit, int people)
    {
        var result = new double[people * Points];
        Parallel.For(0, people, person => fit.Likelihood(person, result.AsSpan(person * Points, Points)));
        return result;
    }

    private static double LogLikelihood(double[] left, double[] right, int people, double correlation)
    {
        var weights = Weights(correlation);
        var logs = new double[people];
        Parallel.For(0, people, person =>
        {
            var inner = MemoryMarshal.Cast<double, Vector<double>>(right.AsSpan(person * Points, Points));
            var sum = 0.0;
            for (var q = 0; q < Points; q++)
            {
                var outer = left[(person * Points) + q];
                if (outer < 1e-12)
                {
                    continue;
                }

                var row = MemoryMarshal.Cast<double, Vector<double>>(weights.AsSpan(q * Points, Points));
                var part = Vector<double>.Zero;
                for (var v = 0; v < row.Length; v++)
                {
                    part += row[v] * inner[v];
                }

                sum += outer * Vector.Sum(part);
            }

            logs[person] = Math.Log(sum);
        });
        return logs.Sum();
    }

    private static double[] Weights(double correlation)
    {
        var weights = new double[Points * Points];
        for (var i = 0; i < Points; i++)
        {
            for (var j = 0; j < Points; j++)
            {
                var (x, y) = (Quadrature.Points[i], Quadrature.Points[j]);
                weights[(i * Points) + j] =
                    Math.Exp(-((x * x) - (2 * correlation * x * y) + (y * y)) / (2 * (1 - (correlation * correlation))));
            }
        }

        var sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }
}
