using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>What a survey does with each block besides scoring it: people are found in the roster, tiers decided, warnings made.</summary>
internal sealed class SurveyStage
{
    /// <summary>A survey has one submission of everybody.</summary>
    private const long Sequence = 1;

    private readonly SurveyRequest _request;
    private readonly Triage _triage;
    private readonly Roster _roster;
    private readonly ReportedEvents _events;
    private readonly PreviousWave? _previous;
    private readonly WarningSpill? _spill;
    private readonly NetworkState _state;
    private readonly DateTimeOffset _start;
    private readonly WarningProjector _projector;

    /// <param name="request">What is to be done.</param>
    /// <param name="triage">The policy, ready for the battery.</param>
    /// <param name="roster">Who belongs where.</param>
    /// <param name="events">What people reported.</param>
    /// <param name="previous">The last wave; <see langword="null"/> = none.</param>
    /// <param name="spill">Where warnings go; <see langword="null"/> on trial: people are decided and nobody is told.</param>
    /// <param name="state">Takes what was decided.</param>
    public SurveyStage(SurveyRequest request, Triage triage, Roster roster, ReportedEvents events, PreviousWave? previous, WarningSpill? spill, NetworkState state)
    {
        _request = request;
        _triage = triage;
        _roster = roster;
        _events = events;
        _previous = previous;
        _spill = spill;
        _state = state;
        _start = request.Calendar.StartOf(request.AsOf);
        _projector = new WarningProjector(request.Policy, request.Calendar, request.Wave);
    }

    /// <summary>Who belongs where.</summary>
    public Roster Roster => _roster;

    /// <summary>Notes whose row was added last; sex and age of the roster stand in where the survey has none.</summary>
    public void Identify(ReadOnlySpan<char> id, SurveyBlock block)
    {
        var tiers = block.Tiers ??= new TierBlock(block.Capacity);
        var person = block.Count - 1;
        var member = _roster.IndexOf(id);
        tiers.Members[person] = member;
        tiers.Unknown[person] = member < 0 ? id.ToString() : null;
        tiers.Facts[person] = FactsOf(member, tiers.Unknown[person]);
        foreach (var answers in block.Answers)
        {
            answers.SetPerson(person, _roster.Complete(member, answers.GetPerson(person)));
        }
    }

    /// <summary>Decides the people of a scored block, into the part of the survey it belongs to; called from any thread, one part on one thread.</summary>
    public void Process(SurveyBlock block, SurveyPart part)
    {
        var tiers = block.Tiers!;
        _triage.DecideBatch(block.Scores, tiers.Facts.AsSpan(0, block.Count), _request.AsOf, tiers.Outcomes);
        for (var person = 0; person < block.Count; person++)
        {
            var state = PersonState.Of(tiers.Outcomes[person], block.Scores, person, Sequence);
            part.People.Add((tiers.Members[person], tiers.Unknown[person], state));
            if (_spill is not null && _projector.Tells(state, tiers.Facts[person]))
            {
                var report = _triage.Explain(block.Scores, person, tiers.Facts[person], _request.AsOf, tiers.Outcomes[person]);
                AddLine(part, report, tiers.Members[person], tiers.Unknown[person]);
            }
        }
    }

    /// <summary>Takes a part into the counts, and empties it; called in the order of the file.</summary>
    public void Accept(SurveyPart part)
    {
        foreach (var (member, unknown, state) in part.People)
        {
            Set(member, unknown, state);
        }

        _spill?.Add(part.Text, part.Lines);
        part.Clear();
    }

    /// <summary>Decides those of whom there are no answers: they are unknown, unless a report raises them.</summary>
    public void AddUnanswered()
    {
        using var lines = new SurveyPart();
        var nothing = new ScoreBlock?[_triage.Instruments.Count];
        for (var member = 0; member < _roster.Count; member++)
        {
            if (_state[member].Sequence == 0)
            {
                Add(member, null);
            }
        }

        var known = _state.Unassigned().Select(u => u.Person).ToHashSet(StringComparer.Ordinal);
        foreach (var person in _events.Unknown.Keys.Where(person => !known.Contains(person)))
        {
            Add(-1, person);
        }

        _spill?.Add(lines.Text, lines.Lines);

        void Add(int member, string? unknown)
        {
            var facts = FactsOf(member, unknown);
            var state = PersonState.Of(_triage.DecideUnanswered(facts, _request.AsOf), nothing, 0, Sequence);
            Set(member, unknown, state);
            if (_spill is not null && _projector.Tells(state, facts))
            {
                AddLine(lines, _triage.Explain(nothing, 0, facts, _request.AsOf, state.Outcome), member, unknown);
            }
        }
    }

    /// <summary>All that is known of a person besides answers.</summary>
    /// <param name="member">Number in the roster; -1 for one whom it does not know.</param>
    /// <param name="unknown">Id of a person whom the roster does not know.</param>
    public PersonFacts FactsOf(int member, string? unknown)
    {
        var facts = new PersonFacts { Events = member >= 0 ? _events.Of(member) : _events.Unknown.GetValueOrDefault(unknown!) ?? [] };
        return _roster.Complete(member, _previous is null ? facts : _previous.AddTo(facts, member, unknown));
    }

    private void Set(int member, string? unknown, in PersonState state) => _ = member >= 0 ? _state.Set(member, state) : _state.Set(unknown, state);

    /// <summary>Adds what the psychologist reads of a person. The others read nothing that needs scores, so theirs is made at the end.</summary>
    private void AddLine(SurveyPart part, TierReport report, int member, string? unknown)
    {
        if (_projector.ProjectForPsychologist(report, PersonPlace.Of(_roster, member, unknown ?? ""), _start) is { } warning)
        {
            var start = part.Text.Length;
            part.Json.Line(warning);
            part.Lines.Add(new SpilledLine(start, part.Text.Length - start, member, unknown, warning.Due, report.Tier));
        }
    }
}

/// <summary>What a survey knows of the people of a block.</summary>
internal sealed class TierBlock(int capacity)
{
    public int[] Members { get; } = new int[capacity];

    public string?[] Unknown { get; } = new string?[capacity];

    public PersonFacts[] Facts { get; } = new PersonFacts[capacity];

    public TierOutcome[] Outcomes { get; } = new TierOutcome[capacity];
}

/// <summary>What a survey made of the people of a part of the file.</summary>
internal sealed class SurveyPart : IDisposable
{
    public SurveyPart() => Json = new WarningJson(Text);

    public List<(int Member, string? Unknown, PersonState State)> People { get; } = [];

    /// <summary>The psychologist's lines, one after the other.</summary>
    public TextBuffer Text { get; } = new();

    public WarningJson Json { get; }

    public List<SpilledLine> Lines { get; } = [];

    public void Clear()
    {
        People.Clear();
        Text.Clear();
        Lines.Clear();
    }

    public void Dispose() => Json.Dispose();
}
