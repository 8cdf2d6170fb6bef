using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>A score of the instrument that speaks about the honesty or care of the answers rather than about the person.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ValidityScale
{
    /// <summary>Id of the score.</summary>
    [JsonRequired]
    public string Score { get => field ?? ""; init; }

    /// <summary>From this value the answers are to be read with caution; <see langword="null"/> = no such step.</summary>
    public Rational? Caution { get; init; }

    /// <summary>From this value the answers are not valid and the instrument is to be repeated; <see langword="null"/> = no such step.</summary>
    public Rational? Invalid { get; init; }

    /// <summary>What the cuts rest on.</summary>
    [JsonRequired]
    public Evidence Evidence { get => field ?? new(); init; }
}
