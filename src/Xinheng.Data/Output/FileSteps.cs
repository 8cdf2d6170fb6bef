namespace Xinheng.Data;

/// <summary>Told before every operation on an output file, so that tests can let any of them fail; nobody listens otherwise.</summary>
internal static class FileSteps
{
    private static readonly AsyncLocal<Action<string>?> Listener = new();

    /// <summary>Called with the name of the operation, in the flow of control that set it and in those that it starts; what it throws is the operation's failure.</summary>
    public static Action<string>? Watch
    {
        get => Listener.Value;
        set => Listener.Value = value;
    }

    public static void Before(string step) => Listener.Value?.Invoke(step);
}
