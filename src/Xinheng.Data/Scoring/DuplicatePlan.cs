using System.Globalization;

namespace Xinheng.Data;

/// <summary>Which rows of a file count when a person has several, decided before anything is written.</summary>
internal sealed class DuplicatePlan
{
    private readonly Dictionary<long, bool> _dropped = [];
    private readonly Dictionary<long, CriticalState[]> _raised = [];

    private DuplicatePlan()
    {
    }

    /// <summary>Looks through the file for people with several rows.</summary>
    /// <exception cref="InputException">There are such people and the rule refuses them.</exception>
    public static DuplicatePlan Create(
        ScoreRequest request, IReadOnlyList<Scorer> scorers, InputProbe probe, Action<SurveyReader> progress, CancellationToken cancellation)
    {
        var plan = new DuplicatePlan();
        var people = FindPeople(request, probe, progress, cancellation);
        if (people.Count == 0)
        {
            return plan;
        }

        if (request.Mapping.Duplicates == DuplicateRule.Refuse)
        {
            throw Refused(request, people);
        }

        foreach (var candidates in ReadCandidates(request, scorers, probe, people.Keys, cancellation))
        {
            plan.Decide(candidates, request.Mapping.Duplicates ?? DuplicateRule.First);
        }

        return plan;
    }

    /// <summary>Whether a row is left out because another one of the same person counts.</summary>
    /// <param name="row">The row.</param>
    /// <param name="identical">Whether its answers are those of the row that counts.</param>
    public bool IsDropped(long row, out bool identical) => _dropped.TryGetValue(row, out identical);

    /// <summary>Worst state of each critical item, over all instruments, in any row of the person; <see langword="null"/> where there is one row.</summary>
    public CriticalState[]? RaisedFor(long row) => _raised.GetValueOrDefault(row);

    /// <summary>People with several rows, with the second of their rows and the number of rows beyond the first.</summary>
    private static Dictionary<UInt128, (long SecondRow, int Further)> FindPeople(
        ScoreRequest request, InputProbe probe, Action<SurveyReader> progress, CancellationToken cancellation)
    {
        var people = new Dictionary<UInt128, (long SecondRow, int Further)>();
        using var reader = new SurveyReader(request, quarantine: null, probe);
        if (reader.Columns.Id < 0)
        {
            return people;
        }

        var seen = new PersonKeys();
        while (reader.Read())
        {
            var key = reader.PersonKey();
            if (!seen.Add(key))
            {
                people[key] = people.TryGetValue(key, out var known) ? known with { Further = known.Further + 1 } : (reader.Row, 1);
            }

            if (reader.Records % 4_096 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress(reader);
            }
        }

        return people;
    }

    private static List<Candidate>[] ReadCandidates(
        ScoreRequest request, IReadOnlyList<Scorer> scorers, InputProbe probe, IEnumerable<UInt128> people, CancellationToken cancellation)
    {
        var found = people.ToDictionary(key => key, _ => new List<Candidate>());
        using var reader = new SurveyReader(request, quarantine: null, probe);
        var block = new SurveyBlock(request.Instruments, reader.Columns.Passed.Length, 1);
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            if (found.TryGetValue(reader.PersonKey(), out var candidates))
            {
                block.Clear();
                reader.AddTo(block);
                candidates.Add(Candidate.Create(reader.Row, reader.Person, block, scorers));
            }
        }

        // Rows were brought together by a digest of the id; only the same id is the same person.
        return
        [
            .. found.Values
                .SelectMany(rows => rows.GroupBy(candidate => candidate.Person, StringComparer.Ordinal))
                .Select(rows => rows.ToList())
                .Where(rows => rows.Count > 1),
        ];
    }

    private void Decide(List<Candidate> candidates, DuplicateRule rule)
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

        _raised.Add(kept.Row, [.. kept.Critical.Select((_, i) => Worst(candidates, i))]);
    }

    /// <summary>
    /// A raised answer of any row stands, and one that cannot be read could be one. A blank is no answer to put in place
    /// of the one that counts.
    /// </summary>
    private static CriticalState Worst(List<Candidate> candidates, int critical) =>
        candidates.Any(c => c.Critical[critical] == CriticalState.Yes) ? CriticalState.Yes
        : candidates.Any(c => c.Critical[critical] == CriticalState.Unreadable) ? CriticalState.Unreadable
        : CriticalState.No;

    private static InputException Refused(ScoreRequest request, Dictionary<UInt128, (long SecondRow, int Further)> people) => new(new Problem
    {
        Code = "duplicates",
        File = request.Input,
        Row = people.Values.Min(p => p.SecondRow),
        Found = string.Create(CultureInfo.InvariantCulture, $"{people.Count} people have more than one row, {people.Values.Sum(p => p.Further)} rows in all beyond the first"),
        Expected = "One row per person",
        Action = "Remove the rows that do not count, or set 'duplicates' in the mapping to first, last or best-valid",
    });

    /// <summary>One of several rows of a person.</summary>
    private sealed record Candidate(long Row, string Person, int Validity, int Answered, CriticalState[] Critical, ushort[] Answers)
    {
        public static Candidate Create(long row, string person, SurveyBlock block, IReadOnlyList<Scorer> scorers)
        {
            var critical = new List<CriticalState>();
            var answers = new List<ushort>();
            var (validity, answered) = (0, 0);
            for (var i = 0; i < scorers.Count; i++)
            {
                var (instrument, scores) = (scorers[i].Instrument, block.Scores[i]);
                scorers[i].ScoreBatch(block.Answers[i], scores);
                answers.AddRange(Enumerable.Range(0, instrument.Items.Count).Select(item => block.Answers[i].Get(0, item).Stored));
                critical.AddRange(Enumerable.Range(0, instrument.Definition.CriticalItems.Count).Select(c => scores.Critical(c)[0]));
                validity = Math.Max(validity, (int)scores.Validity[0]);
                answered += scores.Answered[0];
            }

            return new(row, person, validity, answered, [.. critical], [.. answers]);
        }
    }
}
