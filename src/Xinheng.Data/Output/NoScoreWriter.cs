namespace Xinheng.Data;

/// <summary>Keeps nothing: for a run whose scores only lead on to something else.</summary>
internal sealed class NoScoreWriter() : ScoreWriter([], [])
{
    public override void Format(SurveyBlock block)
    {
    }

    public override void Write(SurveyBlock block)
    {
    }

    public override void Complete()
    {
    }
}
