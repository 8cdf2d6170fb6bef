using System.CommandLine;
using Xinheng.Data;

namespace Xinheng.Cli;

/// <summary>Options of every verb that analyses items: the file, and which items of it.</summary>
internal sealed class ItemOptions
{
    private readonly SharedOptions _shared = new();
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

        _shared.AddInputTo(command);
    }

    /// <summary>The items of one score, or the columns, and the file as it is to be read for them.</summary>
    public (ItemSource Source, ScoreRequest Request) Read(ParseResult result) => Read(result, ItemSource.Of);

    /// <summary>The same, but of an instrument without a score named: all its scores over items that share none.</summary>
    public (ItemSource Source, ScoreRequest Request) ReadWhole(ParseResult result) => Read(result, ItemSource.OfWhole);

    /// <summary>Every file that the run reads.</summary>
    public IReadOnlyList<string> Files(ParseResult result) => _shared.Files(result);

    private (ItemSource Source, ScoreRequest Request) Read(ParseResult result, Func<Instrument, string?, ItemSource> ofInstrument)
    {
        var source = Source(result, ofInstrument);
        return (source, _shared.Request(result, [source.Instrument]));
    }

    private ItemSource Source(ParseResult result, Func<Instrument, string?, ItemSource> ofInstrument)
    {
        var (scale, columns) = (result.GetValue(_scale), result.GetValue(_columns));
        var (reverse, minimum, maximum) = (result.GetValue(_reverse), result.GetValue(_minimum), result.GetValue(_maximum));
        if (scale is null == columns is null)
        {
            throw new UsageException("Name the items by --scale ID, or by --columns with --min and --max.");
        }

        if (columns is not null)
        {
            return result.GetValue(_score) is null ? ItemSource.Of(columns, reverse, minimum, maximum) : throw new UsageException("--score goes with --scale.");
        }

        var catalog = SharedOptions.Catalog(result.GetValue(_shared.Definitions));
        return reverse is null && minimum is null && maximum is null
            ? ofInstrument(catalog.Find(scale!) ?? throw new UsageException($"There is no instrument '{scale}'. There are: {string.Join(", ", catalog.Ids)}."), result.GetValue(_score))
            : throw new UsageException("--reverse, --min and --max go with --columns: an instrument says itself how its items are keyed.");
    }
}
