namespace Xinheng.Psychometrics;

/// <summary>Internal consistency of the sum of items.</summary>
public static class Reliability
{
    /// <summary>
    /// Reliability of the items' sum. The covariances come from answers (<see cref="ItemMatrix.Covariances"/>), from merged moments of many
    /// schools (<see cref="ItemMoments.Covariances"/>), or from a publication (<see cref="CovarianceMatrix.Create"/>); the first two give the same bits.
    /// </summary>
    /// <param name="covariances">Covariances of keyed items; they say who was used where answers are missing.</param>
    /// <param name="level">Confidence level of the intervals.</param>
    /// <param name="seed">Seed of the sample of halvings, where there are too many to try all.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not between 0 and 1.</exception>
    public static ReliabilityResult Of(CovarianceMatrix covariances, double level = 0.95, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(covariances);
        ConfidenceInterval.CheckLevel(level);
        return new ReliabilityResult(covariances, level, seed);
    }

    /// <summary>Reliability in each group of people, groups in ordinal order.</summary>
    /// <param name="matrix">Keyed answers.</param>
    /// <param name="groups">Group of each person; <see langword="null"/> or empty: in none.</param>
    /// <param name="missing">Who is used where answers are missing.</param>
    /// <param name="level">Confidence level of the intervals.</param>
    /// <param name="seed">Seed of the sample of halvings, where there are too many to try all.</param>
    /// <exception cref="ArgumentException">There is not one group per person.</exception>
    public static IReadOnlyList<KeyValuePair<string, ReliabilityResult>> ByGroup(
        ItemMatrix matrix, IReadOnlyList<string?> groups, MissingTreatment missing = MissingTreatment.Listwise, double level = 0.95, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return [.. matrix.GroupBy(groups).Select(group => KeyValuePair.Create(group.Key, Of(group.Value.Covariances(missing), level, seed)))];
    }
}
