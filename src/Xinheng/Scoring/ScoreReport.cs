namespace Xinheng;

/// <summary>Scores of one person on one instrument.</summary>
/// <remarks>Immutable and thread-safe. Class; no default state. Screening result, not a diagnosis.</remarks>
public sealed class ScoreReport
{
    internal ScoreReport(ScoreBlock block, int person)
    {
        Block = block;
        Instrument = block.Instrument;
        Scores = [.. Enumerable.Range(0, Instrument.Scores.Count).Select(score => Result(block, score, person))];
        CriticalItems =
        [
            .. Instrument.Definition.CriticalItems.Select((critical, i) => new CriticalResult { CriticalItem = critical, State = block.Critical(i)[person] }),
        ];
        Validity = new ValidityResult
        {
            Validity = block.Validity[person],
            Reasons = block.ValidityReasons[person],
            Asked = block.Asked[person],
            Answered = block.Answered[person],
            Missing = Enum.GetValues<MissingReason>()
                .Where(reason => block.MissingCount(reason, person) > 0)
                .ToDictionary(reason => reason, reason => block.MissingCount(reason, person)),
            LongestRun = block.LongestRun[person],
            Variability = double.IsNaN(block.Variability[person]) ? null : block.Variability[person],
        };
    }

    /// <summary>The columns the report was made from: one person, never filled again.</summary>
    internal ScoreBlock Block { get; }

    /// <summary>The instrument.</summary>
    public Instrument Instrument { get; }

    /// <summary>Scores in the order of the definition.</summary>
    public IReadOnlyList<ScoreResult> Scores { get; }

    /// <summary>Critical items in the order of the definition.</summary>
    public IReadOnlyList<CriticalResult> CriticalItems { get; }

    /// <summary>Whether the answers can be relied on.</summary>
    public ValidityResult Validity { get; }

    /// <summary>The score with an id.</summary>
    /// <exception cref="KeyNotFoundException">The instrument has no such score; the message lists those it has.</exception>
    public ScoreResult this[string score] => Instrument.IndexOfScore(score) is >= 0 and var index
        ? Scores[index]
        : throw new KeyNotFoundException($"Instrument '{Instrument.Id}' has no score '{score}'. It has: {string.Join(", ", Instrument.Scores.Select(s => s.Id))}.");

    private static ScoreResult Result(ScoreBlock block, int score, int person) => new()
    {
        Definition = block.Instrument.Scores[score],
        Exact = block.ExactValue(score, person),
        Status = block.Statuses(score)[person],
        Band = block.BandOf(score, person)?.Id,
        Lowest = block.LowestPossible(score, person),
        Highest = block.HighestPossible(score, person),
        LowestBand = block.LowestBand(score, person)?.Id,
        HighestBand = block.HighestBand(score, person)?.Id,
        BandLabels = block.Instrument.Definition.BandLabels,
    };
}
