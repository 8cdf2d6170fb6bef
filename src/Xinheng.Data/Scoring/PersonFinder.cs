using System.Collections;
using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>Finds the people with several rows in a file, from the ids of its rows in order.</summary>
/// <param name="roster">Who is known already: a bit a person instead of a key; <see langword="null"/> = nobody.</param>
internal sealed class PersonFinder(Roster? roster)
{
    private readonly BitArray _members = new(roster?.Count ?? 0);
    private PersonKeys? _seen;

    /// <summary>People with several rows, with the second of their rows and the number of rows beyond the first.</summary>
    public Dictionary<UInt128, (long SecondRow, int Further)> Several { get; } = [];

    /// <summary>Number of a person in the roster; -1 = not on it. From any thread.</summary>
    public int MemberOf(ReadOnlySpan<char> id) => roster?.IndexOf(id) ?? -1;

    /// <summary>Number of a person in the roster; -1 = not on it. From any thread.</summary>
    public int MemberOf(ReadOnlySpan<byte> ascii) => roster?.IndexOf(ascii) ?? -1;

    /// <summary>Says about how many people there will be.</summary>
    public void Expect(long people) => _seen ??= new PersonKeys(roster is null ? people : 0);

    public void Add(UInt128 key, int member, long row)
    {
        var known = member >= 0 ? _members[member] : !(_seen ??= new PersonKeys()).Add(key);
        if (member >= 0)
        {
            _members[member] = true;
        }

        if (known)
        {
            Several[key] = Several.TryGetValue(key, out var rows) ? rows with { Further = rows.Further + 1 } : (row, 1);
        }
    }
}
