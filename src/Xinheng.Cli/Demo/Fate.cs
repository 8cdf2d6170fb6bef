namespace Xinheng.Cli.Demo;

/// <summary>What becomes of one person's answers.</summary>
internal enum Fate : byte
{
    /// <summary>One row, filled in with care; some cells may be blank.</summary>
    Clean,

    /// <summary>The row ends early: columns are missing.</summary>
    TruncatedRow,

    /// <summary>One cell cannot be read.</summary>
    UnreadableCell,

    /// <summary>One cell holds a letter or a word.</summary>
    LetterInCell,

    /// <summary>One cell holds a code the item does not have.</summary>
    CodeOutOfRange,

    /// <summary>A second row with other answers.</summary>
    ConflictingDuplicate,

    /// <summary>A second row with the same answers.</summary>
    IdenticalDuplicate,

    /// <summary>Opened the form and answered nothing.</summary>
    NotStarted,

    /// <summary>On the roster with a last day before the survey; no row.</summary>
    LeftSchool,

    /// <summary>No consent; no row.</summary>
    NoConsent,

    /// <summary>The same option all through a scale, in too little time.</summary>
    StraightLine,

    /// <summary>Options at random, in too little time.</summary>
    RandomAnswers,

    /// <summary>Stopped somewhere; the rest is blank.</summary>
    DropOut,

    /// <summary>On the roster, no row.</summary>
    Absent,
}
