using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>Flags of answers in words.</summary>
public static class PersonFitText
{
    /// <summary>One flag for people to read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not one flag.</exception>
    public static LocalizedText Of(AnswerConcerns flag) => flag switch
    {
        AnswerConcerns.None => Text("nothing", "无"),
        AnswerConcerns.StraightLine => Text("straight line", "全部选同一项"),
        AnswerConcerns.LowestThroughout => Text("lowest throughout", "全部选最低分"),
        AnswerConcerns.LongRun => Text("long run", "连续选同一项"),
        AnswerConcerns.Outlier => Text("outlier", "作答离群"),
        AnswerConcerns.Inconsistent => Text("inconsistent", "奇偶题不一致"),
        AnswerConcerns.SynonymsDiffer => Text("synonyms differ", "近义题不一致"),
        AnswerConcerns.Misfit => Text("misfit", "个人拟合差"),
        AnswerConcerns.TooFast => Text("too fast", "作答过快"),
        AnswerConcerns.AlikeInClass => Text("alike in class", "班内答案雷同"),
        _ => throw new ArgumentOutOfRangeException(nameof(flag), "Pass one flag."),
    };

    /// <summary>Each flag that is set, lowest first.</summary>
    public static IReadOnlyList<AnswerConcerns> Split(AnswerConcerns flags) => [.. Enum.GetValues<AnswerConcerns>().Where(f => f != AnswerConcerns.None && flags.HasFlag(f))];

    internal static LocalizedText Rule(AnswerConcerns flag, AnswerQualityOptions options)
    {
        return flag switch
        {
            AnswerConcerns.StraightLine => Text("one answer to every item, other than the lowest", "每题选同一项，且非最低分"),
            AnswerConcerns.LowestThroughout => Text("the lowest answer to every item", "每题均为最低分"),
            AnswerConcerns.LongRun or AnswerConcerns.Inconsistent or AnswerConcerns.SynonymsDiffer when !options.KeyedBothWays => Text("not judged: all items are keyed one way", "不判断：各题计分方向相同"),
            AnswerConcerns.LongRun => Text(Format($"longest run above {options.LongestRunShare:P0} of the items"), Format($"最长连续相同作答超过题目数的{options.LongestRunShare:P0}")),
            AnswerConcerns.Outlier => Text(Format($"the {options.OutlierShare:P0} furthest out by Mahalanobis distance"), Format($"马氏距离最大的{options.OutlierShare:P0}")),
            AnswerConcerns.Inconsistent => Text(Format($"even-odd consistency below {options.Consistency:F2}"), Format($"奇偶一致性低于 {options.Consistency:F2}")),
            AnswerConcerns.SynonymsDiffer => Text(Format($"consistency over pairs with r > {options.SynonymCorrelation:F2} below {options.Synonyms:F2}"), Format($"相关高于 {options.SynonymCorrelation:F2} 的题对一致性低于 {options.Synonyms:F2}")),
            AnswerConcerns.Misfit => options.Likelihood is null ? Text("not judged: no item parameters", "不判断：无题目参数") : Text(Format($"lz with simulated p <= {options.MisfitP}"), Format($"lz 模拟 p ≤ {options.MisfitP}")),
            AnswerConcerns.TooFast => Text(Format($"below {options.Seconds} seconds per item"), Format($"平均每题少于 {options.Seconds} 秒")),
            _ => Text(Format($"more alike than chance explains, false discovery rate {options.ClassRate}"), Format($"雷同程度超出随机水平，错误发现率 {options.ClassRate}")),
        };

        static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture).Replace(" %", "%", StringComparison.Ordinal);
    }

    private static LocalizedText Text(string en, string zh) => new() { En = en, ZhHans = zh };
}
