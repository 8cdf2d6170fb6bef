using FsCheck.Xunit;

namespace Xinheng.Psychometrics.Tests;

/// <summary>What reliability must not depend on.</summary>
public class ReliabilityLaws
{
    [Property(MaxTest = 15)]
    public void PermutingPeople_ChangesNoBit_AndPermutingItems_NoDigit(int seed)
    {
        var random = new Random(seed);
        var matrix = MomentLaws.AnyMatrix(random, 150, 7);
        var people = Enumerable.Range(0, 150).ToArray();
        random.Shuffle(people);
        var items = matrix.ItemIds.ToArray();
        random.Shuffle(items);
        foreach (var missing in Enum.GetValues<MissingTreatment>())
        {
            var result = Reliability.Of(matrix.Covariances(missing));
            Assert.Equal(result.ToString(), Reliability.Of(matrix.WithPersons(people).Covariances(missing)).ToString());
            Same(result, Reliability.Of(matrix.WithItems(items).Covariances(missing)), 1e-9);
        }
    }

    [Property(MaxTest = 15)]
    public void MergedParts_GiveTheBitsOfTheWhole(int seed)
    {
        var random = new Random(seed);
        var matrix = MomentLaws.AnyMatrix(random, 200, 5);
        var cut = random.Next(1, 199);
        var parts = new[] { matrix.WithPersons([.. Enumerable.Range(0, cut)]), matrix.WithPersons([.. Enumerable.Range(cut, 200 - cut)]) };
        foreach (var missing in Enum.GetValues<MissingTreatment>())
        {
            var whole = Reliability.Of(matrix.Covariances(missing));
            var merged = Reliability.Of(ItemMoments.Merge(parts.Select(p => p.ToMoments()).Reverse()).Covariances(missing));
            Assert.Equal(whole.ToString(), merged.ToString());
            Assert.Equal(whole.Alpha, merged.Alpha);
            Assert.Equal(whole.Omega.OneFactor, merged.Omega.OneFactor);
        }
    }

    [Property(MaxTest = 15)]
    public void ShiftingAndScaling_LeavesCoefficients_AndScalesTheError(int seed)
    {
        var random = new Random(seed);
        var matrix = MomentLaws.AnyMatrix(random, 150, 6);
        var scaled = ItemMatrix.FromColumns(matrix.ItemIds, [.. Enumerable.Range(0, 6).Select(i => matrix.Column(i).Select(x => (2.5 * x) + 7).ToArray())]);
        foreach (var missing in Enum.GetValues<MissingTreatment>())
        {
            var (before, after) = (Reliability.Of(matrix.Covariances(missing)), Reliability.Of(scaled.Covariances(missing)));
            Same(before, after, 1e-9);
            Assert.Equal(before.StandardErrorOfMeasurement.Value * 2.5, after.StandardErrorOfMeasurement.Value, 1e-9);
        }
    }

    [Property(MaxTest = 15)]
    public void Bounds_StandInTheirOrder(int seed)
    {
        var result = Reliability.Of(MomentLaws.AnyMatrix(new Random(seed), 200, 6).Covariances());
        foreach (var bounds in new[] { result.Raw, result.Standardized })
        {
            Assert.True(bounds.Lambda1.Value <= bounds.Lambda3.Value);
            Assert.True(bounds.Lambda3.Value <= bounds.Lambda2.Value + 1e-12); // Guttman 1945
            Assert.True(bounds.Lambda3.Value <= bounds.Lambda4.Value + 1e-12); // alpha is the mean of all halvings
            Assert.True(bounds.Lambda4.Value <= 1 + 1e-12);
        }

        Assert.Equal(result.Alpha.Value, result.SplitHalf.Mean.Value, 1e-12);
        Assert.Equal(result.Raw.Lambda4, result.SplitHalf.Maximum);
        Assert.InRange(result.Alpha.Value, result.FeldtInterval.Lower, result.FeldtInterval.Upper);
        Assert.InRange(result.Alpha.Value, result.BonettInterval.Lower, result.BonettInterval.Upper);
    }

    private static void Same(ReliabilityResult expected, ReliabilityResult found, double tolerance)
    {
        Assert.Equal(expected.Alpha.Value, found.Alpha.Value, tolerance);
        Assert.Equal(expected.AlphaStandardized.Value, found.AlphaStandardized.Value, tolerance);
        Assert.Equal(expected.Raw.Lambda4.Value, found.Raw.Lambda4.Value, tolerance);
        Assert.Equal(expected.Standardized.Lambda6.Value, found.Standardized.Lambda6.Value, tolerance);
        Assert.Equal(expected.AlphaStandardError.Value, found.AlphaStandardError.Value, tolerance);
        Assert.Equal(expected.OmegaCongeneric.Status, found.OmegaCongeneric.Status);
        Assert.Equal(expected.Omega.OneFactor.Value, found.Omega.OneFactor.Value, 1e-6);
    }
}
