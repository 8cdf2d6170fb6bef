using System.Text.Json;

namespace Xinheng;

/// <summary>The words by which tables and messages name tiers and audiences; kebab-case, stable; and tiers in words for people.</summary>
public static class PolicyText
{
    private static readonly string[] Tiers = Words<Tier>();
    private static readonly string[] Audiences = Words<Audience>();
    private static readonly string[] CareLevels = Words<CareLevel>();
    private static readonly string[] Contexts = Words<ContextRisk>();
    private static readonly string[] Classes = Words<CriticalClass>();

    private static readonly LocalizedText[] TierNames =
    [
        new() { En = "Unknown", ZhHans = "未知" },
        new() { En = "Green", ZhHans = "绿色" },
        new() { En = "Blue (watch)", ZhHans = "蓝色（关注）" },
        new() { En = "Yellow", ZhHans = "黄色（三级）" },
        new() { En = "Orange", ZhHans = "橙色（二级）" },
        new() { En = "Red", ZhHans = "红色（一级）" },
    ];

    /// <summary>A tier, for example <c>orange</c>.</summary>
    public static string Of(Tier tier) => Tiers[(int)tier];

    /// <summary>An audience, for example <c>class-teacher</c>.</summary>
    public static string Of(Audience audience) => Audiences[(int)audience];

    /// <summary>A care level, for example <c>a</c>.</summary>
    public static string Of(CareLevel level) => CareLevels[(int)level];

    /// <summary>A circumstance, for example <c>left-behind</c>.</summary>
    public static string Of(ContextRisk risk) => Contexts[(int)risk];

    /// <summary>A class of critical items, for example <c>suicidal-ideation</c>.</summary>
    public static string Of(CriticalClass criticalClass) => Classes[(int)criticalClass];

    /// <summary>A tier in words for people.</summary>
    public static LocalizedText NameOf(Tier tier) => TierNames[(int)tier];

    private static string[] Words<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];
}
