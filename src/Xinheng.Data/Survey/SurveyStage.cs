using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>What a survey does with each block besides scoring it: people are found in the roster, tiers decided, warnings made.</summary>
internal sealed class SurveyStage
{
    private readonly SurveyRequest _request;
    private readonly Triage _triage;
    private readonly Roster _roster;
    private readonly ReportedEvents _events;
    private readonly WarningSpill? _spill;
    private readonly NetworkState _state;
    private readonly DateTimeOffset _start;
    private readonly WarningProjector _projector;

    /// <param name="request">What is to be done.</param>
    /// <param name="triage">The policy, ready for the battery.</param>
    /// <param name="roster">Who belongs where.</param>
    /// <param name="events">What people reported.</param>
    /// <param name="spill">Where warnings go; <see langword="null"/> on trial: people are decided and nobody is told.</param>
    /// <param name="state">Takes what was decided.</param>
    public SurveyStage(SurveyRequest request, Triage triage, Roster roster, ReportedEvents events, WarningSpill? spill, NetworkState state)
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
        tiers.Facts[person] = member >= 0 ? FactsOf(member) : new PersonFacts { Events = _events.Unknown.TryGetValue(reader.Person, out var list) ? list : [] };
        if (member < 0)
        {
            return;
        }

        var known = _roster[member];
        foreach (var answers in block.Answers)
        {
            var respondent = answers.GetPerson(person);
            answers.SetPerson(person, respondent with { Age = respondent.Age ?? known.Age, Sex = respondent.Sex ?? known.Sex });
        }
    }

    /// <summary>Decides the people of a scored block; called from any thread, each block once.</summary>
    public void Process(SurveyBlock block)
    {
        if (block.Tiers is not { } tiers)
        {
            return; // The last block may hold nobody.
        }

        tiers.Warnings.Clear();
        _triage.DecideBatch(block.Scores, tiers.Facts.AsSpan(0, block.Count), _request.AsOf, tiers.Outcomes);
        for (var person = 0; person < block.Count; person++)
        {
            var validity = ResponseValidity.NotAsked;
            foreach (var scores in block.Scores)
            {
                validity = (ResponseValidity)Math.Max((byte)validity, (byte)scores.Validity[person]);
            }

            tiers.Validity[person] = validity;
            if (_spill is not null && tiers.Outcomes[person] is not { Tier: Tier.Green, Tasks: 0 })
            {
                var report = _triage.Explain(block.Scores, person, tiers.Facts[person], _request.AsOf, tiers.Outcomes[person]);
                AddWarnings(tiers.Warnings, report, tiers.Members[person], tiers.Unknown[person]);
            }
        }
    }

    /// <summary>Takes the block into the counts; called in the order of the file.</summary>
    public void Accept(SurveyBlock block)
    {
        if (block.Tiers is not { } tiers)
        {
            return; // The last block may hold nobody.
        }

        for (var person = 0; person < block.Count; person++)
        {
            var state = new PersonState { Outcome = tiers.Outcomes[person], Validity = tiers.Validity[person], Sequence = 1 };
            if (tiers.Members[person] >= 0)
            {
                _state.Set(tiers.Members[person], state);
            }
            else
            {
                _state.Set(tiers.Unknown[person], state);
            }
        }

        _spill?.Add(tiers.Warnings);
    }

    /// <summary>Decides those of whom there are no answers: they are unknown, unless a report raises them.</summary>
    public void AddUnanswered()
    {
        var warnings = new List<SpilledWarning>();
        var nothing = new ScoreBlock?[_triage.Instruments.Count];
        for (var member = 0; member < _roster.Count; member++)
        {
            if (!_state[member].Answered)
            {
                Add(FactsOf(member), member, null);
            }
        }

        var known = _state.Unassigned().Select(u => u.Person).ToHashSet(StringComparer.Ordinal);
        foreach (var (person, events) in _events.Unknown.Where(e => !known.Contains(e.Key)))
        {
            Add(new PersonFacts { Events = events }, -1, person);
        }

        _spill?.Add(warnings);

        void Add(PersonFacts facts, int member, string? unknown)
        {
            var outcome = _triage.DecideUnanswered(facts, _request.AsOf);
            var state = new PersonState { Outcome = outcome, Sequence = 1 };
            if (member >= 0)
            {
                _state.Set(member, state);
            }
            else
            {
                _state.Set(unknown, state);
            }

            // Whoever only has not been screened yet stands in the coverage list; a report or an earlier tier is a reason to act.
            if (_spill is not null && (outcome.Tier != Tier.Unknown || facts.Events.Count > 0))
            {
                AddWarnings(warnings, _triage.Explain(nothing, 0, facts, _request.AsOf, outcome), member, unknown);
            }
        }
    }

    private PersonFacts FactsOf(int member) => new() { Events = _events.Of(member), Context = (byte)_roster[member].Risks };

    private void AddWarnings(List<SpilledWarning> warnings, TierReport report, int member, string? unknown)
    {
        var place = member >= 0 ? PersonPlace.Of(_roster, member) : new PersonPlace { Person = unknown! };
        foreach (var warning in _projector.Project(report, place, _start))
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

    public ResponseValidity[] Validity { get; } = new ResponseValidity[capacity];

    public List<SpilledWarning> Warnings { get; } = [];
}
