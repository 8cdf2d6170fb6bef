namespace Xinheng.Psychometrics;

/// <summary>Which items leave the score that people are matched by.</summary>
public enum PurifyRule
{
    /// <summary>None: people are matched by all items.</summary>
    None,

    /// <summary>Items of class B or C: for any number of people, as with many everything is significant.</summary>
    Effect,

    /// <summary>Items with a significant Mantel-Haenszel or Mantel statistic, whatever its size (R: <c>difR::difMH(purify = TRUE)</c>).</summary>
    Significance,
}
