using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>What a whole survey needs: the survey file, the roster, what people reported, the policy, the calendar.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record SurveyRequest
{
    /// <summary>The survey file and its instruments.</summary>
    public required ScoreRequest Scores { get; init; }

    /// <summary>File of the roster: CSV or Excel with the columns person, population, school, grade, class, dormitory, county, city, sex, birth_date, boarding, left_behind, consent, from, to.</summary>
    public required string Roster { get; init; }

    /// <summary>File of what people reported (person, date, kind, source); <see langword="null"/> = none: rules on reports count as not so.</summary>
    public string? Events { get; init; }

    /// <summary>Output folder of the last wave, from which earlier tiers and reliable changes are read; <see langword="null"/> = none: nothing is known of before.</summary>
    public string? Previous { get; init; }

    /// <summary>The policy; its population decides whose rows of the roster count.</summary>
    public required Policy Policy { get; init; }

    /// <summary>School days and hours, from which due times follow.</summary>
    public SchoolCalendar Calendar { get; init; } = SchoolCalendar.Default;

    /// <summary>Day of the survey: who is a member on it counts, and the clock starts when its school day does.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Name of the wave.</summary>
    public required string Wave { get; init; }

    /// <summary>Test-retest reliabilities of the norms, by which a change is called reliable.</summary>
    internal IReadOnlyList<RetestReliability> Stability => [.. Scores.Norms.SelectMany(n => n.RetestReliabilities)];

    /// <summary>Whether a policy that nobody signed may decide; every output then says so.</summary>
    public bool AllowDraft { get; init; }
}

/// <summary>What a whole survey came to. Counts only: nothing in it is about one person.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record SurveySummary
{
    /// <summary>What the survey file held and how it was scored.</summary>
    public required ScoreSummary Scores { get; init; }

    /// <summary>The policy that decided.</summary>
    public required Policy Policy { get; init; }

    /// <summary>Day of the survey.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Everybody of the roster.</summary>
    public required UnitTally Everybody { get; init; }

    /// <summary>Number of units by level.</summary>
    public required IReadOnlyList<(UnitLevel Level, int Units)> Units { get; init; }

    /// <summary>People with something to be done, by how soon; the most urgent first.</summary>
    public required IReadOnlyList<(ResponseTime Within, int People)> Urgency { get; init; }

    /// <summary>People with answers or reports whom the roster does not know. They have tiers, and stand in no unit.</summary>
    public required int Unassigned { get; init; }

    /// <summary>Cells and rows of roster and reports that could not be used as they stand; each is in the quarantine file.</summary>
    public required long RosterProblems { get; init; }

    /// <summary>Reports of a kind that the policy does not know, or whose date cannot be read: somebody must read them today.</summary>
    public required int UnreadReports { get; init; }

    /// <summary>What rules ask for and nobody was asked: it counts as not so, for everybody.</summary>
    public required IReadOnlyList<string> NotAsked { get; init; }

    /// <summary>People by their tier in the last wave and now, those with both; empty without a last wave.</summary>
    public required IReadOnlyList<(Tier Before, Tier Now, int People)> Changes { get; init; }

    /// <summary>Warnings about units, by kind.</summary>
    public required IReadOnlyList<(UnitWarningKind Kind, int Units)> UnitWarnings { get; init; }

    /// <summary>Folder that was written.</summary>
    public required string Folder { get; init; }
}
