using Xinheng.Benchmarks.Recovery;
using Xinheng.Cli.Demo;

namespace Xinheng.Cli.Tests;

/// <summary>What the generator declares comes out of what it made, within the error that chance allows.</summary>
public class DemoRecoveryTests
{
    /// <summary>Four standard errors; of some 45 quantities the furthest lies beyond by chance in one province of 350.</summary>
    private const double Limit = 4;

    [Fact]
    public void ItemsCorrelationsAndSchools_ComeOutOfTheFiles()
    {
        using var demo = new DemoFolder().Make(8_000, seed: 11);
        var result = RecoveryRun.Estimate(demo.Path);
        Assert.Equal(9 * 4 + 3 + 2, result.Rows.Count);
        Assert.All(result.Rows, row => Assert.True(Math.Abs(row.Distance) <= Limit, $"{row}"));

        // A standard error can be too large as well: then everything would be within it.
        Assert.InRange(result.Rows.Take(36).Average(r => r.Distance * r.Distance), 0.3, 2.0);
        Assert.All(result.Rows.Take(36), row => Assert.InRange(row.StandardError, 0.005, 0.2));
    }

    /// <summary>The latent variables themselves, before any answer: 140 schools, so that the school part shows.</summary>
    [Fact]
    public void LatentVariables_HaveTheDeclaredMomentsAndUnits()
    {
        var moments = new Moments();
        List<(int School, double Value)> depression = [];
        foreach (var school in DemoProvince.Simulate(200_000, seed: 5))
        {
            for (var i = 0; i < school.Students.Count; i++)
            {
                moments.Add(school.LatentOf(i));
                depression.Add((school.Plan.Number, school.LatentOf(i)[0] / (double)Quantiles.One));
            }
        }

        // Means carry the error of 140 school effects: sqrt(0.06 / 140) = 0.021.
        for (var i = 0; i < ProvinceModel.Latents; i++)
        {
            Assert.InRange(moments.Mean(i), -4 * 0.023, 4 * 0.023);
            Assert.InRange(moments.Sd(i), 0.98, 1.02);
            for (var j = 0; j < i; j++)
            {
                Assert.InRange(moments.Correlation(i, j) - (double)ProvinceModel.Correlations[i][j], -0.02, 0.02);
            }
        }

        var (value, error) = Intraclass.Anova(depression);
        Assert.InRange((value - (double)ProvinceModel.SchoolShare) / error, -Limit, Limit);
        Assert.InRange(error, 0.004, 0.012);
    }

    [Fact]
    public void Quantiles_AreThoseOfTheirDistributions()
    {
        const int Step = 1 << 12;
        var (normal, logistic, count) = (0.0, 0.0, 0);
        for (long u = Step / 2; u <= uint.MaxValue; u += Step)
        {
            var (n, l) = (Quantiles.Normal((uint)u) / (double)Quantiles.One, Quantiles.Logistic((uint)u) / (double)Quantiles.One);
            Assert.Equal(Math.Log((u + 0.5) / (uint.MaxValue - u + 0.5)), l, u is > 1L << 20 and < uint.MaxValue - (1L << 20) ? 0.005 : 3);
            (normal, logistic, count) = (normal + (n * n), logistic + (l * l), count + 1);
        }

        Assert.Equal(1, normal / count, 0.001);
        Assert.Equal(Math.PI * Math.PI / 3, logistic / count, 0.003);
        Assert.Equal(1.959964, Quantiles.Normal((uint)(0.975 * uint.MaxValue)) / (double)Quantiles.One, 0.0001);
    }
}
