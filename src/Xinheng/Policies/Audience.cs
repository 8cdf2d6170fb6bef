namespace Xinheng;

/// <summary>Who receives a warning. Each audience has a type of its own that holds only what it may see.</summary>
public enum Audience
{
    /// <summary>The person: how to get help, in words that alarm nobody.</summary>
    Student,

    /// <summary>Parent or guardian.</summary>
    Guardian,

    /// <summary>Class teacher.</summary>
    ClassTeacher,

    /// <summary>Head or warden of the dormitory.</summary>
    DormitoryHead,

    /// <summary>Head of the grade.</summary>
    GradeHead,

    /// <summary>The school's psychologist; for staff, one from outside the school.</summary>
    Psychologist,

    /// <summary>School leadership.</summary>
    SchoolLeadership,

    /// <summary>County office: numbers only.</summary>
    County,

    /// <summary>Province office: numbers only.</summary>
    Province,
}
