namespace Xinheng.Scoring;

/// <summary>One score made ready: computes exact values, bounds, bands and statuses for a block.</summary>
internal abstract class ScorePlan
{
    private readonly BandSet[] _bands;
    private readonly bool _everybody;
    private readonly BandPlan[] _groups;
    private readonly Population _population;
    private readonly bool _checksPopulation;

    protected ScorePlan(Instrument instrument, int index)
    {
        Index = index;
        Score = instrument.Scores[index];
        Times = Score.Times ?? 1;
        _population = instrument.Definition.Population;
        _checksPopulation = _population.MinAge is not null || _population.MaxAge is not null;
        _bands = [.. Score.Bands];
        _groups = [.. _bands.Select(b => new BandPlan(b, Evidence.IsUnconfirmed(b.Evidence)))];
        _everybody = _bands is [{ For: null }];
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

    public void Run(AnswerBlock answers, ScoreBlock results)
    {
        Compute(answers, results);
        Finish(answers, results);
    }

    /// <summary>Fills <c>Exact</c>, <c>Lowest</c>, <c>Highest</c> and <c>Completeness</c> of this score.</summary>
    protected abstract void Compute(AnswerBlock answers, ScoreBlock results);

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

    private void Finish(AnswerBlock answers, ScoreBlock results)
    {
        var completeness = results.Completeness[Index];
        var exact = results.Exact[Index];
        var values = results.ValueColumn(Index);
        var bands = results.BandColumn(Index);
        var groups = results.GroupColumn(Index);
        var statuses = results.StatusColumn(Index);
        for (var person = 0; person < results.Count; person++)
        {
            var status = completeness[person];
            var group = GroupOf(answers, person, out var outside);
            groups[person] = group;
            bands[person] = ScoreBlock.NoBand;
            if (!HasValue(status))
            {
                values[person] = double.NaN;
                statuses[person] = status;
                continue;
            }

            values[person] = exact[person].ToDouble();
            var unconfirmed = KeyUnconfirmed || (status == ScoreStatus.Prorated && MissingUnconfirmed);
            if (group != ScoreBlock.NoBand)
            {
                bands[person] = _groups[group].Find(exact[person]);
                unconfirmed |= _groups[group].Unconfirmed;
            }

            statuses[person] = outside ? ScoreStatus.OutsidePopulation
                : group == ScoreBlock.NoBand && _groups.Length > 0 ? ScoreStatus.NoBandGroup
                : (status, unconfirmed) switch
                {
                    (ScoreStatus.Prorated, true) => ScoreStatus.ProratedUnconfirmed,
                    (ScoreStatus.Prorated, false) => ScoreStatus.Prorated,
                    (_, true) => ScoreStatus.Unconfirmed,
                    _ => ScoreStatus.Ok,
                };
        }
    }

    /// <summary>Position of the band set for a person; none outside the population.</summary>
    private byte GroupOf(AnswerBlock answers, int person, out bool outside)
    {
        outside = _checksPopulation && !_population.Includes(answers.GetPerson(person).Age);
        if (outside || _groups.Length == 0)
        {
            return ScoreBlock.NoBand;
        }

        if (_everybody)
        {
            return 0;
        }

        var known = answers.GetPerson(person);
        for (var group = 0; group < _bands.Length; group++)
        {
            if (_bands[group].For is not { } people || people.Includes(known))
            {
                return (byte)group;
            }
        }

        return ScoreBlock.NoBand;
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
