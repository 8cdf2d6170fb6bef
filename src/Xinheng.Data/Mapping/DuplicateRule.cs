namespace Xinheng.Data;

/// <summary>Which of several rows of one person counts. Whatever the rule, a critical answer of any of them stands.</summary>
public enum DuplicateRule
{
    /// <summary>The first.</summary>
    First,

    /// <summary>The last.</summary>
    Last,

    /// <summary>The one with the best response validity, then the most answers, then the first.</summary>
    BestValid,

    /// <summary>None: the file is refused.</summary>
    Refuse,
}
