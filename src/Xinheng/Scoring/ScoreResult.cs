namespace Xinheng;

/// <summary>One score of one person.</summary>
/// <remarks>Immutable and thread-safe. Screening result, not a diagnosis.</remarks>
public sealed record ScoreResult
{
    internal ScoreResult()
    {
    }

    /// <summary>What the score is.</summary>
    public required ScoreDefinition Definition { get; init; }

    /// <summary>Id of the score.</summary>
    public string Id => Definition.Id;

    /// <summary>The value as an exact fraction; <see langword="null"/> where there is none.</summary>
    public required Rational? Exact { get; init; }

    /// <summary>The value; <see langword="null"/> where there is none (see <see cref="Status"/>).</summary>
    public double? Value => Exact?.ToDouble();

    /// <summary>How the score came about, or why there is none.</summary>
    public required ScoreStatus Status { get; init; }

    /// <summary>Id of the published severity band; <see langword="null"/> where there is none.</summary>
    public required string? Band { get; init; }

    /// <summary>Name of the band; <see langword="null"/> where there is none.</summary>
    public LocalizedText? BandLabel => Band is null ? null : BandLabels[Band];

    /// <summary>Lowest value still possible under the missing answers; the value itself when none is missing.</summary>
    public required Rational Lowest { get; init; }

    /// <summary>Highest value still possible under the missing answers.</summary>
    public required Rational Highest { get; init; }

    /// <summary>Band of <see cref="Lowest"/>.</summary>
    public required string? LowestBand { get; init; }

    /// <summary>Band of <see cref="Highest"/>.</summary>
    public required string? HighestBand { get; init; }

    internal IReadOnlyDictionary<string, LocalizedText> BandLabels { get; init; } = new Dictionary<string, LocalizedText>();

    /// <summary>Id and status. Never the value, so that it cannot reach a log.</summary>
    public override string ToString() => $"{Id} ({ScoreText.Of(Status)})";
}
