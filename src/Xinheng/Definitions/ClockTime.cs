namespace Xinheng;

/// <summary>A time of day, written on the 24-hour clock as <c>23:30</c>; stored as minutes since midnight.</summary>
public sealed record ClockTime : ResponseSet;
