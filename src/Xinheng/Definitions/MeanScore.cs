namespace Xinheng;

/// <summary>Mean of the keyed values of the answered items.</summary>
public sealed record MeanScore : ItemScore
{
    /// <summary>
    /// Only values from this one on enter the mean (SCL-90's positive symptom distress). The score is
    /// <see cref="ScoreStatus.Undefined"/> when no value reaches it.
    /// </summary>
    public int? AtLeast { get; init; }
}
