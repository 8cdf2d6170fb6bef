namespace Xinheng;

/// <summary>How a norm score came about, or why there is none.</summary>
public enum NormStatus : byte
{
    /// <summary>The score was compared with a norm group.</summary>
    Ok,

    /// <summary>As <see cref="Ok"/>; the norm rests on a fact that the document marks as unconfirmed, or the document does not tell how many people the group has.</summary>
    Unconfirmed,

    /// <summary>Sex or age is not known or no group fits, and the document names nothing to fall back on: no T, no percentile.</summary>
    NoGroup,

    /// <summary>The person's group has no norm for this score, and none to fall back on: no T, no percentile.</summary>
    NoNorm,

    /// <summary>The score itself has no value: no T, no percentile.</summary>
    NoScore,

    /// <summary>The table does not cover the value: nothing from the table, no extrapolation. A T that comes from mean and standard deviation stands.</summary>
    OutsideTable,
}
