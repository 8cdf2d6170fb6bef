using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace Xinheng.Data;

/// <summary>The set of 128-bit keys of all people of a file: 16 bytes a slot, at most three quarters full.</summary>
/// <remarks>Half the memory of the framework's set, which decides here: a province is a million keys, and they are all that grows with it.</remarks>
internal sealed class PersonKeys
{
    private UInt128[] _slots;
    private int _count;
    private bool _hasZero;

    /// <param name="expected">About how many keys there will be; with more of them the set grows.</param>
    public PersonKeys(long expected = 0) => _slots = new UInt128[Math.Clamp(expected / 3 * 4, 1 << 12, 1 << 28)];

    /// <summary>The key of an id, compared as it stands, character by character.</summary>
    public static UInt128 Of(ReadOnlySpan<char> id)
    {
        Span<byte> narrow = stackalloc byte[128];
        return id.Length <= narrow.Length && Ascii.FromUtf16(id, narrow, out _) == System.Buffers.OperationStatus.Done
            ? OfAscii(narrow[..id.Length])
            : XxHash128.HashToUInt128(MemoryMarshal.AsBytes(id));
    }

    /// <summary>The key of an id of at most 128 ASCII characters.</summary>
    public static UInt128 OfAscii(ReadOnlySpan<byte> id) => XxHash128.HashToUInt128(id, seed: 1);

    /// <summary>Adds a key.</summary>
    /// <returns><see langword="false"/> when it was there.</returns>
    public bool Add(UInt128 key)
    {
        if (key == 0)
        {
            return !_hasZero && (_hasZero = true);
        }

        if (_count >= (long)_slots.Length * 3 / 4)
        {
            var old = _slots;
            _slots = new UInt128[(long)old.Length * 3 / 2];
            foreach (var kept in old)
            {
                if (kept != 0)
                {
                    _slots[Find(kept)] = kept;
                }
            }
        }

        var slot = Find(key);
        if (_slots[slot] == key)
        {
            return false;
        }

        _slots[slot] = key;
        _count++;
        return true;
    }

    private int Find(UInt128 key)
    {
        // The keys are digests: any bits of them are as good as a hash.
        var slot = (int)Math.BigMul(unchecked((ulong)key), (ulong)_slots.Length, out _);
        while (_slots[slot] != 0 && _slots[slot] != key)
        {
            slot = slot + 1 == _slots.Length ? 0 : slot + 1;
        }

        return slot;
    }
}
