using System.Runtime.InteropServices;

namespace Xinheng.Policies;

/// <summary>What the scores of people say to a policy: severities of domains in each world, critical classes. Filled plan by plan, read person by person.</summary>
/// <remarks>
/// Not thread-safe: each batch borrows one. It also keeps outcomes decided lately, by all that they rest on: most people of a
/// survey have what somebody before them had. A look-up that finds another key in its slot replaces it, so what is kept never
/// changes an outcome, and never grows.
/// </remarks>
internal sealed class Findings(int domains, int instruments)
{
    private const int Slots = 1 << 11;
    private const int KeptInstruments = 24;

    private readonly int _words = Math.Max(1, ((4 * domains) + 7) / 8);
    private readonly ulong[] _keys = new ulong[Slots * (Math.Max(1, ((4 * domains) + 7) / 8) + 2)];
    private readonly ulong[] _key = new ulong[Math.Max(1, ((4 * domains) + 7) / 8) + 2];
    private readonly TierOutcome[] _outcomes = new TierOutcome[Slots];
    private int[] _worlds = [];
    private byte[] _severities = [];
    private uint[] _raised = [];
    private uint[] _unknown = [];
    private bool[] _unreadable = [];
    private bool[] _differs = [];

    /// <summary>Reads people of blocks.</summary>
    /// <param name="severities">Severity rows.</param>
    /// <param name="critical">Critical items.</param>
    /// <param name="scores">One block per instrument; <see langword="null"/> where there are no answers at all.</param>
    /// <param name="first">The first person.</param>
    /// <param name="count">Number of people.</param>
    public void Read(SeverityPlan[] severities, (int Instrument, int Item, CriticalClass Class)[] critical, ReadOnlySpan<ScoreBlock?> scores, int first, int count)
    {
        var stride = 8 * _words;
        if (_raised.Length < count)
        {
            _severities = new byte[count * stride];
            _worlds = new int[count];
            (_raised, _unknown) = (new uint[count], new uint[count]);
            (_unreadable, _differs) = (new bool[count], new bool[count]);
        }

        _severities.AsSpan(0, count * stride).Clear();
        _raised.AsSpan(0, count).Clear();
        _unknown.AsSpan(0, count).Clear();
        _unreadable.AsSpan(0, count).Clear();
        _differs.AsSpan(0, count).Clear();
        foreach (var plan in severities)
        {
            plan.Read(scores[plan.Instrument], first, _worlds.AsSpan(0, count));
            for (var person = 0; person < count; person++)
            {
                var worlds = _worlds[person];
                if (worlds == 0)
                {
                    continue; // nearly always
                }

                var own = _severities.AsSpan(person * stride, 4 * domains);
                for (var world = World.Certain; world <= World.Possible; world++)
                {
                    ref var severity = ref own[((int)world * domains) + plan.Domain];
                    severity = Math.Max(severity, SeverityPlan.In(worlds, world));
                }

                _differs[person] |= SeverityPlan.In(worlds, World.Certain) != SeverityPlan.In(worlds, World.Possible);
            }
        }

        foreach (var (instrument, item, criticalClass) in critical)
        {
            var bit = 1u << (int)criticalClass;
            var states = scores[instrument] is { } block ? block.Critical(item).Slice(first, count) : default;
            for (var person = 0; person < count; person++)
            {
                var state = states.IsEmpty ? CriticalState.Unknown : states[person];
                _raised[person] |= state == CriticalState.Yes ? bit : 0;
                _unknown[person] |= state is CriticalState.Unknown or CriticalState.Unreadable ? bit : 0;
                _unreadable[person] |= state == CriticalState.Unreadable;
            }
        }
    }

    /// <summary>Severities of the domains of one person in a world.</summary>
    public ReadOnlySpan<byte> Severities(int person, World world) => _severities.AsSpan((person * 8 * _words) + ((int)world * domains), domains);

    /// <summary>Critical classes with a raised answer, a bit each.</summary>
    public uint Raised(int person) => _raised[person];

    /// <summary>Critical classes with an answer that is not known, a bit each.</summary>
    public uint Unknown(int person) => _unknown[person];

    /// <summary>Whether a critical answer cannot be read.</summary>
    public bool IsUnreadable(int person) => _unreadable[person];

    /// <summary>Whether a severity is not the same in every world.</summary>
    public bool Differs(int person) => _differs[person];

    /// <summary>The outcome kept for people like this one.</summary>
    /// <param name="scores">One block per instrument.</param>
    /// <param name="person">The person.</param>
    /// <param name="facts">What else is known; events and earlier waves decide too, so nothing is kept of people who have any.</param>
    /// <param name="found">Whether there is one; if not, the caller fills it in.</param>
    public ref TierOutcome Kept(ReadOnlySpan<ScoreBlock> scores, int person, in PersonFacts facts, out bool found)
    {
        found = false;
        if (instruments > KeptInstruments || facts.Events.Count > 0 || facts.PreviousDate is not null || facts.PreviousScores is not null)
        {
            return ref System.Runtime.CompilerServices.Unsafe.NullRef<TierOutcome>();
        }

        var key = _key.AsSpan();
        MemoryMarshal.Cast<byte, ulong>(_severities.AsSpan(person * 8 * _words, 8 * _words)).CopyTo(key);
        ulong validity = 1;
        foreach (var block in scores)
        {
            validity = (validity << 2) | (ulong)block.Validity[person];
        }

        key[_words] = _raised[person] | ((ulong)_unknown[person] << 32);
        key[_words + 1] = (validity << 14) | ((ulong)facts.PreviousTier << 10) | ((ulong)facts.Context << 2) | (_unreadable[person] ? 2ul : 0) | (_differs[person] ? 1ul : 0);
        var hash = 0ul;
        foreach (var word in key)
        {
            hash = unchecked((hash ^ word) * 0x9E37_79B9_7F4A_7C15);
            hash ^= hash >> 29;
        }

        var slot = (int)(hash >> 53);
        var kept = _keys.AsSpan(slot * key.Length, key.Length);
        found = kept.SequenceEqual(key);
        if (!found)
        {
            key.CopyTo(kept);
        }

        return ref _outcomes[slot];
    }
}
