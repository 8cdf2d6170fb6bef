namespace Xinheng.Psychometrics.Tests;

/// <summary>Intraclass correlations and retests by published and hand-sized examples.</summary>
public class AgreementTests
{
    private const double Na = double.NaN;

    /// <summary>Shrout &amp; Fleiss 1979, table 2: six targets, four judges.</summary>
    private static readonly ItemMatrix Judges = ItemMatrix.FromRows(
        ["1", "2", "3", "4"],
        new double[,] { { 9, 2, 5, 8 }, { 6, 1, 3, 2 }, { 8, 4, 6, 8 }, { 7, 1, 2, 6 }, { 10, 5, 6, 9 }, { 6, 2, 4, 7 } });

    [Fact]
    public void SixForms_AreThosePublished()
    {
        // Shrout & Fleiss 1979, table 4: .17 .29 .71 .44 .62 .91.
        var found = IntraclassCorrelation.Of(Judges);
        Assert.Equal([0.17, 0.29, 0.71, 0.44, 0.62, 0.91], Enum.GetValues<IntraclassForm>().Select(form => double.Round(found[form].Value, 2, MidpointRounding.AwayFromZero)));
        Assert.Equal((6, 0, 4), (found.UsedCount, found.DroppedCount, found.RatingCount));
        Assert.Equal(Reliability.Of(Judges.Covariances()).Alpha.Value, found[IntraclassForm.TwoWayMixedMean].Value, 1e-12);
    }

    [Fact]
    public void OneWay_IsThatOfBaseR()
    {
        // Four groups of five: anova of base R gives ICC(1) .81072555.
        double[] values = [5, 7, 6, 8, 6, 9, 11, 10, 12, 9, 4, 5, 3, 6, 4, 8, 7, 9, 8, 10];
        var columns = Enumerable.Range(0, 5).Select(place => Enumerable.Range(0, 4).Select(group => values[(group * 5) + place]).ToArray()).ToArray();
        var found = IntraclassCorrelation.Of(ItemMatrix.FromColumns(["1", "2", "3", "4", "5"], columns));
        Assert.Equal(0.81072555, found[IntraclassForm.OneWaySingle].Value, 5e-9);
        Assert.InRange(0.81072555, found.Interval(IntraclassForm.OneWaySingle).Lower, found.Interval(IntraclassForm.OneWaySingle).Upper);
    }

    [Fact]
    public void PeopleWithoutARating_AreDroppedAndCounted()
    {
        var found = IntraclassCorrelation.Of(ItemMatrix.FromRows(["1", "2"], new double[,] { { 1, 2 }, { 2, Na }, { 3, 3 }, { 5, 4 } }));
        Assert.Equal((4, 3, 1), (found.PersonCount, found.UsedCount, found.DroppedCount));
        Assert.Contains("n 3 of 4, listwise: 1 dropped, each with a rating missing", found.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatCannotBeEstimated_SaysWhy()
    {
        Assert.Equal(EstimateStatus.TooFewItems, Of([1, 2, 3])[IntraclassForm.OneWaySingle].Status);
        Assert.Equal(EstimateStatus.TooFewPeople, Of([1, Na], [Na, 2])[IntraclassForm.TwoWayRandomSingle].Status);
        Assert.Equal(EstimateStatus.NoVariance, Of([2, 2, 2], [2, 2, 2])[IntraclassForm.TwoWayMixedMean].Status);
        var perfect = Of([1, 2, 3], [1, 2, 3]);
        Assert.Equal(1, perfect[IntraclassForm.OneWaySingle].Value);
        Assert.True(double.IsNaN(perfect.Interval(IntraclassForm.OneWaySingle).Lower)); // Without error there is no F.
        Assert.Equal(EstimateStatus.NoVariance, TestRetest.Of([1, 1, 1], [1, 2, 3]).Correlation.Status);
        Assert.Equal(EstimateStatus.TooFewPeople, TestRetest.Of([1, Na], [1, 2]).SmallestDetectableChange.Status);

        static IntraclassCorrelation Of(params double[][] columns) => IntraclassCorrelation.Of(ItemMatrix.FromColumns([.. columns.Select((_, i) => $"r{i}")], columns));
    }

    [Fact]
    public void AChangeOfEverybody_LowersAgreementAndNotConsistency()
    {
        double[] first = [3, 5, 7, 9, 4];
        var found = TestRetest.Of(first, [.. first.Select(x => x + 2)]);
        Assert.Equal((2, 1, 0), (found.MeanChange, found.Correlation.Value, found.StandardErrorOfMeasurement.Value));
        Assert.Equal(1, found.Intraclass[IntraclassForm.TwoWayMixedSingle].Value);
        Assert.True(found.Intraclass[IntraclassForm.TwoWayRandomSingle].Value < 0.8);
        Assert.Contains("mean change 2.0000", found.ToString(), StringComparison.Ordinal);
    }
}
