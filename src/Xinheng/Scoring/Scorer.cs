using Xinheng.Scoring;

namespace Xinheng;

/// <summary>An instrument made ready for scoring: every id resolved, every key a table.</summary>
/// <remarks>
/// Immutable and thread-safe: one scorer serves any number of threads, each with its own blocks. One person is scored by
/// the same code as a million: a score depends on the definition and the answers only, never on who else is in the block.
/// </remarks>
public sealed class Scorer
{
    private readonly ScorePlan[] _scores;
    private readonly SkipPlan[] _skips;
    private readonly CriticalPlan[] _critical;
    private readonly ValidityPlan _validity;
    private Room? _room;

    private Scorer(Instrument instrument, ValidityRules validity)
    {
        Instrument = instrument;
        Validity = validity;
        _scores = ScorePlan.Compile(instrument);
        _skips = SkipPlan.Compile(instrument);
        _critical = CriticalPlan.Compile(instrument);
        _validity = new ValidityPlan(instrument, validity);
    }

    /// <summary>The instrument.</summary>
    public Instrument Instrument { get; }

    /// <summary>The cut-offs of response validity.</summary>
    public ValidityRules Validity { get; }

    /// <summary>Makes an instrument ready for scoring.</summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="validity">Cut-offs of response validity; <see langword="null"/> = <see cref="ValidityRules.Default"/>.</param>
    public static Scorer Compile(Instrument instrument, ValidityRules? validity = null)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        return new Scorer(instrument, validity ?? ValidityRules.Default);
    }

    /// <summary>Scores one person.</summary>
    /// <param name="answers">One answer per item, in printed order. Items at the end that no score and no critical item needs may be left out: they count as not asked.</param>
    /// <param name="person">What is known of the person; nothing by default.</param>
    /// <exception cref="ArgumentException">The number of answers is not that of the items.</exception>
    public ScoreReport Score(ReadOnlySpan<Answer> answers, Respondent person = default)
    {
        var scores = ScoreOne(answers, person, out _);
        return new ScoreReport(scores, 0);
    }

    /// <summary>Scores one person and keeps how each score came about.</summary>
    /// <inheritdoc cref="Score(ReadOnlySpan{Answer}, Respondent)"/>
    public Explanation Explain(ReadOnlySpan<Answer> answers, Respondent person = default)
    {
        var scores = ScoreOne(answers, person, out var block);
        return Explanation.Create(block, scores);
    }

    /// <summary>Scores one person into the caller's room. Allocates nothing.</summary>
    /// <param name="codes">One stored code per item, in printed order; 251 to 255 are <see cref="MissingReason"/>. A code that the item does not have is out of range.</param>
    /// <param name="person">What is known of the person; <c>default</c> = nothing.</param>
    /// <param name="scores">Takes one value per score, in the order of the definition.</param>
    /// <param name="critical">Takes one state per critical item, in the order of the definition.</param>
    /// <returns>The verdict on the answers.</returns>
    /// <exception cref="ArgumentException">The spans have not the numbers of items, scores and critical items, or an item's answer is a quantity: use <see cref="Score(ReadOnlySpan{Answer}, Respondent)"/>.</exception>
    public ResponseValidity ScoreInto(ReadOnlySpan<byte> codes, Respondent person, Span<ScoreValue> scores, Span<CriticalState> critical)
    {
        if (scores.Length != _scores.Length || critical.Length != _critical.Length)
        {
            throw new ArgumentException($"Instrument '{Instrument.Id}' has {_scores.Length} scores and {_critical.Length} critical items; there is room for {scores.Length} and {critical.Length}.", nameof(scores));
        }

        var room = Interlocked.Exchange(ref _room, null) ?? new Room(new AnswerBlock(Instrument, 1) { Count = 1 }, new ScoreBlock(Instrument, 1));
        var (answers, results) = room;
        answers.LoadRows(codes, 1);
        answers.SetPerson(0, person);
        ScoreBatch(answers, results);
        for (var score = 0; score < scores.Length; score++)
        {
            var column = results.Column(score);
            var (value, band, status) = column.ReadingOf(0);
            scores[score] = new ScoreValue(value, band, column.GroupOf(0), status);
        }

        for (var item = 0; item < critical.Length; item++)
        {
            critical[item] = results.CriticalColumn(item)[0];
        }

        var verdict = results.ValidityColumn[0];
        Volatile.Write(ref _room, room);
        return verdict;
    }

    /// <summary>Scores a block of people into columns. Allocates nothing.</summary>
    /// <exception cref="ArgumentException">A block belongs to another instrument, or the results have no room.</exception>
    public void ScoreBatch(AnswerBlock answers, ScoreBlock results)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(results);
        if (answers.Instrument != Instrument || results.Instrument != Instrument)
        {
            throw new ArgumentException($"The block belongs to another instrument than '{Instrument.Id}'.", nameof(answers));
        }

        if (results.Capacity < answers.Count)
        {
            throw new ArgumentException($"There are {answers.Count} people and room for {results.Capacity} results.", nameof(results));
        }

        results.Count = answers.Count;
        foreach (var skip in _skips)
        {
            skip.Run(answers, results);
        }

        _validity.Look(answers, results);
        foreach (var score in _scores)
        {
            score.Run(answers, results);
        }

        foreach (var critical in _critical)
        {
            critical.Run(answers, results);
        }

        _validity.Judge(answers, results);
    }

    private ScoreBlock ScoreOne(ReadOnlySpan<Answer> answers, Respondent person, out AnswerBlock block)
    {
        if (answers.Length > Instrument.Items.Count || !Instrument.Items.Skip(answers.Length).All(Instrument.MayBeLeftOut))
        {
            throw new ArgumentException(
                $"Instrument '{Instrument.Id}' has {Instrument.Items.Count} items but {answers.Length} answers were given. "
                + "Pass one answer per item, in item order; use Answer.Skipped for an unanswered item.",
                nameof(answers));
        }

        block = new AnswerBlock(Instrument, 1) { Count = 1 };
        for (var item = 0; item < Instrument.Items.Count; item++)
        {
            block.Set(0, item, item < answers.Length ? answers[item] : Answer.NotAsked);
        }

        block.SetPerson(0, person);
        var scores = new ScoreBlock(Instrument, 1);
        ScoreBatch(block, scores);
        return scores;
    }

    /// <summary>Room for one person, lent to one call after another.</summary>
    private sealed record Room(AnswerBlock Answers, ScoreBlock Results);
}
