namespace Xinheng.Network;

/// <summary>How many of so many people will be of a kind, when the chance itself is known only by a beta distribution.</summary>
/// <remarks>
/// P(Y = y) = C(m, y) B(y + a, m - y + b) / B(a, b) (Skellam 1948, J. R. Stat. Soc. B 10(2), 257-261). Neighbours stand in the
/// ratio P(y + 1) / P(y) = (m - y)(y + a) / ((y + 1)(m - y - 1 + b)), so that no gamma function is needed, and no result
/// depends on how a machine computes one.
/// </remarks>
internal static class BetaBinomial
{
    /// <summary>What may be left out of the sum, as a share of it: less than a double can tell.</summary>
    private const double Negligible = 1e-18;

    /// <summary>The smallest numbers that the distribution does not exceed with probability <paramref name="tail"/> and 1 - <paramref name="tail"/>: between them, both included, lies at least 1 - 2 <paramref name="tail"/>.</summary>
    /// <param name="people">Number of people m, from 0 on.</param>
    /// <param name="a">First parameter, above 0.</param>
    /// <param name="b">Second parameter, above 0; at least one of the two is 1 or more, so that the distribution has one mode.</param>
    /// <param name="tail">Probability outside on either side, above 0 and below one half.</param>
    public static (int Low, int High) Interval(int people, double a, double b, double tail)
    {
        // From the mean outwards, in units of the probability there. Towards the mode weights are 1 and more; behind it they
        // fall, so that none of those left out is larger than the last one.
        var mean = (int)(people * (a / (a + b)));
        var (sum, weight, y) = (1.0, 1.0, mean);
        while (y < people && weight * (people - y) > Negligible * sum)
        {
            weight *= Up(y++);
            sum += weight;
        }

        (weight, y) = (1.0, mean);
        while (y > 0 && weight * y > Negligible * sum)
        {
            weight /= Up(--y);
            sum += weight;
        }

        var below = weight;
        var low = Reach(tail);
        return (low, Reach(1 - tail));

        int Reach(double probability)
        {
            while (below < probability * sum && y < people)
            {
                weight *= Up(y++);
                below += weight;
            }

            return y;
        }

        double Up(int from) => (double)(people - from) * (from + a) / ((from + 1.0) * (people - from - 1 + b));
    }
}
