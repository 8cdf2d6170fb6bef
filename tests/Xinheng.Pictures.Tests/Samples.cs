namespace Xinheng.Pictures.Tests;

/// <summary>One of each picture, from numbers made up by formulas, as a reader would see it.</summary>
internal static class Samples
{
    public static readonly BandStart[] Bands = [new("极轻", 0), new("轻度", 5), new("中度", 10), new("中重度", 15), new("重度", 20)];

    private static readonly LocalizedText Age = new() { En = "Age in years", ZhHans = "年龄（岁）" };

    public static IReadOnlyDictionary<string, Func<PictureOptions, Picture>> All { get; } = new Dictionary<string, Func<PictureOptions, Picture>>
    {
        ["distribution"] = o => Picture.ScoreDistribution(
            o.Language == "en" ? "PHQ-9 total" : "患者健康问卷（PHQ-9）总分", Scores(),
            o.Language == "en" ? [new("minimal", 0), new("mild", 5), new("moderate", 10), new("moderately severe", 15), new("severe", 20)] : Bands, o),
        ["distribution-wide"] = o => Picture.ScoreDistribution(
            "SCL-90", [.. Enumerable.Range(90, 361).Select(x => new ScoreCount(x, (long)(30 * Math.Exp(-(x - 90) / 60.0)) + (x % 7)))],
            [new(o.Language == "en" ? "Within the screening limit" : "未超过筛查界限", 90), new(o.Language == "en" ? "Over the screening limit: a closer look is advised" : "超过筛查界限，建议进一步评估", 160)], o),
        ["distribution-without-bands"] = o => Picture.ScoreDistribution("Total", Scores(), [], o),
        ["item"] = o => Picture.ItemCurves(o.Language == "en" ? "Item 4" : "第4题", Answers(), o),
        ["information"] = o => Picture.Information(o.Language == "en" ? "Test information" : "测验信息函数", [Bell("PHQ-9", 9, 0.8), Bell("GAD-7", 7, 0.3), Bell("PHQ-2", 2.4, 1)], o),
        ["parallel"] = o => Picture.ParallelAnalysis(o.Language == "en" ? "Parallel analysis" : "平行分析", [4.1, 1.6, 0.9, 0.7, 0.6, 0.5, 0.3, 0.2, 0.1], [1.2, 1.14, 1.08, 1.04, 1, 0.96, 0.91, 0.86, 0.8], o),
        ["norms"] = o => Picture.NormCurves(o.Language == "en" ? "Norm curves" : "常模曲线", Age, [.. new[] { 95, 75, 50, 25, 5 }.Select(p => Norm($"P{p}", p))], o),
        ["roc"] = o => Picture.Roc(o.Language == "en" ? "Screen against interview" : "筛查与访谈", [Power("PHQ-9", 4), Power("PHQ-2", 2.2)], o with { Width = 620, Height = 480 }),
    };

    public static ScoreCount[] Scores() => [.. Enumerable.Range(0, 28).Select(x => new ScoreCount(x, (long)(420 * Math.Exp(-x / 5.0)) + (x is > 0 and < 6 ? 90 : 3)))];

    private static Curve[] Answers()
    {
        double[] cuts = [-0.4, 0.7, 1.6];
        return [.. Enumerable.Range(0, 4).Select(k => new Curve(k.ToString(System.Globalization.CultureInfo.InvariantCulture), [.. Places().Select(t => new CurvePoint(t, At(t, k - 1) - At(t, k)))]))];

        double At(double t, int k) => k < 0 ? 1 : k > 2 ? 0 : 1 / (1 + Math.Exp(-1.9 * (t - cuts[k])));
    }

    private static Curve Bell(string name, double height, double centre) => new(name, [.. Places().Select(t => new CurvePoint(t, height * Math.Exp(-(t - centre) * (t - centre) / 2)))]);

    private static Curve Norm(string name, int percentile) => new(name, [.. Enumerable.Range(24, 49).Select(h => new CurvePoint(h / 4.0, (percentile / 8.0) + (2 * Math.Log(h)) + (Math.Sin(h / 9.0) / 2)))]);

    private static Curve Power(string name, double power) => new(name, [.. Enumerable.Range(0, 51).Select(i => new CurvePoint(i / 50.0, Math.Pow(i / 50.0, 1 / power)))]);

    private static IEnumerable<double> Places() => Enumerable.Range(-40, 81).Select(i => i / 10.0);
}
