namespace Xinheng;

/// <summary>One critical item of one person.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record CriticalResult
{
    internal CriticalResult()
    {
    }

    /// <summary>The critical item.</summary>
    public required CriticalItem CriticalItem { get; init; }

    /// <summary>What is known of it.</summary>
    public required CriticalState State { get; init; }

    /// <summary>The critical item. Never its state, which is an answer, so that it cannot reach a log.</summary>
    public override string ToString() => CriticalItem.Id;
}
