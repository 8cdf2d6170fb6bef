namespace Xinheng;

/// <summary>One score of one person, without what a <see cref="ScoreResult"/> says besides: for hosts that score many people one by one.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Value">The value; NaN where there is none, which the status explains.</param>
/// <param name="Band">Position in <see cref="BandSet.Starts"/> of the person's band set; <see cref="ScoreBlock.NoBand"/> where there is none.</param>
/// <param name="BandSet">Position in <see cref="ScoreDefinition.Bands"/>; <see cref="ScoreBlock.NoBand"/> for a person without bands.</param>
/// <param name="Status">Whether the score can be used, and if not, why.</param>
public readonly record struct ScoreValue(double Value, byte Band, byte BandSet, ScoreStatus Status)
{
    /// <summary>The status: values are a person's own and do not belong into a log.</summary>
    public override string ToString() => ScoreText.Of(Status);
}
