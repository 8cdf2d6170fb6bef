using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>The norms of one score in one group: mean and standard deviation, or a published table, and reliability figures.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record NormScore
{
    /// <summary>Id of a score of the instrument.</summary>
    [JsonRequired]
    public string Score { get => field ?? ""; init; }

    /// <summary>Mean in units of the score; T scores come from it and <see cref="Sd"/>. <see langword="null"/> = not given.</summary>
    public Rational? Mean { get; init; }

    /// <summary>Standard deviation in units of the score, above zero; <see langword="null"/> = not given.</summary>
    public Rational? Sd { get; init; }

    /// <summary>Published table from the score to T, percentile or both; <see langword="null"/> = none. Without one there is no percentile: none is derived from the normal curve.</summary>
    public NormTable? Table { get; init; }

    /// <summary>Stability over time, for reliable change; <see langword="null"/> = not given. No T score uses it.</summary>
    public TestRetest? TestRetest { get; init; }

    /// <summary>Internal consistency; <see langword="null"/> = not given. No T score uses it, and it does not stand in for <see cref="TestRetest"/>.</summary>
    public NormReliability? Reliability { get; init; }

    /// <summary>Table, page or column of the source; <see langword="null"/> = that of the source as a whole.</summary>
    public string? Locator { get; init; }

    /// <summary>What mean, standard deviation and table rest on.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }
}
