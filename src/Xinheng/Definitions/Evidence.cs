using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>What one fact of a definition rests on.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record Evidence
{
    /// <summary>Ids of entries of <see cref="InstrumentDefinition.Sources"/>; empty only for an unconfirmed fact.</summary>
    public IReadOnlyList<string> Sources { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>How well the sources confirm the fact.</summary>
    [JsonRequired]
    public Verdict Verdict { get; init; }

    /// <summary>What disagrees, what was chosen and why; <see langword="null"/> when there is nothing to add.</summary>
    public LocalizedText? Note { get; init; }

    internal static bool IsUnconfirmed(Evidence evidence) => evidence.Verdict == Verdict.Unconfirmed;
}
