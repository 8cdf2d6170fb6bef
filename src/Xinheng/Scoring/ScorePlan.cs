namespace Xinheng.Scoring;

/// <summary>One score made ready: finds exact values, bounds, bands and statuses for a block.</summary>
internal abstract class ScorePlan
{
    private readonly BandSet[] _bands;
    private readonly BandPlan[] _groups;
    private readonly bool[]? _outside;

    protected ScorePlan(Instrument instrument, int index)
    {
        Index = index;
        Score = instrument.Scores[index];
        Times = Score.Times ?? 1;
        var population = instrument.Definition.Population;
        if (population.MinAge is not null || population.MaxAge is not null)
        {
            _outside = [.. Enumerable.Range(0, byte.MaxValue).Select(age => !population.Includes(age)), false];
        }

        _bands = [.. Score.Bands];
        _groups = [.. _bands.Select(b => new BandPlan(b, Evidence.IsUnconfirmed(b.Evidence)))];
        KeyUnconfirmed = Evidence.IsUnconfirmed(Score.Evidence);
    }

    protected int Index { get; }

    protected ScoreDefinition Score { get; }

    protected Rational Times { get; }

    /// <summary>Whether the key, or that of a score it rests on, is unconfirmed.</summary>
    public bool KeyUnconfirmed { get; protected set; }

    /// <summary>Whether the missing rule, or that of a score it rests on, is unconfirmed.</summary>
    public bool MissingUnconfirmed { get; protected set; }

    /// <summary>Plans of all scores, in the order of the definition: a score knows the plans before its own.</summary>
    public static ScorePlan[] Compile(Instrument instrument)
    {
        var plans = new ScorePlan[instrument.Scores.Count];
        for (var index = 0; index < plans.Length; index++)
        {
            var earlier = plans.AsSpan(0, index);
            plans[index] = instrument.Scores[index] switch
            {
                ItemScore => new ItemScorePlan(instrument, index),
                TotalScore => new TotalScorePlan(instrument, index, earlier),
                QuantityScore => new QuantityScorePlan(instrument, index),
                ClockSpanScore => new ClockSpanScorePlan(instrument, index),
                RatioScore => new RatioScorePlan(instrument, index, earlier),
                StepScore => new StepScorePlan(instrument, index, earlier),
                TableScore => new TableScorePlan(instrument, index, earlier),
                ClassScore => new ClassScorePlan(instrument, index, earlier),
                _ => throw new NotSupportedException("An unknown kind of score."),
            };
        }

        return plans;
    }

    /// <summary>Number of band sets: places below it are positions of one.</summary>
    public int GroupCount => _groups.Length;

    /// <summary>Outcomes that people share; <see langword="null"/> where each has an outcome of their own.</summary>
    public OutcomeTable? Table { get; protected init; }

    /// <summary>Fills the column of this score.</summary>
    public void Run(AnswerBlock answers, ScoreBlock results)
    {
        var column = results.Column(Index);
        column.Begin(this);
        Compute(answers, results, column);
        FindPlaces(answers, column.Places[..results.Count]);
    }

    /// <summary>Gives each person of the block an entry of <see cref="Table"/>, or an outcome of their own.</summary>
    protected abstract void Compute(AnswerBlock answers, ScoreBlock results, ScoreColumn column);

    /// <summary>The outcome of one person, looked at apart from all others.</summary>
    public abstract Outcome OutcomeOf(AnswerBlock answers, ScoreBlock results, int person);

    /// <summary>What is reported of an outcome in a place.</summary>
    public Reading Judge(Outcome outcome, int place)
    {
        var (status, value, _, _) = outcome;
        if (!HasValue(status))
        {
            return new(double.NaN, ScoreBlock.NoBand, status);
        }

        var unconfirmed = KeyUnconfirmed || (status == ScoreStatus.Prorated && MissingUnconfirmed);
        var band = ScoreBlock.NoBand;
        if (place < _groups.Length)
        {
            band = _groups[place].Find(value);
            unconfirmed |= _groups[place].Unconfirmed;
        }

        return new(value.ToDouble(), band, place > _groups.Length ? ScoreStatus.OutsidePopulation
            : place == _groups.Length && _groups.Length > 0 ? ScoreStatus.NoBandGroup
            : (status, unconfirmed) switch
            {
                (ScoreStatus.Prorated, true) => ScoreStatus.ProratedUnconfirmed,
                (ScoreStatus.Prorated, false) => ScoreStatus.Prorated,
                (_, true) => ScoreStatus.Unconfirmed,
                _ => ScoreStatus.Ok,
            });
    }

    /// <summary>What is reported of an outcome in each place: the band sets, without bands, outside the population.</summary>
    public Reading[] JudgeEverywhere(Outcome outcome) => [.. Enumerable.Range(0, _groups.Length + 2).Select(place => Judge(outcome, place))];

    /// <summary>The result of the operation, multiplied and rounded as the definition says.</summary>
    protected Rational Scale(Rational raw) => (raw * Times).Round(Score.Round);

    /// <summary>The graver of two reasons why there is no value; prorated when either is.</summary>
    public static ScoreStatus Combine(ScoreStatus left, ScoreStatus right) =>
        left == right ? left
        : HasValue(left) && HasValue(right) ? ScoreStatus.Prorated
        : HasValue(left) ? (right == ScoreStatus.NotAsked ? ScoreStatus.TooFewAnswers : right)
        : HasValue(right) ? (left == ScoreStatus.NotAsked ? ScoreStatus.TooFewAnswers : left)
        : left == ScoreStatus.NotAsked || right == ScoreStatus.NotAsked ? Gravest(ScoreStatus.TooFewAnswers, Gravest(left, right))
        : Gravest(left, right);

    public static bool HasValue(ScoreStatus completeness) => completeness is ScoreStatus.Ok or ScoreStatus.Prorated;

    private static ScoreStatus Gravest(ScoreStatus left, ScoreStatus right) => Gravity(left) >= Gravity(right) ? left : right;

    private static int Gravity(ScoreStatus status) => status switch
    {
        ScoreStatus.CodeOutOfRange => 4,
        ScoreStatus.Unreadable => 3,
        ScoreStatus.TooFewAnswers => 2,
        ScoreStatus.NotAsked => 1,
        _ => 0,
    };

    private void FindPlaces(AnswerBlock answers, Span<byte> places)
    {
        if (_bands is [] or [{ For: null }])
        {
            places.Clear();
        }
        else
        {
            for (var person = 0; person < places.Length; person++)
            {
                places[person] = GroupOf(answers.GetPerson(person));
            }
        }

        if (_outside is not null)
        {
            var ages = answers.Ages;
            for (var person = 0; person < places.Length; person++)
            {
                if (_outside[ages[person]])
                {
                    places[person] = (byte)(_groups.Length + 1);
                }
            }
        }
    }

    private byte GroupOf(Respondent person)
    {
        var group = 0;
        while (group < _bands.Length && _bands[group].For is { } people && !people.Includes(person))
        {
            group++;
        }

        return (byte)group;
    }

    private sealed class BandPlan(BandSet bands, bool unconfirmed)
    {
        private readonly Rational[] _starts = [.. bands.Starts.Select(b => b.From)];

        public bool Unconfirmed => unconfirmed;

        public byte Find(Rational value)
        {
            var band = _starts.Length - 1;
            while (band > 0 && value < _starts[band])
            {
                band--;
            }

            return (byte)band;
        }
    }
}
