namespace Xinheng.Network;

/// <summary>Takes submissions one at a time: decides the person, updates every unit above and no other, and returns what changed.</summary>
/// <remarks>
/// <para>
/// Mutable through its <see cref="NetworkState"/>, and like it not thread-safe: score on any thread, submit on one at a time.
/// It holds nothing but the state, in which there are tiers and no answers: the host hands in everything it knows of the
/// person, every time. Whoever submits everybody in any order, with repeats and corrections, saving and loading in between,
/// comes to the bytes, the counts and the warnings that a survey of the last facts comes to.
/// </para>
/// <para>
/// A corrected answer or a report that is taken back may lower the tier of the wave, here as in a survey. That is no
/// de-escalation of care: warnings that were given are not taken back by this class, and what happens to somebody who is
/// being looked after is for people to decide.
/// </para>
/// <para>
/// Consent changes no tier and no warning, in a survey neither: an answer that calls for help is not put aside. It shows in
/// <see cref="UnitTally.AnsweredWithoutConsent"/>.
/// </para>
/// </remarks>
public sealed class LiveScreening
{
    private readonly Triage _triage;
    private readonly WarningProjector _projector;

    /// <summary>Makes ready for the submissions of one wave.</summary>
    /// <param name="triage">The policy, ready for the battery.</param>
    /// <param name="state">The state that the submissions change; empty, or loaded.</param>
    /// <param name="calendar">When a time to act ends.</param>
    /// <param name="wave">Name of the wave, for example <c>2026</c>; the ids of the warnings depend on it.</param>
    /// <exception cref="ArgumentException">The policy is for another population than the roster, or the wave has no name.</exception>
    public LiveScreening(Triage triage, NetworkState state, SchoolCalendar calendar, string wave)
    {
        ArgumentNullException.ThrowIfNull(triage);
        ArgumentNullException.ThrowIfNull(state);
        if (triage.Policy.Definition.Population != state.Roster.Population)
        {
            throw new ArgumentException($"The policy is for another population than the roster ({state.Roster.Population}). Take the policy of that population.", nameof(triage));
        }

        (_triage, State) = (triage, state);
        _projector = new WarningProjector(triage.Policy, calendar, wave);
    }

    /// <summary>The state of everybody, to be read and saved.</summary>
    public NetworkState State { get; }

    /// <summary>Decides a person by everything that is known now. When it throws, nothing has changed.</summary>
    /// <param name="submission">Answers, reports and the last wave of one person.</param>
    /// <exception cref="ArgumentException">The reports are not those of the battery, the id cannot be one, or the sequence is negative.</exception>
    public LiveUpdate Submit(Submission submission)
    {
        ArgumentNullException.ThrowIfNull(submission);
        var roster = State.Roster;
        var member = roster.IndexOf(submission.Person);
        var facts = roster.Complete(member, submission.Facts);
        var report = _triage.Decide(submission.Reports, facts, roster.AsOf);
        ScoreBlock?[] scores = [.. submission.Reports.Select(r => r?.Block)];
        var decided = PersonState.Of(report.Outcome, scores, 0, submission.Sequence);
        var before = State.Of(submission.Person);
        var warnings = decided.CompareTo(before) >= 0 && _projector.Tells(decided, facts)
            ? _projector.Project(report, PersonPlace.Of(roster, member, submission.Person), submission.Start)
            : [];
        var units = State.Set(submission.Person, decided);
        return new LiveUpdate
        {
            Applied = units.Applied,
            Before = before,
            After = units.Applied ? decided : before,
            Report = report,
            Units = units,
            Warnings = warnings,
            UnitWarnings = UnitWarnings(units),
        };
    }

    /// <summary>The number of members. Never who they are.</summary>
    public override string ToString() => State.ToString();

    private List<UnitWarningChange> UnitWarnings(in UnitChanges changes)
    {
        var (units, policy) = (State.Roster.Units, _triage.Policy.Definition);
        var warnings = new List<UnitWarningChange>();
        for (var i = 0; i < changes.Count; i++)
        {
            var (unit, before, after) = changes[i];
            Add(Coverage(before), Coverage(after));
            if (units.Level(unit) == UnitLevel.Dormitory && policy.Clusters is { } rules)
            {
                Add(Cluster(before, rules), Cluster(after, rules));
            }

            UnitWarning? Coverage(in UnitTally tally) => UnitRules.Coverage(units, unit, tally, State.Roster.Population, policy.Coverage);

            // As in a survey, everybody's tier is of the test date.
            UnitWarning? Cluster(in UnitTally tally, ClusterRules rules) =>
                UnitRules.Dormitory(units, unit, [.. Enumerable.Repeat(State.Roster.AsOf, tally.Red)], tally.Red + tally.Orange, rules);
        }

        return warnings;

        void Add(UnitWarning? before, UnitWarning? after)
        {
            if (before != after)
            {
                warnings.Add(new(before, after));
            }
        }
    }
}
