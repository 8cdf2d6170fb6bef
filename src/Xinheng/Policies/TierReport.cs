namespace Xinheng;

/// <summary>The tier of one person with its reasons. For the psychologist: other audiences get projections.</summary>
/// <remarks>Immutable and thread-safe. Class; no default state. Screening result, not a diagnosis: a person must look.</remarks>
public sealed class TierReport
{
    internal TierReport(Triage triage, TierOutcome outcome, IReadOnlyList<FiredRule> rules)
    {
        Outcome = outcome;
        Rules = rules;
        Policy = triage.Policy;
        Basis = triage.Basis;
        Tasks = [.. Policy.TasksOf(outcome.Tasks)];
        Urgency = Policy.UrgencyOf(outcome);
    }

    /// <summary>The decision in its compact form.</summary>
    public TierOutcome Outcome { get; }

    /// <summary>The tier by the rules on published scores.</summary>
    public Tier Tier => Outcome.Tier;

    /// <summary>The tier that holds whatever the missing answers are.</summary>
    public Tier Certain => Outcome.Certain;

    /// <summary>The highest tier that the missing answers could still lead to.</summary>
    public Tier Possible => Outcome.Possible;

    /// <summary>Whether something that was asked is not known and could change the tier, a critical item is unanswered, or the answers to an instrument are not to be relied on and nothing raises a tier.</summary>
    public bool Incomplete => Outcome.Incomplete;

    /// <summary>By when somebody must act; <see langword="null"/> when there is nothing to do.</summary>
    public ResponseTime? Urgency { get; }

    /// <summary>Rules that fired, and those that missing answers could still fire, in the order of the policy.</summary>
    public IReadOnlyList<FiredRule> Rules { get; }

    /// <summary>What is to be done besides, in the order of the policy.</summary>
    public IReadOnlyList<PolicyTask> Tasks { get; }

    /// <summary>The policy that decided. A draft must be called a draft wherever the tier is shown.</summary>
    public Policy Policy { get; }

    /// <summary>What decided, as one hash over instruments, reliabilities and policy: see <see cref="Triage.Basis"/>. Kept with the result.</summary>
    public string Basis { get; }

    /// <summary>Whether it is incomplete. Never the tier, so that it cannot reach a log.</summary>
    public override string ToString() => Outcome.ToString();
}

/// <summary>A rule that fired, or could still fire, with the facts it looked at.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record FiredRule
{
    internal FiredRule()
    {
    }

    /// <summary>The rule.</summary>
    public required PolicyRule Rule { get; init; }

    /// <summary>Whether it fired; if not, missing answers could still fire it.</summary>
    public required bool Fired { get; init; }

    /// <summary>The facts that speak for it, now or possibly.</summary>
    public required IReadOnlyList<RiskFact> Facts { get; init; }

    /// <summary>Nothing of the rule, whose id names a tier, so that it cannot reach a log.</summary>
    public override string ToString() => "rule";
}

/// <summary>One fact on which a rule fired or could fire.</summary>
/// <remarks>Immutable and thread-safe. It holds scores and answers: for the psychologist only.</remarks>
public sealed record RiskFact
{
    private RiskFact()
    {
    }

    /// <summary>What it is: <c>severity</c>, <c>critical</c>, <c>event</c>, <c>history</c>, <c>change</c>, <c>validity</c>, <c>context</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether it is known; if not, it is what a missing answer could still be.</summary>
    public bool Known { get; init; } = true;

    /// <summary>Id of the instrument; <see langword="null"/> for facts that come from none.</summary>
    public string? Instrument { get; init; }

    /// <summary>Id of the score, critical item, event kind or circumstance.</summary>
    public string? Id { get; init; }

    /// <summary>The score's value; <see langword="null"/> where there is none.</summary>
    public Rational? Value { get; init; }

    /// <summary>Id of the score's band; <see langword="null"/> where there is none.</summary>
    public string? Band { get; init; }

    /// <summary>Severity 0 to 4 in <see cref="Domain"/>.</summary>
    public int? Severity { get; init; }

    /// <summary>Id of the domain.</summary>
    public string? Domain { get; init; }

    /// <summary>Day of an event or of the earlier wave.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Who reported an event.</summary>
    public string? Source { get; init; }

    /// <summary>The fact in words, for the psychologist.</summary>
    public required LocalizedText Text { get; init; }

    /// <summary>The kind. Never the fact, so that it cannot reach a log.</summary>
    public override string ToString() => Kind;

    internal static RiskFact OfScore(SeverityRow row, ScoreBlock? block, Instrument instrument, int score, int person, int severity, bool known)
    {
        var value = block?.ExactValue(score, person);
        var band = block?.BandOf(score, person)?.Id;
        var name = instrument.Scores[score].Name;
        var of = $"{instrument.Definition.Abbreviation} · ";
        var label = band is null ? null : instrument.Definition.BandLabels[band];
        return new()
        {
            Kind = "severity", Known = known, Instrument = row.Instrument, Id = row.Score, Value = value, Band = band, Severity = severity, Domain = row.Domain,
            Text = known
                ? new() { En = $"{of}{name.En}: {value} ({label?.En})", ZhHans = $"{of}{name.ZhHans}：{value}（{label?.ZhHans}）" }
                : new() { En = $"{of}{name.En}: could still be of severity {severity}", ZhHans = $"{of}{name.ZhHans}：补答后严重程度可达{severity}级" },
        };
    }

    internal static RiskFact OfCritical(Instrument instrument, CriticalItem critical, CriticalState state)
    {
        var label = instrument.Items[instrument.IndexOfItem(critical.Item)].Label;
        var (en, zh) = state switch
        {
            CriticalState.Yes => ("answered so that somebody must ask", "作答需当面了解"),
            CriticalState.Unreadable => ("the answer cannot be read", "作答无法识别"),
            _ => ("not answered", "未作答"),
        };
        return new()
        {
            Kind = "critical", Known = state == CriticalState.Yes, Instrument = instrument.Id, Id = critical.Id,
            Text = new()
            {
                En = $"{instrument.Definition.Abbreviation} item {critical.Item} ({label.En}): {en}",
                ZhHans = $"{instrument.Definition.Abbreviation}第{critical.Item}题（{label.ZhHans}）：{zh}",
            },
        };
    }

    internal static RiskFact OfEvent(PersonEvent reported, LocalizedText name)
    {
        var day = reported.Date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return new()
        {
            Kind = "event", Id = reported.Kind, Date = reported.Date, Source = reported.Source,
            Text = new() { En = $"Reported on {day}: {name.En}", ZhHans = $"{day} 报告：{name.ZhHans}" },
        };
    }

    internal static RiskFact OfHistory(Tier tier, DateOnly date)
    {
        var day = date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var name = PolicyText.NameOf(tier);
        return new() { Kind = "history", Id = PolicyText.Of(tier), Date = date, Text = new() { En = $"On {day}: {name.En}", ZhHans = $"{day}：{name.ZhHans}" } };
    }

    internal static RiskFact OfChange(SeverityRow row, Instrument instrument)
    {
        var name = instrument.Scores[instrument.IndexOfScore(row.Score)].Name;
        return new()
        {
            Kind = "change", Instrument = row.Instrument, Id = row.Score, Domain = row.Domain,
            Text = new() { En = $"{instrument.Definition.Abbreviation} · {name.En}: reliably worse than in the last wave", ZhHans = $"{instrument.Definition.Abbreviation} · {name.ZhHans}：较上次可靠变差" },
        };
    }

    internal static RiskFact OfValidity(Instrument instrument, ResponseValidity verdict) => new()
    {
        Kind = "validity", Instrument = instrument.Id, Id = ScoreText.Of(verdict),
        Text = new()
        {
            En = $"{instrument.Definition.Abbreviation}: answers to be {(verdict == ResponseValidity.Invalid ? "repeated" : "read with caution")}",
            ZhHans = $"{instrument.Definition.Abbreviation}：作答{(verdict == ResponseValidity.Invalid ? "需重测" : "需谨慎解读")}",
        },
    };

    internal static RiskFact OfContext(ContextRisk risk)
    {
        var (en, zh) = risk switch
        {
            ContextRisk.LeftBehind => ("left behind", "留守"),
            ContextRisk.SingleParent => ("lives with one parent", "单亲家庭"),
            _ => ("household registered as poor", "家庭经济困难"),
        };
        return new() { Kind = "context", Id = PolicyText.Of(risk), Text = new() { En = $"Circumstance: {en}", ZhHans = $"情况：{zh}" } };
    }
}
