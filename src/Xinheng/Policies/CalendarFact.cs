namespace Xinheng;

/// <summary>Facts of a school calendar as a whole that need evidence of their own.</summary>
public enum CalendarFact
{
    /// <summary>Time zone and distance from UTC.</summary>
    TimeZone,

    /// <summary>Which days of the week are school days.</summary>
    Weekdays,

    /// <summary>Hours of the school day and its cut-offs.</summary>
    Hours,
}
