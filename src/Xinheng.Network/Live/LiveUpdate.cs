namespace Xinheng.Network;

/// <summary>What one submission changed.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. It holds scores and answers in <see cref="Report"/> and in the
/// psychologist's warning. Screening result, not a diagnosis.
/// </remarks>
public sealed class LiveUpdate
{
    internal LiveUpdate()
    {
    }

    /// <summary>Whether the state of the person changed; <see langword="false"/> when the same or a later one stands.</summary>
    public required bool Applied { get; init; }

    /// <summary>The state of the person before; <c>default</c> when nothing had been heard.</summary>
    public required PersonState Before { get; init; }

    /// <summary>The state of the person now: that of the submission, or the later one that stands.</summary>
    public required PersonState After { get; init; }

    /// <summary>The tier that the submission comes to, with reasons, whether it stands or not.</summary>
    public required TierReport Report { get; init; }

    /// <summary>The units whose counts changed; none for somebody who is not on the roster.</summary>
    public required UnitChanges Units { get; init; }

    /// <summary>
    /// One warning per audience, with the ids that a survey gives to the same content; none where a later state stands. They
    /// are given again when a submission is repeated, so that nothing is lost between two tries: the ids are the same.
    /// </summary>
    public required IReadOnlyList<Warning> Warnings { get; init; }

    /// <summary>The warnings about the changed units that were opened, closed, or are about more or fewer people than before.</summary>
    public required IReadOnlyList<UnitWarningChange> UnitWarnings { get; init; }

    /// <summary>Whether it was applied. Never the person or the tier, so that it cannot reach a log.</summary>
    public override string ToString() => Applied ? "applied" : "not applied";
}
