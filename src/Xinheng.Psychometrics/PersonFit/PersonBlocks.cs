namespace Xinheng.Psychometrics;

/// <summary>Goes through people in blocks on all processors; what is computed of a person depends on nobody else, so neither on the number of threads.</summary>
internal static class PersonBlocks
{
    private const int Size = 1024;

    public static void Each(int persons, Action<int, int> work) =>
        Parallel.For(0, (persons + Size - 1) / Size, block => work(block * Size, Math.Min(Size, persons - (block * Size))));
}
