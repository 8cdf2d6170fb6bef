using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>How many people of a group gave an answer that raises a critical item.</summary>
/// <remarks>
/// Immutable and thread-safe. Screening: each of these people needs a conversation, whatever the share is. In a small group the count tells of
/// single people: for those who follow them up only.
/// </remarks>
public sealed record CriticalEndorsement
{
    private CriticalEndorsement()
    {
    }

    /// <summary>Id of the critical item.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the item.</summary>
    public required string Item { get; init; }

    /// <summary>Number of people who gave such an answer.</summary>
    public required long Endorsed { get; init; }

    /// <summary>Number of people who answered the item.</summary>
    public required long Answered { get; init; }

    /// <summary>Number of people who were asked and whose answer is missing or unreadable. Not "no".</summary>
    public required long Unanswered { get; init; }

    /// <summary>Endorsed of answered, 0 to 1; NaN when nobody answered.</summary>
    public double Share => (double)Endorsed / Answered;

    /// <summary>Counts the critical items of scored people, in the order of the definition.</summary>
    public static IReadOnlyList<CriticalEndorsement> Of(ScoreBlock scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return
        [
            .. scores.Instrument.Definition.CriticalItems.Select((critical, c) => new CriticalEndorsement
            {
                Id = critical.Id,
                Item = critical.Item,
                Endorsed = Count(scores.Critical(c), CriticalState.Yes),
                Answered = Count(scores.Critical(c), CriticalState.Yes) + Count(scores.Critical(c), CriticalState.No),
                Unanswered = Count(scores.Critical(c), CriticalState.Unknown) + Count(scores.Critical(c), CriticalState.Unreadable),
            }),
        ];
    }

    /// <summary>The people of both.</summary>
    /// <exception cref="ArgumentException">The counts are of different critical items.</exception>
    public CriticalEndorsement Merge(CriticalEndorsement other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Id == other.Id && Item == other.Item
            ? this with { Endorsed = Endorsed + other.Endorsed, Answered = Answered + other.Answered, Unanswered = Unanswered + other.Unanswered }
            : throw new ArgumentException($"'{Id}' and '{other.Id}' are different critical items. Merge the counts of one.", nameof(other));
    }

    /// <summary>The counts.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"critical item {Id} (item {Item}): {Endorsed} of {Answered} who answered; {Unanswered} did not");

    private static long Count(ReadOnlySpan<CriticalState> states, CriticalState state)
    {
        var count = 0L;
        foreach (var found in states)
        {
            count += found == state ? 1 : 0;
        }

        return count;
    }
}
