using System.Text.Json;
using System.Text.Json.Serialization;

namespace Xinheng.Documents;

/// <summary>How the documents of the library are read and written as JSON; generated at build time, no reflection.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowOutOfOrderMetadataProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    Converters =
    [
        typeof(RationalConverter), typeof(AnswerLiteralConverter),
        typeof(KebabCase<Verdict>), typeof(KebabCase<SourceKind>), typeof(KebabCase<LicenceStatus>), typeof(KebabCase<Rounding>),
        typeof(KebabCase<Direction>), typeof(KebabCase<Sex>), typeof(KebabCase<CriticalClass>), typeof(KebabCase<CriticalState>),
        typeof(KebabCase<Fact>), typeof(KebabCase<ScoreStatus>), typeof(KebabCase<NormMatch>), typeof(KebabCase<ReliabilityKind>),
        typeof(KebabCase<Tier>), typeof(KebabCase<PopulationKind>), typeof(KebabCase<Subject>), typeof(KebabCase<DomainScope>), typeof(KebabCase<ResponseValidity>),
        typeof(KebabCase<ContextRisk>), typeof(KebabCase<Audience>), typeof(KebabCase<CareLevel>),
        typeof(ResponseTimeConverter), typeof(TimeOfDayConverter), typeof(UtcOffsetConverter), typeof(KebabCase<CalendarFact>), typeof(KebabCase<DayOfWeek>),
    ])]
[JsonSerializable(typeof(InstrumentDefinition))]
[JsonSerializable(typeof(ValidityRules))]
[JsonSerializable(typeof(PolicyDefinition))]
[JsonSerializable(typeof(CalendarDefinition))]
[JsonSerializable(typeof(BatteryDefinition))]
[JsonSerializable(typeof(NormDocument))]
[JsonSerializable(typeof(WordingDocument))]
internal sealed partial class XinhengJson : JsonSerializerContext;
