namespace Xinheng.Psychometrics;

/// <summary>
/// Logarithms of the category probabilities of one item and their derivatives. Parameters are the slope a and intercepts d_k, with
/// z_k = aθ + d_k.
/// </summary>
/// <remarks>
/// Graded: ln P_c = −s(−u) + ln(1 − e^(v − u)) − s(v), with u = z_c, v = z_(c+1), s(x) = ln(1 + e^x): no difference of two probabilities is
/// taken. Partial credit: P_c ∝ exp(Σ z_k over k ≤ c).
/// </remarks>
internal readonly ref struct ItemCurve(bool isGraded, double slope, ReadOnlySpan<double> intercepts)
{
    private readonly ReadOnlySpan<double> _intercepts = intercepts;

    public int Categories => _intercepts.Length + 1;

    /// <summary>Number of parameters: the slope, then one intercept per step.</summary>
    public int ParameterCount => _intercepts.Length + 1;

    /// <summary>Logarithms of the probabilities of all categories.</summary>
    public void LogProbabilities(double theta, Span<double> result)
    {
        var steps = _intercepts.Length;
        if (isGraded)
        {
            for (var c = 0; c <= steps; c++)
            {
                var log = c == 0 ? 0 : -SoftPlus(-Z(theta, c));
                log -= c == steps ? 0 : SoftPlus(Z(theta, c + 1));
                result[c] = c == 0 || c == steps ? log : log + Math.Log(-ExpM1(_intercepts[c] - _intercepts[c - 1]));
            }

            return;
        }

        var (sum, highest) = (0.0, 0.0);
        result[0] = 0;
        for (var c = 1; c <= steps; c++)
        {
            result[c] = sum += Z(theta, c);
            highest = Math.Max(highest, sum);
        }

        var total = 0.0;
        for (var c = 0; c <= steps; c++)
        {
            total += Math.Exp(result[c] - highest);
        }

        var log1 = highest + Math.Log(total);
        for (var c = 0; c <= steps; c++)
        {
            result[c] -= log1;
        }
    }

    /// <summary>First and second derivative by θ of the logarithm of every category's probability; the second is never positive.</summary>
    /// <param name="theta">Place on the latent trait.</param>
    /// <param name="probabilities">Probabilities of all categories.</param>
    /// <param name="first">Receives the first derivatives.</param>
    /// <param name="second">Receives the second derivatives.</param>
    public void ByTheta(double theta, ReadOnlySpan<double> probabilities, Span<double> first, Span<double> second)
    {
        var steps = _intercepts.Length;
        var (mean, variance) = isGraded ? (0, 0) : Moments(probabilities);
        for (var c = 0; c <= steps; c++)
        {
            if (isGraded)
            {
                var (above, below) = (c == 0 ? 0 : Logistic(-Z(theta, c)), c == steps ? 0 : Logistic(Z(theta, c + 1)));
                first[c] = slope * (above - below);
                second[c] = -slope * slope * ((above * (1 - above)) + (below * (1 - below)));
            }
            else
            {
                first[c] = slope * (c - mean);
                second[c] = -slope * slope * variance;
            }
        }
    }

    /// <summary>Derivatives of the logarithm of one category's probability by the parameters.</summary>
    public void ByParameters(double theta, int category, ReadOnlySpan<double> probabilities, Span<double> result)
    {
        var steps = _intercepts.Length;
        if (isGraded)
        {
            result[..(steps + 1)].Clear();
            var (above, below) = (category == 0 ? 0 : Logistic(-Z(theta, category)), category == steps ? 0 : Logistic(Z(theta, category + 1)));
            result[0] = theta * (above - below);
            var near = category == 0 || category == steps ? 0 : 1 / ExpM1(_intercepts[category - 1] - _intercepts[category]);
            if (category > 0)
            {
                result[category] = above + near;
            }

            if (category < steps)
            {
                result[category + 1] = -below - near;
            }

            return;
        }

        result[0] = theta * (category - Moments(probabilities).Mean);
        var tail = 0.0;
        for (var k = steps; k >= 1; k--)
        {
            tail += probabilities[k];
            result[k] = (category >= k ? 1 : 0) - tail;
        }
    }

    /// <summary>Adds the negative second derivatives of Σ counts_c ln P_c by the parameters.</summary>
    public void AddInformation(double theta, ReadOnlySpan<double> counts, ReadOnlySpan<double> probabilities, Span<double> scores, double[,] result)
    {
        var steps = _intercepts.Length;
        if (isGraded)
        {
            for (var c = 0; c <= steps; c++)
            {
                var (u, v) = (c == 0 ? 0 : Logistic(-Z(theta, c)), c == steps ? 0 : Logistic(Z(theta, c + 1)));
                var (du, dv) = (counts[c] * u * (1 - u), counts[c] * v * (1 - v));
                var gap = c == 0 || c == steps ? 0 : _intercepts[c - 1] - _intercepts[c];
                var near = gap == 0 ? 0 : counts[c] / (ExpM1(gap) * -ExpM1(-gap));
                result[0, 0] += theta * theta * (du + dv);
                if (c > 0)
                {
                    result[c, 0] += theta * du;
                    result[c, c] += du + near;
                }

                if (c < steps)
                {
                    result[c + 1, 0] += theta * dv;
                    result[c + 1, c + 1] += dv + near;
                }

                if (near != 0)
                {
                    result[c + 1, c] -= near;
                }
            }
        }
        else
        {
            // The same for every category: people times the covariance of what the parameters multiply.
            var people = 0.0;
            foreach (var count in counts)
            {
                people += count;
            }

            for (var c = 0; c <= steps; c++)
            {
                ByParameters(theta, c, probabilities, scores);
                for (var i = 0; i <= steps; i++)
                {
                    for (var j = 0; j <= i; j++)
                    {
                        result[i, j] += people * probabilities[c] * scores[i] * scores[j];
                    }
                }
            }
        }
    }

    /// <summary>Whether every category has a probability above 0 everywhere.</summary>
    public bool IsProper()
    {
        for (var k = 0; k < _intercepts.Length; k++)
        {
            if (!double.IsFinite(_intercepts[k]) || (isGraded && k > 0 && !(_intercepts[k] < _intercepts[k - 1])))
            {
                return false;
            }
        }

        return double.IsFinite(slope);
    }

    private static (double Mean, double Variance) Moments(ReadOnlySpan<double> probabilities)
    {
        var (mean, square) = (0.0, 0.0);
        for (var c = 1; c < probabilities.Length; c++)
        {
            mean += c * probabilities[c];
        }

        for (var c = 0; c < probabilities.Length; c++)
        {
            square += probabilities[c] * (c - mean) * (c - mean);
        }

        return (mean, square);
    }

    private static double Logistic(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    private static double SoftPlus(double x) => x > 0 ? x + Math.Log(1 + Math.Exp(-x)) : Log1P(Math.Exp(x));

    /// <summary>ln(1 + x) without loss for a small x (Kahan).</summary>
    private static double Log1P(double x) => 1 + x is var y && y == 1 ? x : Math.Log(y) * x / (y - 1);

    /// <summary>e^x − 1 without loss for a small x (Kahan).</summary>
    private static double ExpM1(double x)
    {
        var y = Math.Exp(x);
        return y == 1 ? x : y - 1 == -1 || double.IsInfinity(y) || Math.Abs(x) > 1 ? y - 1 : (y - 1) * x / Math.Log(y);
    }

    private double Z(double theta, int k) => (slope * theta) + _intercepts[k - 1];
}
