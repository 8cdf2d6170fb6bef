using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>A closed list of options, in the order in which the form prints them.</summary>
public sealed record OptionSet : ResponseSet
{
    /// <summary>The options in printed order: option number 1 and letter A are the first.</summary>
    [JsonRequired]
    public IReadOnlyList<ResponseOption> Options { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>Lowest score of an option.</summary>
    [JsonIgnore]
    public int MinScore => Options.Count == 0 ? 0 : Options.Min(o => o.Value);

    /// <summary>Highest score of an option.</summary>
    [JsonIgnore]
    public int MaxScore => Options.Count == 0 ? 0 : Options.Max(o => o.Value);
}
