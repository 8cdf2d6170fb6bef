using System.Globalization;
using Xinheng.Policies;

namespace Xinheng.Documents;

/// <summary>Checks the meaning of a policy; every rule reports, none stops the others.</summary>
internal sealed class PolicyCheck
{
    public const int MaxRules = 64;
    public const int MaxTasks = 32;
    public const int MaxDomains = 32;
    public const int MaxSeverities = 1_000;
    public const int MaxDepth = 8;
    public const int LongestGraveHours = 48;

    /// <summary>Words of a finding; a screen never makes one.</summary>
    private static readonly string[] DiagnosisWords = ["诊断", "患有", "确诊", "diagnos", "suffers from", "patient"];

    /// <summary>Words that tell class, dormitory, grade level, guardians or the person what was asked or scored.</summary>
    private static readonly string[] DisclosingWords =
        ["score", "answer", "questionnaire", "item ", "tier", "分数", "得分", "作答", "答案", "问卷", "量表", "题目", "红色", "橙色", "黄色", "高危"];

    /// <summary>Words of an action's id that tell the same.</summary>
    private static readonly HashSet<string> DisclosingIdWords =
        ["red", "orange", "yellow", "blue", "green", "unknown", "tier", "score", "answer", "item", "critical", "suicide", "suicidal", "ideation", "intent", "harm", "psychotic", "abuse", "protection", "hopelessness"];

    private readonly PolicyDefinition _policy;
    private readonly InstrumentCatalog _catalog;
    private readonly ProblemReport _report;
    private readonly Dictionary<string, (bool Core, int Highest)> _domains = new(StringComparer.Ordinal);

    private PolicyCheck(PolicyDefinition policy, InstrumentCatalog catalog, ProblemReport report)
    {
        _policy = policy;
        _catalog = catalog;
        _report = report;
    }

    public static void Run(PolicyDefinition policy, InstrumentCatalog catalog, ProblemReport report)
    {
        var check = new PolicyCheck(policy, catalog, report);
        check.CheckIdentity();
        check.CheckDomains();
        check.CheckSeverities();
        check.CheckRules();
        check.CheckTasks();
        check.CheckNotifications();
        check.CheckNumbers();
        check.CheckWords();
    }

    private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"$.{list}[{index}]");

    private void CheckIdentity()
    {
        InstrumentCheck.CheckIdentity(_policy.Id, _policy.Version, _report);
        if (_policy.Signature is { } signature && (signature.Name.Length == 0 || signature.Role.Length == 0))
        {
            _report.Add("incomplete-signature", "$.signature", "a signature without name or role", "name, role and date of the clinician", "Remove the signature while the policy is a draft");
        }

        Limit("$.rules", _policy.Rules.Count, MaxRules);
        Limit("$.tasks", _policy.Tasks.Count, MaxTasks);
        Limit("$.domains", _policy.Domains.Count, MaxDomains);
        Limit("$.severities", _policy.Severities.Count, MaxSeverities);

        void Limit(string path, int count, int max)
        {
            if (count > max)
            {
                _report.Add("too-many", path, $"{count} entries", $"at most {max}");
            }
        }
    }

    private void CheckDomains()
    {
        for (var i = 0; i < _policy.Domains.Count; i++)
        {
            var domain = _policy.Domains[i];
            InstrumentCheck.CheckId(At("domains", i) + ".id", domain.Id, _report);
            if (!_domains.TryAdd(domain.Id, (domain.Core, 0)))
            {
                _report.Add("duplicate-id", At("domains", i) + ".id", $"domain '{domain.Id}' a second time", "each domain once");
            }
        }
    }

    private void CheckSeverities()
    {
        var seen = new HashSet<(string, string, string)>();
        for (var i = 0; i < _policy.Severities.Count; i++)
        {
            var row = _policy.Severities[i];
            var path = At("severities", i);
            CheckEvidence(path + ".evidence", row.Evidence);
            if (!seen.Add((row.Instrument, row.Score, row.Domain)))
            {
                _report.Add("duplicate-id", path, "the same score and domain a second time", "each score once per domain");
            }

            if (!_domains.TryGetValue(row.Domain, out var domain))
            {
                _report.Add("unknown-domain", path + ".domain", $"domain '{row.Domain}'", "an id of 'domains'");
            }
            else
            {
                _domains[row.Domain] = (domain.Core, Math.Max(domain.Highest, row.Bands.Values.DefaultIfEmpty().Max()));
            }

            foreach (var (band, severity) in row.Bands)
            {
                if (severity is < 0 or > 4)
                {
                    _report.Add("invalid-severity", $"{path}.bands.{band}", $"severity {severity}", "0 to 4");
                }
            }

            if (_catalog.Find(row.Instrument) is not { } instrument)
            {
                _report.Add("unknown-instrument", path + ".instrument", $"instrument '{row.Instrument}'", "an id of the catalogue");
            }
            else if (instrument.Definition.Population.Subject is var subject && subject != Subject.Person)
            {
                _report.Add("not-about-people", path + ".instrument", $"instrument '{row.Instrument}', which is about a {ScoreText.Of(subject)}", "an instrument about a person: a policy decides about people", "Remove the row");
            }
            else if (instrument.IndexOfScore(row.Score) is var index && index < 0)
            {
                _report.Add("unknown-score", path + ".score", $"score '{row.Score}'", $"a score of '{row.Instrument}': {string.Join(", ", instrument.Scores.Select(s => s.Id))}");
            }
            else
            {
                CheckBands(path, row, instrument, instrument.Scores[index]);
            }
        }
    }

    private void CheckBands(string path, SeverityRow row, Instrument instrument, ScoreDefinition score)
    {
        if (score.Direction == Direction.Neutral || !ScoreShape.Rises(instrument, row.Score))
        {
            _report.Add("not-monotone", path + ".score", $"score '{row.Score}' can fall when an answer gets worse", "a sum, mean, count, total, step, table or class that only rises", "Use a score that cannot hide a worse answer");
        }

        if (score.Bands.Count == 0)
        {
            _report.Add("no-bands", path + ".score", $"score '{row.Score}' has no published bands", "a score with bands");
            return;
        }

        var bands = score.Bands.SelectMany(set => set.Starts).Select(band => band.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var band in bands.Where(band => !row.Bands.ContainsKey(band)))
        {
            _report.Add("missing-band", path + ".bands", $"band '{band}' is missing", $"a severity for each band: {string.Join(", ", bands)}");
        }

        foreach (var band in row.Bands.Keys.Where(band => !bands.Contains(band)))
        {
            _report.Add("unknown-band", $"{path}.bands.{band}", $"band '{band}'", $"a band of the score: {string.Join(", ", bands)}");
        }

        foreach (var set in score.Bands)
        {
            var severities = set.Starts.Select(band => row.Bands.GetValueOrDefault(band.Id)).ToList();
            if (score.Direction == Direction.LowerWorse)
            {
                severities.Reverse();
            }

            if (severities.Zip(severities.Skip(1)).Any(pair => pair.First > pair.Second))
            {
                _report.Add("severity-falls", path + ".bands", "a worse band is less severe than a better one", "severities that never fall towards the worse end");
            }
        }
    }

    private void CheckRules()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < _policy.Rules.Count; i++)
        {
            var rule = _policy.Rules[i];
            var path = At("rules", i);
            CheckRuleId(path, rule.Id, seen);
            CheckEvidence(path + ".evidence", rule.Evidence);
            if (rule.Tier is Tier.Unknown or Tier.Green)
            {
                _report.Add("invalid-tier", path + ".tier", "a tier that needs no rule", "blue, yellow, orange or red");
            }

            if (rule.Tier >= Tier.Orange && (rule.Within.LongestHours > LongestGraveHours || rule.Within.MayWaitForSchoolDay))
            {
                _report.Add("too-late", path + ".within", rule.Within.ToString(), $"at most {LongestGraveHours}h for orange and red, in hours: days can wait for the next school day");
            }

            Check(path + ".when", rule.When, inTask: false, depth: 0);
            if (OnlyContext(rule.When))
            {
                _report.Add("context-alone", path + ".when", "a rule that circumstances alone can fire", "circumstances only beside a severity, a critical item or a report");
            }
        }

        foreach (var tier in new[] { Tier.Blue, Tier.Yellow, Tier.Orange, Tier.Red }.Where(tier => _policy.Rules.All(r => r.Tier != tier)))
        {
            _report.Add("unreachable-tier", "$.rules", $"no rule leads to {PolicyText.Of(tier)}", "at least one rule for each tier above green");
        }
    }

    private void CheckTasks()
    {
        var seen = new HashSet<string>(_policy.Rules.Select(r => r.Id), StringComparer.Ordinal);
        for (var i = 0; i < _policy.Tasks.Count; i++)
        {
            var path = At("tasks", i);
            CheckRuleId(path, _policy.Tasks[i].Id, seen);
            CheckEvidence(path + ".evidence", _policy.Tasks[i].Evidence);
            Check(path + ".when", _policy.Tasks[i].When, inTask: true, depth: 0);
        }

        // Whoever leaves a critical item out must be asked, whatever else is known.
        if (_policy.Rules.Any(r => Uses<CriticalClassCondition>(r.When)) && !_policy.Tasks.Any(t => t.When is UnansweredCondition { UnreadableOnly: false }))
        {
            _report.Add("no-task", "$.tasks", "no task for an unanswered critical item", "a task whose condition is 'unanswered'");
        }

        if (!_policy.Tasks.Any(t => t.When is UnknownEventCondition))
        {
            _report.Add("no-task", "$.tasks", "no task for a report of a kind that the policy does not know", "a task whose condition is 'unknown-event'");
        }
    }

    private void CheckRuleId(string path, string id, HashSet<string> seen)
    {
        if (id.Length is 0 or > 8 || !char.IsAsciiLetterUpper(id[0]) || !id.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)))
        {
            _report.Add("invalid-id", path + ".id", "an id of another form", "upper-case letters and digits such as O1");
        }
        else if (!seen.Add(id))
        {
            _report.Add("duplicate-id", path + ".id", $"id '{id}' a second time", "each id once over rules and tasks");
        }
    }

    private void Check(string path, PolicyCondition condition, bool inTask, int depth)
    {
        if (depth > MaxDepth)
        {
            _report.Add("too-deep", path, "conditions within conditions", $"at most {MaxDepth} levels");
            return;
        }

        switch (condition)
        {
            case SeverityCondition severity:
                if (severity.AtLeast is < 1 or > 4)
                {
                    _report.Add("invalid-severity", path + ".atLeast", $"severity {severity.AtLeast}", "1 to 4");
                }
                else if (severity.Domains < 1
                    || _domains.Values.Count(d => (d.Core || severity.Scope == DomainScope.All) && d.Highest >= severity.AtLeast) < (severity.Domains ?? 1))
                {
                    _report.Add("unreachable-rule", path, $"severity {severity.AtLeast} in {severity.Domains ?? 1} domains", "as many domains whose scores reach that severity");
                }

                break;
            case CriticalClassCondition { Classes.Count: 0 }:
                _report.Add("empty-condition", path + ".classes", "no class", "at least one class of critical items");
                break;
            case UnansweredCondition or UnknownEventCondition when !inTask:
                _report.Add("task-only", path, "a condition on what is not known", "such a condition in 'tasks' only: a tier rests on what is known");
                break;
            case EventCondition events:
                Days(path, events.WithinDays);
                for (var i = 0; i < events.Kinds.Count; i++)
                {
                    if (!_policy.EventKinds.ContainsKey(events.Kinds[i]))
                    {
                        _report.Add("unknown-event-kind", $"{path}.kinds[{i}]", $"kind '{events.Kinds[i]}'", "a key of 'eventKinds'");
                    }
                }

                Empty(path + ".kinds", events.Kinds.Count);
                break;
            case HistoryCondition history:
                Days(path, history.WithinDays);
                if (history.AtLeast is Tier.Unknown or Tier.Green)
                {
                    _report.Add("invalid-tier", path + ".atLeast", "a tier that everybody reaches", "blue, yellow, orange or red");
                }

                break;
            case ChangeCondition change when change.AtLeast <= 0:
                _report.Add("invalid-number", path + ".atLeast", "a change of zero or less", "a standardized change above zero such as 1.96");
                break;
            case ValidityCondition validity when validity.AtLeast < ResponseValidity.Caution || validity.Instruments < 1:
                _report.Add("invalid-number", path, "a verdict that every answer reaches", "caution or invalid, on one instrument or more");
                break;
            case ContextCondition context when context.AtLeast < 1 || context.AtLeast > context.Of.Distinct().Count():
                _report.Add("unreachable-rule", path, $"{context.AtLeast} of {context.Of.Distinct().Count()} circumstances", "a number from 1 to that of the circumstances");
                break;
            case AnyOf any:
                Empty(path + ".of", any.Of.Count);
                Each(any.Of);
                break;
            case AllOf all:
                Empty(path + ".of", all.Of.Count);
                Each(all.Of);
                break;
            default:
                break;
        }

        void Each(IReadOnlyList<PolicyCondition> conditions)
        {
            for (var i = 0; i < conditions.Count; i++)
            {
                Check(string.Create(CultureInfo.InvariantCulture, $"{path}.of[{i}]"), conditions[i], inTask, depth + 1);
            }
        }
    }

    private void Days(string path, int days)
    {
        if (days is < 1 or > 3_660)
        {
            _report.Add("invalid-number", path + ".withinDays", $"{days} days", "1 to 3660 days");
        }
    }

    private void Empty(string path, int count)
    {
        if (count == 0)
        {
            _report.Add("empty-condition", path, "nothing", "at least one entry");
        }
    }

    /// <summary>Whether circumstances alone can make the condition true.</summary>
    private static bool OnlyContext(PolicyCondition condition) => condition switch
    {
        ContextCondition => true,
        AnyOf any => any.Of.Any(OnlyContext),
        AllOf all => all.Of.Count > 0 && all.Of.All(OnlyContext),
        _ => false,
    };

    private static bool Uses<T>(PolicyCondition condition) => condition switch
    {
        T => true,
        AnyOf any => any.Of.Any(Uses<T>),
        AllOf all => all.Of.Any(Uses<T>),
        _ => false,
    };

    private void CheckNotifications()
    {
        var seen = new HashSet<(Tier, Audience)>();
        for (var i = 0; i < _policy.Notifications.Count; i++)
        {
            var notification = _policy.Notifications[i];
            var path = At("notifications", i);
            if (!seen.Add((notification.Tier, notification.Audience)))
            {
                _report.Add("duplicate-id", path, "the same tier and audience a second time", "each tier and audience once");
            }

            if (!MayBeTold(notification.Audience, notification.Tier))
            {
                _report.Add("audience-not-allowed", path + ".audience", $"{PolicyText.Of(notification.Audience)} told of {PolicyText.Of(notification.Tier)}", "only who must act is told: county and province get numbers, class, grade and leadership hear of orange or red");
            }

            var needsCare = notification.Audience is Audience.ClassTeacher or Audience.DormitoryHead or Audience.GradeHead;
            if (needsCare != notification.CareLevel is not null)
            {
                _report.Add("care-level", path + ".careLevel", needsCare ? "no care level" : "a care level", needsCare ? "a, b or c: this audience sees no tier" : "none: this audience sees no care level");
            }

            if (notification is { Tier: Tier.Red, CareLevel: not (null or CareLevel.A) } or { Tier: Tier.Orange, CareLevel: CareLevel.C })
            {
                _report.Add("care-level", path + ".careLevel", $"care level {PolicyText.Of(notification.CareLevel.Value)} for {PolicyText.Of(notification.Tier)}", "a for red, a or b for orange");
            }

            for (var a = 0; a < notification.Actions.Count; a++)
            {
                if (!_policy.Actions.ContainsKey(notification.Actions[a]))
                {
                    _report.Add("unknown-action", $"{path}.actions[{a}]", $"action '{notification.Actions[a]}'", "a key of 'actions'");
                }
            }
        }

        foreach (var tier in new[] { Tier.Red, Tier.Orange, Tier.Yellow, Tier.Unknown }.Where(t => !seen.Contains((t, Audience.Psychologist))))
        {
            _report.Add("nobody-told", "$.notifications", $"no psychologist is told of {PolicyText.Of(tier)}", "the psychologist told of red, orange, yellow and unknown");
        }
    }

    private bool MayBeTold(Audience audience, Tier tier) => (audience, _policy.Population) switch
    {
        (Audience.Psychologist, _) => tier != Tier.Green,
        (Audience.Student, _) => tier is not (Tier.Unknown or Tier.Green),
        (Audience.SchoolLeadership, _) => tier == Tier.Red,
        (_, PopulationKind.Staff) => false,
        (Audience.Guardian or Audience.ClassTeacher or Audience.GradeHead, _) => tier >= Tier.Orange,
        (Audience.DormitoryHead, _) => tier == Tier.Red,
        _ => false,
    };

    private void CheckNumbers()
    {
        var coverage = _policy.Coverage;
        if (!(coverage.NoRateBelow >= 0 && coverage.NoRateBelow <= coverage.CannotBeLowBelow && coverage.CannotBeLowBelow <= coverage.Good && coverage.Good <= 1))
        {
            _report.Add("invalid-number", "$.coverage", "shares out of order", "0 <= noRateBelow <= cannotBeLowBelow <= good <= 1");
        }

        CheckEvidence("$.coverage.evidence", coverage.Evidence);
        CheckEvidence("$.disclosure.evidence", _policy.Disclosure.Evidence);
        if (_policy.Disclosure.MinGroup < 5 || _policy.Disclosure.MinCount < 2)
        {
            _report.Add("invalid-number", "$.disclosure", "groups that point at people", "minGroup from 5 on, minCount from 2 on");
        }

        if (_policy.Clusters is { } clusters)
        {
            CheckEvidence("$.clusters.evidence", clusters.Evidence);
            if (clusters.Red < 2 || clusters.RedOrOrange < 2 || clusters.RedDays is < 1 or > 366)
            {
                _report.Add("invalid-number", "$.clusters", "a cluster of one, or days out of range", "two people or more within 1 to 366 days");
            }

            if (_policy.Population == PopulationKind.Staff)
            {
                _report.Add("audience-not-allowed", "$.clusters", "dormitories of staff", "no clusters for staff");
            }
        }

        foreach (var tier in new[] { Tier.Red, Tier.Orange, Tier.Yellow, Tier.Blue, Tier.Unknown })
        {
            if (!_policy.MinutesPerPerson.TryGetValue(tier, out var minutes) || minutes is < 0 or > 10_000)
            {
                _report.Add("invalid-number", "$.minutesPerPerson", $"no minutes for {PolicyText.Of(tier)}", "minutes from 0 on for red, orange, yellow, blue and unknown");
            }
        }
    }

    private void CheckWords()
    {
        for (var i = 0; i < _policy.Rules.Count; i++)
        {
            Words(At("rules", i) + ".reason", _policy.Rules[i].Reason, DiagnosisWords, "words of a screen, not of a finding");
        }

        for (var i = 0; i < _policy.Tasks.Count; i++)
        {
            Words(At("tasks", i) + ".text", _policy.Tasks[i].Text, DiagnosisWords, "words of a screen, not of a finding");
        }

        foreach (var action in _policy.Actions.Keys.Where(a => _policy.Notifications.Any(n => n.Audience != Audience.Psychologist && n.Actions.Contains(a))))
        {
            const string Expected = "nothing of scores, answers, instruments or tiers: others than the psychologist read it";
            Words($"$.actions.{action}", _policy.Actions[action], [.. DiagnosisWords, .. DisclosingWords], Expected);
            Words($"$.actions.{action}", _policy.Actions[action], _catalog.Ids.Where(id => HasWord(_policy.Actions[action].En, id) || HasWord(_policy.Actions[action].ZhHans, id)), Expected);
            foreach (var word in action.Split('-').Where(DisclosingIdWords.Contains))
            {
                _report.Add("forbidden-word", $"$.actions.{action}", $"an id with the word '{word}'", Expected);
            }
        }
    }

    private void Words(string path, LocalizedText text, IEnumerable<string> forbidden, string expected)
    {
        foreach (var word in forbidden.Where(w => text.En.Contains(w, StringComparison.OrdinalIgnoreCase) || text.ZhHans.Contains(w, StringComparison.OrdinalIgnoreCase)))
        {
            _report.Add("forbidden-word", path, $"the word '{word.Trim()}'", expected);
        }
    }

    /// <summary>Whether a text holds an id as a word of its own: "isi" is an instrument, and no part of "visit".</summary>
    private static bool HasWord(string text, string id)
    {
        for (var at = text.IndexOf(id, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(id, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if ((at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])) && (at + id.Length == text.Length || !char.IsAsciiLetterOrDigit(text[at + id.Length])))
            {
                return true;
            }
        }

        return false;
    }

    private void CheckEvidence(string path, Evidence evidence) => InstrumentCheck.CheckEvidence(path, evidence, _policy.Sources, _report);
}
