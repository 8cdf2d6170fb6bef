using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>Whom an instrument, as published, is for.</summary>
/// <remarks>Immutable and thread-safe. A person known to be outside gets the score without a band.</remarks>
public sealed record Population
{
    /// <summary>In words.</summary>
    [JsonRequired]
    public LocalizedText Description { get => field ?? new(); init; }

    /// <summary>What one form is about; a person unless the definition says otherwise. A school has no age, no sex and no critical items.</summary>
    public Subject Subject { get; init; }

    /// <summary>Lowest age in completed years; <see langword="null"/> when the source names none.</summary>
    public int? MinAge { get; init; }

    /// <summary>Highest age in completed years, inclusive; <see langword="null"/> when the source names none.</summary>
    public int? MaxAge { get; init; }

    /// <summary>What this rests on.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }

    /// <summary>Whether a person of this age is inside; an unknown age is not outside.</summary>
    public bool Includes(int? age) => age is not { } years || (years >= (MinAge ?? 0) && years <= (MaxAge ?? int.MaxValue));
}
