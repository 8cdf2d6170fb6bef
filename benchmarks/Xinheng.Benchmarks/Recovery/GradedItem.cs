namespace Xinheng.Benchmarks.Recovery;

/// <summary>Samejima's graded-response item in slope-intercept form: P(X >= k) = 1 / (1 + exp(-(a theta + d_k))).</summary>
/// <remarks>Samejima 1969, Psychometrika Monograph 17. With one intercept it is the two-parameter logistic model. Immutable.</remarks>
internal sealed class GradedItem
{
    private readonly double[] _parameters;

    public GradedItem(double slope, params ReadOnlySpan<double> intercepts) => _parameters = [slope, .. intercepts];

    private GradedItem(double[] parameters) => _parameters = parameters;

    public double Slope => _parameters[0];

    /// <summary>Slope and intercepts.</summary>
    public int ParameterCount => _parameters.Length;

    public int Categories => _parameters.Length;

    public double Parameter(int index) => _parameters[index];

    /// <summary>Threshold b_k = -d_k / a, from 1.</summary>
    public double Threshold(int k) => -_parameters[k] / Slope;

    /// <summary>The item moved by a step in its parameters; <see langword="null"/> when that is no item.</summary>
    public GradedItem? Moved(ReadOnlySpan<double> step)
    {
        var moved = new double[_parameters.Length];
        for (var i = 0; i < moved.Length; i++)
        {
            moved[i] = _parameters[i] + step[i];
            if (i > 1 && moved[i] >= moved[i - 1])
            {
                return null;
            }
        }

        return moved[0] > 0 ? new GradedItem(moved) : null;
    }

    /// <summary>Probability of each category.</summary>
    public void Probabilities(double theta, Span<double> result)
    {
        var above = 1.0;
        for (var c = 0; c < Categories; c++)
        {
            var next = c + 1 < Categories ? Logistic(theta, c + 1) : 0;
            result[c] = Math.Max(above - next, 1e-300);
            above = next;
        }
    }

    /// <summary>Derivatives of the probability of category c by the slope and the intercepts.</summary>
    public void Derivatives(double theta, int category, Span<double> result)
    {
        result.Clear();
        if (category > 0)
        {
            var p = Logistic(theta, category);
            result[0] += theta * p * (1 - p);
            result[category] += p * (1 - p);
        }

        if (category + 1 < Categories)
        {
            var p = Logistic(theta, category + 1);
            result[0] -= theta * p * (1 - p);
            result[category + 1] -= p * (1 - p);
        }
    }

    private double Logistic(double theta, int k) => 1 / (1 + Math.Exp(-((Slope * theta) + _parameters[k])));
}
