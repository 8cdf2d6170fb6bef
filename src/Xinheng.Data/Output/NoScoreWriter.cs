namespace Xinheng.Data;

/// <summary>Keeps nothing: for a run whose scores only lead on to something else.</summary>
internal sealed class NoScoreWriter() : ScoreWriter([], [])
{
    public override ScorePart CreatePart() => new TextPart();

    public override void Format(SurveyBlock block, ScorePart part)
    {
    }

    public override void Write(ScorePart part)
    {
    }

    public override void Complete()
    {
    }
}
