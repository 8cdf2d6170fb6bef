namespace Xinheng;

/// <summary>Which end of a score is the one to worry about.</summary>
public enum Direction
{
    /// <summary>Higher is worse.</summary>
    HigherWorse,

    /// <summary>Lower is worse, as in well-being scales.</summary>
    LowerWorse,

    /// <summary>Neither, for example an intermediate quantity.</summary>
    Neutral,
}
