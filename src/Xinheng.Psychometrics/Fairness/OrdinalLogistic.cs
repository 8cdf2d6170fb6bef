namespace Xinheng.Psychometrics;

/// <summary>Proportional-odds regression, logit P(answer ≥ k) = τ_k + xᵀβ, of answers counted by what the people share.</summary>
internal static class OrdinalLogistic
{
    private const int MostSteps = 60;

    /// <summary>Fits by Newton's method; the log likelihood has one maximum (Pratt 1981, J. Am. Stat. Assoc. 76, 103-106).</summary>
    /// <param name="rows">Values of the predictors and number of people by answer, of each kind of people.</param>
    /// <param name="predictors">Number of predictors taken from the front of the values.</param>
    /// <returns>Deviance, τ then β; <see langword="null"/> where it does not end, as when a predictor tells the answers apart without error.</returns>
    public static (double Deviance, double[] Parameters)? Fit(IReadOnlyList<(double[] X, double[] Counts)> rows, int predictors)
    {
        var cuts = rows[0].Counts.Length - 1;
        var totals = new double[cuts + 1];
        foreach (var (_, counts) in rows)
        {
            for (var k = 0; k <= cuts; k++)
            {
                totals[k] += counts[k];
            }
        }

        var all = totals.Sum();
        var size = cuts + predictors;
        var parameters = new double[size];
        for (var (k, above) = (0, all); k < cuts; k++)
        {
            above -= totals[k];
            parameters[k] = Math.Log(above / (all - above));
        }

        var (deviance, gradient, hessian) = Evaluate(rows, parameters, cuts, predictors);
        for (var step = 0; predictors > 0 && step < MostSteps; step++)
        {
            if (Symmetric.Solve(hessian, gradient) is not { } direction)
            {
                return null;
            }

            var next = (Deviance: double.PositiveInfinity, Gradient: gradient, Hessian: hessian);
            double[] tried = parameters;
            for (var length = 1.0; length > 1e-6 && !(next.Deviance <= deviance); length /= 2)
            {
                tried = [.. parameters.Zip(direction, (p, d) => p + (length * d))];
                next = Evaluate(rows, tried, cuts, predictors);
            }

            var gain = deviance - next.Deviance;
            if (!(gain >= 0))
            {
                // No step leads on: at the maximum as far as doubles can tell, if the slope is flat.
                return gradient.Zip(direction, (g, d) => g * d).Sum() < 1e-8 ? (deviance, parameters) : null;
            }

            (parameters, deviance, gradient, hessian) = (tried, next.Deviance, next.Gradient, next.Hessian);
            if (gain < 1e-10 * (1 + Math.Abs(deviance)) && gradient.Zip(direction, (g, d) => Math.Abs(g * d)).Max() < 1e-8)
            {
                return (deviance, parameters);
            }
        }

        return predictors == 0 ? (deviance, parameters) : null;
    }

    /// <summary>Deviance, slope of the log likelihood, and its bend with the sign turned; an impossible order of thresholds has an infinite deviance.</summary>
    private static (double Deviance, double[] Gradient, double[,] Hessian) Evaluate(IReadOnlyList<(double[] X, double[] Counts)> rows, double[] parameters, int cuts, int predictors)
    {
        var size = parameters.Length;
        var (gradient, hessian) = (new double[size], new double[size, size]);
        var log = 0.0;
        var (upper, lower) = (new double[cuts + 2], new double[cuts + 2]);
        foreach (var (x, counts) in rows)
        {
            var linear = 0.0;
            for (var i = 0; i < predictors; i++)
            {
                linear += parameters[cuts + i] * x[i];
            }

            (upper[0], lower[0], upper[cuts + 1], lower[cuts + 1]) = (1, 0, 0, 1);
            for (var k = 0; k < cuts; k++)
            {
                var eta = parameters[k] + linear;
                (upper[k + 1], lower[k + 1]) = (1 / (1 + Math.Exp(-eta)), 1 / (1 + Math.Exp(eta)));
            }

            for (var k = 0; k <= cuts; k++)
            {
                if (counts[k] == 0)
                {
                    continue;
                }

                // The smaller tails, so that no digits cancel.
                var p = upper[k] <= 0.5 ? upper[k] - upper[k + 1] : lower[k + 1] - lower[k];
                if (!(p > 0))
                {
                    return (double.PositiveInfinity, gradient, hessian);
                }

                log += counts[k] * Math.Log(p);
                var (f0, f1) = (upper[k] * lower[k], upper[k + 1] * lower[k + 1]);
                var (g0, g1) = (f0 * (lower[k] - upper[k]), f1 * (lower[k + 1] - upper[k + 1]));
                var (a0, a1) = (f0 / p, -f1 / p);
                var (b00, b11, b01) = ((a0 * a0) - (g0 / p), (a1 * a1) + (g1 / p), a0 * a1);
                var weight = counts[k];
                Add(k - 1, a0 * weight);
                Add(k < cuts ? k : -1, a1 * weight);
                Bend(k - 1, k - 1, b00 * weight);
                Bend(k < cuts ? k : -1, k < cuts ? k : -1, b11 * weight);
                if (k >= 1 && k < cuts)
                {
                    hessian[k - 1, k] += b01 * weight;
                    hessian[k, k - 1] += b01 * weight;
                }

                for (var i = 0; i < predictors; i++)
                {
                    gradient[cuts + i] += (a0 + a1) * x[i] * weight;
                    Cross(k - 1, cuts + i, (b00 + b01) * x[i] * weight);
                    Cross(k < cuts ? k : -1, cuts + i, (b11 + b01) * x[i] * weight);
                    for (var j = 0; j < predictors; j++)
                    {
                        hessian[cuts + i, cuts + j] += (b00 + b11 + (2 * b01)) * x[i] * x[j] * weight;
                    }
                }
            }
        }

        return (-2 * log, gradient, hessian);

        void Add(int place, double value)
        {
            if (place >= 0)
            {
                gradient[place] += value;
            }
        }

        void Bend(int first, int second, double value)
        {
            if (first >= 0 && second >= 0)
            {
                hessian[first, second] += value;
            }
        }

        void Cross(int first, int second, double value)
        {
            if (first >= 0)
            {
                hessian[first, second] += value;
                hessian[second, first] += value;
            }
        }
    }
}
