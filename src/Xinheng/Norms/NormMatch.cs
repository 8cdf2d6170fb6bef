namespace Xinheng;

/// <summary>How a value finds its row in a <see cref="NormTable"/>.</summary>
public enum NormMatch
{
    /// <summary>Each row begins at its value and reaches up to, not including, the next.</summary>
    Start,

    /// <summary>Each row is for its value alone; a value between two rows, for example a prorated one, has none.</summary>
    Exact,
}
