using System.Text.Json;
using System.Text.Json.Serialization;

namespace Xinheng.Documents;

/// <summary>Enumerations as kebab-case words, never as numbers.</summary>
internal sealed class KebabCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
