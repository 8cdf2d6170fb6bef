using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>A warning as it will stand in its file, and where it belongs.</summary>
internal readonly struct SpilledWarning
{
    public SpilledWarning(Warning warning, int unit)
    {
        Audience = warning.Audience;
        Unit = unit;
        Person = warning.Person;
        Id = warning.Id;
        (DueTicks, Tier) = warning is PsychologistWarning psychologist ? (warning.Due.UtcTicks, psychologist.Report.Tier) : default;
        Line = WarningJson.Line(warning);
    }

    public Audience Audience { get; }

    public int Unit { get; }

    public string Person { get; }

    public Guid Id { get; }

    public long DueTicks { get; }

    public Tier Tier { get; }

    public byte[] Line { get; }
}

/// <summary>Warnings on their way to their files: on disk until all are there, so that memory holds places only.</summary>
internal sealed class WarningSpill(FileStream scratch) : IDisposable
{
    private readonly List<Entry> _entries = [];

    public int Count => _entries.Count;

    public void Add(List<SpilledWarning> warnings)
    {
        foreach (var warning in warnings)
        {
            _entries.Add(new Entry(warning.Audience, warning.Unit, warning.DueTicks, warning.Tier, warning.Person, warning.Id, scratch.Position, warning.Line.Length));
            scratch.Write(warning.Line);
        }
    }

    /// <summary>
    /// Writes each audience's warnings of each unit. The psychologist's go by due time, then tier; all others by person, so
    /// that a place in the list says nothing.
    /// </summary>
    public void Write(OutputFolder folder, UnitTree units)
    {
        _entries.Sort();
        var buffer = new byte[4096];
        for (var first = 0; first < _entries.Count;)
        {
            var last = first;
            while (last < _entries.Count && _entries[last].Audience == _entries[first].Audience && _entries[last].Unit == _entries[first].Unit)
            {
                last++;
            }

            var (from, to) = (first, last);
            var unit = _entries[first].Unit;
            var audience = PolicyText.Of(_entries[first].Audience);
            folder.Write($"warnings/{audience}/{(unit < 0 ? "not-on-the-roster" : UnitFile.Name(units, unit))}.jsonl", stream =>
            {
                for (var i = from; i < to; i++)
                {
                    if (buffer.Length < _entries[i].Length)
                    {
                        buffer = new byte[_entries[i].Length * 2];
                    }

                    scratch.Position = _entries[i].Offset;
                    scratch.ReadExactly(buffer, 0, _entries[i].Length);
                    stream.Write(buffer, 0, _entries[i].Length);
                }
            });
            first = last;
        }
    }

    public void Dispose() => scratch.Dispose();

    private readonly record struct Entry(Audience Audience, int Unit, long Due, Tier Tier, string Person, Guid Id, long Offset, int Length) : IComparable<Entry>
    {
        public int CompareTo(Entry other)
        {
            var order = (Audience, Unit, Due, -(int)Tier).CompareTo((other.Audience, other.Unit, other.Due, -(int)other.Tier));
            order = order != 0 ? order : string.CompareOrdinal(Person, other.Person);
            return order != 0 ? order : Id.CompareTo(other.Id);
        }
    }
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
