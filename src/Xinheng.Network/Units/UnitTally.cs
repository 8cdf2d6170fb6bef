using System.Globalization;
using System.Runtime.CompilerServices;

namespace Xinheng.Network;

/// <summary>How many people of a unit are what: exact counts of people, each counted once.</summary>
/// <remarks>
/// Immutable and thread-safe; a value, so that a person's part can be taken out and put in without an object. <c>default</c>
/// counts nobody. The counts have three denominators, and every count names its own:
/// <list type="bullet">
/// <item><see cref="Enrolled"/>: everybody who is a member on the test date. The six tiers add up to it, and the tier of
/// somebody who has not answered is unknown, never green.</item>
/// <item><see cref="Eligible"/>: members who are not on leave. All that is said of consent and of answers counts eligible people.</item>
/// <item><see cref="Answered"/>: eligible people with answers. It is <see cref="Valid"/> + <see cref="Invalid"/>.</item>
/// </list>
/// Counts of small units tell of single people: they are for those who care for the unit, and not for publication.
/// Screening results, no diagnoses.
/// </remarks>
public readonly struct UnitTally : IEquatable<UnitTally>
{
    internal const int Columns = 18;

    private readonly Counts _counts;

    /// <summary>Members on the test date.</summary>
    public int Enrolled { get => _counts[0]; init => _counts[0] = value; }

    /// <summary>Members who are not on leave. The denominator of coverage.</summary>
    public int Eligible { get => _counts[1]; init => _counts[1] = value; }

    /// <summary>Eligible people on internship, who are part of every other count as well.</summary>
    public int Internship { get => _counts[2]; init => _counts[2] = value; }

    /// <summary>Eligible people whose answers may be used, see <see cref="RosterMember.IsConsented"/>.</summary>
    public int Consented { get => _counts[3]; init => _counts[3] = value; }

    /// <summary>Eligible people of whom consent was refused. Who is neither consented nor refused has no record of it.</summary>
    public int Refused { get => _counts[4]; init => _counts[4] = value; }

    /// <summary>Eligible people with answers, whatever they are worth.</summary>
    public int Answered { get => _counts[5]; init => _counts[5] = value; }

    /// <summary>Eligible people whose answers need not be repeated, those to be read with caution included.</summary>
    public int Valid { get => _counts[6]; init => _counts[6] = value; }

    /// <summary>Those of <see cref="Valid"/> whose answers are to be read with caution.</summary>
    public int Caution { get => _counts[7]; init => _counts[7] = value; }

    /// <summary>Eligible people whose answers are not to be relied on: not covered. Their critical answers stand nevertheless.</summary>
    public int Invalid { get => _counts[8]; init => _counts[8] = value; }

    /// <summary>Those of <see cref="Answered"/> without the consent they need.</summary>
    public int AnsweredWithoutConsent { get => _counts[9]; init => _counts[9] = value; }

    /// <summary>Eligible and consented people without valid answers: who is still to be screened.</summary>
    public int ToBeScreened { get => _counts[10]; init => _counts[10] = value; }

    /// <summary>Members whose outcome is incomplete, see <see cref="TierOutcome.Incomplete"/>. Of <see cref="Enrolled"/>.</summary>
    public int Incomplete { get => _counts[11]; init => _counts[11] = value; }

    /// <summary>Members of tier <see cref="Tier.Unknown"/>, all without answers and without an event included. Of <see cref="Enrolled"/>.</summary>
    public int Unknown { get => _counts[12]; init => _counts[12] = value; }

    /// <summary>Members of tier <see cref="Tier.Green"/>. Of <see cref="Enrolled"/>.</summary>
    public int Green { get => _counts[13]; init => _counts[13] = value; }

    /// <summary>Members of tier <see cref="Tier.Blue"/>. Of <see cref="Enrolled"/>.</summary>
    public int Blue { get => _counts[14]; init => _counts[14] = value; }

    /// <summary>Members of tier <see cref="Tier.Yellow"/>. Of <see cref="Enrolled"/>.</summary>
    public int Yellow { get => _counts[15]; init => _counts[15] = value; }

    /// <summary>Members of tier <see cref="Tier.Orange"/>. Of <see cref="Enrolled"/>.</summary>
    public int Orange { get => _counts[16]; init => _counts[16] = value; }

    /// <summary>Members of tier <see cref="Tier.Red"/>. Of <see cref="Enrolled"/>.</summary>
    public int Red { get => _counts[17]; init => _counts[17] = value; }

    /// <summary><see cref="Valid"/> / <see cref="Eligible"/>, exact; <see langword="null"/> when nobody is eligible.</summary>
    public Rational? Coverage => Eligible == 0 ? null : new Rational(Valid, Eligible);

    /// <summary>Members of a tier. Of <see cref="Enrolled"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tier is not defined.</exception>
    public int Of(Tier tier) => tier <= Tier.Red ? _counts[TierColumn(tier)] : throw new ArgumentOutOfRangeException(nameof(tier));

    /// <summary>The counts of both together: people must not stand in both.</summary>
    /// <exception cref="OverflowException">A count is beyond 32 bits.</exception>
    public static UnitTally operator +(UnitTally left, UnitTally right)
    {
        Counts sum = default;
        for (var i = 0; i < Columns; i++)
        {
            sum[i] = left._counts[i] + right._counts[i];
        }

        return new(sum);
    }

    /// <summary>The difference; its counts may be negative.</summary>
    /// <exception cref="OverflowException">A count is beyond 32 bits.</exception>
    public static UnitTally operator -(UnitTally left, UnitTally right)
    {
        Counts difference = default;
        for (var i = 0; i < Columns; i++)
        {
            difference[i] = left._counts[i] - right._counts[i];
        }

        return new(difference);
    }

    /// <summary>Whether all counts are equal.</summary>
    public static bool operator ==(UnitTally left, UnitTally right) => left.Equals(right);

    /// <summary>Whether a count differs.</summary>
    public static bool operator !=(UnitTally left, UnitTally right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(UnitTally other) => ((ReadOnlySpan<int>)_counts).SequenceEqual(other._counts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is UnitTally other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var count in _counts)
        {
            hash.Add(count);
        }

        return hash.ToHashCode();
    }

    /// <summary>The number of people. Never what they are, since a unit may be one person.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Enrolled} enrolled");

    /// <summary>What one member adds to every unit above.</summary>
    internal static UnitTally Of(in RosterMember member, in PersonState state)
    {
        Counts counts = default;
        counts[0] = 1;
        counts[11] = state.Outcome.Incomplete ? 1 : 0;
        counts[TierColumn(state.CountedTier)] = 1;
        if (member.IsEligible)
        {
            var valid = state.Validity is ResponseValidity.Valid or ResponseValidity.Caution;
            counts[1] = 1;
            counts[2] = member.Status == EnrolmentStatus.Internship ? 1 : 0;
            counts[3] = member.IsConsented ? 1 : 0;
            counts[4] = member.Consent == false ? 1 : 0;
            counts[5] = state.Answered ? 1 : 0;
            counts[6] = valid ? 1 : 0;
            counts[7] = state.Validity == ResponseValidity.Caution ? 1 : 0;
            counts[8] = state.Validity == ResponseValidity.Invalid ? 1 : 0;
            counts[9] = state.Answered && !member.IsConsented ? 1 : 0;
            counts[10] = member.IsConsented && !valid ? 1 : 0;
        }

        return new(counts);
    }

    internal static UnitTally Read(DigestReader reader)
    {
        Counts counts = default;
        for (var i = 0; i < Columns; i++)
        {
            counts[i] = reader.Int32();
        }

        return new(counts);
    }

    internal void Write(DigestWriter writer)
    {
        foreach (var count in _counts)
        {
            writer.Int32(count);
        }
    }

    /// <summary>Whether people could have these counts.</summary>
    internal bool IsPossible() =>
        ((ReadOnlySpan<int>)_counts).IndexOfAnyInRange(int.MinValue, -1) < 0
        && (long)Unknown + Green + Blue + Yellow + Orange + Red == Enrolled
        && Eligible <= Enrolled && Incomplete <= Enrolled && Internship <= Eligible && (long)Consented + Refused <= Eligible
        && Answered <= Eligible && (long)Valid + Invalid == Answered && Caution <= Valid && AnsweredWithoutConsent <= Answered && ToBeScreened <= Consented;

    private UnitTally(in Counts counts)
    {
        _counts = counts;
    }

    private static int TierColumn(Tier tier) => 12 + (int)tier;

    [InlineArray(Columns)]
    private struct Counts
    {
        private int _first;
    }
}
