using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Xinheng.Network;

/// <summary>Turns a person's tier into one warning per audience that the policy names, each with only what it may see.</summary>
/// <remarks>Immutable and thread-safe. The same input gives the same warnings with the same ids.</remarks>
public sealed class WarningProjector
{
    private readonly Policy _policy;
    private readonly SchoolCalendar _calendar;
    private readonly string _wave;

    /// <summary>By when to act where the policy tells somebody of a tier that no rule and no task led to: nobody is unknown and forgotten.</summary>
    private readonly ResponseTime? _slowest;

    /// <summary>Makes a projector for one wave.</summary>
    /// <param name="policy">Who is told of which tier.</param>
    /// <param name="calendar">When a time to act ends.</param>
    /// <param name="wave">Name of the wave, for example <c>2026</c>.</param>
    public WarningProjector(Policy policy, SchoolCalendar calendar, string wave)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentException.ThrowIfNullOrWhiteSpace(wave);
        (_policy, _calendar, _wave) = (policy, calendar, wave);
        var tasks = policy.Definition.Tasks.Select(t => t.Within).ToList();
        foreach (var within in tasks.Count > 0 ? tasks : [.. policy.Definition.Rules.Select(r => r.Within)])
        {
            _slowest = within <= _slowest ? _slowest : within;
        }
    }

    /// <summary>The warnings of one person; none when nothing is to be done and the policy tells nobody of the tier.</summary>
    /// <remarks>
    /// Who is of a tier that no rule and no task led to, such as unknown for want of all answers, is due by the longest time
    /// of the policy's tasks.
    /// </remarks>
    /// <param name="report">The decision with its reasons.</param>
    /// <param name="place">Where the person belongs. An audience whose unit is not known gets nothing; the psychologist always does.</param>
    /// <param name="start">When the clock starts.</param>
    /// <exception cref="ArgumentException">The report is of another policy.</exception>
    public IReadOnlyList<Warning> Project(TierReport report, PersonPlace place, DateTimeOffset start)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(place);
        if (report.Policy != _policy)
        {
            throw new ArgumentException("The report was made by another policy.", nameof(report));
        }

        var notifications = _policy.Definition.Notifications.Where(n => n.Tier == report.Tier).ToList();
        if ((report.Urgency ?? (notifications.Count > 0 ? _slowest : null)) is not { } urgency)
        {
            return [];
        }

        var due = _calendar.DueAt(urgency, start);
        var protectedRoute = report.Rules.Any(r => r.Fired && r.Rule.Protection);
        var guardian = protectedRoute ? GuardianNotice.Blocked
            : notifications.Any(n => n.Audience == Audience.Guardian) ? GuardianNotice.Due
            : GuardianNotice.None;
        var warnings = new List<Warning>();
        var caseId = Name("case", place.Person);
        if (notifications.All(n => n.Audience != Audience.Psychologist))
        {
            // A task can stand where the tier itself tells nobody: the psychologist has it nevertheless.
            notifications.Add(new Notification { Tier = report.Tier, Audience = Audience.Psychologist });
        }

        foreach (var notification in notifications)
        {
            IReadOnlyList<LocalizedText> actions = [.. notification.Actions.Select(a => _policy.Definition.Actions[a])];
            Warning? warning = notification.Audience switch
            {
                Audience.Student => new StudentWarning { Id = default, CaseId = caseId, Person = place.Person, Due = due, Actions = actions },
                Audience.Guardian when guardian == GuardianNotice.Due =>
                    new GuardianWarning { Id = default, CaseId = caseId, Person = place.Person, Due = due, Actions = actions },
                Audience.ClassTeacher when place.Class is { } unit =>
                    new ClassWarning { Id = default, CaseId = caseId, Person = place.Person, Due = due, Actions = actions, Unit = unit, CareLevel = notification.CareLevel!.Value },
                Audience.DormitoryHead when place.Dormitory is { } unit =>
                    new DormitoryWarning { Id = default, CaseId = caseId, Person = place.Person, Due = due, Actions = actions, Unit = unit, CareLevel = notification.CareLevel!.Value },
                Audience.GradeHead when place.Grade is { } unit =>
                    new GradeWarning { Id = default, CaseId = caseId, Person = place.Person, Due = due, Actions = actions, Unit = unit, CareLevel = notification.CareLevel!.Value },
                Audience.SchoolLeadership when place.School is { } school =>
                    new LeadershipWarning { Id = default, CaseId = caseId, Person = place.Person, Due = due, Actions = actions, School = school },
                Audience.Psychologist => new PsychologistWarning
                {
                    Id = default, CaseId = caseId, Person = place.Person, Due = due, Actions = actions,
                    Unit = place.Class ?? place.Grade ?? place.School, Dormitory = place.Dormitory, Report = report, GuardianNotice = guardian,
                },
                _ => null,
            };
            if (warning is not null)
            {
                warnings.Add(warning with { Id = IdOf(warning) });
            }
        }

        return [.. warnings.OrderBy(w => w.Audience)];
    }

    /// <summary>
    /// Whether anybody is told of a person, before reasons are looked for. Who only has not been screened yet stands in the
    /// coverage list; a report or an earlier tier is a reason to act.
    /// </summary>
    internal bool Tells(Triage triage, in PersonState state, in PersonFacts facts)
    {
        var tier = state.Outcome.Tier;
        return (state.Answered || tier != Tier.Unknown || facts.Events.Count > 0)
            && (triage.UrgencyOf(state.Outcome) is not null || _policy.Definition.Notifications.Any(n => n.Tier == tier));
    }

    /// <summary>
    /// The order in which a list is shown. The psychologist's goes by due time, then tier; every other by person, so that
    /// a place in the list says nothing.
    /// </summary>
    public static IReadOnlyList<T> InOrder<T>(IEnumerable<T> warnings)
        where T : Warning
    {
        ArgumentNullException.ThrowIfNull(warnings);
        return
        [
            .. warnings
                .OrderBy(w => w is PsychologistWarning ? w.Due : default)
                .ThenByDescending(w => w is PsychologistWarning p ? p.Report.Tier : default)
                .ThenBy(w => w.Person, StringComparer.Ordinal)
                .ThenBy(w => w.Id),
        ];
    }

    /// <summary>The id of a projection: over what it shows. The psychologist's also over policy and rules, so that another reason is another warning.</summary>
    private Guid IdOf(Warning warning)
    {
        var shown = new List<string> { PolicyText.Of(warning.Audience), warning.Person, warning.Due.ToString("O", CultureInfo.InvariantCulture) };
        shown.AddRange(warning.Actions.SelectMany(a => new[] { a.En, a.ZhHans }));
        switch (warning)
        {
            case CareWarning care:
                shown.AddRange([care.Unit, PolicyText.Of(care.CareLevel)]);
                break;
            case LeadershipWarning leadership:
                shown.Add(leadership.School);
                break;
            case PsychologistWarning psychologist:
                shown.AddRange([_policy.Hash, PolicyText.Of(psychologist.Report.Tier), psychologist.Unit ?? "", psychologist.Dormitory ?? ""]);
                shown.AddRange(psychologist.Report.Rules.Select(r => (r.Fired ? "+" : "?") + r.Rule.Id));
                shown.AddRange(psychologist.Report.Tasks.Select(t => t.Id));
                break;
            default:
                break;
        }

        return Name([.. shown]);
    }

    /// <summary>A name-based UUID, version 8 of RFC 9562: the first 128 bits of SHA-256 with version and variant set. Each part carries its length.</summary>
    private Guid Name(params string[] parts)
    {
        var content = new ArrayBufferWriter<byte>(1024);
        foreach (var part in parts.Prepend(_wave).Prepend(_policy.Definition.Population.ToString()))
        {
            BinaryPrimitives.WriteInt32BigEndian(content.GetSpan(sizeof(int)), Encoding.UTF8.GetByteCount(part));
            content.Advance(sizeof(int));
            Encoding.UTF8.GetBytes(part, content);
        }

        var hash = SHA256.HashData(content.WrittenSpan).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
