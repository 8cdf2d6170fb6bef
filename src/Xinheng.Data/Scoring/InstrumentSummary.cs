namespace Xinheng.Data;

/// <summary>Counts of one instrument over a run.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record InstrumentSummary
{
    /// <summary>The instrument.</summary>
    public required Instrument Instrument { get; init; }

    /// <summary>People by band, for each score that has bands: score id, band id, number.</summary>
    public required IReadOnlyList<(string Score, string Band, long People)> Bands { get; init; }

    /// <summary>Scores by status: score id, status, number.</summary>
    public required IReadOnlyList<(string Score, ScoreStatus Status, long People)> Statuses { get; init; }

    /// <summary>Critical items by state: critical item id, state, number.</summary>
    public required IReadOnlyList<(string CriticalItem, CriticalState State, long People)> Critical { get; init; }

    /// <summary>Norms the scores were compared with; <see langword="null"/> when there were none.</summary>
    public NormSet? Norms { get; init; }

    /// <summary>Norm scores by status: score id, status, number; empty without norms.</summary>
    public IReadOnlyList<(string Score, NormStatus Status, long People)> NormStatuses { get; init; } = [];

    /// <summary>People by verdict on their answers.</summary>
    public required IReadOnlyList<(ResponseValidity Verdict, long People)> Validity { get; init; }
}
