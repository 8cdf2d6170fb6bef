namespace Xinheng.Network;

/// <summary>What every projection of a warning has: an id, the person, by when to act, what to do. Nothing else is common.</summary>
/// <remarks>
/// Immutable and thread-safe. One type per audience, and a type holds only what its audience may see: those for class,
/// dormitory and grade have no member that could carry a score, an answer, an instrument, a tier or a reason.
/// The id depends on what the projection shows and on nothing that it hides: so the same input gives the same id, and
/// nobody can guess a reason from it.
/// </remarks>
public abstract record Warning
{
    private protected Warning()
    {
    }

    /// <summary>Deterministic id: a name-based UUID (version 8, SHA-256) of the wave, the audience and the content.</summary>
    public required Guid Id { get; init; }

    /// <summary>Joins the projections of one person in one wave; depends on wave and person only.</summary>
    public required Guid CaseId { get; init; }

    /// <summary>Whom it is about, as the roster names the person: a pseudonym of the host.</summary>
    public required string Person { get; init; }

    /// <summary>By when to act.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>What to do.</summary>
    public required IReadOnlyList<WarningAction> Actions { get; init; }

    /// <summary>For whom it is.</summary>
    public abstract Audience Audience { get; }

    /// <summary>The audience. Never the person, so that it cannot reach a log.</summary>
    public override string ToString() => PolicyText.Of(Audience);
}

/// <summary>What the person reads: how to get help.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record StudentWarning : Warning
{
    /// <inheritdoc/>
    public override Audience Audience => Audience.Student;

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}

/// <summary>What a guardian reads: what to do tonight and where help is. Not made under the protection route.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record GuardianWarning : Warning
{
    /// <inheritdoc/>
    public override Audience Audience => Audience.Guardian;

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}

/// <summary>What class, dormitory and grade level read: a care level and what to do.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public abstract record CareWarning : Warning
{
    private protected CareWarning()
    {
    }

    /// <summary>Code of the unit to which the warning belongs; nobody of another unit receives it.</summary>
    public required string Unit { get; init; }

    /// <summary>How closely to look after the person.</summary>
    public required CareLevel CareLevel { get; init; }

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}

/// <summary>What the class teacher reads of a student of the class.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ClassWarning : CareWarning
{
    /// <inheritdoc/>
    public override Audience Audience => Audience.ClassTeacher;

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}

/// <summary>What the head of a dormitory reads of a student who lives there.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record DormitoryWarning : CareWarning
{
    /// <inheritdoc/>
    public override Audience Audience => Audience.DormitoryHead;

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}

/// <summary>What the head of a grade reads of a student of the grade.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record GradeWarning : CareWarning
{
    /// <inheritdoc/>
    public override Audience Audience => Audience.GradeHead;

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}

/// <summary>What school leadership reads: that somebody needs a decision by a time.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record LeadershipWarning : Warning
{
    /// <summary>Code of the school.</summary>
    public required string School { get; init; }

    /// <inheritdoc/>
    public override Audience Audience => Audience.SchoolLeadership;

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}

/// <summary>Whether the guardian is to be told.</summary>
public enum GuardianNotice
{
    /// <summary>Not at this tier.</summary>
    None,

    /// <summary>To be told.</summary>
    Due,

    /// <summary>The protection route is open: not before a person has cleared it.</summary>
    Blocked,
}

/// <summary>What the psychologist reads: the tier, its bounds, every reason, every task.</summary>
/// <remarks>Immutable and thread-safe. It holds scores and answers: for the psychologist only.</remarks>
public sealed record PsychologistWarning : Warning
{
    /// <summary>Code of the lowest unit the roster knows; <see langword="null"/> for a person whom the roster does not know.</summary>
    public required string? Unit { get; init; }

    /// <summary>Code of the dormitory; <see langword="null"/> = none.</summary>
    public required string? Dormitory { get; init; }

    /// <summary>The tier with its reasons.</summary>
    public required TierReport Report { get; init; }

    /// <summary>Whether the guardian is to be told.</summary>
    public required GuardianNotice GuardianNotice { get; init; }

    /// <summary>Whether nobody has signed the policy that decided.</summary>
    public bool Draft => Report.Policy.IsDraft;

    /// <inheritdoc/>
    public override Audience Audience => Audience.Psychologist;

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
