namespace Xinheng.Psychometrics;

/// <summary>Concerns of items in words.</summary>
public static class ItemText
{
    private static readonly (ItemConcerns Flag, LocalizedText Text)[] Words =
    [
        (ItemConcerns.NoVariance, Text("no variance", "无变异")),
        (ItemConcerns.ManyMissing, Text("more than 5% missing", "缺失超过 5%")),
        (ItemConcerns.Floor, Text("at least 80% at the floor", "80% 及以上集中在最低分（地板效应）")),
        (ItemConcerns.Ceiling, Text("at least 80% at the ceiling", "80% 及以上集中在最高分（天花板效应）")),
        (ItemConcerns.LowItemRest, Text("item-rest correlation below 0.30", "校正后题总相关低于 0.30")),
        (ItemConcerns.NegativeItemRest, Text("negative item-rest correlation: is it reversed?", "校正后题总相关为负：是否应反向计分？")),
        (ItemConcerns.BetterWithout, Text("alpha is higher without it", "删除该题后 α 系数升高")),
    ];

    /// <summary>Each flag that is set, in words; empty when there is none.</summary>
    public static IReadOnlyList<LocalizedText> Of(ItemConcerns flags) => [.. Words.Where(w => flags.HasFlag(w.Flag)).Select(w => w.Text)];

    private static LocalizedText Text(string en, string zh) => new() { En = en, ZhHans = zh };
}
