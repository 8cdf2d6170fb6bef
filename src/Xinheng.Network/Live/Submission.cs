namespace Xinheng.Network;

/// <summary>Everything a host knows of one person at one moment: answers, reports, the last wave.</summary>
/// <remarks>
/// Immutable and thread-safe. An event or a correction is another submission of the same person with all that is known now
/// and a higher <see cref="Sequence"/>: the library keeps no answers and no events, so what a later submission leaves out is
/// taken back.
/// </remarks>
public sealed record Submission
{
    /// <summary>Id of the person, as the roster writes it; who is not on the roster is decided all the same.</summary>
    public required string Person { get; init; }

    /// <summary>
    /// One report per instrument of the battery, in the order of <see cref="Triage.Instruments"/>; <see langword="null"/> =
    /// asked and not answered. Score them with <see cref="Roster.Complete(int, Respondent)"/>, as a survey does.
    /// </summary>
    public required IReadOnlyList<ScoreReport?> Reports { get; init => field = [.. value ?? []]; }

    /// <summary>All events known of the person, and the last wave where it is known. The circumstances of the roster are added.</summary>
    public PersonFacts Facts { get; init; }

    /// <summary>Place in the order of what was submitted, see <see cref="PersonState.Sequence"/>.</summary>
    public required long Sequence { get; init; }

    /// <summary>When the clock of the warnings starts; <see cref="SchoolCalendar.StartOf"/> the test date is that of a survey.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Names the type. Never what it holds, so that it cannot reach a log.</summary>
    public override string ToString() => "submission";
}
