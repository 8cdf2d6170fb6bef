namespace Xinheng;

/// <summary>Yes, no, or not known. A missing answer is unknown, never no.</summary>
public enum Trilean : byte
{
    /// <summary>No.</summary>
    No,

    /// <summary>Unknown: the answer that decides is missing.</summary>
    Unknown,

    /// <summary>Yes.</summary>
    Yes,
}
