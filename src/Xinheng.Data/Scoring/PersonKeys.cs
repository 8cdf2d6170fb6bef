namespace Xinheng.Data;

/// <summary>The set of 128-bit keys of all people of a file: 16 bytes a slot, at most three quarters full.</summary>
/// <remarks>Half the memory of the framework's set, which decides here: a province is a million keys, and they are all that grows with it.</remarks>
internal sealed class PersonKeys
{
    private UInt128[] _slots = new UInt128[1 << 12];
    private int _count;
    private bool _hasZero;

    /// <summary>Adds a key.</summary>
    /// <returns><see langword="false"/> when it was there.</returns>
    public bool Add(UInt128 key)
    {
        if (key == 0)
        {
            return !_hasZero && (_hasZero = true);
        }

        if (_count >= _slots.Length / 4 * 3)
        {
            var old = _slots;
            _slots = new UInt128[old.Length * 2];
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
        var slot = (int)(key & (UInt128)(_slots.Length - 1));
        while (_slots[slot] != 0 && _slots[slot] != key)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        return slot;
    }
}
