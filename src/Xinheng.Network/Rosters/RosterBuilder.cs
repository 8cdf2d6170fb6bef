using System.Text;

namespace Xinheng.Network;

/// <summary>Takes the rows of a roster in any order and decides who is a member, and where.</summary>
/// <remarks>
/// Mutable, not thread-safe. A row holds from its first to its last day. Of several rows of a person that hold on the test
/// date the one with the latest <see cref="RosterEntry.From"/> is the home; of these the one whose path comes first, then
/// the one that refuses consent. The others are reported and count nowhere. The result does not depend on the order of the
/// rows, except for the row numbers in the findings where the rows bring none.
/// </remarks>
public sealed class RosterBuilder
{
    private const int MaxLabel = 1000;
    private const int RowsPerChunk = 1 << 14;

    /// <summary>Bits of a place within a chunk of ids; the bits above number the chunk.</summary>
    private const int ChunkBits = 20;

    private readonly UnitTreeBuilder _units = new();
    private readonly List<Row[]> _rows = [];
    private readonly List<byte[]> _ids = [];
    private readonly List<RosterFinding> _findings = [];
    private readonly DateOnly _asOf;
    private readonly PopulationKind _population;
    private int _count;
    private int _idBytes = 1 << ChunkBits; // of the last chunk
    private int _added;

    /// <summary>Starts an empty roster.</summary>
    /// <param name="asOf">The test date.</param>
    /// <param name="population">Whom the roster is about.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="population"/> is not defined.</exception>
    public RosterBuilder(DateOnly asOf, PopulationKind population)
    {
        if (!Enum.IsDefined(population))
        {
            throw new ArgumentOutOfRangeException(nameof(population));
        }

        (_asOf, _population) = (asOf, population);
    }

    /// <summary>Adds one row. A row that cannot be used becomes a finding, and the others stand.</summary>
    /// <exception cref="ArgumentException">Population, sex or status is not a defined value, or the row number is negative.</exception>
    public void Add(in RosterEntry entry)
    {
        if (!Enum.IsDefined(entry.Population) || !Enum.IsDefined(entry.Status) || (entry.Sex is { } sex && !Enum.IsDefined(sex)))
        {
            throw new ArgumentException("Population, sex and status of a roster entry are defined values. Read unknown text as unknown.", nameof(entry));
        }

        if (entry.Row < 0)
        {
            throw new ArgumentException("Rows are numbered from 1; 0 lets the builder number them.", nameof(entry));
        }

        _added++;
        var row = entry.Row == 0 ? _added : entry.Row;
        if (string.IsNullOrWhiteSpace(entry.Person))
        {
            Find(row, RosterFindingKind.NoPerson);
            return;
        }

        if (_idBytes + PersonText.MaxBytes > 1 << ChunkBits)
        {
            _ids.Add(new byte[1 << ChunkBits]);
            _idBytes = 0;
        }

        if (!PersonText.TryEncode(entry.Person, _ids[^1].AsSpan(_idBytes, PersonText.MaxBytes), out var length))
        {
            Find(row, RosterFindingKind.UnreadablePerson);
            return;
        }

        if (entry.Population != _population)
        {
            Find(row, RosterFindingKind.WrongPopulation);
            return;
        }

        if (entry.From > entry.To)
        {
            Find(row, RosterFindingKind.FromAfterTo);
            return;
        }

        var presence = entry.From > _asOf ? Presence.NotYet : entry.To < _asOf ? Presence.Left : Presence.Member;
        var (home, dormitory) = presence == Presence.Member ? Place(entry, row) : (-1, -1);
        if (_count % RowsPerChunk == 0)
        {
            _rows.Add(new Row[RowsPerChunk]);
        }

        RowAt(_count++) = new()
        {
            IdStart = checked((_ids.Count - 1) << ChunkBits) | _idBytes,
            IdLength = (ushort)length,
            Presence = presence,
            Home = home,
            Dormitory = dormitory,
            From = entry.From?.DayNumber ?? -1,
            Birth = entry.BirthDate?.DayNumber ?? -1,
            Number = row,
            Facts = MemberFacts.Pack(entry),
            Risks = MemberFacts.PackRisks(entry),
        };
        _idBytes += length;
    }

    /// <summary>The roster of the rows so far. More rows may follow, and another roster.</summary>
    public Roster Build()
    {
        var order = new int[_count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        order.AsSpan().Sort(Compare);
        var findings = new List<RosterFinding>(_findings);
        var used = new bool[_units.Count];
        var (people, idBytes) = (0, 0);

        // The rows of a person lie together, the home first: people are moved to the front of the order.
        for (var i = 0; i < order.Length;)
        {
            var first = order[i];
            ref readonly var home = ref RowAt(first);
            var isMember = home.Presence == Presence.Member;
            if (isMember)
            {
                order[people++] = first;
                idBytes += home.IdLength;
                used[home.Home] = true;
                used[Math.Max(home.Dormitory, 0)] = true;
                Examine(home, findings);
            }

            i += isMember ? 1 : 0;
            for (; i < order.Length && Id(RowAt(order[i])).SequenceEqual(Id(home)); i++)
            {
                ref readonly var other = ref RowAt(order[i]);
                if (!isMember || other.Presence == Presence.Member)
                {
                    findings.Add(new(other.Number, other.Presence switch
                    {
                        Presence.Left => RosterFindingKind.Left,
                        Presence.NotYet => RosterFindingKind.NotYetEnrolled,
                        _ => SchoolOf(other.Home) == SchoolOf(home.Home) ? RosterFindingKind.DuplicateEntry : RosterFindingKind.TwoSchools,
                    }));
                }
            }
        }

        findings.Sort((left, right) => (left.Row, left.Kind).CompareTo((right.Row, right.Kind)));
        var units = _units.Build(used, out var unitOf);
        var (ids, starts, homes, dormitories) = (new byte[idBytes], new int[people + 1], new int[people], new int[people]);
        var (ages, facts, risks) = (new byte[people], new byte[people], new byte[people]);
        for (var person = 0; person < people; person++)
        {
            ref readonly var row = ref RowAt(order[person]);
            Id(row).CopyTo(ids.AsSpan(starts[person]));
            starts[person + 1] = starts[person] + row.IdLength;
            homes[person] = unitOf[row.Home];
            dormitories[person] = row.Dormitory < 0 ? -1 : unitOf[row.Dormitory];
            ages[person] = Age(row);
            (facts[person], risks[person]) = (row.Facts, row.Risks);
        }

        return new Roster(_asOf, _population, units, [.. findings], ids, starts, homes, dormitories, ages, facts, risks);
    }

    /// <summary>Names the type and how many rows it took. Never a row.</summary>
    public override string ToString() => $"roster of {_added} rows";

    private void Find(int row, RosterFindingKind kind) => _findings.Add(new(row, kind));

    private (int Home, int Dormitory) Place(in RosterEntry entry, int row)
    {
        var node = _units.Add(0, UnitLevel.City, Label(entry.City, row));
        node = _units.Add(node, UnitLevel.County, Label(entry.County, row));
        var school = Label(entry.School, row);
        if (school.Length == 0)
        {
            return (node, -1);
        }

        node = _units.Add(node, UnitLevel.School, school);
        if (_population == PopulationKind.Staff)
        {
            return (node, -1);
        }

        var dormitory = Label(entry.Dormitory, row);
        var dormitoryNode = dormitory.Length == 0 ? -1 : _units.Add(node, UnitLevel.Dormitory, dormitory);
        node = _units.Add(node, UnitLevel.Grade, Label(entry.Grade, row));
        return (_units.Add(node, UnitLevel.Class, Label(entry.Class, row)), dormitoryNode);
    }

    private string Label(string? label, int row)
    {
        label = label?.Trim() ?? "";
        if (IsLabel(label))
        {
            return label;
        }

        if (_findings is not [.., { Kind: RosterFindingKind.UnreadableUnit } last] || last.Row != row)
        {
            Find(row, RosterFindingKind.UnreadableUnit);
        }

        // Encoding and decoding puts a replacement character where there is half of one.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(label[..Math.Min(label.Length, MaxLabel)]));
    }

    /// <summary>Whether a text may be the label of a unit: at most 1,000 characters of Unicode.</summary>
    internal static bool IsLabel(string label)
    {
        for (var i = 0; i < label.Length; i++)
        {
            if (char.IsSurrogate(label[i]) && !(i + 1 < label.Length && char.IsSurrogatePair(label[i], label[++i])))
            {
                return false;
            }
        }

        return label.Length <= MaxLabel;
    }

    private void Examine(in Row row, List<RosterFinding> findings)
    {
        var level = _units.Level(row.Home);
        if (level > UnitLevel.School)
        {
            findings.Add(new(row.Number, RosterFindingKind.NoSchool));
        }
        else if (level != UnitLevel.Class && _population == PopulationKind.Student)
        {
            findings.Add(new(row.Number, RosterFindingKind.NoClass));
        }

        if (row.Birth > _asOf.DayNumber)
        {
            findings.Add(new(row.Number, RosterFindingKind.BirthDateInFuture));
        }
        else if (row.Birth >= 0 && Age(row) == Roster.UnknownAge)
        {
            findings.Add(new(row.Number, RosterFindingKind.ImplausibleAge));
        }
    }

    private byte Age(in Row row)
    {
        if (row.Birth < 0 || row.Birth > _asOf.DayNumber)
        {
            return Roster.UnknownAge;
        }

        // By month and day: 29 February comes after 28 February and before 1 March in every year.
        var born = DateOnly.FromDayNumber(row.Birth);
        var age = _asOf.Year - born.Year - ((_asOf.Month, _asOf.Day).CompareTo((born.Month, born.Day)) < 0 ? 1 : 0);
        var (youngest, oldest) = _population == PopulationKind.Student ? (10, 70) : (16, 90);
        return age >= youngest && age <= oldest ? (byte)age : Roster.UnknownAge;
    }

    private int SchoolOf(int node) => _units.Ancestor(node, UnitLevel.School);

    private ref Row RowAt(int row) => ref _rows[row / RowsPerChunk][row % RowsPerChunk];

    private ReadOnlySpan<byte> Id(in Row row) => _ids[row.IdStart >> ChunkBits].AsSpan(row.IdStart & ((1 << ChunkBits) - 1), row.IdLength);

    private int Compare(int leftIndex, int rightIndex)
    {
        ref readonly var left = ref RowAt(leftIndex);
        ref readonly var right = ref RowAt(rightIndex);
        var order = Id(left).SequenceCompareTo(Id(right));
        if (order != 0)
        {
            return order;
        }

        order = left.Presence.CompareTo(right.Presence);
        order = order != 0 ? order : right.From.CompareTo(left.From);
        order = order != 0 ? order : _units.Compare(left.Home, right.Home);
        order = order != 0 ? order : _units.Compare(left.Dormitory, right.Dormitory);
        return order != 0
            ? order
            : (left.Facts, left.Risks, left.Birth, left.Number, leftIndex).CompareTo((right.Facts, right.Risks, right.Birth, right.Number, rightIndex));
    }

    private enum Presence : byte
    {
        Member,
        NotYet,
        Left,
    }

    private struct Row
    {
        public int IdStart;
        public int Home;
        public int Dormitory;
        public int From;
        public int Birth;
        public int Number;
        public ushort IdLength;
        public Presence Presence;
        public byte Facts;
        public byte Risks;
    }
}
