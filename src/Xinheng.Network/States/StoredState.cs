namespace Xinheng.Network;

/// <summary>A person's state in 32 bytes.</summary>
internal readonly struct StoredState
{
    private const int Used = 12;

    private readonly ulong _fired;
    private readonly ulong _couldFire;
    private readonly long _sequence;
    private readonly uint _tasks;
    private readonly ushort _flags; // tier 0-2, certain 3-5, possible 6-8, incomplete 9, validity 10-11

    public StoredState(in PersonState state)
    {
        var outcome = state.Outcome;
        (_fired, _couldFire, _tasks, _sequence) = (outcome.Fired, outcome.CouldFire, outcome.Tasks, state.Sequence);
        _flags = (ushort)((int)outcome.Tier | ((int)outcome.Certain << 3) | ((int)outcome.Possible << 6) | (outcome.Incomplete ? 1 << 9 : 0) | ((int)state.Validity << 10));
    }

    private StoredState(ushort flags, long sequence, ulong fired, ulong couldFire, uint tasks)
    {
        (_flags, _sequence, _fired, _couldFire, _tasks) = (flags, sequence, fired, couldFire, tasks);
    }

    public PersonState Value => new()
    {
        Outcome = new()
        {
            Tier = (Tier)(_flags & 7),
            Certain = (Tier)((_flags >> 3) & 7),
            Possible = (Tier)((_flags >> 6) & 7),
            Incomplete = (_flags & (1 << 9)) != 0,
            Fired = _fired,
            CouldFire = _couldFire,
            Tasks = _tasks,
        },
        Validity = (ResponseValidity)((_flags >> 10) & 3),
        Sequence = _sequence,
    };

    public static PersonState Read(DigestReader reader)
    {
        var flags = reader.UInt16();
        var state = unchecked(new StoredState(flags, reader.Int64(), (ulong)reader.Int64(), (ulong)reader.Int64(), (uint)reader.Int32()).Value);
        return flags >> Used == 0 && state.IsDefined && state != default ? state : throw DigestReader.Damaged();
    }

    public void Write(DigestWriter writer)
    {
        writer.UInt16(_flags);
        writer.Int64(_sequence);
        unchecked
        {
            writer.Int64((long)_fired);
            writer.Int64((long)_couldFire);
            writer.Int32((int)_tasks);
        }
    }
}
