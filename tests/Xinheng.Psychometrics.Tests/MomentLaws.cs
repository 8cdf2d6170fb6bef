using FsCheck.Xunit;

namespace Xinheng.Psychometrics.Tests;

/// <summary>Moments that were counted apart and merged are those of all the people.</summary>
public class MomentLaws
{
    [Property(MaxTest = 60)]
    public void Parts_MergedInAnyOrder_AreTheWhole(int seed)
    {
        var random = new Random(seed);
        var matrix = AnyMatrix(random, persons: random.Next(2, 5000), items: random.Next(2, 9));
        var parts = new List<ItemMoments>();
        var persons = Enumerable.Range(0, matrix.PersonCount).ToArray();
        random.Shuffle(persons);
        for (var start = 0; start < persons.Length;)
        {
            var size = random.Next(1, 1 + persons.Length - start);
            parts.Add(matrix.WithPersons(persons.AsSpan(start, size)).ToMoments());
            start += size;
        }

        var shuffled = parts.ToArray();
        random.Shuffle(shuffled);
        foreach (var missing in Enum.GetValues<MissingTreatment>())
        {
            var whole = matrix.ToMoments();
            Same(whole, ItemMoments.Merge(parts), missing);
            Same(whole, ItemMoments.Merge(shuffled), missing);
        }
    }

    [Property(MaxTest = 60)]
    public void ReversingTwice_IsIdentity_AndOnce_TurnsTheSignOfCovariances(int seed)
    {
        var random = new Random(seed);
        var matrix = AnyMatrix(random, 200, 4);
        var once = matrix.Reverse(["q1", "q3"]);
        var twice = once.Reverse(["q1", "q3"]);
        for (var item = 0; item < 4; item++)
        {
            Assert.Equal(matrix.Column(item), twice.Column(item));
        }

        foreach (var missing in Enum.GetValues<MissingTreatment>())
        {
            var (before, after) = (matrix.Covariances(missing), once.Covariances(missing));
            Assert.Equal(-before.Covariance(0, 1), after.Covariance(0, 1));
            Assert.Equal(before.Covariance(0, 2), after.Covariance(0, 2));
        }
    }

    /// <summary>Integers of any origin, some missing, some people without any answer.</summary>
    internal static ItemMatrix AnyMatrix(Random random, int persons, int items)
    {
        var low = random.Next(-3, 3);
        var missing = random.Next(3) * 0.05;
        var latent = Enumerable.Range(0, persons).Select(_ => random.Next(0, 4)).ToArray();
        var empty = latent.Select(_ => random.NextDouble() < missing / 2).ToArray();
        return ItemMatrix.FromColumns(
            [.. Enumerable.Range(1, items).Select(i => $"q{i}")],
            [.. Enumerable.Range(0, items).Select(_ => latent.Select((x, p) => empty[p] || random.NextDouble() < missing ? double.NaN : low + Math.Min(4, x + random.Next(0, 3))).ToArray())],
            low,
            low + 4);
    }

    private static void Same(ItemMoments expected, ItemMoments found, MissingTreatment missing)
    {
        Assert.Equal((expected.PersonCount, expected.CompleteCount, expected.EmptyCount), (found.PersonCount, found.CompleteCount, found.EmptyCount));
        var (a, b) = (expected.Covariances(missing), found.Covariances(missing));
        Assert.Equal(a.ToCovariances(), b.ToCovariances());
        Assert.Equal(a.ToCorrelations(), b.ToCorrelations());
        for (var item = 0; item < expected.ItemCount; item++)
        {
            Assert.Equal(a.Mean(item), b.Mean(item));
            Assert.Equal(expected.Categories(item, missing), found.Categories(item, missing));
        }
    }
}
