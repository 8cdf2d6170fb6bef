namespace Xinheng.Tests;

/// <summary>
/// A second implementation of policies, as plain as can be: every fact is an interval of what it could be, every
/// condition a pair of "surely" and "possibly". It shares nothing with the library but the reports it reads.
/// </summary>
internal static class PlainTriage
{
    public sealed record Outcome(Tier Tier, Tier Certain, Tier Possible, bool Incomplete, string Fired, string Tasks);

    private sealed record Facts(
        Dictionary<string, (int Low, int High)> Domains, HashSet<string> Core, HashSet<CriticalClass> Yes, HashSet<CriticalClass> Open, bool Unreadable,
        PersonFacts Person, DateOnly AsOf, IReadOnlyList<ScoreReport?> Reports, HashSet<string> Kinds, bool Unknown = false);

    public static Outcome Decide(PolicyDefinition policy, IReadOnlyList<Instrument> battery, IReadOnlyList<ScoreReport?> reports, PersonFacts person, DateOnly asOf)
    {
        var bounds = Read(policy, battery, reports, person, asOf, published: false);
        var published = Read(policy, battery, reports, person, asOf, published: true);
        var certain = policy.Rules.Where(r => Surely(r.When, bounds)).Select(r => r.Tier).Append(Tier.Green).Max();
        var possible = policy.Rules.Where(r => Possibly(r.When, bounds)).Select(r => r.Tier).Append(Tier.Green).Max();
        var fired = policy.Rules.Where(r => Surely(r.When, published)).ToList();
        var tier = fired.Select(r => r.Tier).Append(Tier.Green).Max();
        if (tier == Tier.Green && (bounds.Open.Count > 0 || policy.Rules.Any(r => Possibly(r.When, published))))
        {
            tier = Tier.Unknown;
        }

        var doubtful = reports.Any(r => r?.Validity.Validity == ResponseValidity.Invalid) || reports.All(r => r?.Validity.Validity == ResponseValidity.NotAsked);
        doubtful &= tier is Tier.Green or Tier.Unknown;
        tier = doubtful ? Tier.Unknown : tier;
        return new(
            tier, certain, possible, certain != possible || bounds.Open.Count > 0 || doubtful, string.Join(' ', fired.Select(r => r.Id)),
            string.Join(' ', policy.Tasks.Where(t => Surely(t.When, published with { Unknown = tier == Tier.Unknown })).Select(t => t.Id)));
    }

    private static Facts Read(PolicyDefinition policy, IReadOnlyList<Instrument> battery, IReadOnlyList<ScoreReport?> reports, PersonFacts person, DateOnly asOf, bool published)
    {
        var domains = policy.Domains.ToDictionary(d => d.Id, _ => (Low: 0, High: 0), StringComparer.Ordinal);
        var (yes, open, unreadable) = (new HashSet<CriticalClass>(), new HashSet<CriticalClass>(), false);
        for (var i = 0; i < battery.Count; i++)
        {
            var report = reports[i];
            foreach (var row in policy.Severities.Where(r => r.Instrument == battery[i].Id))
            {
                var (low, high) = (0, row.Bands.Values.Max());
                if (report is not null)
                {
                    var score = report[row.Score];
                    string?[] ends = published && score.Band is not null ? [score.Band, score.Band] : [score.LowestBand, score.HighestBand];
                    int[] severities = score.Status == ScoreStatus.NotAsked || ends[0] is null ? [0, 0] : [row.Bands[ends[0]!], row.Bands[ends[1]!]];
                    (low, high) = (severities.Min(), severities.Max());
                }

                domains[row.Domain] = (Math.Max(domains[row.Domain].Low, low), Math.Max(domains[row.Domain].High, high));
            }

            foreach (var (item, critical) in battery[i].Definition.CriticalItems.Index())
            {
                switch (report?.CriticalItems[item].State ?? CriticalState.Unknown)
                {
                    case CriticalState.Yes:
                        yes.Add(critical.Class);
                        break;
                    case CriticalState.Unknown:
                        open.Add(critical.Class);
                        break;
                    case CriticalState.Unreadable:
                        open.Add(critical.Class);
                        unreadable = true;
                        break;
                    default:
                        break;
                }
            }
        }

        return new(domains, [.. policy.Domains.Where(d => d.Core).Select(d => d.Id)], yes, open, unreadable, person, asOf, reports, [.. policy.EventKinds.Keys]);
    }

    private static bool Surely(PolicyCondition condition, Facts facts) => Holds(condition, facts, possibly: false);

    private static bool Possibly(PolicyCondition condition, Facts facts) => Holds(condition, facts, possibly: true);

    private static bool Holds(PolicyCondition condition, Facts facts, bool possibly) => condition switch
    {
        SeverityCondition s => facts.Domains.Where(d => s.Scope == DomainScope.All || facts.Core.Contains(d.Key))
            .Count(d => (possibly ? d.Value.High : d.Value.Low) >= s.AtLeast) >= (s.Domains ?? 1),
        CriticalClassCondition c => c.Classes.Any(k => facts.Yes.Contains(k) || (possibly && facts.Open.Contains(k))),
        UnansweredCondition u => u.UnreadableOnly ? facts.Unreadable : facts.Open.Count > 0 || facts.Unknown,
        UnknownEventCondition => facts.Person.Events.Any(e => !facts.Kinds.Contains(e.Kind)),
        EventCondition e => facts.Person.Events.Any(x => e.Kinds.Contains(x.Kind) && x.Date.AddDays(e.WithinDays) >= facts.AsOf),
        HistoryCondition h => facts.Person.PreviousDate is { } date && facts.Person.PreviousTier >= h.AtLeast && date.AddDays(h.WithinDays) >= facts.AsOf,
        ChangeCondition => false,
        ValidityCondition v => facts.Reports.Count(r => r is not null && r.Validity.Validity >= v.AtLeast) >= (v.Instruments ?? 1),
        ContextCondition c => c.Of.Count(risk => (facts.Person.Context & (1 << (int)risk)) != 0) >= c.AtLeast,
        AnyOf any => any.Of.Any(x => Holds(x, facts, possibly)),
        AllOf all => all.Of.All(x => Holds(x, facts, possibly)),
        _ => throw new NotSupportedException(),
    };
}
