namespace Xinheng;

/// <summary>How a score came about, or why there is none.</summary>
public enum ScoreStatus : byte
{
    /// <summary>None of the items was asked: no value.</summary>
    NotAsked,

    /// <summary>Every answer that the score needs was there.</summary>
    Ok,

    /// <summary>Some answers were missing, within the rule of the definition; the value is completed by that rule.</summary>
    Prorated,

    /// <summary>Every answer was there; the key or the bands rest on a fact that the definition marks as unconfirmed.</summary>
    Unconfirmed,

    /// <summary>Both <see cref="Prorated"/> and <see cref="Unconfirmed"/>.</summary>
    ProratedUnconfirmed,

    /// <summary>The person is outside the instrument's population: a value, no band.</summary>
    OutsidePopulation,

    /// <summary>The bands depend on sex or age and no group fits, or the fact is not known: a value, no band.</summary>
    NoBandGroup,

    /// <summary>More answers are missing than the rule allows: no value.</summary>
    TooFewAnswers,

    /// <summary>An answer is a code that the item does not have: no value, nothing imputed.</summary>
    CodeOutOfRange,

    /// <summary>An answer could not be read: no value, nothing imputed.</summary>
    Unreadable,

    /// <summary>The value does not exist for these answers, for example a mean over no item: no value.</summary>
    Undefined,
}
