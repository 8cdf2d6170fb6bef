using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>How one score keys one of its items.</summary>
internal sealed record ScoreKey(int Item, OptionSet Options, bool Reversed)
{
    public int Lowest => Options.MinScore;

    public int Highest => Options.MaxScore;

    /// <summary>The items of a score, with the items of its parts where it is a total of scores.</summary>
    public static IReadOnlyList<ScoreKey> Of(Instrument instrument, string score)
    {
        var keys = new List<ScoreKey>();
        Add(instrument, IndexOf(instrument, score), keys);
        return keys.DistinctBy(k => k.Item).Count() == keys.Count ? keys
            : throw new ArgumentException($"Score '{score}' of '{instrument.Id}' uses an item twice: its items are no set of parallel parts.", nameof(score));
    }

    public static int IndexOf(Instrument instrument, string score) => instrument.IndexOfScore(score) is >= 0 and var index ? index
        : throw new ArgumentException($"Instrument '{instrument.Id}' has no score '{score}'. It has: {string.Join(", ", instrument.Scores.Select(s => s.Id))}.", nameof(score));

    /// <summary>What each stored byte becomes: the keyed value less the lowest, or the mark of a missing answer.</summary>
    public byte[] Table()
    {
        if (Highest - Lowest > ItemColumn.MaxCode)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The options of an item span more than {ItemColumn.MaxCode}."));
        }

        var table = new byte[256];
        Array.Fill(table, ItemColumn.Missing);
        foreach (var option in Options.Options)
        {
            table[option.Code] = (byte)(Reversed ? Highest - option.Value : option.Value - Lowest);
        }

        return table;
    }

    private static void Add(Instrument instrument, int score, List<ScoreKey> keys)
    {
        switch (instrument.Scores[score])
        {
            case ItemScore over:
                var unreversed = instrument.Resolve(over.Unreversed).ToHashSet();
                foreach (var item in instrument.Resolve(over.Items))
                {
                    keys.Add(new ScoreKey(item, (OptionSet)instrument.ResponsesOf(item), instrument.Items[item].Reverse && !unreversed.Contains(item)));
                }

                break;
            case TotalScore total:
                foreach (var part in total.Scores)
                {
                    Add(instrument, instrument.IndexOfScore(part), keys);
                }

                break;
            case var other:
                throw new ArgumentException($"Score '{other.Id}' of '{instrument.Id}' is not one over items with options, so its items have no reliability.", nameof(score));
        }
    }
}
