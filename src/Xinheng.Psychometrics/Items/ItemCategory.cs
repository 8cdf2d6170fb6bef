namespace Xinheng.Psychometrics;

/// <summary>One value that occurs among the answers to an item, and how many people gave it.</summary>
/// <param name="Value">The keyed value.</param>
/// <param name="Count">Number of people, at least 1.</param>
/// <remarks>Immutable and thread-safe. <c>default</c> is the value 0 that nobody gave.</remarks>
public readonly record struct ItemCategory(double Value, long Count);
