namespace Xinheng.Psychometrics;

/// <summary>How differences in functioning are looked for.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record DifOptions
{
    /// <summary>Matched by the sum, purified by effect, level 0.05.</summary>
    public static DifOptions Default { get; } = new();

    /// <summary>Which items leave the matching score; the item studied always stays in it.</summary>
    public PurifyRule Purify { get; init; } = PurifyRule.Effect;

    /// <summary>Most rounds of purification: 10.</summary>
    public int MostRounds { get; init; } = 10;

    /// <summary>Level of significance: 0.05.</summary>
    public double Level { get; init; } = 0.05;

    /// <summary>
    /// What the people are matched by in the ordinal logistic regressions in place of the sum, for example places on the trait; NaN drops a person.
    /// <see langword="null"/>: the sum, which the other statistics always use.
    /// </summary>
    public IReadOnlyList<double>? Matching { get; init; }
}
