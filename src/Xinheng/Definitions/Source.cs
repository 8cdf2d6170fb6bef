using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>A place where a fact can be looked up.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record Source
{
    /// <summary>What kind of place it is.</summary>
    [JsonRequired]
    public SourceKind Kind { get; init; }

    /// <summary>Full citation, or title of the page or repository.</summary>
    [JsonRequired]
    public string Citation { get => field ?? ""; init; }

    /// <summary>Digital object identifier without a resolver, for example <c>10.1001/archinte.166.10.1092</c>.</summary>
    public string? Doi { get; init; }

    /// <summary>Web address.</summary>
    public string? Url { get; init; }

    /// <summary>Page, table, section or path within the source.</summary>
    public string? Locator { get; init; }

    /// <summary>Commit or edition, for a source that changes.</summary>
    public string? Revision { get; init; }
}
