namespace Xinheng.Network;

/// <summary>What a roster knows of one member on the test date.</summary>
/// <remarks>Immutable and thread-safe. A copy made from the columns of the roster; <c>default</c> is nobody.</remarks>
public readonly record struct RosterMember
{
    /// <summary>The age from which a person's own consent stands unless it was refused, in completed years.</summary>
    public const int AgeOfOwnConsent = 14;

    /// <summary>The lowest unit of the main line that the member belongs to: class, else grade, else school, county, city or province.</summary>
    public int HomeUnit { get; internal init; }

    /// <summary>The class; <see langword="null"/> for staff and for students without one.</summary>
    public int? ClassUnit { get; internal init; }

    /// <summary>The dormitory; <see langword="null"/> for staff and for those who have none.</summary>
    public int? DormitoryUnit { get; internal init; }

    /// <summary>
    /// Age on the test date in completed years; <see langword="null"/> when the date of birth is unknown, in the future or
    /// implausible. Who was born on 29 February completes a year on 1 March of years without that day.
    /// </summary>
    public int? Age { get; internal init; }

    /// <summary>Sex; <see langword="null"/> when unknown.</summary>
    public Sex? Sex { get; internal init; }

    /// <summary>Whether the member boards at school; <see langword="null"/> when unknown.</summary>
    public bool? Boarding { get; internal init; }

    /// <summary>Whether consent was given, refused (<see langword="false"/>) or not recorded (<see langword="null"/>).</summary>
    public bool? Consent { get; internal init; }

    /// <summary>What the member is doing on the test date.</summary>
    public EnrolmentStatus Status { get; internal init; }

    /// <summary>Whether the member is to be screened at all: everybody who is not on leave.</summary>
    public bool IsEligible => Status != EnrolmentStatus.Leave;

    /// <summary>
    /// Whether the answers may be used: from <see cref="AgeOfOwnConsent"/> on unless consent was refused, below it, and
    /// where the age is unknown, only when consent was given.
    /// </summary>
    public bool IsConsented => Consent ?? Age >= AgeOfOwnConsent;

    internal byte Risks { get; init; }

    /// <summary>Whether a circumstance holds; <see langword="null"/> when unknown, which is not "no".</summary>
    public bool? Has(ContextRisk risk) => MemberFacts.Has(Risks, risk);

    /// <summary>Names the type. Never what is known of the person, so that it cannot reach a log.</summary>
    public override string ToString() => "roster member";
}
