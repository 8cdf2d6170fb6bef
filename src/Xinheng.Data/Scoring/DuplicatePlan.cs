using System.Globalization;

namespace Xinheng.Data;

/// <summary>Which rows of a file count when a person has several, decided before anything is written.</summary>
internal sealed class DuplicatePlan
{
    private readonly Dictionary<long, bool> _dropped = [];
    private readonly Dictionary<long, CriticalState[]> _raised = [];
    private readonly Dictionary<long, List<ClassOutcome>> _classes = [];

    private DuplicatePlan()
    {
    }

    /// <summary>Decides about the people with several rows.</summary>
    /// <param name="file">The file, looked at.</param>
    /// <param name="scorers">The scorers of its instruments.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InputException">There are such people and the rule refuses them.</exception>
    public static DuplicatePlan Create(SurveyFile file, IReadOnlyList<Scorer> scorers, CancellationToken cancellation)
    {
        var plan = new DuplicatePlan();
        var (people, request) = (file.Several, file.Request);
        if (people.Count == 0)
        {
            return plan;
        }

        var further = people.Values.Sum(p => (long)p.Further);
        if (request.Mapping.Duplicates is null && further > Math.Max(20, file.Records / 50))
        {
            throw TooMany(file, further);
        }

        if (request.Mapping.Duplicates == DuplicateRule.Refuse)
        {
            throw Refused(request, people);
        }

        foreach (var candidates in ReadCandidates(file, scorers, people, cancellation))
        {
            plan.Decide(candidates, scorers, request.Mapping.Duplicates ?? DuplicateRule.First);
        }

        return plan;
    }

    /// <summary>Whether there is anybody with several rows.</summary>
    public bool IsEmpty => _dropped.Count == 0 && _raised.Count == 0;

    /// <summary>Whether a row is left out because another one of the same person counts.</summary>
    /// <param name="row">The row.</param>
    /// <param name="identical">Whether its answers are those of the row that counts.</param>
    public bool IsDropped(long row, out bool identical) => _dropped.TryGetValue(row, out identical);

    /// <summary>Worst state of each critical item, over all instruments, in any row of the person; <see langword="null"/> where there is one row.</summary>
    public CriticalState[]? RaisedFor(long row) => _raised.GetValueOrDefault(row);

    /// <summary>Classes to put in place of a row's own, because the worst critical answers come from other rows; mostly none.</summary>
    public IReadOnlyList<ClassOutcome> ClassesFor(long row) => _classes.TryGetValue(row, out var classes) ? classes : [];

    private static List<Candidate>[] ReadCandidates(
        SurveyFile file, IReadOnlyList<Scorer> scorers, IReadOnlyDictionary<UInt128, (long SecondRow, int Further)> people, CancellationToken cancellation)
    {
        var found = people.Keys.ToDictionary(key => key, _ => new List<Candidate>());
        file.ForEach(people.ContainsKey, Score, (block, place, person) => Candidate.Create(block, place, person, scorers), (key, candidate) => found[key].Add(candidate), cancellation);

        // Rows were brought together by a digest of the id; only the same id is the same person.
        return
        [
            .. found.Values
                .SelectMany(rows => rows.GroupBy(candidate => candidate.Person, StringComparer.Ordinal))
                .Select(rows => rows.ToList())
                .Where(rows => rows.Count > 1),
        ];

        void Score(SurveyBlock block)
        {
            for (var i = 0; i < scorers.Count; i++)
            {
                scorers[i].ScoreBatch(block.Answers[i], block.Scores[i]);
            }
        }
    }

    private void Decide(List<Candidate> candidates, IReadOnlyList<Scorer> scorers, DuplicateRule rule)
    {
        var kept = rule switch
        {
            DuplicateRule.First => candidates[0],
            DuplicateRule.Last => candidates[^1],
            _ => candidates.MinBy(c => (c.Validity, -c.Answered, c.Row))!,
        };
        foreach (var other in candidates.Where(c => c != kept))
        {
            _dropped.Add(other.Row, other.Answers.AsSpan().SequenceEqual(kept.Answers));
        }

        var raised = kept.Critical.Select((_, i) => Worst(candidates, i)).ToArray();
        _raised.Add(kept.Row, raised);
        var first = 0;
        var classes = new List<ClassOutcome>();
        for (var i = 0; i < scorers.Count; i++)
        {
            var count = scorers[i].Instrument.Definition.CriticalItems.Count;
            if (Enumerable.Range(first, count).Any(c => raised[c] is CriticalState.Yes or CriticalState.Unreadable && raised[c] != kept.Critical[c]))
            {
                classes.AddRange(
                    from own in kept.Classes
                    where own.Instrument == i
                    let worst = candidates.SelectMany(c => c.Classes).Where(c => (c.Instrument, c.Score) == (i, own.Score)).MaxBy(c => c.Rank)
                    where worst.Rank > own.Rank
                    select worst);
            }

            first += count;
        }

        if (classes.Count > 0)
        {
            _classes.Add(kept.Row, classes);
        }
    }

    /// <summary>
    /// A raised answer of any row stands, and one that cannot be read could be one. A blank is no answer to put in place
    /// of the one that counts.
    /// </summary>
    private static CriticalState Worst(List<Candidate> candidates, int critical) =>
        candidates.Any(c => c.Critical[critical] == CriticalState.Yes) ? CriticalState.Yes
        : candidates.Any(c => c.Critical[critical] == CriticalState.Unreadable) ? CriticalState.Unreadable
        : CriticalState.No;

    private static InputException TooMany(SurveyFile file, long further) => new(new Problem
    {
        Code = "duplicates-ceiling",
        File = file.Request.Input,
        Column = (file.Columns.Id + 1).ToString(CultureInfo.InvariantCulture),
        Found = string.Create(
            CultureInfo.InvariantCulture,
            $"{further} of {file.Records} rows would be left out as duplicates; column {file.Columns.Id + 1} ('{file.Columns.Headings[file.Columns.Id]}') was taken as the id of people{(file.Columns.IdIsGuessed ? ", by its heading" : "")}"),
        Expected = "At most max(20, 2 %) rows beyond one per person",
        Action = "Name the right id column (--id, or 'id' in the mapping); if people did answer so often, state 'duplicates' in the mapping: first, last or best-valid",
    });

    private static InputException Refused(ScoreRequest request, IReadOnlyDictionary<UInt128, (long SecondRow, int Further)> people) => new(new Problem
    {
        Code = "duplicates",
        File = request.Input,
        Row = people.Values.Min(p => p.SecondRow),
        Found = string.Create(CultureInfo.InvariantCulture, $"{people.Count} people have more than one row, {people.Values.Sum(p => p.Further)} rows in all beyond the first"),
        Expected = "One row per person",
        Action = "Remove the rows that do not count, or set 'duplicates' in the mapping to first, last or best-valid",
    });

    /// <summary>One of several rows of a person.</summary>
    private sealed record Candidate(long Row, string Person, int Validity, int Answered, CriticalState[] Critical, ushort[] Answers, ClassOutcome[] Classes)
    {
        public static Candidate Create(SurveyBlock block, int place, string person, IReadOnlyList<Scorer> scorers)
        {
            var critical = new CriticalState[block.Scores.Sum(scores => scores.Instrument.Definition.CriticalItems.Count)];
            var answers = new ushort[block.Answers.Sum(answers => answers.Instrument.Items.Count)];
            var classes = new List<ClassOutcome>();
            var (validity, answered, nextCritical, nextAnswer) = (0, 0, 0, 0);
            for (var i = 0; i < scorers.Count; i++)
            {
                var (instrument, scores) = (scorers[i].Instrument, block.Scores[i]);
                for (var item = 0; item < instrument.Items.Count; item++)
                {
                    answers[nextAnswer++] = block.Answers[i].Get(place, item).Stored;
                }

                for (var c = 0; c < instrument.Definition.CriticalItems.Count; c++)
                {
                    critical[nextCritical++] = scores.Critical(c)[place];
                }

                for (var s = 0; s < instrument.Scores.Count; s++)
                {
                    if (instrument.Scores[s] is ClassScore)
                    {
                        classes.Add(ClassOutcome.Of(scores, i, s, place));
                    }
                }

                validity = Math.Max(validity, (int)scores.Validity[place]);
                answered += scores.Answered[place];
            }

            return new(block.Rows[place], person, validity, answered, critical, answers, [.. classes]);
        }
    }
}

/// <summary>The class of one row on one score.</summary>
internal readonly record struct ClassOutcome(int Instrument, int Score, int Rank, Scoring.Outcome Outcome, byte Place)
{
    public static ClassOutcome Of(ScoreBlock scores, int instrument, int score, int person) => new(
        instrument, score, RankOf(scores, score, person), scores.OutcomeOf(score, person), scores.Column(score).Places[person]);

    /// <summary>Puts the class in place of a person's own.</summary>
    public void PutInto(ScoreBlock scores, int person)
    {
        scores.Column(Score).Put(person, Outcome);
        scores.Column(Score).Places[person] = Place;
    }

    /// <summary>
    /// As with critical answers: a class of any row stands, and after it an answer that cannot be read and could have made
    /// one. That no class holds, or a blank, is nothing to put in place of the row that counts.
    /// </summary>
    private static int RankOf(ScoreBlock scores, int score, int person)
    {
        var definition = (ClassScore)scores.Instrument.Scores[score];
        var value = scores.Values(score)[person];
        return !double.IsNaN(value) ? value > definition.Otherwise ? 2 + (int)value - definition.Otherwise : 0
            : scores.Statuses(score)[person] is ScoreStatus.Unreadable or ScoreStatus.CodeOutOfRange ? 2
            : 0;
    }
}
