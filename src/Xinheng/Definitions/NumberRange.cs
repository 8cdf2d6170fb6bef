using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>A quantity, for example minutes or hours. Stored in whole steps of 10^-<see cref="Decimals"/>.</summary>
public sealed record NumberRange : ResponseSet
{
    /// <summary>Unit of the number as people write it.</summary>
    [JsonRequired]
    public string Unit { get => field ?? ""; init; }

    /// <summary>Decimal places that are kept, 0 to 3.</summary>
    public int Decimals { get; init; }

    /// <summary>Smallest accepted value.</summary>
    [JsonRequired]
    public Rational Min { get; init; }

    /// <summary>Largest accepted value.</summary>
    [JsonRequired]
    public Rational Max { get; init; }

    /// <summary>The quantity that an answer stores.</summary>
    internal Rational ValueOf(Answer answer) => new(answer.Stored, Answer.PowerOfTen(Decimals));

    /// <summary>Whether the item can have this answer.</summary>
    internal bool Includes(Answer answer) => ValueOf(answer) is var value && value >= Min && value <= Max;
}
