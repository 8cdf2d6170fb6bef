namespace Xinheng.Psychometrics;

/// <summary>How one score keys one of its items; a count keys an answer as 1 where it reaches <paramref name="AtLeast"/>, else as 0.</summary>
internal sealed record ScoreKey(int Item, OptionSet Options, bool Reversed, int? AtLeast)
{
    public int Lowest => AtLeast is null ? Options.MinScore : 0;

    public int Highest => AtLeast is null ? Options.MaxScore : 1;

    /// <summary>The items of a score, with the items of its parts where it is a total of scores.</summary>
    /// <exception cref="ArgumentException">There is no such score, or it is not a sum over items.</exception>
    public static IReadOnlyList<ScoreKey> Of(Instrument instrument, string score)
    {
        IndexOf(instrument, score);
        return Find(instrument, score)
            ?? throw new ArgumentException($"Score '{score}' of '{instrument.Id}' is no sum over items with options, each once, so its items have no reliability. Sums over items are: {string.Join(", ", OverItems(instrument))}.", nameof(score));
    }

    /// <summary>Ids of the scores that are sums, means or counts over items, each item once.</summary>
    public static IEnumerable<string> OverItems(Instrument instrument) => instrument.Scores.Select(s => s.Id).Where(id => Find(instrument, id) is not null);

    public static int IndexOf(Instrument instrument, string score) => instrument.IndexOfScore(score) is >= 0 and var index ? index
        : throw new ArgumentException($"Instrument '{instrument.Id}' has no score '{score}'. It has: {string.Join(", ", instrument.Scores.Select(s => s.Id))}.", nameof(score));

    /// <summary>What each stored byte becomes: the keyed value less the lowest, or the mark of a missing answer.</summary>
    public byte[] Table()
    {
        var table = new byte[256];
        Array.Fill(table, ItemColumn.Missing);
        foreach (var option in Options.Options)
        {
            var value = Reversed ? Options.MinScore + Options.MaxScore - option.Value : option.Value;
            table[option.Code] = (byte)(AtLeast is { } least ? value >= least ? 1 : 0 : value - Lowest);
        }

        return table;
    }

    private static List<ScoreKey>? Find(Instrument instrument, string score)
    {
        var keys = new List<ScoreKey>();
        return Add(instrument, instrument.IndexOfScore(score), keys) && keys.DistinctBy(k => k.Item).Count() == keys.Count && keys.TrueForAll(k => k.Highest - k.Lowest <= ItemColumn.MaxCode) ? keys : null;
    }

    private static bool Add(Instrument instrument, int score, List<ScoreKey> keys)
    {
        switch (instrument.Scores[score])
        {
            case MeanScore { AtLeast: not null }:
                return false; // Which items enter depends on the answers.
            case ItemScore over:
                var unreversed = instrument.Resolve(over.Unreversed).ToHashSet();
                keys.AddRange(instrument.Resolve(over.Items).Select(item => new ScoreKey(
                    item, (OptionSet)instrument.ResponsesOf(item), instrument.Items[item].Reverse && !unreversed.Contains(item), (over as CountScore)?.AtLeast)));
                return true;
            case TotalScore total:
                return total.Scores.All(part => Add(instrument, instrument.IndexOfScore(part), keys));
            default:
                return false;
        }
    }
}
