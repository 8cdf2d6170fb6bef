using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Xinheng.Network.Tests;

/// <summary>The interval of a beta-binomial number against exact sums of whole numbers and against closed forms.</summary>
public sealed class BetaBinomialTests
{
    /// <summary>
    /// With halves as parameters, a = s/2 and b = t/2, the weight C(m, y) s(s+2)...(s+2y-2) t(t+2)...(t+2(m-y)-2) is a whole
    /// number, so that the sums are exact and nothing of the code under test is used.
    /// </summary>
    [Property(MaxTest = 500)]
    public Property Interval_is_that_of_exact_sums() => Prop.ForAll(
        (from people in Gen.Choose(0, 80)
         from s in Gen.Choose(1, 60)
         from t in Gen.Choose(2, 400)
         from tail in Gen.Elements((1, 20), (1, 40), (3, 10))
         select (people, s, t, tail)).ToArbitrary(),
        sample =>
        {
            var (m, s, t, (numerator, denominator)) = sample;
            BigInteger[] weights = [.. Enumerable.Range(0, m + 1).Select(y => Choose(m, y) * Rising(s, y) * Rising(t, m - y))];
            var sum = weights.Aggregate(BigInteger.Add);
            var expected = (Reach(numerator), Reach(denominator - numerator));
            Assert.Equal(expected, BetaBinomial.Interval(m, s / 2.0, t / 2.0, (double)numerator / denominator));

            int Reach(int share)
            {
                var below = BigInteger.Zero;
                return Enumerable.Range(0, m + 1).First(y => (below += weights[y]) * denominator >= sum * share);
            }
        });

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 1)]
    [InlineData(149, 7, 142)] // 150 numbers alike: the 7.5th and the 142.5th, rounded up, counted from 0.
    [InlineData(999_998, 49_999, 949_999)] // 999,999 alike: 49,999.95 and 949,999.05
    public void Interval_OfAChanceThatIsWhollyUnknown_IsThatOfEqualNumbers(int people, int low, int high) =>
        Assert.Equal((low, high), BetaBinomial.Interval(people, 1, 1, 0.05));

    /// <summary>Beta(1, b) has the quantiles 1 - (1 - p)^(1/b), and the number among very many people is that share of them.</summary>
    [Theory]
    [InlineData(9)]
    [InlineData(250.5)]
    public void Interval_AmongVeryManyPeople_IsThatOfTheShareItself(double b)
    {
        var (low, high) = BetaBinomial.Interval(5_000_000, 1, b, 0.05);
        Assert.InRange(low / 5_000_000.0 / (1 - Math.Pow(0.95, 1 / b)), 0.998, 1.002);
        Assert.InRange(high / 5_000_000.0 / (1 - Math.Pow(0.05, 1 / b)), 0.998, 1.002);
    }

    /// <summary>With very much known and very many to come it is normal: mean m p, variance m p q (1 + m / (a + b)) nearly.</summary>
    [Fact]
    public void Interval_WithVeryMuchKnown_IsNormal()
    {
        const int M = 2_000_000;
        var (a, b) = (60_000.5, 2_940_000.5);
        var p = a / (a + b);
        var deviation = Math.Sqrt(M * p * (1 - p) * (a + b + M) / (a + b + 1));
        var (low, high) = BetaBinomial.Interval(M, a, b, 0.05);
        Assert.InRange((low - (M * p)) / deviation, -1.655, -1.635);
        Assert.InRange((high - (M * p)) / deviation, 1.635, 1.655);
    }

    private static BigInteger Choose(int n, int k) => Enumerable.Range(1, k).Aggregate(BigInteger.One, (product, i) => product * (n - k + i) / i);

    private static BigInteger Rising(int twice, int factors) => Enumerable.Range(0, factors).Aggregate(BigInteger.One, (product, i) => product * (twice + (2 * i)));
}
