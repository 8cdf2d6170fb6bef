namespace Xinheng.Cli.Demo;

/// <summary>A stream of draws that belongs to one purpose and one person, unit or block: who asks first changes nothing.</summary>
/// <remarks>
/// SplitMix64 (Steele, Lea &amp; Flood 2014, doi:10.1145/2714064.2660195): a counter through a mixing function, keyed by
/// (seed, purpose, index). Integers only. Mutable struct; pass by reference.
/// </remarks>
internal struct Draws
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    private ulong _state;

    public Draws(ulong seed, Purpose purpose, long index)
    {
        unchecked
        {
            _state = Mix(Mix(seed + (((ulong)purpose + 1) * Gamma)) ^ Mix(((ulong)index + 1) * 0xD1342543DE82EF95));
        }
    }

    /// <summary>One number below <paramref name="limit"/> that depends on nothing but its key.</summary>
    public static int One(ulong seed, Purpose purpose, long index, int limit) => new Draws(seed, purpose, index).Below(limit);

    public ulong Next()
    {
        unchecked
        {
            return Mix(_state += Gamma);
        }
    }

    /// <summary>0 to <paramref name="limit"/> - 1; the bias is below limit / 2^32.</summary>
    public int Below(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    /// <summary>Whether something happens that happens <paramref name="tenThousandths"/> times in 10,000.</summary>
    public bool Happens(int tenThousandths) => Below(10_000) < tenThousandths;

    /// <summary>A standard normal number in 1/65536.</summary>
    public int Normal() => Quantiles.Normal((uint)(Next() >> 32));

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
