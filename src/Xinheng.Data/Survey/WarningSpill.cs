using Microsoft.Win32.SafeHandles;

namespace Xinheng.Data;

/// <summary>A line for the psychologist in the text of its block, and by what it is ordered.</summary>
/// <param name="Start">Where the line begins.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Member">Number in the roster, where people stand by id; -1 for one whom it does not know.</param>
/// <param name="Unknown">Id of a person whom the roster does not know.</param>
/// <param name="Due">By when to act.</param>
/// <param name="Tier">The person's tier.</param>
internal readonly record struct SpilledLine(int Start, int Length, int Member, string? Unknown, DateTimeOffset Due, Tier Tier);

/// <summary>
/// The psychologist's lines on their way to their files: their reasons are known only while the scores are, so they wait on
/// disk, and memory holds their places.
/// </summary>
internal sealed class WarningSpill(FileStream scratch) : IDisposable
{
    private const int ChunkSize = 1 << 14;

    private readonly List<Entry[]> _chunks = [];
    private readonly List<string> _unknown = [];
    private readonly List<DateTimeOffset> _dues = [];
    private Entry[] _entries = [];
    private int[] _starts = [];
    private int _count;

    /// <summary>Takes the lines of one block, in the order of the file.</summary>
    public void Add(TextBuffer text, IReadOnlyList<SpilledLine> lines)
    {
        foreach (var line in lines)
        {
            var due = _dues.IndexOf(line.Due);
            if (due < 0)
            {
                due = _dues.Count;
                _dues.Add(line.Due);
            }

            var member = line.Member;
            if (line.Unknown is { } unknown)
            {
                _unknown.Add(unknown);
                member = -_unknown.Count;
            }

            if (_count % ChunkSize == 0)
            {
                _chunks.Add(new Entry[ChunkSize]);
            }

            _chunks[^1][_count++ % ChunkSize] = new Entry(scratch.Position + line.Start, line.Length, member, (ushort)due, (byte)line.Tier);
        }

        FileSteps.Before("write scratch");
        scratch.Write(text.Written);
    }

    /// <summary>Brings the lines of each group together, when all are there.</summary>
    /// <param name="groups">How many groups.</param>
    /// <param name="groupOf">Group of a member; -1 stands for those whom the roster does not know.</param>
    public void Group(int groups, Func<int, int> groupOf)
    {
        FileSteps.Before("flush scratch");
        scratch.Flush();
        _starts = new int[groups + 1];
        foreach (var entry in All())
        {
            _starts[groupOf(Math.Max(entry.Member, -1)) + 1]++;
        }

        for (var group = 0; group < groups; group++)
        {
            _starts[group + 1] += _starts[group];
        }

        _entries = new Entry[_count];
        var next = _starts.AsSpan(0, groups).ToArray();
        foreach (var entry in All())
        {
            _entries[next[groupOf(Math.Max(entry.Member, -1))]++] = entry;
        }

        _chunks.Clear();
    }

    /// <summary>Whether a group has lines.</summary>
    public bool Has(int group) => _starts[group + 1] > _starts[group];

    /// <summary>Copies the lines of a group by due time, then tier, then person; from any thread, each group once.</summary>
    public void Copy(int group, Stream to)
    {
        var entries = _entries.AsSpan(_starts[group].._starts[group + 1]);
        entries.Sort(Compare);
        SafeFileHandle handle = scratch.SafeFileHandle;
        var buffer = new byte[1 << 13];
        foreach (var entry in entries)
        {
            if (buffer.Length < entry.Length)
            {
                buffer = new byte[entry.Length * 2];
            }

            var line = buffer.AsSpan(0, entry.Length);
            for (var done = 0; done < line.Length;)
            {
                var read = RandomAccess.Read(handle, line[done..], entry.Offset + done);
                done += read > 0 ? read : throw new EndOfStreamException("The scratch file of the survey is shorter than what was written to it.");
            }

            to.Write(line);
        }
    }

    public void Dispose() => scratch.Dispose();

    private IEnumerable<Entry> All()
    {
        for (var i = 0; i < _count; i++)
        {
            yield return _chunks[i / ChunkSize][i % ChunkSize];
        }
    }

    private int Compare(Entry left, Entry right)
    {
        var order = _dues[left.Due].CompareTo(_dues[right.Due]);
        order = order != 0 ? order : right.Tier.CompareTo(left.Tier);
        return order != 0 ? order
            : left.Member >= 0 || right.Member >= 0 ? left.Member.CompareTo(right.Member)
            : string.CompareOrdinal(_unknown[-left.Member - 1], _unknown[-right.Member - 1]);
    }

    /// <summary>Where a line stands and by what it is ordered; a member below zero is one whom the roster does not know.</summary>
    private readonly record struct Entry(long Offset, int Length, int Member, ushort Due, byte Tier);
}
