using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>The answers an item can have.</summary>
/// <remarks>Immutable and thread-safe. A closed set: options, a number, a time of day.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(OptionSet), "options")]
[JsonDerivedType(typeof(NumberRange), "number")]
[JsonDerivedType(typeof(ClockTime), "clock")]
public abstract record ResponseSet
{
    /// <summary>What the codes and their scores rest on.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }
}
