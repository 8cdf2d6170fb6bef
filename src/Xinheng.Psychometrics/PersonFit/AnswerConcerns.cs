namespace Xinheng.Psychometrics;

/// <summary>What about a person's answers calls for a look. None says that somebody was careless, and none sets anybody aside.</summary>
[Flags]
public enum AnswerConcerns
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>One and the same answer throughout, other than the lowest keyed one.</summary>
    StraightLine = 1,

    /// <summary>The lowest keyed answer to every item: what healthy people give to a list of symptoms. Said, but not counted among the flags.</summary>
    LowestThroughout = 2,

    /// <summary>A long run of one answer over items that are keyed both ways.</summary>
    LongRun = 4,

    /// <summary>Answers far from those of all others.</summary>
    Outlier = 8,

    /// <summary>Even and odd items of the scales disagree.</summary>
    Inconsistent = 16,

    /// <summary>Items that others answer alike are answered differently.</summary>
    SynonymsDiffer = 32,

    /// <summary>Answers that are unlikely at the person's own place on the trait.</summary>
    Misfit = 64,

    /// <summary>Faster than the questions can be read.</summary>
    TooFast = 128,

    /// <summary>Answers more alike to somebody's in the class than chance explains.</summary>
    AlikeInClass = 256,
}
