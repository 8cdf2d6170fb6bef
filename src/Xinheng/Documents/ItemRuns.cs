namespace Xinheng.Documents;

/// <summary>Item lists of definitions, in which <c>"1-9"</c> stands for the run of items from 1 to 9.</summary>
internal static class ItemRuns
{
    /// <summary>Positions an entry stands for; empty when an item does not exist or the run goes backwards.</summary>
    public static IEnumerable<int> Expand(string entry, Func<string, int> indexOf)
    {
        var single = indexOf(entry);
        if (single >= 0)
        {
            return [single];
        }

        var dash = entry.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
        {
            return [];
        }

        var first = indexOf(entry[..dash]);
        var last = indexOf(entry[(dash + 1)..]);
        return first < 0 || last <= first ? [] : Enumerable.Range(first, last - first + 1);
    }
}
