using Xinheng.Scoring;

namespace Xinheng;

/// <summary>Scores of many people on one instrument, in columns: filled by <see cref="Scorer.ScoreBatch(AnswerBlock, ScoreBlock)"/>.</summary>
/// <remarks>Mutable buffer, made to be filled again and again; not thread-safe.</remarks>
public sealed class ScoreBlock
{
    /// <summary>What <see cref="Bands(int)"/> holds where there is no band.</summary>
    public const byte NoBand = byte.MaxValue;

    private readonly ScoreColumn[] _scores;
    private readonly CriticalState[][] _critical;
    private readonly List<byte[]> _bytes = [];
    private double[]? _variability;

    /// <summary>Creates a block for up to <paramref name="capacity"/> people.</summary>
    public ScoreBlock(Instrument instrument, int capacity)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Instrument = instrument;
        Capacity = capacity;
        _scores = [.. instrument.Scores.Select(_ => new ScoreColumn(capacity))];
        _critical = Columns<CriticalState>(instrument.Definition.CriticalItems.Count, capacity);
        ValidityColumn = new ResponseValidity[capacity];
        ReasonColumn = new ValidityReasons[capacity];
        RunColumn = new ushort[capacity];
        AnsweredColumn = new ushort[capacity];
        AskedColumn = new ushort[capacity];
        MissingCounts = Columns<ushort>(Enum.GetValues<MissingReason>().Length, capacity);
        AnswerKinds = new AnswerKind[capacity];
        CodeCounts = new ushort[capacity];
        CodeSums = new int[capacity];
        CodeSquares = new int[capacity];
        Sums = new ushort[capacity];
        Missing = new ushort[capacity];
        Numbers = new ushort[capacity];
    }

    /// <summary>The instrument whose scores these are.</summary>
    public Instrument Instrument { get; }

    /// <summary>Number of people there is room for.</summary>
    public int Capacity { get; }

    /// <summary>Number of people in the block.</summary>
    public int Count { get; internal set; }

    /// <summary>Verdict on the answers, by person.</summary>
    public ReadOnlySpan<ResponseValidity> Validity => ValidityColumn.AsSpan(0, Count);

    /// <summary>What led to the verdict, by person.</summary>
    public ReadOnlySpan<ValidityReasons> ValidityReasons => ReasonColumn.AsSpan(0, Count);

    /// <summary>Longest run of one and the same stored code over neighbouring items with the same options, by person.</summary>
    public ReadOnlySpan<ushort> LongestRun => RunColumn.AsSpan(0, Count);

    /// <summary>Number of scored items with an answer, by person; items skipped by the form's own logic count as answered.</summary>
    public ReadOnlySpan<ushort> Answered => AnsweredColumn.AsSpan(0, Count);

    /// <summary>Number of scored items that were asked, by person.</summary>
    public ReadOnlySpan<ushort> Asked => AskedColumn.AsSpan(0, Count);

    /// <summary>Standard deviation (divisor n − 1) of the stored option codes within the person (IRV), by person; NaN below two answers.</summary>
    public ReadOnlySpan<double> Variability
    {
        get
        {
            _variability ??= new double[Capacity];
            for (var person = 0; person < Count; person++)
            {
                // n·Σx² − (Σx)² is a whole number, so the deviation does not depend on the order of addition.
                var (n, sum, squares) = ((long)CodeCounts[person], (long)CodeSums[person], (long)CodeSquares[person]);
                _variability[person] = n < 2 ? double.NaN : Math.Sqrt(((n * squares) - (sum * sum)) / (double)(n * (n - 1)));
            }

            return _variability.AsSpan(0, Count);
        }
    }

    /// <summary>Values of one score; NaN where there is none (see the status).</summary>
    public ReadOnlySpan<double> Values(int score) => _scores[score].Values(Count);

    /// <summary>Bands of one score as positions in <see cref="BandSet.Starts"/> of the person's band set; <see cref="NoBand"/> where there is none.</summary>
    public ReadOnlySpan<byte> Bands(int score) => _scores[score].Bands(Count);

    /// <summary>Band sets of one score as positions in <see cref="ScoreDefinition.Bands"/>; <see cref="NoBand"/> for people without bands.</summary>
    public ReadOnlySpan<byte> BandSets(int score) => _scores[score].Groups(Count);

    /// <summary>Statuses of one score.</summary>
    public ReadOnlySpan<ScoreStatus> Statuses(int score) => _scores[score].Statuses(Count);

    /// <summary>States of one critical item.</summary>
    public ReadOnlySpan<CriticalState> Critical(int criticalItem) => _critical[criticalItem].AsSpan(0, Count);

    /// <summary>Number of scored items that a person left without an answer for one reason.</summary>
    public int MissingCount(MissingReason reason, int person) => Of(MissingCounts[reason - MissingReason.NotAsked], person);

    /// <summary>The band of a person on a score, or <see langword="null"/>.</summary>
    public Band? BandOf(int score, int person) => ExactValue(score, person) is { } value ? BandAt(score, person, value) : null;

    /// <summary>Band of the lowest value still possible, or <see langword="null"/> where the person has no bands.</summary>
    public Band? LowestBand(int score, int person) => BandAt(score, person, LowestPossible(score, person));

    /// <summary>Band of the highest value still possible, or <see langword="null"/> where the person has no bands.</summary>
    public Band? HighestBand(int score, int person) => BandAt(score, person, HighestPossible(score, person));

    /// <summary>Lowest value still possible, if the missing answers were the best ones; equal to the value when none is missing.</summary>
    public Rational LowestPossible(int score, int person) => OutcomeOf(score, person).Lowest;

    /// <summary>Highest value still possible.</summary>
    public Rational HighestPossible(int score, int person) => OutcomeOf(score, person).Highest;

    /// <summary>The value as an exact fraction, or <see langword="null"/>.</summary>
    public Rational? ExactValue(int score, int person) => OutcomeOf(score, person) is var outcome && ScorePlan.HasValue(outcome.Completeness) ? outcome.Value : null;

    internal ResponseValidity[] ValidityColumn { get; }

    internal ValidityReasons[] ReasonColumn { get; }

    internal ushort[] RunColumn { get; }

    internal ushort[] AnsweredColumn { get; }

    internal ushort[] AskedColumn { get; }

    /// <summary>Missing answers of scored items, by reason from <see cref="MissingReason.NotAsked"/> on, then by person.</summary>
    internal ushort[][] MissingCounts { get; }

    /// <summary>What kinds of answers a person has, which decides how scores are found.</summary>
    internal AnswerKind[] AnswerKinds { get; }

    /// <summary>Number of answers that have a code, by person.</summary>
    internal ushort[] CodeCounts { get; }

    /// <summary>Sum of these codes, before reversal.</summary>
    internal int[] CodeSums { get; }

    /// <summary>Sum of their squares.</summary>
    internal int[] CodeSquares { get; }

    /// <summary>Room for a sum per person.</summary>
    internal ushort[] Sums { get; }

    /// <summary>Room for a number of missing answers per person.</summary>
    internal ushort[] Missing { get; }

    /// <summary>Room for a further number per person.</summary>
    internal ushort[] Numbers { get; }

    /// <summary>Room for a byte per person; a number for each that is needed at once.</summary>
    internal Span<byte> Bytes(int room)
    {
        while (_bytes.Count <= room)
        {
            _bytes.Add(new byte[Capacity]);
        }

        return _bytes[room].AsSpan(0, Count);
    }

    /// <summary>Whether anybody's answers are other than plain.</summary>
    internal bool HasOddAnswers { get; set; }

    /// <summary>How many people the kernels take at once.</summary>
    internal LaneWidth Width { get; init; } = Lanes.Widest;

    /// <summary>What is known of one score.</summary>
    internal ScoreColumn Column(int score) => _scores[score];

    /// <summary>What the answers of a person make of a score.</summary>
    internal Outcome OutcomeOf(int score, int person)
    {
        _ = ValidityColumn.AsSpan(0, Count)[person]; // who is not in the block any more has no scores
        return _scores[score].OutcomeOf(person);
    }

    internal CriticalState[] CriticalColumn(int criticalItem) => _critical[criticalItem];

    private Band? BandAt(int score, int person, Rational value)
    {
        var group = _scores[score].GroupOf(person);
        if (group == NoBand)
        {
            return null;
        }

        var starts = Instrument.Scores[score].Bands[group].Starts;
        var band = starts.Count - 1;
        while (band > 0 && value < starts[band].From)
        {
            band--;
        }

        return starts[band];
    }

    private T Of<T>(T[] column, int person) => column.AsSpan(0, Count)[person];

    private static T[][] Columns<T>(int count, int capacity) => [.. Enumerable.Range(0, count).Select(_ => new T[capacity])];
}
