namespace Xinheng.Psychometrics;

/// <summary>A seed of its own for each thing that is simulated, so that none depends on which others are.</summary>
internal static class Seeds
{
    /// <summary>FNV-1a over the parts.</summary>
    public static int Combine(int seed, int part, string text)
    {
        unchecked
        {
            var hash = 14695981039346656037UL;
            foreach (var value in (ReadOnlySpan<int>)[seed, part])
            {
                hash = (hash ^ (uint)value) * 1099511628211UL;
            }

            foreach (var c in text)
            {
                hash = (hash ^ c) * 1099511628211UL;
            }

            return (int)((hash ^ (hash >> 32)) & 0x7FFFFFFF);
        }
    }
}
