namespace Xinheng.Cli.Demo;

/// <summary>What a synthetic province is made from. The same students and seed give the same bytes, on any machine.</summary>
/// <param name="Students">People on the roster, 1 to 10,000,000.</param>
/// <param name="Seed">Start of every draw.</param>
/// <param name="OutputDirectory">Folder to write; it must be absent, empty or hold a former demo and nothing else.</param>
internal sealed record DemoOptions(int Students, ulong Seed, string OutputDirectory)
{
    public const int MaxStudents = 10_000_000;

    /// <summary>Also writes the answers as a survey tool exports them, with the mapping file that leads back.</summary>
    public bool SurveyToolExport { get; init; }

    /// <summary>Threads that make schools; 0 = one per processor. It does not change a byte.</summary>
    public int Threads { get; init; }
}
