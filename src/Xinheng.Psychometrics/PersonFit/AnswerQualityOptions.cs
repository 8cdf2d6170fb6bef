namespace Xinheng.Psychometrics;

/// <summary>What is known besides the answers, and the cuts. The cuts are conventions, not norms: they never come from the answers at hand.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record AnswerQualityOptions
{
    /// <summary>Cuts of the conventions, nothing else known.</summary>
    public static AnswerQualityOptions Default { get; } = new();

    /// <summary>Page or response format of each item of the questionnaire; <see langword="null"/> where all are on one.</summary>
    public IReadOnlyList<int>? Pages { get; init; }

    /// <summary>Items of each scale, for the consistency of even and odd items; fewer than three scales give none.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Scales { get; init; } = [];

    /// <summary>
    /// Whether items are keyed both ways, so that a long run contradicts itself. The cuts of runs and consistencies are published for inventories of many
    /// traits; a list of symptoms keyed one way has few differences within a person to be consistent in, so there none of them is judged.
    /// </summary>
    public bool KeyedBothWays { get; init; }

    /// <summary>Seconds per item by person, NaN where they are not known; <see langword="null"/> where nobody's are.</summary>
    public IReadOnlyList<double>? SecondsPerItem { get; init; }

    /// <summary>Class of each person; <see langword="null"/> where classes are not known.</summary>
    public IReadOnlyList<string?>? Classes { get; init; }

    /// <summary>Likelihood of the answers with a simulated chance level, where item parameters are known.</summary>
    public LikelihoodFit? Likelihood { get; init; }

    /// <summary>Share of the items above which the longest run is flagged: 0.5.</summary>
    public double LongestRunShare { get; init; } = 0.5;

    /// <summary>
    /// Share of people, those furthest out for their degrees of freedom, who are flagged as outliers: 0.01. A rank, as the χ² of normal answers would flag a
    /// fifth of a school.
    /// </summary>
    public double OutlierShare { get; init; } = 0.01;

    /// <summary>Consistency of even and odd items below which it is flagged: 0.30 (Jackson, as quoted by Johnson 2005, J. Res. Pers. 39, 103-129).</summary>
    public double Consistency { get; init; } = 0.30;

    /// <summary>Correlation above which two items are a pair: 0.60.</summary>
    public double SynonymCorrelation { get; init; } = 0.60;

    /// <summary>Consistency over pairs below which it is flagged: 0.22.</summary>
    public double Synonyms { get; init; } = 0.22;

    /// <summary>Simulated p of lz up to which misfit is flagged: 0.01.</summary>
    public double MisfitP { get; init; } = 0.01;

    /// <summary>Seconds per item below which answering is flagged as too fast: 2 (as quoted from Huang et al. 2012, J. Bus. Psychol. 27, 99-114).</summary>
    public double Seconds { get; init; } = 2;

    /// <summary>False discovery rate up to which a class is taken as more alike than chance explains: 0.05.</summary>
    public double ClassRate { get; init; } = 0.05;

    /// <summary>Seed of what is simulated.</summary>
    public int Seed { get; init; } = 1;
}
