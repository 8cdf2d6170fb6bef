namespace Xinheng.Psychometrics;

/// <summary>How often one flag was raised.</summary>
/// <param name="Concern">The flag.</param>
/// <param name="Rule">The rule with its cut, in both languages.</param>
/// <param name="Judged">Number of people the rule could be put to.</param>
/// <param name="NotJudged">Number of the others: too few answers, nothing known, or answers without variation, which have a flag of their own.</param>
/// <param name="Flagged">Number of people flagged.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record AnswerConcernCount(AnswerConcerns Concern, LocalizedText Rule, int Judged, int NotJudged, int Flagged)
{
    /// <summary>Flagged of judged, 0 to 1; NaN when nobody was judged.</summary>
    public double Share => (double)Flagged / Judged;
}
