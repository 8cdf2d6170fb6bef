using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Xinheng.Network;

/// <summary>Turns a person's tier into one warning per audience that the policy names, each with only what it may see.</summary>
/// <remarks>Immutable and thread-safe. The same input gives the same warnings with the same ids.</remarks>
public sealed class WarningProjector
{
    private readonly Policy _policy;
    private readonly SchoolCalendar _calendar;

    /// <summary>Population and wave: what every id begins with.</summary>
    private readonly byte[] _wave;

    /// <summary>Who is told of each tier, in the order of the audiences; the psychologist of every tier, for a task can stand at any.</summary>
    private readonly Told[][] _told;

    /// <summary>The rules that open the protection route.</summary>
    private readonly ulong _protection;

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
        (_policy, _calendar) = (policy, calendar);
        _wave = [.. Part(policy.Definition.Population.ToString()), .. Part(wave)];
        _told = [.. Enum.GetValues<Tier>().Select(ToldOf)];
        for (var rule = 0; rule < policy.Definition.Rules.Count; rule++)
        {
            _protection |= policy.Definition.Rules[rule].Protection ? 1ul << rule : 0;
        }

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
        return ProjectForPsychologist(report, place, start) is { } psychologist
            ? [.. ProjectForOthers(report.Outcome, place, start).Append(psychologist).OrderBy(w => w.Audience)]
            : [];
    }

    /// <summary>The psychologist's warning of one person; <see langword="null"/> when nothing is to be done and the policy tells nobody of the tier.</summary>
    /// <inheritdoc cref="Project(TierReport, PersonPlace, DateTimeOffset)"/>
    public PsychologistWarning? ProjectForPsychologist(TierReport report, PersonPlace place, DateTimeOffset start)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(place);
        if (report.Policy != _policy)
        {
            throw new ArgumentException("The report was made by another policy.", nameof(report));
        }

        if (DueOf(report.Outcome, start) is not { } due)
        {
            return null;
        }

        var told = _told[(int)report.Tier].Single(t => t.Notification.Audience == Audience.Psychologist);
        var warning = new PsychologistWarning
        {
            Id = default, CaseId = CaseOf(place), Person = place.Person, Due = due, Actions = told.Actions,
            Unit = place.Class ?? place.Grade ?? place.School, Dormitory = place.Dormitory, Report = report, GuardianNotice = GuardianNoticeOf(report.Outcome),
        };
        return warning with { Id = IdOf(warning, told) };
    }

    /// <summary>The warnings of one person for everybody but the psychologist: what they see follows from the tier and the rules that fired alone.</summary>
    /// <inheritdoc cref="Project(TierReport, PersonPlace, DateTimeOffset)"/>
    /// <param name="outcome">The decision, by the policy of this projector.</param>
    /// <param name="place">Where the person belongs. An audience whose unit is not known gets nothing.</param>
    /// <param name="start">When the clock starts.</param>
    public IReadOnlyList<Warning> ProjectForOthers(TierOutcome outcome, PersonPlace place, DateTimeOffset start)
    {
        ArgumentNullException.ThrowIfNull(place);
        if (_told[(int)outcome.Tier] is not { Length: > 1 } told || DueOf(outcome, start) is not { } due)
        {
            return [];
        }

        var warnings = new List<Warning>(told.Length);
        var (person, caseId, guardian) = (place.Person, CaseOf(place), GuardianNoticeOf(outcome));
        foreach (var to in told)
        {
            Warning? warning = to.Notification.Audience switch
            {
                Audience.Student => new StudentWarning { Id = default, CaseId = caseId, Person = person, Due = due, Actions = to.Actions },
                Audience.Guardian when guardian == GuardianNotice.Due =>
                    new GuardianWarning { Id = default, CaseId = caseId, Person = person, Due = due, Actions = to.Actions },
                Audience.ClassTeacher when place.Class is { } unit =>
                    new ClassWarning { Id = default, CaseId = caseId, Person = person, Due = due, Actions = to.Actions, Unit = unit, CareLevel = to.Notification.CareLevel!.Value },
                Audience.DormitoryHead when place.Dormitory is { } unit =>
                    new DormitoryWarning { Id = default, CaseId = caseId, Person = person, Due = due, Actions = to.Actions, Unit = unit, CareLevel = to.Notification.CareLevel!.Value },
                Audience.GradeHead when place.Grade is { } unit =>
                    new GradeWarning { Id = default, CaseId = caseId, Person = person, Due = due, Actions = to.Actions, Unit = unit, CareLevel = to.Notification.CareLevel!.Value },
                Audience.SchoolLeadership when place.School is { } school =>
                    new LeadershipWarning { Id = default, CaseId = caseId, Person = person, Due = due, Actions = to.Actions, School = school },
                _ => null,
            };
            if (warning is not null)
            {
                warnings.Add(warning with { Id = IdOf(warning, to) });
            }
        }

        return warnings;
    }

    /// <summary>
    /// Whether anybody is told of a person, before reasons are looked for. Who only has not been screened yet stands in the
    /// coverage list; a report, or an orange or red tier in the last wave, is a reason to act.
    /// </summary>
    internal bool Tells(in PersonState state, in PersonFacts facts)
    {
        var tier = state.Outcome.Tier;
        return (state.Answered || tier != Tier.Unknown || facts.Events.Count > 0 || facts.PreviousTier >= Tier.Orange)
            && (_policy.UrgencyOf(state.Outcome) is not null || _policy.Definition.Notifications.Any(n => n.Tier == tier));
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

    private DateTimeOffset? DueOf(TierOutcome outcome, DateTimeOffset start) =>
        (_policy.UrgencyOf(outcome) ?? (_policy.Definition.Notifications.Any(n => n.Tier == outcome.Tier) ? _slowest : null)) is { } urgency
            ? _calendar.DueAt(urgency, start)
            : null;

    private GuardianNotice GuardianNoticeOf(TierOutcome outcome) =>
        (outcome.Fired & _protection) != 0 ? GuardianNotice.Blocked
        : _told[(int)outcome.Tier].Any(t => t.Notification.Audience == Audience.Guardian) ? GuardianNotice.Due
        : GuardianNotice.None;

    private Told[] ToldOf(Tier tier)
    {
        var notifications = _policy.Definition.Notifications.Where(n => n.Tier == tier).ToList();
        if (notifications.All(n => n.Audience != Audience.Psychologist))
        {
            // A task can stand where the tier itself tells nobody: the psychologist has it nevertheless.
            notifications.Add(new Notification { Tier = tier, Audience = Audience.Psychologist });
        }

        return
        [
            .. from notification in notifications.OrderBy(n => n.Audience)
               let actions = notification.Actions.Select(a => new WarningAction(a, _policy.Definition.Actions[a])).ToList()
               select new Told(notification, actions, SHA256.HashData([.. actions.SelectMany(a => Part(a.Id).Concat(Part(a.Text.En)).Concat(Part(a.Text.ZhHans)))])),
        ];
    }

    private Guid CaseOf(PersonPlace place) => Name("case", [], place.Person);

    /// <summary>The id of a projection: over what it shows. The psychologist's also over policy and rules, so that another reason is another warning.</summary>
    private Guid IdOf(Warning warning, Told told)
    {
        var audience = PolicyText.Of(warning.Audience);
        var due = warning.Due.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        return warning switch
        {
            CareWarning care => Name(audience, told.Digest, care.Person, due, care.Unit, PolicyText.Of(care.CareLevel)),
            LeadershipWarning leadership => Name(audience, told.Digest, leadership.Person, due, leadership.School),
            PsychologistWarning psychologist => Name(
                audience,
                told.Digest,
                [
                    psychologist.Person, due, _policy.Hash, PolicyText.Of(psychologist.Report.Tier), psychologist.Unit ?? "", psychologist.Dormitory ?? "",
                    .. psychologist.Report.Rules.Select(r => (r.Fired ? "+" : "?") + r.Rule.Id), .. psychologist.Report.Tasks.Select(t => t.Id),
                ]),
            _ => Name(audience, told.Digest, warning.Person, due),
        };
    }

    /// <summary>A name-based UUID, version 8 of RFC 9562: the first 128 bits of SHA-256 with version and variant set. Each part carries its length.</summary>
    private Guid Name(string kind, ReadOnlySpan<byte> actions, params ReadOnlySpan<string> parts)
    {
        var length = _wave.Length + LengthOf(kind) + actions.Length;
        foreach (var part in parts)
        {
            length += LengthOf(part);
        }

        const int OnStack = 1024;
        var content = length <= OnStack ? stackalloc byte[OnStack] : new byte[length];
        _wave.CopyTo(content);
        var end = _wave.Length;
        end += Put(kind, content[end..]);
        actions.CopyTo(content[end..]);
        end += actions.Length;
        foreach (var part in parts)
        {
            end += Put(part, content[end..]);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content[..end], hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    private static int LengthOf(string part) => sizeof(int) + Encoding.UTF8.GetByteCount(part);

    private static int Put(string part, Span<byte> content)
    {
        var bytes = Encoding.UTF8.GetBytes(part, content[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(content, bytes);
        return sizeof(int) + bytes;
    }

    private static byte[] Part(string part)
    {
        var content = new byte[LengthOf(part)];
        Put(part, content);
        return content;
    }

    /// <summary>An audience of a tier, what it is asked to do, and the digest of that for the ids.</summary>
    private sealed record Told(Notification Notification, IReadOnlyList<WarningAction> Actions, byte[] Digest);
}
