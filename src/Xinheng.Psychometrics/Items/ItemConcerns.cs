namespace Xinheng.Psychometrics;

/// <summary>What an item analysis draws attention to. The limits are conventions of this project; an item is not bad because it has a flag.</summary>
[Flags]
public enum ItemConcerns
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Everybody gave the same answer.</summary>
    NoVariance = 1,

    /// <summary>More than <see cref="ItemAnalysis.ManyMissing"/> of the people gave no answer.</summary>
    ManyMissing = 2,

    /// <summary>At least <see cref="ItemAnalysis.FloorOrCeiling"/> gave the lowest possible answer. Usual for severe symptoms in a general population.</summary>
    Floor = 4,

    /// <summary>At least <see cref="ItemAnalysis.FloorOrCeiling"/> gave the highest possible answer.</summary>
    Ceiling = 8,

    /// <summary>The correlation with the rest is below <see cref="ItemAnalysis.LowItemRest"/>, but not negative.</summary>
    LowItemRest = 16,

    /// <summary>The correlation with the rest is negative: perhaps the item is reversed and was not keyed so.</summary>
    NegativeItemRest = 32,

    /// <summary>Without the item alpha is higher by more than <see cref="ItemAnalysis.AlphaGain"/>.</summary>
    BetterWithout = 64,
}
