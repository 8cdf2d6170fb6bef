namespace Xinheng.Cli;

/// <summary>What the process says to its caller when it ends.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int ProblemsFound = 1;
    public const int WrongUsage = 2;
    public const int BrokenFile = 3;
    public const int CriticalUnreadable = 4;
}
