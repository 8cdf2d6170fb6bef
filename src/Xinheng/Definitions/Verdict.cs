namespace Xinheng;

/// <summary>How well a fact of a definition is confirmed.</summary>
public enum Verdict
{
    /// <summary>Read in the publication, the manual or the owner's own page.</summary>
    Publication,

    /// <summary>Found alike in independent implementations or secondary texts; <see cref="Evidence.Sources"/> lists them.</summary>
    Implementations,

    /// <summary>Sources disagree; the note gives the values and the choice.</summary>
    Disputed,

    /// <summary>Nothing is published: a convention of this project or of practice, said as such.</summary>
    Convention,

    /// <summary>Not confirmed. A score that rests on it says so in its status.</summary>
    Unconfirmed,
}
