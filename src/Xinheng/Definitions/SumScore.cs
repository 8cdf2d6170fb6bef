namespace Xinheng;

/// <summary>Sum of the keyed values.</summary>
public sealed record SumScore : ItemScore;
