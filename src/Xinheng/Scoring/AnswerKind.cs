namespace Xinheng.Scoring;

/// <summary>What kinds of answers to options a person has.</summary>
internal enum AnswerKind : byte
{
    /// <summary>Codes that the items have, and blanks.</summary>
    Plain,

    /// <summary>No item was asked.</summary>
    NothingAsked,

    /// <summary>Some items were not asked, could not be read, or have a code that the item does not have.</summary>
    Odd,
}
