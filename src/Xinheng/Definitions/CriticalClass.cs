namespace Xinheng;

/// <summary>What kind of danger a <see cref="CriticalItem"/> speaks of; policies decide by class.</summary>
public enum CriticalClass
{
    /// <summary>Any thought of death or of ending one's life.</summary>
    SuicidalIdeation,

    /// <summary>Such thoughts on more than half the days or more.</summary>
    FrequentSuicidalIdeation,

    /// <summary>Intent, plan, means or recent behaviour.</summary>
    SuicidalIntent,

    /// <summary>Hurting oneself.</summary>
    SelfHarm,

    /// <summary>Urge or intent to harm others.</summary>
    HarmToOthers,

    /// <summary>Experiences such as hearing voices.</summary>
    PsychoticExperience,

    /// <summary>Abuse or assault disclosed.</summary>
    Abuse,

    /// <summary>Hopelessness or worthlessness of life without a thought of death; to be watched.</summary>
    Hopelessness,

    /// <summary>Asks for help.</summary>
    HelpRequest,
}
