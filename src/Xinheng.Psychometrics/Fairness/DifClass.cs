namespace Xinheng.Psychometrics;

/// <summary>How large a difference in functioning is, by the classes of the Educational Testing Service.</summary>
public enum DifClass
{
    /// <summary>There is no statistic to go by.</summary>
    None,

    /// <summary>Negligible, or no more than chance.</summary>
    A,

    /// <summary>Moderate.</summary>
    B,

    /// <summary>Large.</summary>
    C,
}
