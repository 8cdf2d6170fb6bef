namespace Xinheng;

/// <summary>Facts of an instrument as a whole that need evidence of their own.</summary>
public enum Fact
{
    /// <summary>Number, order and edition of the items.</summary>
    Items,

    /// <summary>Which items are reversed.</summary>
    Reversal,

    /// <summary>The time the answers look back on.</summary>
    Recall,

    /// <summary>Skip logic.</summary>
    Skip,

    /// <summary>What a blank stands for.</summary>
    Blank,

    /// <summary>LOINC codes.</summary>
    Loinc,

    /// <summary>Reliability figures.</summary>
    Reliability,
}
