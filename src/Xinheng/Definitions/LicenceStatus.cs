namespace Xinheng;

/// <summary>What may be done with a questionnaire.</summary>
public enum LicenceStatus
{
    /// <summary>In the public domain, or free to use without asking.</summary>
    Free,

    /// <summary>Free for some uses, for example non-commercial ones; read the terms.</summary>
    Conditional,

    /// <summary>Needs the owner's permission or a fee.</summary>
    PermissionNeeded,

    /// <summary>No statement of the owner was found; ask before use.</summary>
    Unclear,
}
