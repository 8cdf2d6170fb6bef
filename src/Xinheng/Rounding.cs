namespace Xinheng;

/// <summary>How a score that falls between two whole numbers becomes one of them. Always named in the definition.</summary>
public enum Rounding
{
    /// <summary>Not rounded: the exact fraction stays.</summary>
    None,

    /// <summary>To the nearest whole number, a half upwards: 2.5 becomes 3. This is what published proration rules mean by rounding.</summary>
    HalfUp,

    /// <summary>Down to the integer part: 52.5 becomes 52 (the Zung scales).</summary>
    Floor,
}
