using System.CommandLine;

namespace Xinheng.Cli;

/// <summary><c>xinheng demo</c>: a synthetic province.</summary>
internal static class DemoCommand
{
    public static Command Create() => new("demo", "Make a synthetic survey with roster, battery and events; nobody in it exists");
}
