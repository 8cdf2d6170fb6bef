namespace Xinheng;

/// <summary>The words by which tables and messages name statuses and the like; kebab-case, stable.</summary>
public static class ScoreText
{
    private static readonly string[] Statuses = Words<ScoreStatus>();
    private static readonly string[] CriticalStates = Words<CriticalState>();
    private static readonly string[] Roundings = Words<Rounding>();
    private static readonly string[] NormStatuses = Words<NormStatus>();
    private static readonly string[] Verdicts = Words<ResponseValidity>();
    private static readonly string[] Subjects = Words<Subject>();

    /// <summary>A status, for example <c>too-few-answers</c>.</summary>
    public static string Of(ScoreStatus status) => Statuses[(int)status];

    /// <summary>A norm score's status, for example <c>no-group</c>.</summary>
    public static string Of(NormStatus status) => NormStatuses[(int)status];

    /// <summary>A critical item's state, for example <c>unknown</c>.</summary>
    public static string Of(CriticalState state) => CriticalStates[(int)state];

    /// <summary>A verdict, for example <c>caution</c>.</summary>
    public static string Of(ResponseValidity verdict) => Verdicts[(int)verdict];

    /// <summary>A rounding rule, for example <c>half-up</c>.</summary>
    public static string Of(Rounding rounding) => Roundings[(int)rounding];

    /// <summary>What a form is about, for example <c>school</c>.</summary>
    public static string Of(Subject subject) => Subjects[(int)subject];

    private static string[] Words<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName)];
}
