using System.Globalization;
using System.Text;

namespace Xinheng.Network;

/// <summary>How many schools meet each target, by school, county, city and province; exact, to be merged with those of other schools in any order.</summary>
/// <remarks>
/// Immutable and thread-safe. What a county counts of its schools can be saved, sent and merged: the bytes of the whole do
/// not depend on how the schools were divided, nor on the order of schools or of merging. All counts are of schools; a school
/// of which a target is not known is one of the schools and does not meet it.
/// </remarks>
public sealed class ProvisionTallies
{
    private const int MaxLabelBytes = 4096;

    private readonly int _targets;
    private readonly ProvisionState[] _states; // of the schools; unknown elsewhere
    private readonly ProvisionCount[] _counts;
    private readonly int[] _meetingAll;

    private ProvisionTallies(ProvisionChecklist checklist, UnitTree units, ProvisionState[] states)
    {
        (Checklist, Units, _states, _targets) = (checklist, units, states, checklist.Targets.Count);
        _counts = new ProvisionCount[states.Length];
        _meetingAll = new int[units.Count];

        // Units stand after the one above them.
        for (var unit = units.Count - 1; unit >= 0; unit--)
        {
            if (units.Level(unit) == UnitLevel.School)
            {
                var school = states.AsSpan(unit * _targets, _targets);
                for (var target = 0; target < _targets; target++)
                {
                    _counts[(unit * _targets) + target] = ProvisionCount.Of(school[target]);
                }

                _meetingAll[unit] = school.ContainsAnyExcept(ProvisionState.Met) ? 0 : 1;
            }

            if (units.Parent(unit) is var parent and >= 0)
            {
                for (var target = 0; target < _targets; target++)
                {
                    _counts[(parent * _targets) + target] += _counts[(unit * _targets) + target];
                }

                _meetingAll[parent] += _meetingAll[unit];
            }
        }
    }

    /// <summary>The checklist that was answered.</summary>
    public ProvisionChecklist Checklist { get; }

    /// <summary>The units: schools in counties in cities in the province.</summary>
    public UnitTree Units { get; }

    /// <summary>The counts of a unit for a target.</summary>
    /// <param name="unit">Number of the unit; 0 is the province.</param>
    /// <param name="target">Position in <see cref="ProvisionChecklist.Targets"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit or target.</exception>
    public ProvisionCount this[int unit, int target]
    {
        get
        {
            CheckUnit(unit);
            ArgumentOutOfRangeException.ThrowIfNegative(target);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(target, _targets);
            return _counts[(unit * _targets) + target];
        }
    }

    /// <summary>Number of schools of a unit; of a school 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit.</exception>
    public int Schools(int unit) => this[unit, 0].Schools;

    /// <summary>Number of schools of a unit that meet every target.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit.</exception>
    public int SchoolsMeetingAll(int unit)
    {
        CheckUnit(unit);
        return _meetingAll[unit];
    }

    /// <summary>Counts schools.</summary>
    /// <param name="checklist">The checklist that all of them answered.</param>
    /// <param name="schools">The schools, each once; the order does not matter.</param>
    /// <exception cref="ArgumentException">
    /// A school stands twice, has no label or one of more than 1,000 characters or of broken Unicode, or has another number of states than there are
    /// targets. The message names the positions, from 0.
    /// </exception>
    public static ProvisionTallies Count(ProvisionChecklist checklist, IEnumerable<ProvisionSchool> schools)
    {
        ArgumentNullException.ThrowIfNull(checklist);
        ArgumentNullException.ThrowIfNull(schools);
        var builder = new UnitTreeBuilder();
        var positions = new Dictionary<int, int>();
        var list = schools.ToList();
        for (var i = 0; i < list.Count; i++)
        {
            var school = list[i];
            if (school.States.Count != checklist.Targets.Count || !school.States.All(Enum.IsDefined))
            {
                throw new ArgumentException(Invariant($"The school at position {i} has {school.States.Count} states: give one of the enumeration for each of the {checklist.Targets.Count} targets."), nameof(schools));
            }

            if (string.IsNullOrWhiteSpace(school.School) || !new[] { school.School, school.County, school.City }.All(RosterBuilder.IsLabel))
            {
                throw new ArgumentException(Invariant($"The school at position {i} has no label, or one that is longer than 1,000 characters or no Unicode text."), nameof(schools));
            }

            var node = builder.Add(builder.Add(builder.Add(0, UnitLevel.City, school.City.Trim()), UnitLevel.County, school.County.Trim()), UnitLevel.School, school.School.Trim());
            if (!positions.TryAdd(node, i))
            {
                throw new ArgumentException(Invariant($"The schools at positions {positions[node]} and {i} are one and the same: hand in each school once."), nameof(schools));
            }
        }

        return Build(checklist, builder, positions.ToDictionary(p => p.Key, p => list[p.Value].States), out _);
    }

    /// <summary>The schools of both. Exact; the order does not matter.</summary>
    /// <exception cref="ArgumentException">The checklists differ, or a school is in both: divide by school.</exception>
    public static ProvisionTallies Merge(ProvisionTallies left, ProvisionTallies right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.Checklist.Instrument.Hash != right.Checklist.Instrument.Hash)
        {
            throw new ArgumentException("Tallies of another checklist, or of another version of it, cannot be merged. Count both by the same definition.", nameof(right));
        }

        var builder = new UnitTreeBuilder();
        var states = new Dictionary<int, IReadOnlyList<ProvisionState>>();
        foreach (var part in new[] { left, right })
        {
            var nodes = new int[part.Units.Count];
            for (var unit = 1; unit < nodes.Length; unit++)
            {
                nodes[unit] = builder.Add(nodes[part.Units.Parent(unit)], part.Units.Level(unit), part.Units.Label(unit));
                if (part.Units.Level(unit) == UnitLevel.School && !states.TryAdd(nodes[unit], part.StatesOf(unit)))
                {
                    throw new ArgumentException("A school stands in both tallies, and would be counted twice. Divide by school.", nameof(right));
                }
            }
        }

        return Build(left.Checklist, builder, states, out _);
    }

    /// <summary>Writes the tallies: the same bytes for the same schools, however they were counted.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void Save(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        using var writer = new DigestWriter(destination);
        writer.Kind(DigestHeader.Provision);
        writer.Bytes(Encoding.ASCII.GetBytes(Checklist.Instrument.Hash));
        writer.Int32(Units.Count);
        for (var unit = 0; unit < Units.Count; unit++)
        {
            var label = Encoding.UTF8.GetBytes(Units.Label(unit));
            writer.Byte((byte)Units.Level(unit));
            writer.Int32(Units.Parent(unit));
            writer.UInt16((ushort)label.Length);
            writer.Bytes(label);
            foreach (var state in Units.Level(unit) == UnitLevel.School ? StatesOf(unit) : [])
            {
                writer.Byte((byte)state);
            }
        }

        writer.Finish();
    }

    /// <summary>Reads saved tallies. The stream must hold these and nothing after them.</summary>
    /// <param name="source">The stream.</param>
    /// <param name="checklist">The checklist by which they were counted.</param>
    /// <exception cref="InvalidDataException">The bytes are damaged, cut off, of another kind, version or checklist.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static ProvisionTallies Load(Stream source, ProvisionChecklist checklist)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(checklist);
        using var reader = new DigestReader(source);
        reader.Kind(DigestHeader.Provision);
        var hash = Encoding.ASCII.GetBytes(checklist.Instrument.Hash);
        if (!reader.Bytes(hash.Length).SequenceEqual(hash))
        {
            throw new InvalidDataException("The saved bytes are of another checklist, or of another version of it. Read them with the definition by which they were counted.");
        }

        var count = reader.Int32();
        var builder = new UnitTreeBuilder();
        var states = new Dictionary<int, IReadOnlyList<ProvisionState>>();
        for (var unit = 0; unit < count; unit++)
        {
            var (level, parent) = ((UnitLevel)reader.Byte(), reader.Int32());
            var text = reader.Bytes(Math.Min((int)reader.UInt16(), MaxLabelBytes + 1));
            var label = text.Length <= MaxLabelBytes && System.Text.Unicode.Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : "";
            var fits = unit == 0
                ? (level, parent, text.Length) == (UnitLevel.Province, -1, 0)
                : level is UnitLevel.City or UnitLevel.County or UnitLevel.School && parent >= 0 && parent < unit && RosterBuilder.IsLabel(label) && label.Trim().Length > 0 && label.Trim().Length == label.Length
                    && UnitTree.MayStandUnder(level, builder.Level(parent)) && builder.Add(parent, level, label) == unit;
            if (!fits)
            {
                throw DigestReader.Damaged();
            }

            if (level == UnitLevel.School)
            {
                states[unit] = [.. reader.Bytes(checklist.Targets.Count).ToArray().Select(state => (ProvisionState)state)];
                if (!states[unit].All(Enum.IsDefined))
                {
                    throw DigestReader.Damaged();
                }
            }
        }

        reader.Finish();

        // Only what this class writes is read: every unit holds a school, and all stand in their order.
        var tallies = Build(checklist, builder, states, out var unitOf);
        return count > 0 && !unitOf.Where((unit, node) => unit != node).Any() ? tallies : throw DigestReader.Damaged();
    }

    /// <summary>The number of schools. Never a unit or a count of it.</summary>
    public override string ToString() => Invariant($"tallies of {Schools(0)} schools");

    private static ProvisionTallies Build(ProvisionChecklist checklist, UnitTreeBuilder builder, Dictionary<int, IReadOnlyList<ProvisionState>> schools, out int[] unitOf)
    {
        var used = new bool[builder.Count];
        foreach (var node in schools.Keys)
        {
            used[node] = true;
        }

        var units = builder.Build(used, out unitOf);
        var states = new ProvisionState[units.Count * checklist.Targets.Count];
        foreach (var (node, of) in schools)
        {
            for (var target = 0; target < of.Count; target++)
            {
                states[(unitOf[node] * of.Count) + target] = of[target];
            }
        }

        return new(checklist, units, states);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private ProvisionState[] StatesOf(int unit) => _states.AsSpan(unit * _targets, _targets).ToArray();

    private void CheckUnit(int unit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(unit);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(unit, Units.Count);
    }
}
