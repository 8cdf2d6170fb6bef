using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>A warning as it will stand in its file, and where it belongs.</summary>
internal readonly struct SpilledWarning
{
    public SpilledWarning(Warning warning, int unit, int member)
    {
        Audience = warning.Audience;
        Unit = unit;
        Member = member;
        Unknown = member < 0 ? warning.Person : null;
        (Due, Tier) = warning is PsychologistWarning psychologist ? (warning.Due, psychologist.Report.Tier) : default;
        Line = WarningJson.Line(warning);
    }

    public Audience Audience { get; }

    public int Unit { get; }

    /// <summary>Number in the roster, where people stand by id; -1 for one whom it does not know.</summary>
    public int Member { get; }

    public string? Unknown { get; }

    public DateTimeOffset Due { get; }

    public Tier Tier { get; }

    public byte[] Line { get; }
}

/// <summary>Warnings on their way to their files: on disk until all are there, so that memory holds places only.</summary>
internal sealed class WarningSpill(FileStream scratch) : IDisposable
{
    private const int ChunkSize = 1 << 14;

    private readonly List<Entry[]> _chunks = [];
    private readonly List<string> _unknown = [];
    private readonly List<DateTimeOffset> _dues = [];
    private int _count;

    public void Add(List<SpilledWarning> warnings)
    {
        foreach (var warning in warnings)
        {
            var due = _dues.IndexOf(warning.Due);
            if (due < 0)
            {
                due = _dues.Count;
                _dues.Add(warning.Due);
            }

            var person = warning.Member;
            if (warning.Unknown is { } unknown)
            {
                _unknown.Add(unknown);
                person = -_unknown.Count;
            }

            if (_count % ChunkSize == 0)
            {
                _chunks.Add(new Entry[ChunkSize]);
            }

            _chunks[^1][_count++ % ChunkSize] = new Entry(scratch.Position, warning.Line.Length, warning.Unit, person, (ushort)due, (byte)warning.Audience, (byte)warning.Tier);
            scratch.Write(warning.Line);
        }
    }

    /// <summary>
    /// Writes each audience's warnings of each unit. The psychologist's go by due time, then tier; all others by person, so
    /// that a place in the list says nothing.
    /// </summary>
    public void Write(OutputFolder folder, UnitTree units)
    {
        var entries = new Entry[_count];
        for (var i = 0; i < _count; i++)
        {
            entries[i] = _chunks[i / ChunkSize][i % ChunkSize];
        }

        _chunks.Clear();
        Array.Sort(entries, Compare);
        var buffer = new byte[4096];
        for (var first = 0; first < entries.Length;)
        {
            var last = first;
            while (last < entries.Length && entries[last].Audience == entries[first].Audience && entries[last].Unit == entries[first].Unit)
            {
                last++;
            }

            var (from, to) = (first, last);
            var unit = entries[first].Unit;
            var audience = PolicyText.Of((Audience)entries[first].Audience);
            folder.Write($"warnings/{audience}/{(unit < 0 ? "not-on-the-roster" : UnitFile.Name(units, unit))}.jsonl", stream =>
            {
                for (var i = from; i < to; i++)
                {
                    if (buffer.Length < entries[i].Length)
                    {
                        buffer = new byte[entries[i].Length * 2];
                    }

                    scratch.Position = entries[i].Offset;
                    scratch.ReadExactly(buffer, 0, entries[i].Length);
                    stream.Write(buffer, 0, entries[i].Length);
                }
            });
            first = last;
        }
    }

    public void Dispose() => scratch.Dispose();

    private int Compare(Entry left, Entry right)
    {
        var order = (left.Audience, left.Unit).CompareTo((right.Audience, right.Unit));
        order = order != 0 ? order : _dues[left.Due].CompareTo(_dues[right.Due]);
        order = order != 0 ? order : right.Tier.CompareTo(left.Tier);
        return order != 0 ? order
            : left.Person >= 0 || right.Person >= 0 ? left.Person.CompareTo(right.Person)
            : string.CompareOrdinal(_unknown[-left.Person - 1], _unknown[-right.Person - 1]);
    }

    /// <summary>Where a line stands and by what it is ordered; a person below zero is one whom the roster does not know.</summary>
    private readonly record struct Entry(long Offset, int Length, int Unit, int Person, ushort Due, byte Audience, byte Tier);
}

/// <summary>Names of files of units: readable, safe in every file system, and one per unit.</summary>
internal static class UnitFile
{
    private const int MaxLabel = 40;

    public static string Name(UnitTree units, int unit)
    {
        var code = units.Code(unit);
        var label = string.Concat(units.Label(unit).Where(c => char.IsLetterOrDigit(c) || c is '-' or '_'));
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(code)).AsSpan(0, 8));
        return label.Length == 0 ? hash : $"{(label.Length > MaxLabel ? label[..MaxLabel] : label)}-{hash}";
    }
}
