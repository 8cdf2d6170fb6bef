namespace Xinheng.Cli;

/// <summary>A column of the file that is no item, by the heading an option names.</summary>
internal static class PassedColumn
{
    /// <summary>Its place among the columns that pass through; −1 where the option is not given.</summary>
    /// <exception cref="UsageException">No column, or several, have the heading.</exception>
    public static int Find(IReadOnlyList<string> passed, string option, string? heading)
    {
        if (heading is null)
        {
            return -1;
        }

        int[] places = [.. Enumerable.Range(0, passed.Count).Where(i => passed[i] == heading)];
        return places is [var place]
            ? place
            : throw new UsageException($"{option} '{heading}': {(places.Length == 0 ? "the file has no such column, or it is an item or tells who a person is" : "several columns have this heading")}.");
    }
}
