using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Xinheng.Policies;

namespace Xinheng;

/// <summary>A policy made ready for a battery of instruments: from scores, critical items and reports to tiers.</summary>
/// <remarks>
/// Immutable and thread-safe. One person is decided by the same code as a million. Each rule is looked at in three
/// worlds: missing answers at their best, published scores as they are, missing answers at their worst. As conditions
/// know no negation, what holds in the first world holds for certain and what fails in the last is impossible.
/// </remarks>
public sealed class Triage
{
    private readonly SeverityPlan[] _severities;
    private readonly bool[] _core;
    private readonly ConditionPlan[] _rules;
    private readonly ConditionPlan[] _tasks;
    private readonly (int Instrument, int Item, CriticalClass Class)[] _critical;
    private readonly HashSet<string> _kinds;
    private Findings? _findings;

    private Triage(Policy policy, IReadOnlyList<Instrument> instruments, IReadOnlyList<RetestReliability> stability)
    {
        Policy = policy;
        Instruments = [.. instruments];
        var domains = policy.Definition.Domains.Select(d => d.Id).ToList();
        _core = [.. policy.Definition.Domains.Select(d => d.Core)];
        _severities =
        [
            .. from row in policy.Definition.Severities
               let instrument = Instruments.ToList().FindIndex(i => i.Id == row.Instrument)
               where instrument >= 0
               select new SeverityPlan(row, instrument, Instruments[instrument], domains.IndexOf(row.Domain), stability.FirstOrDefault(s => s.Instrument == row.Instrument && s.Score == row.Score)),
        ];
        _critical =
        [
            .. Instruments.SelectMany((instrument, i) => instrument.Definition.CriticalItems.Select((c, item) => (i, item, c.Class))),
        ];
        _kinds = [.. policy.Definition.EventKinds.Keys];
        ChangeScores = [.. _severities.Where(s => s.Stability is not null).Select(s => (s.Row.Instrument, s.Row.Score)).Distinct()];
        _rules = [.. policy.Definition.Rules.Select(r => ConditionPlan.Compile(r.When))];
        _tasks = [.. policy.Definition.Tasks.Select(t => ConditionPlan.Compile(t.When))];
        NotAsked = [.. FactsNotAsked()];
        Basis = BasisOf(policy, Instruments, stability);
    }

    /// <summary>The policy.</summary>
    public Policy Policy { get; }

    /// <summary>The instruments of the battery, in the order in which their scores are handed in.</summary>
    public IReadOnlyList<Instrument> Instruments { get; }

    /// <summary>Scores whose last value <see cref="PersonFacts.PreviousScores"/> carries; empty without test-retest reliabilities.</summary>
    public IReadOnlyList<(string Instrument, string Score)> ChangeScores { get; }

    /// <summary>
    /// What rules ask for and no instrument of the battery can produce: it counts as not so, for everybody, and is said once per run.
    /// </summary>
    public IReadOnlyList<string> NotAsked { get; }

    /// <summary>
    /// What decides, as one hash: SHA-256 in lower-case hexadecimal over the lines <c>kind id version hash</c> of the instruments in their
    /// order, the test-retest reliabilities and the policy. Two results with the same basis came about by the same rules.
    /// </summary>
    public string Basis { get; }

    /// <summary>Makes a policy ready for a battery.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="instruments">The instruments of the battery, each once.</param>
    /// <param name="allowDraft">Whether a policy that nobody signed may decide. The results must then say so.</param>
    /// <param name="stability">Test-retest reliabilities of norm documents; none = no reliable change.</param>
    /// <exception cref="ArgumentException">The policy is a draft, an instrument stands twice, or one is not about a person.</exception>
    public static Triage Compile(Policy policy, IReadOnlyList<Instrument> instruments, bool allowDraft = false, IReadOnlyList<RetestReliability>? stability = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(instruments);
        if (policy.IsDraft && !allowDraft)
        {
            throw new ArgumentException($"The policy '{policy}' is a draft: nobody has signed it. Sign it (name, role, date), or allow drafts and say so in every result.", nameof(policy));
        }

        if (instruments.Select(i => i.Id).Distinct(StringComparer.Ordinal).Count() != instruments.Count)
        {
            throw new ArgumentException("An instrument stands twice in the battery.", nameof(instruments));
        }

        if (Instrument.OddOneOut(instruments, Subject.Person) is { } odd)
        {
            throw new ArgumentException(odd, nameof(instruments));
        }

        return new Triage(policy, instruments, stability ?? []);
    }

    /// <summary>Decides one person, with reasons.</summary>
    /// <param name="reports">One report per instrument, in the order of <see cref="Instruments"/>; <see langword="null"/> = asked and not answered at all.</param>
    /// <param name="person">What else is known of the person.</param>
    /// <param name="asOf">Day of the survey, from which days are counted back.</param>
    public TierReport Decide(IReadOnlyList<ScoreReport?> reports, PersonFacts person, DateOnly asOf)
    {
        ArgumentNullException.ThrowIfNull(reports);
        if (reports.Count != Instruments.Count || reports.Where((r, i) => r is not null && r.Instrument != Instruments[i]).Any())
        {
            throw new ArgumentException($"The battery has {Instruments.Count} instruments: hand in one report for each, in their order.", nameof(reports));
        }

        ScoreBlock?[] blocks = [.. reports.Select(r => r?.Block)];
        return Explain(blocks, 0, person, asOf);
    }

    /// <summary>Decides the people of blocks that <see cref="Scorer.ScoreBatch(AnswerBlock, ScoreBlock)"/> filled. Allocates nothing per person.</summary>
    /// <param name="scores">One block per instrument, in the order of <see cref="Instruments"/>, all of the same people.</param>
    /// <param name="people">What else is known of each person.</param>
    /// <param name="asOf">Day of the survey.</param>
    /// <param name="outcomes">Receives one outcome per person.</param>
    public void DecideBatch(ReadOnlySpan<ScoreBlock> scores, ReadOnlySpan<PersonFacts> people, DateOnly asOf, Span<TierOutcome> outcomes)
    {
        CheckBattery(scores!);
        foreach (var block in scores)
        {
            if (block.Count != people.Length || outcomes.Length < people.Length)
            {
                throw new ArgumentException("The blocks, the people and the outcomes are not of the same number.", nameof(people));
            }
        }

        var findings = Borrow();
        findings.Read(_severities, _critical, scores!, 0, people.Length);
        for (var person = 0; person < people.Length; person++)
        {
            ref var kept = ref findings.Kept(scores, person, people[person], out var found);
            if (!found)
            {
                outcomes[person] = Decide(scores!, person, findings, person, people[person], asOf);
                if (!Unsafe.IsNullRef(ref kept))
                {
                    kept = outcomes[person];
                }
            }
            else
            {
                outcomes[person] = kept;
            }
        }

        Volatile.Write(ref _findings, findings);
    }

    /// <summary>Decides a person of whom there are no answers at all: everything that was asked is unknown.</summary>
    public TierOutcome DecideUnanswered(PersonFacts person, DateOnly asOf)
    {
        return DecideOne(new ScoreBlock?[Instruments.Count], 0, person, asOf);
    }

    /// <summary>Decides one person of a block, with reasons.</summary>
    public TierReport Explain(ReadOnlySpan<ScoreBlock?> scores, int person, PersonFacts facts, DateOnly asOf)
    {
        CheckBattery(scores);
        return Explain(scores, person, facts, asOf, DecideOne(scores, person, facts, asOf));
    }

    /// <summary>The reasons of a person who has been decided already.</summary>
    internal TierReport Explain(ReadOnlySpan<ScoreBlock?> scores, int person, PersonFacts facts, DateOnly asOf, TierOutcome outcome) =>
        new(this, outcome, Reasons(scores, person, facts, asOf, outcome));

    /// <summary>Scores of another battery, or in another order, would be read as those of this one.</summary>
    private void CheckBattery(ReadOnlySpan<ScoreBlock?> scores)
    {
        if (scores.Length != Instruments.Count)
        {
            throw new ArgumentException($"The battery has {Instruments.Count} instruments and {scores.Length} blocks were handed in.", nameof(scores));
        }

        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] is { } block && block.Instrument != Instruments[i])
            {
                throw new ArgumentException($"Block {i} is of '{block.Instrument.Id}' and the battery has '{Instruments[i].Id}' there.", nameof(scores));
            }
        }
    }

    /// <summary>One that nobody else is using, or a new one.</summary>
    private Findings Borrow() => Interlocked.Exchange(ref _findings, null) ?? new Findings(_core.Length, Instruments.Count);

    private TierOutcome DecideOne(ReadOnlySpan<ScoreBlock?> scores, int person, PersonFacts facts, DateOnly asOf)
    {
        var findings = Borrow();
        findings.Read(_severities, _critical, scores, person, 1);
        var outcome = Decide(scores, person, findings, 0, facts, asOf);
        Volatile.Write(ref _findings, findings);
        return outcome;
    }

    /// <summary>Decides a person from what was read.</summary>
    private TierOutcome Decide(ReadOnlySpan<ScoreBlock?> scores, int person, Findings findings, int at, PersonFacts facts, DateOnly asOf)
    {
        var view = new PersonView
        {
            Triage = this,
            Core = _core,
            Findings = findings,
            At = at,
            Scores = scores,
            Person = person,
            Facts = facts,
            AsOf = asOf,
            UnknownEvent = HasUnknownEvent(facts),
        };

        // A reliable change looks at values, not at bands, so a value that is not certain can matter although its band is.
        var differs = findings.Differs(at) || view.UnknownClasses != 0 || (facts.PreviousScores is not null && ChangeScores.Count > 0);
        var fired = Fire(ref view, World.Published, out var tier);
        var (certain, possible, couldFire) = (tier, tier, fired);
        if (differs)
        {
            Fire(ref view, World.Certain, out certain);
            couldFire = Fire(ref view, World.Possible, out possible);
            if (tier == Tier.Green && (view.UnknownClasses != 0 || FiresOpen(ref view)))
            {
                tier = Tier.Unknown;
            }
        }

        // Answers that are not to be relied on, or none at all, make nobody healthy.
        var unreliable = tier is Tier.Green or Tier.Unknown && IsUnreliable(view.Scores, view.Person);
        tier = unreliable ? Tier.Unknown : tier;
        view.UnknownTier = tier == Tier.Unknown;
        uint tasks = 0;
        for (var task = 0; task < _tasks.Length; task++)
        {
            tasks |= _tasks[task].Holds(ref view, World.Published) ? 1u << task : 0;
        }

        return new TierOutcome
        {
            Tier = tier,
            Certain = certain,
            Possible = possible,
            Incomplete = certain != possible || view.UnknownClasses != 0 || unreliable,
            Fired = fired,
            CouldFire = couldFire,
            Tasks = tasks,
        };
    }

    /// <summary>Whether the answers to an instrument are invalid, or no instrument of the battery was asked.</summary>
    private static bool IsUnreliable(ReadOnlySpan<ScoreBlock?> scores, int person)
    {
        var asked = false;
        foreach (var block in scores)
        {
            var validity = block?.Validity[person];
            if (validity == ResponseValidity.Invalid)
            {
                return true;
            }

            asked |= validity != ResponseValidity.NotAsked;
        }

        return !asked;
    }

    private ulong Fire(ref PersonView view, World world, out Tier tier)
    {
        ulong fired = 0;
        tier = Tier.Green;
        for (var rule = 0; rule < _rules.Length; rule++)
        {
            if (_rules[rule].Holds(ref view, world))
            {
                fired |= 1ul << rule;
                if (Policy.Definition.Rules[rule].Tier > tier)
                {
                    tier = Policy.Definition.Rules[rule].Tier;
                }
            }
        }

        return fired;
    }

    /// <summary>Whether a score without a value could raise a tier.</summary>
    private bool FiresOpen(ref PersonView view) => Fire(ref view, World.Open, out _) != 0;

    private bool HasUnknownEvent(PersonFacts facts)
    {
        for (var i = 0; i < facts.Events.Count; i++)
        {
            if (!_kinds.Contains(facts.Events[i].Kind))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the scores of one severity row got reliably worse.</summary>
    internal bool IsWorse(ref PersonView view, World world, DomainScope scope, Rational z)
    {
        if (view.Facts.PreviousScores is not { } previous)
        {
            return false;
        }

        foreach (var plan in _severities)
        {
            if (plan.Stability is null || (scope == DomainScope.Core && !_core[plan.Domain]))
            {
                continue;
            }

            var index = 0;
            while (ChangeScores[index] != (plan.Row.Instrument, plan.Row.Score))
            {
                index++;
            }

            if (index < previous.Count && previous[index] is { } before && plan.IsWorse(view.Scores[plan.Instrument], view.Person, before, world, z))
            {
                return true;
            }
        }

        return false;
    }

    private List<FiredRule> Reasons(ReadOnlySpan<ScoreBlock?> scores, int person, PersonFacts facts, DateOnly asOf, TierOutcome outcome)
    {
        var reasons = new List<FiredRule>();
        for (var rule = 0; rule < _rules.Length; rule++)
        {
            if ((outcome.CouldFire >> rule & 1) != 0)
            {
                var evidence = new List<RiskFact>();
                Collect(Policy.Definition.Rules[rule].When, scores, person, facts, asOf, evidence);
                reasons.Add(new FiredRule { Rule = Policy.Definition.Rules[rule], Fired = (outcome.Fired >> rule & 1) != 0, Facts = [.. evidence.Distinct()] });
            }
        }

        return reasons;
    }

    /// <summary>The facts of a person that a condition looks at and that speak for it, now or possibly.</summary>
    private void Collect(PolicyCondition condition, ReadOnlySpan<ScoreBlock?> scores, int person, PersonFacts facts, DateOnly asOf, List<RiskFact> evidence)
    {
        switch (condition)
        {
            case SeverityCondition severity:
                foreach (var plan in _severities)
                {
                    if (severity.Scope == DomainScope.All || _core[plan.Domain])
                    {
                        var worlds = plan.Read(scores[plan.Instrument], person);
                        var (published, possible) = (SeverityPlan.In(worlds, World.Published), SeverityPlan.In(worlds, World.Possible));
                        if (Math.Max(published, possible) >= severity.AtLeast)
                        {
                            evidence.Add(RiskFact.OfScore(plan.Row, scores[plan.Instrument], Instruments[plan.Instrument], plan.Score, person, published >= severity.AtLeast ? published : possible, published >= severity.AtLeast));
                        }
                    }
                }

                break;
            case CriticalClassCondition critical:
                foreach (var (instrument, item, criticalClass) in _critical)
                {
                    var state = scores[instrument] is { } block ? block.Critical(item)[person] : CriticalState.Unknown;
                    if (critical.Classes.Contains(criticalClass) && state is not (CriticalState.No or CriticalState.NotAsked))
                    {
                        evidence.Add(RiskFact.OfCritical(Instruments[instrument], Instruments[instrument].Definition.CriticalItems[item], state));
                    }
                }

                break;
            case EventCondition events:
                evidence.AddRange(facts.Events.Where(e => ConditionPlan.Matches(events, e, asOf)).Select(e => RiskFact.OfEvent(e, Policy.Definition.EventKinds[e.Kind])));
                break;
            case HistoryCondition when facts.PreviousDate is { } date:
                evidence.Add(RiskFact.OfHistory(facts.PreviousTier, date));
                break;
            case ValidityCondition validity:
                for (var i = 0; i < scores.Length; i++)
                {
                    if (scores[i] is { } block && block.Validity[person] >= validity.AtLeast)
                    {
                        evidence.Add(RiskFact.OfValidity(Instruments[i], block.Validity[person]));
                    }
                }

                break;
            case ContextCondition context:
                evidence.AddRange(context.Of.Where(risk => (facts.Context >> (int)risk & 1) != 0).Select(RiskFact.OfContext));
                break;
            case ChangeCondition change:
                foreach (var plan in _severities.Where(s => s.Stability is not null))
                {
                    var index = ChangeScores.ToList().IndexOf((plan.Row.Instrument, plan.Row.Score));
                    if (facts.PreviousScores is { } previous && index < previous.Count && previous[index] is { } before
                        && plan.IsWorse(scores[plan.Instrument], person, before, World.Possible, change.AtLeast))
                    {
                        evidence.Add(RiskFact.OfChange(plan.Row, Instruments[plan.Instrument]));
                    }
                }

                break;
            case AnyOf any:
                foreach (var inner in any.Of)
                {
                    Collect(inner, scores, person, facts, asOf, evidence);
                }

                break;
            case AllOf all:
                foreach (var inner in all.Of)
                {
                    Collect(inner, scores, person, facts, asOf, evidence);
                }

                break;
            default:
                break;
        }
    }

    private static string BasisOf(Policy policy, IReadOnlyList<Instrument> instruments, IReadOnlyList<RetestReliability> stability)
    {
        IEnumerable<string> lines =
        [
            .. instruments.Select(i => $"instrument {i.Id} {i.Definition.Version} {i.Hash}"),
            .. stability.Select(s => $"retest {s.Instrument} {s.Score} {s.StandardDeviation} {s.Correlation}"),
            $"policy {policy.Id} {policy.Definition.Version} {policy.Hash}",
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
    }

    private IEnumerable<string> FactsNotAsked()
    {
        var asked = _critical.Select(c => c.Class).ToHashSet();
        foreach (var missing in Policy.Definition.Rules.SelectMany(r => ClassesOf(r.When)).Distinct().Where(c => !asked.Contains(c)).Order())
        {
            yield return $"critical:{PolicyText.Of(missing)}";
        }

        var scored = _severities.Select(s => s.Row.Domain).ToHashSet(StringComparer.Ordinal);
        foreach (var domain in Policy.Definition.Domains.Where(d => d.Core && !scored.Contains(d.Id)))
        {
            yield return $"domain:{domain.Id}";
        }

        if (ChangeScores.Count == 0)
        {
            yield return "reliable-deterioration";
        }

        static IEnumerable<CriticalClass> ClassesOf(PolicyCondition condition) => condition switch
        {
            CriticalClassCondition critical => critical.Classes,
            AnyOf any => any.Of.SelectMany(ClassesOf),
            AllOf all => all.Of.SelectMany(ClassesOf),
            _ => [],
        };
    }
}
