namespace Xinheng.Policies;

/// <summary>Which of the possible values of missing answers a rule is looked at with.</summary>
internal enum World
{
    /// <summary>Missing answers at their best.</summary>
    Certain,

    /// <summary>Published scores; where there is none, missing answers at their best.</summary>
    Published,

    /// <summary>Published scores; where there is none, missing answers at their worst.</summary>
    Open,

    /// <summary>Missing answers at their worst.</summary>
    Possible,
}

/// <summary>One row of the severity table made ready: severity by band set and band.</summary>
internal sealed class SeverityPlan
{
    private readonly byte[][] _severities;
    private readonly bool _lowerWorse;
    private readonly byte _highest;

    public SeverityPlan(SeverityRow row, int instrument, Instrument definition, int domain, RetestReliability? stability)
    {
        Row = row;
        Instrument = instrument;
        Score = definition.IndexOfScore(row.Score);
        Domain = domain;
        Stability = stability;
        var score = definition.Scores[Score];
        _lowerWorse = score.Direction == Direction.LowerWorse;
        _severities = [.. score.Bands.Select(set => set.Starts.Select(band => (byte)row.Bands[band.Id]).ToArray())];
        _highest = _severities.SelectMany(s => s).Max();
    }

    public SeverityRow Row { get; }

    public int Instrument { get; }

    public int Score { get; }

    public int Domain { get; }

    public RetestReliability? Stability { get; }

    /// <summary>Severity in each world. A score that was asked of nobody, or has no bands for the person, says nothing.</summary>
    public (byte Certain, byte Published, byte Open, byte Possible) Read(ScoreBlock? block, int person)
    {
        if (block is null)
        {
            return (0, 0, _highest, _highest);
        }

        var set = block.BandSets(Score)[person];
        if (set == ScoreBlock.NoBand || block.Statuses(Score)[person] == ScoreStatus.NotAsked)
        {
            return default;
        }

        var band = block.Bands(Score)[person];
        var lowest = block.LowestPossible(Score, person);
        var highest = block.HighestPossible(Score, person);
        if (band != ScoreBlock.NoBand && lowest == highest)
        {
            var severity = _severities[set][band];
            return (severity, severity, severity, severity);
        }

        var first = _severities[set][BandOf(block, set, lowest)];
        var last = _severities[set][BandOf(block, set, highest)];
        var (best, worst) = _lowerWorse ? (last, first) : (first, last);
        return band == ScoreBlock.NoBand
            ? (best, best, worst, worst)
            : (best, _severities[set][band], _severities[set][band], worst);
    }

    /// <summary>Whether the value is reliably worse than the one before.</summary>
    public bool IsWorse(ScoreBlock? block, int person, Rational before, World world, Rational z)
    {
        if (block is null || block.Statuses(Score)[person] == ScoreStatus.NotAsked)
        {
            return block is null && world is World.Open or World.Possible;
        }

        var hasValue = block.ExactValue(Score, person) is not null;
        var best = _lowerWorse ? block.HighestPossible(Score, person) : block.LowestPossible(Score, person);
        var worst = _lowerWorse ? block.LowestPossible(Score, person) : block.HighestPossible(Score, person);
        var value = world switch
        {
            World.Certain => best,
            World.Possible => worst,
            _ when hasValue => block.ExactValue(Score, person)!.Value,
            World.Open => worst,
            _ => best,
        };
        var change = _lowerWorse ? before - value : value - before;
        return change > 0 && Stability!.IsReliable(change, z);
    }

    private int BandOf(ScoreBlock block, byte set, Rational value)
    {
        var starts = block.Instrument.Scores[Score].Bands[set].Starts;
        var band = starts.Count - 1;
        while (band > 0 && value < starts[band].From)
        {
            band--;
        }

        return band;
    }
}
