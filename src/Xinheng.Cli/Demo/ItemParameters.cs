using System.Text.Json;
using System.Text.Json.Serialization;

namespace Xinheng.Cli.Demo;

/// <summary>Item parameters that were estimated on real answers, as <c>item-parameters.json</c> carries them.</summary>
internal sealed record ItemParameters(string About, string Software, IReadOnlyList<ParameterSet> Sets)
{
    public static ItemParameters Default { get; } = Read();

    public ParameterSet this[string id] => Sets.Single(s => s.Id == id);

    private static ItemParameters Read()
    {
        using var stream = typeof(ItemParameters).Assembly.GetManifestResourceStream("Xinheng.Cli.Demo/item-parameters.json")!;
        return JsonSerializer.Deserialize(stream, ItemParametersJson.Default.ItemParameters)!;
    }
}

/// <summary>The items of one estimation: who answered, where the answers come from, who is to be cited.</summary>
internal sealed record ParameterSet(string Id, int People, string Source, string Citation, string Note, IReadOnlyList<ItemParameter> Items);

/// <summary>Slope and thresholds of one item.</summary>
/// <remarks>Decimals, so that they become integers without a rounding that could differ.</remarks>
internal sealed record ItemParameter(string Item, decimal A, IReadOnlyList<decimal> B);

/// <summary>Reads the parameters without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ItemParameters))]
internal sealed partial class ItemParametersJson : JsonSerializerContext;
