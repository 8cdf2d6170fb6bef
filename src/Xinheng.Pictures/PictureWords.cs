namespace Xinheng.Pictures;

/// <summary>What pictures say themselves.</summary>
internal static class PictureWords
{
    public static readonly LocalizedText People = Text("People", "人数");

    public static readonly LocalizedText Score = Text("Score", "分数");

    public static readonly LocalizedText All = Text("all", "全部");

    public static readonly LocalizedText Trait = Text("Trait θ", "潜在特质 θ");

    public static readonly LocalizedText Probability = Text("Probability of the answer", "选择概率");

    public static readonly LocalizedText Information = Text("Information", "信息量");

    public static readonly LocalizedText Factor = Text("Factor", "因子");

    public static readonly LocalizedText Eigenvalue = Text("Eigenvalue", "特征值");

    public static readonly LocalizedText Observed = Text("answers", "实际数据");

    public static readonly LocalizedText Reference = Text("by chance", "随机数据");

    public static readonly LocalizedText Kept = Text("factors above chance", "高于随机水平的因子数");

    public static readonly LocalizedText FalseAlarms = Text("False alarms (1 − specificity)", "误报率（1 − 特异度）");

    public static readonly LocalizedText Hits = Text("Found (sensitivity)", "检出率（灵敏度）");

    public static readonly LocalizedText Area = Text("area under the curve", "曲线下面积");

    /// <summary>A name, a number and perhaps its share, with the marks of the language.</summary>
    public static string Pair(string name, string number, string? share, string language) => new LocalizedText
    {
        En = share is null ? $"{name}: {number}" : $"{name}: {number} ({share})",
        ZhHans = share is null ? $"{name}：{number}" : $"{name}：{number}（{share}）",
    }.For(language);

    private static LocalizedText Text(string en, string zh) => new() { En = en, ZhHans = zh };
}
