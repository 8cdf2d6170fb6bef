namespace Xinheng.Psychometrics;

/// <summary>Whether a statistic has a value, and if not, why.</summary>
public enum EstimateStatus
{
    /// <summary>It was not asked for, or its definition does not apply.</summary>
    NotEstimated,

    /// <summary>There is a value.</summary>
    Ok,

    /// <summary>
    /// There is a value, from a factor solution at the boundary of what is possible (Heywood case): an item has next to no variance of its
    /// own, or a group factor is no more than the general one. The parts are doubtful; fewer factors may describe the items.
    /// </summary>
    Boundary,

    /// <summary>There are too few items for it.</summary>
    TooFewItems,

    /// <summary>There are too many items for it: more than can be gone through one by one.</summary>
    TooManyItems,

    /// <summary>Too few people have the answers it needs.</summary>
    TooFewPeople,

    /// <summary>An item, or the sum of all, does not vary.</summary>
    NoVariance,

    /// <summary>The correlations have no inverse, or are none of one set of people (pairwise treatment).</summary>
    NotPositiveDefinite,

    /// <summary>The iteration did not come to an end.</summary>
    NotConverged,
}
