using System.Globalization;
using System.Text;

namespace Xinheng.Network;

/// <summary>The tallies of all units at one moment, exact, to be merged with those of other people in any order.</summary>
/// <remarks>
/// Immutable and thread-safe. What a machine counts of its part of the people can be saved, sent and merged: the bytes of
/// the whole do not depend on how the people were divided, nor on the order of merging.
/// </remarks>
public sealed class UnitTallies
{
    private const int MaxLabelBytes = 4096;

    private readonly UnitTally[] _tallies;

    private UnitTallies(DateOnly asOf, PopulationKind population, UnitTree units, UnitTally[] tallies)
    {
        (AsOf, Population, Units, _tallies) = (asOf, population, units, tallies);
    }

    /// <summary>The test date.</summary>
    public DateOnly AsOf { get; }

    /// <summary>Whom the tallies count.</summary>
    public PopulationKind Population { get; }

    /// <summary>The units.</summary>
    public UnitTree Units { get; }

    /// <summary>The tally of a unit.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such unit.</exception>
    public UnitTally this[int unit] => _tallies[unit];

    /// <summary>Counts everybody on the roster of a state.</summary>
    public static UnitTallies Count(NetworkState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Count(state, 0, state.Roster.Count);
    }

    /// <summary>Counts the members from <paramref name="first"/> on: one part of a division of the people.</summary>
    /// <param name="state">Roster and states; not changed meanwhile.</param>
    /// <param name="first">The first member.</param>
    /// <param name="count">How many members.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no such members.</exception>
    public static UnitTallies Count(NetworkState state, int first, int count)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, state.Roster.Count - first);
        var roster = state.Roster;
        return new(roster.AsOf, roster.Population, roster.Units, RollUp(state, first, count));
    }

    /// <summary>The tallies of both: units by their paths, counts added. Exact; the order does not matter.</summary>
    /// <param name="left">Tallies of some people.</param>
    /// <param name="right">Tallies of other people: nobody may be in both, so divide by person, not by row.</param>
    /// <exception cref="ArgumentException">Test date or population differ.</exception>
    /// <exception cref="OverflowException">A count is beyond 32 bits.</exception>
    public static UnitTallies Merge(UnitTallies left, UnitTallies right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.AsOf != right.AsOf || left.Population != right.Population)
        {
            throw new ArgumentException("Tallies of another test date or population cannot be merged. Count both for the same date and population.", nameof(right));
        }

        var builder = new UnitTreeBuilder();
        var leftNodes = AddTo(builder, left.Units);
        var rightNodes = AddTo(builder, right.Units);
        var used = new bool[builder.Count];
        Array.Fill(used, true);
        var units = builder.Build(used, out var unitOf);
        var tallies = new UnitTally[units.Count];
        for (var unit = 0; unit < leftNodes.Length; unit++)
        {
            tallies[unitOf[leftNodes[unit]]] = left[unit];
        }

        for (var unit = 0; unit < rightNodes.Length; unit++)
        {
            tallies[unitOf[rightNodes[unit]]] += right[unit];
        }

        return new(left.AsOf, left.Population, units, tallies);
    }

    /// <summary>Writes the tallies: the same bytes for the same people, however they were counted.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void Save(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        using var writer = new DigestWriter(destination);
        writer.Header(DigestHeader.Tallies, Population, AsOf, Units.Count);
        for (var unit = 0; unit < Units.Count; unit++)
        {
            var label = Encoding.UTF8.GetBytes(Units.Label(unit));
            writer.Byte((byte)Units.Level(unit));
            writer.Int32(Units.Parent(unit));
            writer.UInt16((ushort)label.Length);
            writer.Bytes(label);
            _tallies[unit].Write(writer);
        }

        writer.Finish();
    }

    /// <summary>Reads saved tallies. The stream must hold these and nothing after them.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, cut off, of another kind or version, or count what people cannot be.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static UnitTallies Load(Stream source)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var reader = new DigestReader(source);
        var (population, asOf, count) = reader.Header(DigestHeader.Tallies);
        var builder = new UnitTreeBuilder();
        List<UnitTally> tallies = [];
        List<int> parents = [];
        for (var unit = 0; unit < count; unit++)
        {
            var (level, parent) = ((UnitLevel)reader.Byte(), reader.Int32());
            var text = reader.Bytes(Math.Min((int)reader.UInt16(), MaxLabelBytes + 1));
            var label = text.Length <= MaxLabelBytes && System.Text.Unicode.Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : "";
            var fits = unit == 0
                ? (level, parent, text.Length) == (UnitLevel.Province, -1, 0)
                : parent >= 0 && parent < unit && label.Length > 0 && UnitTree.MayStandUnder(level, builder.Level(parent)) && builder.Add(parent, level, label) == unit;
            var tally = UnitTally.Read(reader);
            if (!fits || !tally.IsPossible())
            {
                throw DigestReader.Damaged();
            }

            parents.Add(parent);
            tallies.Add(tally);
        }

        reader.Finish();
        var used = new bool[builder.Count];
        Array.Fill(used, true);
        var units = builder.Build(used, out var unitOf);
        if (count == 0 || unitOf.Where((unit, node) => unit != node).Any() || !ChildrenFit(units, [.. tallies]))
        {
            throw DigestReader.Damaged();
        }

        return new(asOf, population, units, [.. tallies]);
    }

    /// <summary>The number of people. Never a unit or a count of it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"tallies of {_tallies[0].Enrolled} people");

    internal static UnitTally[] RollUp(NetworkState state, int first, int count)
    {
        var roster = state.Roster;
        var tallies = new UnitTally[roster.Units.Count];
        for (var person = first; person < first + count; person++)
        {
            var member = roster[person];
            var one = UnitTally.Of(member, state[person]);
            tallies[member.HomeUnit] += one;
            if (member.DormitoryUnit is { } dormitory)
            {
                tallies[dormitory] += one;
            }
        }

        // Units stand after the one above them. Dormitories hold people who are counted in their class already.
        var parents = roster.Units.Parents;
        for (var unit = tallies.Length - 1; unit > 0; unit--)
        {
            if (roster.Units.Level(unit) != UnitLevel.Dormitory)
            {
                tallies[parents[unit]] += tallies[unit];
            }
        }

        return tallies;
    }

    private static int[] AddTo(UnitTreeBuilder builder, UnitTree units)
    {
        var nodes = new int[units.Count];
        for (var unit = 1; unit < nodes.Length; unit++)
        {
            nodes[unit] = builder.Add(nodes[units.Parent(unit)], units.Level(unit), units.Label(unit));
        }

        return nodes;
    }

    /// <summary>Whether what stands in a unit without being in one below it could be people, and no more live in dormitories than there are.</summary>
    private static bool ChildrenFit(UnitTree units, UnitTally[] tallies)
    {
        var direct = tallies.AsSpan().ToArray();
        var outside = tallies.AsSpan().ToArray();
        for (var unit = 1; unit < tallies.Length; unit++)
        {
            ref var above = ref (units.Level(unit) == UnitLevel.Dormitory ? outside : direct)[units.Parent(unit)];
            above -= tallies[unit];
        }

        return direct.All(tally => tally.IsPossible()) && outside.All(tally => tally.IsPossible());
    }
}
