namespace Xinheng;

/// <summary>Scores of one person compared with norms.</summary>
/// <remarks>Immutable and thread-safe. Class; no default state. Screening result, not a diagnosis.</remarks>
public sealed class NormReport
{
    internal NormReport(NormSet norms, IReadOnlyList<NormResult> scores)
    {
        Norms = norms;
        Scores = scores;
    }

    /// <summary>The norms.</summary>
    public NormSet Norms { get; }

    /// <summary>Results of the scores that the norms cover, in the order of the instrument.</summary>
    public IReadOnlyList<NormResult> Scores { get; }

    /// <summary>The result of the score with an id.</summary>
    /// <exception cref="KeyNotFoundException">The norms do not cover it; the message lists the scores they cover.</exception>
    public NormResult this[string score] => Scores.FirstOrDefault(s => s.Score == score)
        ?? throw new KeyNotFoundException($"Norms '{Norms.Id}' do not cover the score '{score}'. They cover: {string.Join(", ", Scores.Select(s => s.Score))}.");
}
