namespace Xinheng.Policies;

/// <summary>What conditions may ask about one person.</summary>
internal ref struct PersonView
{
    public required Triage Triage { get; init; }

    public required bool[] Core { get; init; }

    /// <summary>What was read of people.</summary>
    public required Findings Findings { get; init; }

    /// <summary>Position of the person there.</summary>
    public required int At { get; init; }

    public required ReadOnlySpan<ScoreBlock?> Scores { get; init; }

    public required int Person { get; init; }

    public required PersonFacts Facts { get; init; }

    public required DateOnly AsOf { get; init; }

    /// <summary>Classes with a raised critical item, one bit per <see cref="CriticalClass"/>.</summary>
    public readonly uint RaisedClasses => Findings.Raised(At);

    /// <summary>Classes with a critical item that was asked and is not known.</summary>
    public readonly uint UnknownClasses => Findings.Unknown(At);

    public readonly bool Unreadable => Findings.IsUnreadable(At);

    public required bool UnknownEvent { get; init; }

    /// <summary>Whether nothing raised a tier and something that was asked still could; known once the rules have been looked at.</summary>
    public bool UnknownTier { get; set; }

    public readonly ReadOnlySpan<byte> Domains(World world) => Findings.Severities(At, world);
}

/// <summary>A condition made ready: does it hold for a person in a world?</summary>
internal abstract class ConditionPlan
{
    public static ConditionPlan Compile(PolicyCondition condition) => condition switch
    {
        SeverityCondition severity => new SeverityTest(severity),
        CriticalClassCondition critical => new CriticalTest(critical),
        UnansweredCondition unanswered => new UnansweredTest(unanswered.UnreadableOnly),
        UnknownEventCondition => new UnknownEventTest(),
        EventCondition events => new EventTest(events),
        HistoryCondition history => new HistoryTest(history),
        ChangeCondition change => new ChangeTest(change),
        ValidityCondition validity => new ValidityTest(validity),
        ContextCondition context => new ContextTest(context),
        AnyOf any => new JoinTest([.. any.Of.Select(Compile)], all: false),
        AllOf all => new JoinTest([.. all.Of.Select(Compile)], all: true),
        _ => throw new NotSupportedException("An unknown kind of condition."),
    };

    /// <summary>Whether a report is of one of the kinds and falls into the days before the survey. A report dated later was known by then: it counts.</summary>
    public static bool Matches(EventCondition condition, PersonEvent reported, DateOnly asOf) =>
        condition.Kinds.Contains(reported.Kind) && asOf.DayNumber - reported.Date.DayNumber <= condition.WithinDays;

    public abstract bool Holds(ref PersonView view, World world);

    private sealed class SeverityTest(SeverityCondition condition) : ConditionPlan
    {
        public override bool Holds(ref PersonView view, World world)
        {
            var domains = view.Domains(world);
            var found = 0;
            for (var domain = 0; domain < domains.Length; domain++)
            {
                found += domains[domain] >= condition.AtLeast && (condition.Scope == DomainScope.All || view.Core[domain]) ? 1 : 0;
            }

            return found >= (condition.Domains ?? 1);
        }
    }

    private sealed class CriticalTest(CriticalClassCondition condition) : ConditionPlan
    {
        private readonly uint _classes = condition.Classes.Aggregate(0u, (bits, c) => bits | 1u << (int)c);

        public override bool Holds(ref PersonView view, World world) =>
            ((world is World.Open or World.Possible ? view.RaisedClasses | view.UnknownClasses : view.RaisedClasses) & _classes) != 0;
    }

    private sealed class UnansweredTest(bool unreadableOnly) : ConditionPlan
    {
        public override bool Holds(ref PersonView view, World world) => unreadableOnly ? view.Unreadable : view.UnknownClasses != 0 || view.UnknownTier;
    }

    private sealed class UnknownEventTest : ConditionPlan
    {
        public override bool Holds(ref PersonView view, World world) => view.UnknownEvent;
    }

    private sealed class EventTest(EventCondition condition) : ConditionPlan
    {
        public override bool Holds(ref PersonView view, World world)
        {
            var events = view.Facts.Events;
            for (var i = 0; i < events.Count; i++)
            {
                if (Matches(condition, events[i], view.AsOf))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private sealed class HistoryTest(HistoryCondition condition) : ConditionPlan
    {
        public override bool Holds(ref PersonView view, World world) =>
            view.Facts.PreviousDate is { } date
            && view.Facts.PreviousTier >= condition.AtLeast
            && view.AsOf.DayNumber - date.DayNumber <= condition.WithinDays;
    }

    private sealed class ChangeTest(ChangeCondition condition) : ConditionPlan
    {
        public override bool Holds(ref PersonView view, World world) => view.Triage.IsWorse(ref view, world, condition.Scope, condition.AtLeast);
    }

    private sealed class ValidityTest(ValidityCondition condition) : ConditionPlan
    {
        public override bool Holds(ref PersonView view, World world)
        {
            var found = 0;
            foreach (var block in view.Scores)
            {
                found += block is not null && block.Validity[view.Person] >= condition.AtLeast ? 1 : 0;
            }

            return found >= (condition.Instruments ?? 1);
        }
    }

    private sealed class ContextTest(ContextCondition condition) : ConditionPlan
    {
        private readonly int _risks = condition.Of.Aggregate(0, (bits, risk) => bits | 1 << (int)risk);

        public override bool Holds(ref PersonView view, World world) =>
            System.Numerics.BitOperations.PopCount((uint)(view.Facts.Context & _risks)) >= condition.AtLeast;
    }

    private sealed class JoinTest(ConditionPlan[] conditions, bool all) : ConditionPlan
    {
        public override bool Holds(ref PersonView view, World world)
        {
            foreach (var condition in conditions)
            {
                if (condition.Holds(ref view, world) != all)
                {
                    return !all;
                }
            }

            return all;
        }
    }
}
