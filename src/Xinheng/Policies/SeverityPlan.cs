using Xinheng.Scoring;

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
    private readonly BandSet[] _bands;
    private readonly EntryNumbers _worlds;

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
        _bands = [.. score.Bands];
        _highest = _severities.SelectMany(s => s).Max();
        _worlds = new EntryNumbers((outcome, _, place) => Worlds(outcome, place));
    }

    public SeverityRow Row { get; }

    public int Instrument { get; }

    public int Score { get; }

    public int Domain { get; }

    public RetestReliability? Stability { get; }

    /// <summary>Severity in each world, a byte each: see <see cref="In"/>. A score that was asked of nobody, or has no bands for the person, says nothing.</summary>
    public int Read(ScoreBlock? block, int person) => block is null ? (_highest << 16) | (_highest << 24) : _worlds.Of(block.Column(Score), person);

    /// <summary>Severity in each world of people who stand one after the other.</summary>
    public void Read(ScoreBlock? block, int first, Span<int> worlds)
    {
        if (block is null)
        {
            worlds.Fill((_highest << 16) | (_highest << 24));
        }
        else
        {
            _worlds.Of(block.Column(Score), first, worlds);
        }
    }

    /// <summary>The severity in one world.</summary>
    public static byte In(int worlds, World world) => unchecked((byte)(worlds >> (8 * (int)world)));

    /// <summary>Severity in each world, a byte each, of an outcome in a place.</summary>
    private int Worlds(Outcome outcome, int place)
    {
        if (place >= _severities.Length || outcome.Completeness == ScoreStatus.NotAsked)
        {
            return 0;
        }

        var first = SeverityOf(place, outcome.Lowest);
        var last = SeverityOf(place, outcome.Highest);
        var (best, worst) = _lowerWorse ? (last, first) : (first, last);
        return ScorePlan.HasValue(outcome.Completeness)
            ? best | (SeverityOf(place, outcome.Value) * 0x0001_0100) | (worst << 24)
            : best | (best << 8) | (worst << 16) | (worst << 24);
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

    private byte SeverityOf(int set, Rational value)
    {
        var starts = _bands[set].Starts;
        var band = starts.Count - 1;
        while (band > 0 && value < starts[band].From)
        {
            band--;
        }

        return _severities[set][band];
    }
}
