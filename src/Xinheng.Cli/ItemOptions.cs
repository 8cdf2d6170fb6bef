using System.CommandLine;

namespace Xinheng.Cli;

/// <summary>Options of every verb that analyses items: those of an instrument, or columns by their headings.</summary>
internal sealed class ItemOptions
{
    private readonly Option<string?> _scale = new("--scale") { Description = "Instrument whose items are analysed, for example phq-9" };

    private readonly Option<string?> _score = new("--score") { Description = "Score of the instrument; its total, or its only score, by default" };

    private readonly Option<string?> _columns = new("--columns") { Description = "Headings of item columns, separated by commas, in place of --scale" };

    private readonly Option<string?> _reverse = new("--reverse") { Description = "Of these, the columns whose answers are turned round: min + max - answer" };

    private readonly Option<int?> _minimum = new("--min") { Description = "Lowest possible answer of the columns" };

    private readonly Option<int?> _maximum = new("--max") { Description = "Highest possible answer of the columns" };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _scale, _score, _columns, _reverse, _minimum, _maximum })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The items of one score, or the columns.</summary>
    public ItemSource Source(ParseResult result, SharedOptions shared) => Find(result, shared, ItemSource.Of);

    /// <summary>The same, but of an instrument without a score named: all its scores over items that share none.</summary>
    public ItemSource WholeSource(ParseResult result, SharedOptions shared) => Find(result, shared, ItemSource.OfWhole);

    private ItemSource Find(ParseResult result, SharedOptions shared, Func<Instrument, string?, ItemSource> ofInstrument)
    {
        var (scale, score, columns, reverse) = (result.GetValue(_scale), result.GetValue(_score), result.GetValue(_columns), result.GetValue(_reverse));
        var (minimum, maximum) = (result.GetValue(_minimum), result.GetValue(_maximum));
        var catalog = SharedOptions.Catalog(result.GetValue(shared.Definitions));
        if (scale is null == columns is null)
        {
            throw new UsageException("Name the items by --scale ID, or by --columns with --min and --max.");
        }

        if (columns is not null)
        {
            return score is null ? ItemSource.Of(columns, reverse, minimum, maximum) : throw new UsageException("--score goes with --scale.");
        }

        return reverse is null && minimum is null && maximum is null
            ? ofInstrument(catalog.Find(scale!) ?? throw new UsageException($"There is no instrument '{scale}'. There are: {string.Join(", ", catalog.Ids)}."), score)
            : throw new UsageException("--reverse, --min and --max go with --columns: an instrument says itself how its items are keyed.");
    }
}
