namespace Xinheng.Data.Tests;

/// <summary>Counts the bytes of the whole process, so nothing may run beside it.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    [Fact]
    public void Scoring_a_row_of_csv_leaves_next_to_nothing_for_the_garbage_collector()
    {
        // Both runs are long enough to need every part there is: what is left is what a row costs.
        const int People = 220_000;
        using var folder = new TempFolder();
        var small = SurveyRun.RequestFor(folder.Write("small.csv", Phq9.Survey(20_000))) with { UnitBytes = 1 << 16 };
        var large = SurveyRun.RequestFor(folder.Write("large.csv", Phq9.Survey(People))) with { UnitBytes = 1 << 16 };
        SurveyRun.Score(small, folder.At("small-scores.csv"));
        var before = GC.GetTotalAllocatedBytes(precise: true);
        SurveyRun.Score(small, folder.At("small-scores.csv"));
        var between = GC.GetTotalAllocatedBytes(precise: true);
        SurveyRun.Score(large, folder.At("large-scores.csv"));
        var after = GC.GetTotalAllocatedBytes(precise: true);
        var perRow = (after - between - (between - before)) / (double)(People - 20_000);
        TestContext.Current.TestOutputHelper?.WriteLine($"{perRow} bytes a row");
        Assert.InRange(perRow, 0, 200);
    }
}
