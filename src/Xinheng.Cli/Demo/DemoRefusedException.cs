namespace Xinheng.Cli.Demo;

/// <summary>The output folder holds something that is not a former demo; nothing was written.</summary>
internal sealed class DemoRefusedException(string message) : Exception(message);
