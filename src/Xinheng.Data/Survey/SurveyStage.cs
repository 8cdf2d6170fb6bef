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
    private readonly WarningSpill _spill;
    private readonly NetworkState _state;
    private readonly DateTimeOffset _start;
    private readonly WarningProjector _projector;

    public SurveyStage(SurveyRequest request, Triage triage, Roster roster, ReportedEvents events, WarningSpill spill, NetworkState state)
    {
        _request = request;
        _triage = triage;
        _roster = roster;
        _events = events;
        _spill = spill;
        _state = state;
        _start = request.Calendar.StartOf(request.AsOf);
        _projector = new WarningProjector(request.Policy, request.Calendar, request.Wave);
    }

    /// <summary>Notes whose row was added last; sex and age of the roster stand in where the survey has none.</summary>
    public void Identify(SurveyReader reader, SurveyBlock block)
    {
        var tiers = block.Tiers ??= new TierBlock(block.Capacity);
        var person = block.Count - 1;
        var member = _roster.IndexOf(reader.PersonText);
        tiers.Members[person] = member;
        tiers.Unknown[person] = member < 0 ? reader.Person : null;
        tiers.Facts[person] = FactsOf(member, member >= 0 ? _events.Of(member) : _events.Unknown.GetValueOrDefault(reader.Person) ?? []);
        foreach (var answers in block.Answers)
        {
            answers.SetPerson(person, _roster.Complete(member, answers.GetPerson(person)));
        }
    }

    /// <summary>Decides the people of a scored block; called from any thread, each block once.</summary>
    public void Process(SurveyBlock block)
    {
        var tiers = block.Tiers!;
        tiers.Warnings.Clear();
        _triage.DecideBatch(block.Scores, tiers.Facts.AsSpan(0, block.Count), _request.AsOf, tiers.Outcomes);
        for (var person = 0; person < block.Count; person++)
        {
            tiers.States[person] = PersonState.Of(tiers.Outcomes[person], block.Scores, person, Sequence);
            if (_projector.Tells(_triage, tiers.States[person], tiers.Facts[person]))
            {
                var report = _triage.Explain(block.Scores, person, tiers.Facts[person], _request.AsOf, tiers.Outcomes[person]);
                AddWarnings(tiers.Warnings, report, tiers.Members[person], tiers.Unknown[person]);
            }
        }
    }

    /// <summary>Takes the block into the counts; called in the order of the file.</summary>
    public void Accept(SurveyBlock block)
    {
        var tiers = block.Tiers!;
        for (var person = 0; person < block.Count; person++)
        {
            Set(tiers.Members[person], tiers.Unknown[person], tiers.States[person]);
        }

        _spill.Add(tiers.Warnings);
    }

    /// <summary>Decides those of whom there are no answers: they are unknown, unless a report raises them.</summary>
    public void AddUnanswered()
    {
        var warnings = new List<SpilledWarning>();
        var nothing = new ScoreBlock?[_triage.Instruments.Count];
        for (var member = 0; member < _roster.Count; member++)
        {
            if (_state[member].Sequence == 0)
            {
                Add(_events.Of(member), member, null);
            }
        }

        var known = _state.Unassigned().Select(u => u.Person).ToHashSet(StringComparer.Ordinal);
        foreach (var (person, events) in _events.Unknown.Where(e => !known.Contains(e.Key)))
        {
            Add(events, -1, person);
        }

        _spill.Add(warnings);

        void Add(IReadOnlyList<PersonEvent> events, int member, string? unknown)
        {
            var facts = FactsOf(member, events);
            var state = PersonState.Of(_triage.DecideUnanswered(facts, _request.AsOf), nothing, 0, Sequence);
            Set(member, unknown, state);
            if (_projector.Tells(_triage, state, facts))
            {
                AddWarnings(warnings, _triage.Explain(nothing, 0, facts, _request.AsOf, state.Outcome), member, unknown);
            }
        }
    }

    private PersonFacts FactsOf(int member, IReadOnlyList<PersonEvent> events) => _roster.Complete(member, new PersonFacts { Events = events });

    private void Set(int member, string? unknown, in PersonState state) => _ = member >= 0 ? _state.Set(member, state) : _state.Set(unknown, state);

    private void AddWarnings(List<SpilledWarning> warnings, TierReport report, int member, string? unknown)
    {
        foreach (var warning in _projector.Project(report, PersonPlace.Of(_roster, member, unknown ?? ""), _start))
        {
            var unit = member < 0 ? -1 : warning.Audience switch
            {
                Audience.ClassTeacher => _roster.UnitAt(member, UnitLevel.Class),
                Audience.DormitoryHead => _roster.UnitAt(member, UnitLevel.Dormitory),
                Audience.GradeHead => _roster.UnitAt(member, UnitLevel.Grade),
                _ => _roster.UnitAt(member, UnitLevel.School),
            };
            warnings.Add(new SpilledWarning(warning, unit, member));
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

    public PersonState[] States { get; } = new PersonState[capacity];

    public List<SpilledWarning> Warnings { get; } = [];
}
