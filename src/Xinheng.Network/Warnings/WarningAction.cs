namespace Xinheng.Network;

/// <summary>One thing that an audience is asked to do.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Id">Key of <see cref="PolicyDefinition.Actions"/>: files carry it instead of the text.</param>
/// <param name="Text">What to do, in words.</param>
public sealed record WarningAction(string Id, LocalizedText Text)
{
    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
