using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>What a forecast needs: a survey, perhaps of some classes only, and what stands against it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ForecastRequest
{
    /// <summary>The survey as it would be run. Its roster holds everybody who is to answer, its file the answers that are there.</summary>
    public required SurveyRequest Survey { get; init; }

    /// <summary>A second policy for the same people; <see langword="null"/> = none. Its population is that of the first.</summary>
    public Policy? Compare { get; init; }

    /// <summary>Hours of one school day of all who talk with these people together, above 0, at most 1,000,000, with at most two decimals; <see langword="null"/> = not known: the need is said, and no red line.</summary>
    public Rational? CounsellorHoursPerDay { get; init; }
}

/// <summary>What a forecast came to.</summary>
/// <remarks>Immutable and thread-safe. Counts only, but for the people of <see cref="Comparison"/>.</remarks>
public sealed record ForecastSummary
{
    /// <summary>What the survey file held and how it was scored.</summary>
    public required ScoreSummary Scores { get; init; }

    /// <summary>The forecast of the policy.</summary>
    public required PolicyForecast Forecast { get; init; }

    /// <summary>The forecast of the second policy; <see langword="null"/> without one.</summary>
    public required PolicyForecast? Compared { get; init; }

    /// <summary>Who would change tier from the first policy to the second; <see langword="null"/> without a second.</summary>
    public required PolicyComparison? Comparison { get; init; }

    /// <summary>Cells and rows of roster and reports that could not be used as they stand.</summary>
    public required long RosterProblems { get; init; }

    /// <summary>Reports of a kind that the policy does not know, or whose date cannot be read: somebody must read them today.</summary>
    public required int UnreadReports { get; init; }

    /// <summary>What rules of either policy ask for and nobody was asked: it counts as not so, for everybody.</summary>
    public required IReadOnlyList<string> NotAsked { get; init; }

    /// <summary>Folder that was written; <see langword="null"/> when nothing was.</summary>
    public required string? Folder { get; init; }

    /// <summary>Nothing of the people.</summary>
    public override string ToString() => Forecast.ToString();
}
