namespace Xinheng;

/// <summary>Scores of many people on one instrument, in columns: filled by <see cref="Scorer.ScoreBatch(AnswerBlock, ScoreBlock)"/>.</summary>
/// <remarks>Mutable buffer, made to be filled again and again; not thread-safe.</remarks>
public sealed class ScoreBlock
{
    /// <summary>What <see cref="Bands(int)"/> holds where there is no band.</summary>
    public const byte NoBand = byte.MaxValue;

    private readonly double[][] _values;
    private readonly byte[][] _bands;
    private readonly byte[][] _groups;
    private readonly ScoreStatus[][] _statuses;
    private readonly CriticalState[][] _critical;

    /// <summary>Creates a block for up to <paramref name="capacity"/> people.</summary>
    public ScoreBlock(Instrument instrument, int capacity)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Instrument = instrument;
        Capacity = capacity;
        var scores = instrument.Scores.Count;
        _values = Columns<double>(scores, capacity);
        _bands = Columns<byte>(scores, capacity);
        _groups = Columns<byte>(scores, capacity);
        _statuses = Columns<ScoreStatus>(scores, capacity);
        _critical = Columns<CriticalState>(instrument.Definition.CriticalItems.Count, capacity);
        ValidityColumn = new ResponseValidity[capacity];
        ReasonColumn = new ValidityReasons[capacity];
        RunColumn = new ushort[capacity];
        AnsweredColumn = new ushort[capacity];
        AskedColumn = new ushort[capacity];
        MissingCounts = Columns<ushort>(Enum.GetValues<MissingReason>().Length, capacity);
        VariabilityColumn = new double[capacity];
        Exact = Columns<Rational>(scores, capacity);
        Lowest = Columns<Rational>(scores, capacity);
        Highest = Columns<Rational>(scores, capacity);
        Completeness = Columns<ScoreStatus>(scores, capacity);
        Packed = new long[2 * capacity];
        Effective = new Dictionary<int, byte[]>();
        for (var item = 0; item < instrument.Items.Count; item++)
        {
            if (instrument.Items[item] is { AskedWhen: not null } or { WhenBlank: not null })
            {
                Effective.Add(item, new byte[capacity]);
            }
        }
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
    public ReadOnlySpan<double> Variability => VariabilityColumn.AsSpan(0, Count);

    /// <summary>Values of one score; NaN where there is none (see the status).</summary>
    public ReadOnlySpan<double> Values(int score) => _values[score].AsSpan(0, Count);

    /// <summary>Bands of one score as positions in <see cref="BandSet.Starts"/> of the person's band set; <see cref="NoBand"/> where there is none.</summary>
    public ReadOnlySpan<byte> Bands(int score) => _bands[score].AsSpan(0, Count);

    /// <summary>Band sets of one score as positions in <see cref="ScoreDefinition.Bands"/>; <see cref="NoBand"/> for people without bands.</summary>
    public ReadOnlySpan<byte> BandSets(int score) => _groups[score].AsSpan(0, Count);

    /// <summary>Statuses of one score.</summary>
    public ReadOnlySpan<ScoreStatus> Statuses(int score) => _statuses[score].AsSpan(0, Count);

    /// <summary>States of one critical item.</summary>
    public ReadOnlySpan<CriticalState> Critical(int criticalItem) => _critical[criticalItem].AsSpan(0, Count);

    /// <summary>Number of scored items that a person left without an answer for one reason.</summary>
    public int MissingCount(MissingReason reason, int person) => Of(MissingCounts[reason - MissingReason.NotAsked], person);

    /// <summary>The band of a person on a score, or <see langword="null"/>.</summary>
    public Band? BandOf(int score, int person) => double.IsNaN(Of(_values[score], person)) ? null : BandAt(score, person, Exact[score][person]);

    /// <summary>Band of the lowest value still possible, or <see langword="null"/> where the person has no bands.</summary>
    public Band? LowestBand(int score, int person) => BandAt(score, person, Of(Lowest[score], person));

    /// <summary>Band of the highest value still possible, or <see langword="null"/> where the person has no bands.</summary>
    public Band? HighestBand(int score, int person) => BandAt(score, person, Of(Highest[score], person));

    /// <summary>Lowest value still possible, if the missing answers were the best ones; equal to the value when none is missing.</summary>
    public Rational LowestPossible(int score, int person) => Of(Lowest[score], person);

    /// <summary>Highest value still possible.</summary>
    public Rational HighestPossible(int score, int person) => Of(Highest[score], person);

    /// <summary>The value as an exact fraction, or <see langword="null"/>.</summary>
    public Rational? ExactValue(int score, int person) => double.IsNaN(Of(_values[score], person)) ? null : Exact[score][person];

    internal ResponseValidity[] ValidityColumn { get; }

    internal ValidityReasons[] ReasonColumn { get; }

    internal ushort[] RunColumn { get; }

    internal ushort[] AnsweredColumn { get; }

    internal ushort[] AskedColumn { get; }

    internal double[] VariabilityColumn { get; }

    /// <summary>Missing answers of scored items, by reason from <see cref="MissingReason.NotAsked"/> on, then by person.</summary>
    internal ushort[][] MissingCounts { get; }

    internal Rational[][] Exact { get; }

    internal Rational[][] Lowest { get; }

    internal Rational[][] Highest { get; }

    /// <summary>Whether a score has a value, before population, bands and evidence are looked at.</summary>
    internal ScoreStatus[][] Completeness { get; }

    /// <summary>Room for two packed sums per person.</summary>
    internal long[] Packed { get; }

    /// <summary>Codes after skip logic and the meaning of blanks, for the items that have either.</summary>
    internal Dictionary<int, byte[]> Effective { get; }

    internal double[] ValueColumn(int score) => _values[score];

    internal byte[] BandColumn(int score) => _bands[score];

    internal byte[] GroupColumn(int score) => _groups[score];

    internal ScoreStatus[] StatusColumn(int score) => _statuses[score];

    internal CriticalState[] CriticalColumn(int criticalItem) => _critical[criticalItem];

    private Band? BandAt(int score, int person, Rational value)
    {
        if (_groups[score][person] == NoBand)
        {
            return null;
        }

        var starts = Instrument.Scores[score].Bands[_groups[score][person]].Starts;
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
