namespace Xinheng.Psychometrics;

/// <summary>Statuses in words.</summary>
public static class EstimateText
{
    /// <summary>A status for people to read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such status.</exception>
    public static LocalizedText Of(EstimateStatus status) => status switch
    {
        EstimateStatus.NotEstimated => Text("not estimated", "未估计"),
        EstimateStatus.Ok => Text("estimated", "已估计"),
        EstimateStatus.TooFewItems => Text("too few items", "题目数不足"),
        EstimateStatus.TooManyItems => Text("too many items to try all", "题目数过多，无法穷举"),
        EstimateStatus.TooFewPeople => Text("too few people", "人数不足"),
        EstimateStatus.NoVariance => Text("an item or the sum does not vary", "有题目或总分无变异"),
        EstimateStatus.NotPositiveDefinite => Text("correlations not positive definite", "相关矩阵非正定"),
        EstimateStatus.NotConverged => Text("did not converge", "未收敛"),
        EstimateStatus.Boundary => Text("estimated at the boundary (Heywood case)", "估计值位于边界（Heywood 现象）"),
        _ => throw new ArgumentOutOfRangeException(nameof(status), "No such status."),
    };

    /// <summary>A treatment of missing answers for people to read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such treatment.</exception>
    public static LocalizedText Of(MissingTreatment missing) => missing switch
    {
        MissingTreatment.Listwise => Text("listwise", "成列删除"),
        MissingTreatment.Pairwise => Text("pairwise", "成对删除"),
        _ => throw new ArgumentOutOfRangeException(nameof(missing), "No such treatment."),
    };

    private static LocalizedText Text(string en, string zh) => new() { En = en, ZhHans = zh };
}
