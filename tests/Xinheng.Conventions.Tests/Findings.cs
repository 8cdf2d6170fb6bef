namespace Xinheng.Conventions.Tests;

/// <summary>Says all that was found, where an assertion would show the first few.</summary>
internal static class Findings
{
    public static void None<T>(IEnumerable<T> found)
    {
        var all = found.ToList();
        Assert.True(all.Count == 0, $"{all.Count} found:{Environment.NewLine}{string.Join(Environment.NewLine, all)}");
    }
}
