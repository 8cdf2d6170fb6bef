namespace Xinheng.Psychometrics;

/// <summary>Models in words, and the short names that files and the command line have for them.</summary>
public static class IrtModelText
{
    private static readonly (IrtModel Model, string Id, LocalizedText Text, string Formula)[] Words =
    [
        (IrtModel.Rasch, "rasch", Text("Rasch model", "Rasch 模型"), "logit P(step k) = theta - b_k"),
        (IrtModel.TwoParameter, "2pl", Text("two-parameter logistic model", "双参数逻辑斯蒂模型"), "logit P(1) = a (theta - b)"),
        (IrtModel.GradedResponse, "grm", Text("graded response model", "等级反应模型"), "logit P(answer >= k) = a (theta - b_k)"),
        (IrtModel.GeneralizedPartialCredit, "gpcm", Text("generalized partial credit model", "广义分部评分模型"), "logit P(step k) = a (theta - b_k)"),
    ];

    /// <summary>The short names: rasch, 2pl, grm, gpcm.</summary>
    public static IReadOnlyList<string> Ids { get; } = Array.AsReadOnly([.. Words.Select(w => w.Id)]);

    /// <summary>The short name of a model.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such model.</exception>
    public static string IdOf(IrtModel model) => Of(model).Id;

    /// <summary>A model for people to read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such model.</exception>
    public static LocalizedText NameOf(IrtModel model) => Of(model).Text;

    /// <summary>The model of a short name; <see langword="null"/> where no model has it.</summary>
    public static IrtModel? Find(string id) => Array.FindIndex(Words, w => w.Id == id) is >= 0 and var i ? Words[i].Model : null;

    /// <summary>What the slope and the thresholds mean.</summary>
    internal static string FormulaOf(IrtModel model) => Of(model).Formula;

    private static (IrtModel Model, string Id, LocalizedText Text, string Formula) Of(IrtModel model) =>
        Array.FindIndex(Words, w => w.Model == model) is >= 0 and var i ? Words[i] : throw new ArgumentOutOfRangeException(nameof(model), "No such model.");

    private static LocalizedText Text(string en, string zh) => new() { En = en, ZhHans = zh };
}
