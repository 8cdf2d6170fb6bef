namespace Xinheng.Psychometrics;

/// <summary>Statistics of one item among the items of a scale.</summary>
/// <remarks>Immutable and thread-safe. Of keyed values: reversed items are already reversed.</remarks>
public sealed record ItemStatistics
{
    internal ItemStatistics()
    {
    }

    /// <summary>Id of the item.</summary>
    public required string Id { get; init; }

    /// <summary>Number of people behind mean, SD and shares: complete cases, or under pairwise treatment all who answered the item.</summary>
    public required long Count { get; init; }

    /// <summary>Share of all people of the data who gave no answer to the item, 0 to 1; NaN without people.</summary>
    public required double MissingShare { get; init; }

    /// <summary>Mean; NaN without people.</summary>
    public required double Mean { get; init; }

    /// <summary>Standard deviation (divisor n − 1); NaN below two people.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>Skewness m3 / s³ with s of divisor n − 1 (b1; "type 3" of R's psych and e1071).</summary>
    public required Estimate Skewness { get; init; }

    /// <summary>Excess kurtosis m4 / s⁴ − 3 with s of divisor n − 1 (b2, "type 3").</summary>
    public required Estimate Kurtosis { get; init; }

    /// <summary>Mean as a share of the possible range, 0 to 1; NaN where no range was declared.</summary>
    public required double Difficulty { get; init; }

    /// <summary>Share of those counted who gave the lowest possible answer; NaN where no range was declared.</summary>
    public required double FloorShare { get; init; }

    /// <summary>Share of those counted who gave the highest possible answer; NaN where no range was declared.</summary>
    public required double CeilingShare { get; init; }

    /// <summary>Correlation with the sum of all items, the item included. R: <c>psych::alpha(x)$item.stats$raw.r</c>.</summary>
    public required Estimate ItemTotal { get; init; }

    /// <summary>Correlation with the sum of the other items. R: <c>psych::alpha(x)$item.stats$r.drop</c>.</summary>
    public required Estimate ItemRest { get; init; }

    /// <summary>Correlation with the sum of all items, standardized. R: <c>psych::alpha(x)$item.stats$std.r</c>.</summary>
    public required Estimate ItemTotalStandardized { get; init; }

    /// <summary>The same with each item's own variance replaced by what the others explain of it. R: <c>psych::alpha(x)$item.stats$r.cor</c>.</summary>
    public required Estimate ItemTotalCorrected { get; init; }

    /// <summary>Alpha of the other items. R: <c>psych::alpha(x)$alpha.drop$raw_alpha</c>.</summary>
    public required Estimate AlphaIfDropped { get; init; }

    /// <summary>Standardized alpha of the other items. R: <c>psych::alpha(x)$alpha.drop$std.alpha</c>.</summary>
    public required Estimate AlphaStandardizedIfDropped { get; init; }

    /// <summary>λ6 of the other items, standardized. R: <c>psych::alpha(x)$alpha.drop$`G6(smc)`</c>.</summary>
    public required Estimate Lambda6IfDropped { get; init; }

    /// <summary>The values that occur, lowest first, with the number of people counted.</summary>
    public required IReadOnlyList<ItemCategory> Categories { get; init; }

    /// <summary>What to look at.</summary>
    public required ItemConcerns Concerns { get; init; }
}
