namespace Xinheng;

/// <summary>Something that a person reported about somebody: a typed event, never free text.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record PersonEvent
{
    /// <summary>Day of the event.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Kind, a key of <see cref="PolicyDefinition.EventKinds"/>; a kind that the policy does not know becomes a task.</summary>
    public required string Kind { get; init; }

    /// <summary>Who reported it, for example <c>homeroom-teacher</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Nothing of the event, so that it cannot reach a log.</summary>
    public override string ToString() => "event";
}

/// <summary>What a policy may know of a person besides answers. There is no name and no identifier here.</summary>
/// <remarks>Immutable and thread-safe. <c>default</c> is a person of whom nothing is known.</remarks>
public readonly record struct PersonFacts
{
    private readonly IReadOnlyList<PersonEvent>? _events;

    /// <summary>Reported events, in any order.</summary>
    public IReadOnlyList<PersonEvent> Events { get => _events ?? []; init => _events = value; }

    /// <summary>Circumstances that the roster knows, one bit per <see cref="ContextRisk"/>.</summary>
    public byte Context { get; init; }

    /// <summary>Tier of the last wave; <see cref="Tier.Unknown"/> = none known.</summary>
    public Tier PreviousTier { get; init; }

    /// <summary>Day of the last wave; <see langword="null"/> = none.</summary>
    public DateOnly? PreviousDate { get; init; }

    /// <summary>Scores of the last wave, in the order of <see cref="Triage.ChangeScores"/>; <see langword="null"/> = none, and <see langword="null"/> inside where a score had no value.</summary>
    public IReadOnlyList<Rational?>? PreviousScores { get; init; }

    /// <summary>The facts with a circumstance added.</summary>
    public PersonFacts With(ContextRisk risk) => this with { Context = (byte)(Context | (1 << (int)risk)) };

    /// <summary>Nothing of the facts, so that they cannot reach a log.</summary>
    public override string ToString() => "facts";
}
