namespace Xinheng.Psychometrics;

/// <summary>
/// Moments of the people with missing answers, per pair of items that both have an answer. Counts and products are lower triangles;
/// <c>Sums[i * k + j]</c> and <c>Squares[i * k + j]</c> are of item i among those who also answered j.
/// </summary>
internal sealed record PairMoments(long[] Counts, Int128[] Sums, Int128[] Squares, Int128[] Products)
{
    public static PairMoments Empty(int items) =>
        new(new long[items * (items + 1) / 2], new Int128[items * items], new Int128[items * items], new Int128[items * (items + 1) / 2]);

    public PairMoments Add(PairMoments other) => new(
        ItemMoments.Add(Counts, other.Counts), ItemMoments.Add(Sums, other.Sums),
        ItemMoments.Add(Squares, other.Squares), ItemMoments.Add(Products, other.Products));
}
