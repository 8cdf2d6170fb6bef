using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Xinheng.Network;

/// <summary>Who belongs where on the test date: every member once, in one line of units and at most one dormitory.</summary>
/// <remarks>
/// Immutable and thread-safe; made by <see cref="RosterBuilder"/>. Members are numbered from 0 in the order of the bytes of
/// their ids, so that the numbers do not depend on the order of the rows. Columns, and no object per person:
/// <code>
/// ids        one run of UTF-8 bytes, and where each id starts
/// slots      open addressing over the ids, two thirds full
/// columns    home unit, dormitory, age, facts (consent, status, sex, boarding), risks
/// </code>
/// Dates of birth are not kept.
/// </remarks>
public sealed class Roster
{
    internal const byte UnknownAge = byte.MaxValue;

    /// <summary>After so many steps the sorted ids are searched by halving: no choice of ids makes a look-up slow.</summary>
    private const int MaxSteps = 32;

    private readonly byte[] _ids;
    private readonly int[] _starts;
    private readonly int[] _slots;
    private readonly int[] _homes;
    private readonly int[] _dormitories;
    private readonly byte[] _ages;
    private readonly byte[] _facts;
    private readonly byte[] _risks;

    internal Roster(DateOnly asOf, PopulationKind population, UnitTree units, IReadOnlyList<RosterFinding> findings, byte[] ids, int[] starts, int[] homes, int[] dormitories, byte[] ages, byte[] facts, byte[] risks)
    {
        (AsOf, Population, Units, Findings) = (asOf, population, units, findings);
        (_ids, _starts, _homes, _dormitories, _ages, _facts, _risks) = (ids, starts, homes, dormitories, ages, facts, risks);
        _slots = new int[Count + (Count / 2) + 1];
        for (var person = 0; person < Count; person++)
        {
            var slot = Slot(PersonUtf8(person));
            for (var step = 0; step < MaxSteps; step++)
            {
                if (_slots[slot] == 0)
                {
                    _slots[slot] = person + 1;
                    break;
                }

                slot = slot + 1 == _slots.Length ? 0 : slot + 1;
            }
        }
    }

    /// <summary>The test date: whose rows hold on it is a member.</summary>
    public DateOnly AsOf { get; }

    /// <summary>Whom the roster is about; it never mixes.</summary>
    public PopulationKind Population { get; }

    /// <summary>The units that have members.</summary>
    public UnitTree Units { get; }

    /// <summary>What should be looked at, by row. Codes and row numbers only.</summary>
    public IReadOnlyList<RosterFinding> Findings { get; }

    /// <summary>Number of members.</summary>
    public int Count => _homes.Length;

    /// <summary>What is known of a member.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such member.</exception>
    public RosterMember this[int person]
    {
        get
        {
            var (home, dormitory, age, facts, risks) = (_homes[person], _dormitories[person], _ages[person], _facts[person], _risks[person]);
            return new()
            {
                HomeUnit = home,
                ClassUnit = Units.Level(home) == UnitLevel.Class ? home : null,
                DormitoryUnit = dormitory < 0 ? null : dormitory,
                Age = age == UnknownAge ? null : age,
                Sex = MemberFacts.Sex(facts),
                Boarding = MemberFacts.Boarding(facts),
                Consent = MemberFacts.Consent(facts),
                Status = MemberFacts.Status(facts),
                Risks = risks,
            };
        }
    }

    /// <summary>Id of a member.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such member.</exception>
    public string Person(int person) => PersonText.Decode(PersonUtf8(person));

    /// <summary>Id of a member in UTF-8, without a copy.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such member.</exception>
    public ReadOnlySpan<byte> PersonUtf8(int person) => _ids.AsSpan(_starts[person].._starts[person + 1]);

    /// <summary>The member with an id; -1 when nobody on the roster has it. Allocates nothing.</summary>
    public int IndexOf(ReadOnlySpan<char> person)
    {
        Span<byte> bytes = stackalloc byte[PersonText.MaxBytes];
        return PersonText.TryEncode(person, bytes, out var length) ? IndexOf(bytes[..length]) : -1;
    }

    /// <summary>The member with an id in UTF-8; -1 when nobody on the roster has it. Allocates nothing.</summary>
    public int IndexOf(ReadOnlySpan<byte> person)
    {
        var slot = Slot(person);
        for (var step = 0; step < MaxSteps; step++)
        {
            var candidate = _slots[slot] - 1;
            if (candidate < 0)
            {
                return -1;
            }

            if (PersonUtf8(candidate).SequenceEqual(person))
            {
                return candidate;
            }

            slot = slot + 1 == _slots.Length ? 0 : slot + 1;
        }

        return Halve(person);
    }

    /// <summary>The unit at a level that a member belongs to; -1 when there is none.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such member.</exception>
    public int UnitAt(int person, UnitLevel level) =>
        level == UnitLevel.Dormitory ? _dormitories[person] : Units.Ancestor(_homes[person], level);

    /// <summary>What scoring may know of a person: age and sex of the roster stand in where <paramref name="known"/> has none.</summary>
    /// <param name="person">The member; -1 for somebody who is not on the roster: <paramref name="known"/> as it is.</param>
    /// <param name="known">What came with the answers.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such member.</exception>
    public Respondent Complete(int person, Respondent known)
    {
        if (person == -1)
        {
            return known;
        }

        var member = this[person];
        return known with { Age = known.Age ?? member.Age, Sex = known.Sex ?? member.Sex };
    }

    /// <summary>What a policy may know of a person: with the circumstances of the roster, and the events in one order whatever order they came in.</summary>
    /// <param name="person">The member; -1 for somebody who is not on the roster: nothing is added.</param>
    /// <param name="known">What was reported of the person, and the last wave.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such member.</exception>
    public PersonFacts Complete(int person, PersonFacts known) => known with
    {
        Context = (byte)(known.Context | (person == -1 ? 0 : MemberFacts.Context(_risks[person]))),
        Events = known.Events.Count < 2
            ? known.Events
            : [.. known.Events.OrderBy(e => e.Date).ThenBy(e => e.Kind, StringComparer.Ordinal).ThenBy(e => e.Source, StringComparer.Ordinal)],
    };

    /// <summary>The number of members. Never who they are.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} members");

    private int Halve(ReadOnlySpan<byte> person)
    {
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = low + ((high - low) / 2);
            switch (PersonUtf8(middle).SequenceCompareTo(person))
            {
                case 0:
                    return middle;
                case < 0:
                    low = middle + 1;
                    break;
                default:
                    high = middle - 1;
                    break;
            }
        }

        return -1;
    }

    /// <summary>The first slot of an id: the same in every process, so that nothing depends on chance.</summary>
    private int Slot(ReadOnlySpan<byte> person)
    {
        unchecked
        {
            const ulong Multiplier = 0x9E3779B97F4A7C15; // 2^64 over the golden ratio
            var hash = 0x243F6A8885A308D3 ^ (ulong)person.Length;
            for (; person.Length >= sizeof(ulong); person = person[sizeof(ulong)..])
            {
                hash = BitOperations.RotateLeft((hash ^ BinaryPrimitives.ReadUInt64LittleEndian(person)) * Multiplier, 29);
            }

            ulong rest = 0;
            foreach (var b in person)
            {
                rest = (rest << 8) | b;
            }

            hash = (hash ^ rest) * Multiplier;
            hash = (hash ^ (hash >> 32)) * Multiplier;
            return (int)(((hash >> 32) * (ulong)_slots.Length) >> 32);
        }
    }
}
