namespace Xinheng.Policies;

/// <summary>Whether a score can only rise when an answer is keyed higher. Only such scores may decide about people.</summary>
internal static class ScoreShape
{
    public static bool Rises(Instrument instrument, string id) => instrument.Definition.Scores.FirstOrDefault(s => s.Id == id) switch
    {
        SumScore or CountScore or QuantityScore => true,
        MeanScore mean => mean.AtLeast is null,
        TotalScore total => total.Scores.All(s => Rises(instrument, s)),
        StepScore steps => Rises(instrument, steps.Score) && Ordered(steps.Steps.Select(s => s.Value)),
        TableScore table => Rises(instrument, table.Score) && Ordered(table.Values),
        ClassScore classes => Ordered(classes.Classes.Select(c => (Rational)c.Value).Reverse())
            && classes.Classes.All(c => Rises(instrument, c.When)),
        _ => false,
    };

    /// <summary>A condition over items must take the upper end of their keyed values, so that a worse answer cannot undo it.</summary>
    private static bool Rises(Instrument instrument, Condition condition) => condition switch
    {
        ItemCondition item => IsUpperEnd(instrument, item),
        NumberCondition => true,
        ScoreCondition score => Rises(instrument, score.Score),
        _ => condition.Parts.All(c => Rises(instrument, c)),
    };

    private static bool IsUpperEnd(Instrument instrument, ItemCondition condition)
    {
        var position = instrument.IndexOfItem(condition.Item);
        if (instrument.ResponsesOf(position) is not OptionSet set)
        {
            return false;
        }

        var sign = instrument.Items[position].Reverse ? -1 : 1;
        var inside = set.Options.Where(o => condition.Codes.Contains(o.Code)).Min(o => sign * o.Value);
        return set.Options.Where(o => !condition.Codes.Contains(o.Code)).All(o => sign * o.Value < inside);
    }

    private static bool Ordered(IEnumerable<Rational> values)
    {
        var list = values.ToList();
        return list.Zip(list.Skip(1)).All(pair => pair.First <= pair.Second);
    }
}
