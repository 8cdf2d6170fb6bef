namespace Xinheng.Network.Tests;

/// <summary>A small province and what comes in of its people: answers, events, corrections, repeats, from one seed.</summary>
internal sealed class LiveWorld
{
    private static readonly Scorer[] Scorers = [.. new[] { "phq-9", "gad-7" }.Select(id => Scorer.Compile(InstrumentCatalog.Default[id]))];
    private static readonly Triage[] Triages =
        [.. new[] { Screened.Students, Screened.Staff }.Select(policy => Triage.Compile(policy, [.. Scorers.Select(s => s.Instrument)], allowDraft: true))];

    public LiveWorld(int seed, int people, DateOnly asOf, PopulationKind population)
    {
        Random = new Random(seed);
        Triage = Triages[population == PopulationKind.Staff ? 1 : 0];
        var rows = Province.Rows(Random, asOf, people);
        var crowded = seed % 2 == 0; // Most people in one school, so that dormitories fill up.
        Roster = Province.Build(
            rows.Select(row => row with
            {
                Population = Random.Next(9) == 0 ? row.Population : population,
                City = crowded ? null : row.City, County = crowded ? null : row.County, School = crowded && row.School is not null ? "No. 1" : row.School,
            }),
            asOf, population);
        Start = SchoolCalendar.Default.StartOf(asOf);
        string[] ids = [.. rows.Select(row => row.Person!).Distinct(), "stranger-1", "stranger-2"];
        foreach (var id in ids)
        {
            var known = new Known(id, [null, null], default, 0);
            for (var version = Random.Next(1, 5); version > 0; version--)
            {
                Everything.Add(known = Next(known));
            }
        }

        Last = [.. Everything.GroupBy(known => known.Person, StringComparer.Ordinal).Select(group => group.MaxBy(known => known.Sequence)!)];
        Stream = [.. Everything, .. Everything.Where(_ => Random.Next(5) == 0)];
        Province.Shuffle(Random, Stream);
    }

    /// <summary>All that a host knows of a person at one moment.</summary>
    public sealed record Known(string Person, Answer[]?[] Answers, PersonFacts Facts, long Sequence);

    public Random Random { get; }

    public Triage Triage { get; }

    public Roster Roster { get; }

    public DateTimeOffset Start { get; }

    public List<Known> Everything { get; } = [];

    public List<Known> Last { get; }

    /// <summary>Everything in any order, some of it twice.</summary>
    public List<Known> Stream { get; }

    public LiveScreening Live(NetworkState? state = null) => new(Triage, state ?? new NetworkState(Roster), SchoolCalendar.Default, "autumn");

    public Submission Submission(Known known) => new()
    {
        Person = known.Person,
        Reports = [.. known.Answers.Select((answers, i) => answers is null ? null : Scorers[i].Score(answers, Roster.Complete(Roster.IndexOf(known.Person), default(Respondent))))],
        Facts = known.Facts,
        Sequence = known.Sequence,
        Start = Start,
    };

    /// <summary>The same people as columns: scored and decided together, warnings by the plain rules of a survey.</summary>
    public List<(string Person, PersonState State, List<string> Warnings)> Batch(IReadOnlyList<Known> all)
    {
        var projector = new WarningProjector(Triage.Policy, SchoolCalendar.Default, "autumn");
        List<(string, PersonState, List<string>)> results = [];
        foreach (var group in all.GroupBy(known => (known.Answers[0] is null, known.Answers[1] is null)))
        {
            List<Known> people = [.. group];
            PersonFacts[] facts = [.. people.Select(FactsOf)];
            ScoreBlock?[] scores = [.. Scorers.Select((scorer, i) => people[0].Answers[i] is null ? null : ScoresOf(scorer, i, people))];
            var outcomes = new TierOutcome[people.Count];
            if (scores.All(block => block is not null))
            {
                Triage.DecideBatch(scores!, facts, Roster.AsOf, outcomes);
            }

            for (var i = 0; i < people.Count; i++)
            {
                var report = Triage.Explain(scores, i, facts[i], Roster.AsOf);
                Assert.True(outcomes[i] == default || outcomes[i] == report.Outcome);
                var validity = scores.OfType<ScoreBlock>().Select(block => block.Validity[i]).DefaultIfEmpty().Max();
                var member = Roster.IndexOf(people[i].Person);
                var silent = validity == ResponseValidity.NotAsked && report.Tier == Tier.Unknown && facts[i].Events.Count == 0;
                var place = member >= 0 ? PersonPlace.Of(Roster, member) : new PersonPlace { Person = people[i].Person };
                results.Add((
                    people[i].Person,
                    new PersonState { Outcome = report.Outcome, Validity = validity, Sequence = people[i].Sequence },
                    silent ? [] : [.. projector.Project(report, place, Start).Select(Text)]));
            }
        }

        return results;
    }

    /// <summary>The state that a survey of these people ends with.</summary>
    public NetworkState BatchState(IReadOnlyList<Known> all) => Province.Fill(Roster, Batch(all).Select(one => (one.Person, one.State)));

    /// <summary>All that a warning shows, and its ids.</summary>
    public static string Text(Warning warning) => string.Join('\n',
    [
        $"{warning.Id} {warning.CaseId} {warning.Person} {warning.Audience} {warning.Due:O}",
        .. warning.Actions.Select(action => action.Text.ZhHans),
        (warning as CareWarning)?.Unit, (warning as CareWarning)?.CareLevel.ToString(), (warning as LeadershipWarning)?.School,
        .. warning is PsychologistWarning psychologist
            ? psychologist.Report.Rules.SelectMany(rule => rule.Facts.Select(fact => $"{rule.Rule.Id} {rule.Fired} {fact.Text.En}"))
                .Append($"{psychologist.Unit} {psychologist.Dormitory} {psychologist.GuardianNotice} {psychologist.Report.Outcome} {psychologist.Report.Tier} {psychologist.Report.Urgency}")
            : [],
    ]);

    private ScoreBlock ScoresOf(Scorer scorer, int instrument, List<Known> people)
    {
        var answers = new AnswerBlock(scorer.Instrument, people.Count) { Count = people.Count };
        for (var person = 0; person < people.Count; person++)
        {
            answers.SetPerson(person, Roster.IndexOf(people[person].Person) is >= 0 and var member ? new Respondent { Age = Roster[member].Age, Sex = Roster[member].Sex } : default);
            for (var item = 0; item < scorer.Instrument.Items.Count; item++)
            {
                answers.Set(person, item, people[person].Answers[instrument]![item]);
            }
        }

        var scores = new ScoreBlock(scorer.Instrument, people.Count);
        scorer.ScoreBatch(answers, scores);
        return scores;
    }

    private PersonFacts FactsOf(Known known)
    {
        var facts = known.Facts with { Events = [.. known.Facts.Events.OrderBy(e => $"{e.Date:yyyy-MM-dd} {e.Kind} {e.Source}", StringComparer.Ordinal)] };
        var member = Roster.IndexOf(known.Person);
        return member < 0 ? facts : Enum.GetValues<ContextRisk>().Where(risk => Roster[member].Has(risk) == true).Aggregate(facts, (all, risk) => all.With(risk));
    }

    /// <summary>What is known next: an event more, other answers, or all taken back.</summary>
    private Known Next(Known known)
    {
        var next = known with { Sequence = Everything.Count + 1 };
        return Random.Next(6) switch
        {
            0 => next with { Facts = known.Facts with { Events = [.. known.Facts.Events, Event()] } },
            1 when known.Sequence > 0 => next with { Answers = [null, null], Facts = default },
            2 => next with { Answers = [Answers(0), known.Answers[1]], Facts = Random.Next(3) == 0 ? new() { PreviousTier = (Tier)Random.Next(6), PreviousDate = Roster.AsOf.AddDays(-Random.Next(900)) } : known.Facts },
            _ => next with { Answers = [Answers(0), Answers(1)] },
        };
    }

    private PersonEvent Event() => new()
    {
        Kind = Random.Next(8) == 0 ? "unheard-of" : Triage.Policy.Definition.EventKinds.Keys.ElementAt(Random.Next(Triage.Policy.Definition.EventKinds.Count)),
        Date = Roster.AsOf.AddDays(Random.Next(-200, 10)),
        Source = Random.Next(2) == 0 ? "peer" : "homeroom-teacher",
    };

    private Answer[] Answers(int instrument)
    {
        var items = Scorers[instrument].Instrument.Items.Count;
        var style = Random.Next(7);
        Answer[] answers = [.. Enumerable.Range(0, items).Select(_ => (Answer)(style switch { 0 or 1 => 0, 2 => Random.Next(2), 3 => 2 + Random.Next(2), _ => Random.Next(4) }))];
        if (instrument == 0 && style < 4 && Random.Next(2) == 0)
        {
            answers[8] = Random.Next(4);
        }

        for (var blanks = style switch { 5 => 2, 6 => Random.Next(4 * items), _ => 0 }; blanks > 0; blanks--)
        {
            answers[Random.Next(items)] = Random.Next(5) == 0 ? Answer.Unreadable : Answer.Skipped;
        }

        return answers;
    }
}
