namespace Xinheng.Psychometrics;

/// <summary>How often each value of an item occurs, among complete cases and among all who answered it; values ascending.</summary>
internal sealed class ItemFrequencies(ItemCategory[] complete, ItemCategory[] answered)
{
    public IReadOnlyList<ItemCategory> Of(MissingTreatment missing) => missing == MissingTreatment.Listwise ? complete : answered;

    public ItemFrequencies Add(ItemFrequencies other) => new(
        Add(complete, [.. other.Of(MissingTreatment.Listwise)]), Add(answered, [.. other.Of(MissingTreatment.Pairwise)]));

    private static ItemCategory[] Add(ItemCategory[] left, ItemCategory[] right) =>
    [
        .. left.Concat(right).GroupBy(c => c.Value).Select(g => new ItemCategory(g.Key, g.Sum(c => c.Count))).OrderBy(c => c.Value),
    ];
}
