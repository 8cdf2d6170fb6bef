using System.Text.Json;
using System.Text.Json.Serialization;
using Xinheng.Documents;

namespace Xinheng.Data;

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    Converters = [typeof(KebabCase<DuplicateRule>), typeof(KebabCase<MissingReason>), typeof(KebabCase<Sex>)])]
[JsonSerializable(typeof(SurveyMapping))]
[JsonSerializable(typeof(Manifest))]
internal sealed partial class DataJson : JsonSerializerContext;
