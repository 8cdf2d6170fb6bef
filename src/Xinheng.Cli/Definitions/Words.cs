namespace Xinheng.Cli;

/// <summary>The words of definitions in both languages.</summary>
internal static class Words
{
    public static LocalizedText Both(string en, string zh) => new() { En = en, ZhHans = zh };

    public static LocalizedText Of(LicenceStatus status) => status switch
    {
        LicenceStatus.Free => Both("free", "可自由使用"),
        LicenceStatus.Conditional => Both("free for some uses", "部分用途免费"),
        LicenceStatus.PermissionNeeded => Both("permission needed", "须经许可"),
        LicenceStatus.Unclear => Both("unclear: ask before use", "不明，使用前请询问"),
        _ => throw Unknown(status),
    };

    /// <summary>A verdict as a heading of a column.</summary>
    public static LocalizedText Of(Verdict verdict) => verdict switch
    {
        Verdict.Publication => Both("publication", "发表文献"),
        Verdict.Implementations => Both("implementations", "多方印证"),
        Verdict.Disputed => Both("disputed", "有分歧"),
        Verdict.Convention => Both("convention", "约定"),
        Verdict.Unconfirmed => Both("unconfirmed", "未核实"),
        _ => throw Unknown(verdict),
    };

    /// <summary>How well a fact is confirmed, as a sentence.</summary>
    public static LocalizedText Of(Evidence evidence) => (evidence.Verdict, evidence.Sources.Count) switch
    {
        (Verdict.Publication, _) => Both("confirmed by publication", "已由发表文献或权利人核实"),
        (Verdict.Implementations, 1) => Both("found in one implementation or secondary text", "见于1个实现或二手文献"),
        (Verdict.Implementations, var n) => Both($"confirmed by {n} independent implementations or secondary texts", $"经{n}个独立实现或二手文献印证"),
        (Verdict.Disputed, _) => Both("disputed, the note gives the values and the choice", "来源有分歧，取值与理由见说明"),
        (Verdict.Convention, _) => Both("convention of this project or of practice", "本项目或通行做法的约定"),
        (Verdict.Unconfirmed, _) => Both("unconfirmed", "未核实"),
        _ => throw Unknown(evidence.Verdict),
    };

    public static LocalizedText Of(Direction direction) => direction switch
    {
        Direction.HigherWorse => Both("higher is worse", "分数越高越差"),
        Direction.LowerWorse => Both("lower is worse", "分数越低越差"),
        Direction.Neutral => Both("neither end is worse", "高低不作评价"),
        _ => throw Unknown(direction),
    };

    public static LocalizedText Of(Rounding rounding) => rounding switch
    {
        Rounding.None => Both("not rounded", "不取整"),
        Rounding.HalfUp => Both("rounded half up", "四舍五入取整"),
        Rounding.Floor => Both("integer part", "取整数部分"),
        _ => throw Unknown(rounding),
    };

    public static LocalizedText Of(Sex sex) => sex switch
    {
        Sex.Female => Both("female", "女"),
        Sex.Male => Both("male", "男"),
        _ => throw Unknown(sex),
    };

    public static LocalizedText Of(CriticalClass criticalClass) => criticalClass switch
    {
        CriticalClass.SuicidalIdeation => Both("suicidal ideation", "轻生意念"),
        CriticalClass.FrequentSuicidalIdeation => Both("frequent suicidal ideation", "频繁的轻生意念"),
        CriticalClass.SuicidalIntent => Both("suicidal intent, plan or behaviour", "轻生意图、计划或行为"),
        CriticalClass.SelfHarm => Both("self-harm", "自伤"),
        CriticalClass.HarmToOthers => Both("harm to others", "伤害他人"),
        CriticalClass.PsychoticExperience => Both("experiences such as hearing voices", "幻听等异常体验"),
        CriticalClass.Abuse => Both("abuse or assault disclosed", "披露受虐待或侵害"),
        CriticalClass.Hopelessness => Both("hopelessness", "无望感"),
        CriticalClass.HelpRequest => Both("asks for help", "求助"),
        _ => throw Unknown(criticalClass),
    };

    public static LocalizedText Of(ReliabilityKind kind) => kind switch
    {
        ReliabilityKind.Alpha => Both("alpha", "α系数"),
        ReliabilityKind.Omega => Both("omega", "ω系数"),
        ReliabilityKind.SplitHalf => Both("split-half", "分半信度"),
        _ => throw Unknown(kind),
    };

    public static LocalizedText Of(Fact fact) => fact switch
    {
        Fact.Items => Both("items", "题目"),
        Fact.Reversal => Both("reversed items", "反向计分题"),
        Fact.Recall => Both("recall", "回顾时间"),
        Fact.Skip => Both("skip logic", "跳题规则"),
        Fact.Blank => Both("meaning of a blank", "空白的含义"),
        Fact.Loinc => Both("LOINC codes", "LOINC编码"),
        Fact.Reliability => Both("reliability", "信度"),
        _ => throw Unknown(fact),
    };

    /// <summary>Sex and ages of a group; empty for everybody.</summary>
    public static LocalizedText Group(Sex? sex, int? minAge, int? maxAge)
    {
        var ages = Ages(minAge, maxAge);
        LocalizedText[] parts = [.. sex is { } known ? [Of(known)] : Array.Empty<LocalizedText>(), .. ages is null ? Array.Empty<LocalizedText>() : [ages]];
        return Both(string.Join(", ", parts.Select(p => p.En)), string.Join("，", parts.Select(p => p.ZhHans)));
    }

    public static LocalizedText? Ages(int? minAge, int? maxAge) => (minAge, maxAge) switch
    {
        (null, null) => null,
        ({ } min, null) => Both($"from {min} years", $"{min}岁及以上"),
        (null, { } max) => Both($"up to {max} years", $"{max}岁及以下"),
        ({ } min, { } max) => Both($"{min} to {max} years", $"{min}—{max}岁"),
    };

    private static ArgumentOutOfRangeException Unknown<T>(T value) => new(nameof(value), value, "There are no words for it.");
}
