namespace Xinheng;

/// <summary>What one form of an instrument is about: whose row of answers it is.</summary>
public enum Subject
{
    /// <summary>A person.</summary>
    Person,

    /// <summary>A school as an institution. No policy decides by it, and it stands in no file of people.</summary>
    School,
}
