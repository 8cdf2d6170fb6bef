namespace Xinheng;

/// <summary>Which rules of <see cref="ValidityRules"/> led to a verdict other than valid.</summary>
[Flags]
public enum ValidityReasons : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Too many answers are missing.</summary>
    MissingAnswers = 1,

    /// <summary>Answered faster than the questions can be read.</summary>
    TooFast = 2,

    /// <summary>A long run of one and the same code over items that are keyed both ways.</summary>
    LongestRun = 4,

    /// <summary>A validity scale of the instrument reached its cut.</summary>
    ValidityScale = 8,
}
