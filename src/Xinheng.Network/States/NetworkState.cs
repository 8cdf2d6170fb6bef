using System.Globalization;
using System.Text;

namespace Xinheng.Network;

/// <summary>Where everybody on a roster stands, and the tallies of all units, kept right with every change.</summary>
/// <remarks>
/// Mutable, not thread-safe. Filling it person by person, replaying what was submitted in any order, and merging parts give the
/// same state and the same bytes: of two states of a person the later one stands, see <see cref="PersonState"/>. People who
/// are not on the roster are kept apart by their ids, and counted in no unit. A person costs 32 bytes beside the roster.
/// </remarks>
public sealed class NetworkState
{
    private readonly StoredState[] _states;
    private readonly UnitTally[] _tallies;
    private readonly Dictionary<string, PersonState> _unassigned = new(StringComparer.Ordinal);

    /// <summary>Nobody on the roster has answered yet.</summary>
    public NetworkState(Roster roster)
    {
        ArgumentNullException.ThrowIfNull(roster);
        Roster = roster;
        _states = new StoredState[roster.Count];
        _tallies = UnitTallies.RollUp(this, 0, roster.Count);
    }

    /// <summary>Who belongs where.</summary>
    public Roster Roster { get; }

    /// <summary>Number of people with a state who are not on the roster.</summary>
    public int UnassignedCount => _unassigned.Count;

    /// <summary>The state of a member.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such member.</exception>
    public PersonState this[int person] => _states[person].Value;

    /// <summary>The state of a person by id, on the roster or not; <c>default</c> where nothing was heard.</summary>
    public PersonState Of(ReadOnlySpan<char> person) => Roster.IndexOf(person) is >= 0 and var index
        ? this[index]
        : _unassigned.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(person, out var state) ? state : default;

    /// <summary>The tally of a unit now.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such unit.</exception>
    public UnitTally Tally(int unit) => _tallies[unit];

    /// <summary>Sets the state of a member, and the tallies of every unit above and of the dormitory. Allocates nothing.</summary>
    /// <returns>What changed; nothing when the same or a later state stands.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such member.</exception>
    /// <exception cref="ArgumentException">The state holds a value that is not defined, or a negative sequence.</exception>
    public UnitChanges Set(int person, in PersonState state)
    {
        if ((uint)person >= (uint)_states.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(person), "There is no such member on the roster.");
        }

        Check(state);
        var before = _states[person].Value;
        if (state.CompareTo(before) <= 0)
        {
            return default;
        }

        var member = Roster[person];
        var delta = UnitTally.Of(member, state) - UnitTally.Of(member, before);
        _states[person] = new(state);
        Span<int> units = stackalloc int[UnitChanges.Most];
        var count = 0;
        if (delta != default)
        {
            for (var unit = member.HomeUnit; unit >= 0; unit = Roster.Units.Parent(unit))
            {
                units[count++] = unit;
            }

            if (member.DormitoryUnit is { } dormitory)
            {
                units[count++] = dormitory;
            }

            foreach (var unit in units[..count])
            {
                _tallies[unit] += delta;
            }
        }

        return new(delta, _tallies, units[..count]);
    }

    /// <summary>Sets the state of a person by id. Who is not on the roster is kept apart, see <see cref="Unassigned"/>.</summary>
    /// <returns>Whether it was taken, and what changed in the units: none for somebody who is not on the roster.</returns>
    /// <exception cref="ArgumentException">The id is empty, no Unicode text or too long, or the state is not one.</exception>
    public UnitChanges Set(ReadOnlySpan<char> person, in PersonState state)
    {
        Span<byte> bytes = stackalloc byte[PersonText.MaxBytes];
        return PersonText.TryEncode(person, bytes, out var length)
            ? Set(bytes[..length], state)
            : throw PersonText.Unusable(nameof(person));
    }

    /// <summary>Sets the state of a person by id in UTF-8. Who is not on the roster is kept apart, see <see cref="Unassigned"/>.</summary>
    /// <returns>Whether it was taken, and what changed in the units: none for somebody who is not on the roster.</returns>
    /// <exception cref="ArgumentException">The id is empty, not UTF-8 or too long, or the state is not one.</exception>
    public UnitChanges Set(ReadOnlySpan<byte> person, in PersonState state)
    {
        Check(state);
        if (Roster.IndexOf(person) is var index and >= 0)
        {
            return Set(index, state);
        }

        if (!PersonText.IsValid(person))
        {
            throw PersonText.Unusable(nameof(person));
        }

        var id = PersonText.Decode(person);
        if (state.CompareTo(_unassigned.GetValueOrDefault(id)) <= 0)
        {
            return default;
        }

        _unassigned[id] = state;
        return new(default, _tallies, []);
    }

    /// <summary>Who has a state and is not on the roster, by the bytes of their ids.</summary>
    public IReadOnlyList<UnassignedPerson> Unassigned() => [.. SortedUnassigned().Select(entry => new UnassignedPerson(PersonText.Decode(entry.Person), entry.State))];

    /// <summary>Takes in what another state knows: person by person the later one stands. The order of merging does not matter.</summary>
    /// <param name="other">A state of the same test date and population; its roster may be another one. Not changed.</param>
    /// <exception cref="ArgumentException">Test date or population differ.</exception>
    public void Merge(NetworkState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Roster.AsOf != Roster.AsOf || other.Roster.Population != Roster.Population)
        {
            throw new ArgumentException("A state of another test date or population cannot be merged.", nameof(other));
        }

        if (ReferenceEquals(this, other))
        {
            return;
        }

        for (var person = 0; person < other._states.Length; person++)
        {
            if (other[person] is var state && state != default)
            {
                _ = ReferenceEquals(Roster, other.Roster) ? Set(person, state) : Set(other.Roster.PersonUtf8(person), state);
            }
        }

        foreach (var (person, state) in other._unassigned)
        {
            Set(person, state);
        }
    }

    /// <summary>
    /// Writes what is known of everybody, in the order of the bytes of their ids: the same bytes however the state was reached.
    /// They hold ids and tiers of people, and are to be kept like them.
    /// </summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void Save(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var unassigned = SortedUnassigned();
        var known = unassigned.Count;
        foreach (var stored in _states)
        {
            known += stored.Value != default ? 1 : 0;
        }

        using var writer = new DigestWriter(destination);
        writer.Header(DigestHeader.State, Roster.Population, Roster.AsOf, known);
        var next = 0;
        for (var person = 0; person < _states.Length; person++)
        {
            if (_states[person].Value == default)
            {
                continue;
            }

            var id = Roster.PersonUtf8(person);
            for (; next < unassigned.Count && unassigned[next].Person.AsSpan().SequenceCompareTo(id) < 0; next++)
            {
                Write(writer, unassigned[next].Person, new(unassigned[next].State));
            }

            Write(writer, id, _states[person]);
        }

        for (; next < unassigned.Count; next++)
        {
            Write(writer, unassigned[next].Person, new(unassigned[next].State));
        }

        writer.Finish();
    }

    /// <summary>
    /// Reads a saved state for a roster, which may have been corrected since: who is on it now is counted, who is not is kept
    /// apart. The stream must hold the state and nothing after it.
    /// </summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, cut off, of another kind or version, or of another test date or population.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static NetworkState Load(Stream source, Roster roster)
    {
        ArgumentNullException.ThrowIfNull(source);
        var state = new NetworkState(roster);
        using var reader = new DigestReader(source);
        var (population, asOf, count) = reader.Header(DigestHeader.State);
        if (population != roster.Population || asOf != roster.AsOf)
        {
            throw new InvalidDataException("The saved state is of another test date or population than the roster. Take the roster it was made with, or a correction of it.");
        }

        Span<byte> last = stackalloc byte[PersonText.MaxBytes];
        var lastLength = 0;
        for (var i = 0; i < count; i++)
        {
            var person = reader.Bytes(Math.Min((int)reader.UInt16(), PersonText.MaxBytes + 1));
            if (!PersonText.IsValid(person) || person.SequenceCompareTo(last[..lastLength]) <= 0)
            {
                throw DigestReader.Damaged();
            }

            lastLength = person.Length;
            person.CopyTo(last);
            state.Set(last[..lastLength], StoredState.Read(reader));
        }

        reader.Finish();
        return state;
    }

    /// <summary>The number of members. Never who they are.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"state of {_states.Length} members");

    private static void Check(in PersonState state)
    {
        if (!state.IsDefined)
        {
            throw new ArgumentException("A state has defined tiers, a defined validity and a sequence from 0.", nameof(state));
        }
    }

    private static void Write(DigestWriter writer, ReadOnlySpan<byte> person, in StoredState state)
    {
        writer.UInt16((ushort)person.Length);
        writer.Bytes(person);
        state.Write(writer);
    }

    private List<(byte[] Person, PersonState State)> SortedUnassigned()
    {
        List<(byte[] Person, PersonState State)> sorted = [.. _unassigned.Select(entry => (Encoding.UTF8.GetBytes(entry.Key), entry.Value))];
        sorted.Sort((left, right) => left.Person.AsSpan().SequenceCompareTo(right.Person));
        return sorted;
    }
}
