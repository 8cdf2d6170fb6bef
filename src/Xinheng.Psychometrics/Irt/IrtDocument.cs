using System.Text.Json.Serialization;

namespace Xinheng.Psychometrics;

/// <summary>Item parameters as a JSON document holds them.</summary>
internal sealed class IrtDocument
{
    /// <summary>What the document is: <c>irt-parameters</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Version of the form, 1.</summary>
    public required int Version { get; init; }

    /// <summary>Short name of the model: rasch, 2pl, grm, gpcm.</summary>
    public required string Model { get; init; }

    /// <summary>What slope and thresholds mean; for readers.</summary>
    public string? Formula { get; init; }

    /// <summary>What the items were estimated from; for readers.</summary>
    public IrtSource? Source { get; init; }

    /// <summary>Distribution of the trait.</summary>
    public required IrtLatentDocument Latent { get; init; }

    public required IReadOnlyList<IrtItemDocument> Items { get; init; }
}

/// <summary>Mean and standard deviation of the normal trait. Numbers of documents have at most 15 digits and no exponent.</summary>
internal sealed class IrtLatentDocument
{
    public required decimal Mean { get; init; }

    public required decimal Sd { get; init; }
}

/// <summary>One item.</summary>
internal sealed class IrtItemDocument
{
    public required string Id { get; init; }

    public required decimal A { get; init; }

    public required IReadOnlyList<decimal> B { get; init; }

    /// <summary>Keyed answers by category, lowest first.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Values { get; init; }
}

/// <summary>Reads and writes the document without reflection.</summary>
[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(IrtDocument))]
internal sealed partial class IrtJson : JsonSerializerContext;
