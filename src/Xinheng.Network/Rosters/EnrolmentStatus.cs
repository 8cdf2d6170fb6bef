namespace Xinheng.Network;

/// <summary>What a member of a roster is doing on the test date.</summary>
public enum EnrolmentStatus : byte
{
    /// <summary>At school. The default where a roster says nothing.</summary>
    Enrolled,

    /// <summary>On internship away from school: eligible like everybody, and counted apart because it is where people are missed.</summary>
    Internship,

    /// <summary>On long leave: a member, and not eligible.</summary>
    Leave,

    /// <summary>In treatment: eligible, by another assessment where that is agreed.</summary>
    InTreatment,
}
