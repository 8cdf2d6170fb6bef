using static Xinheng.Cli.Words;

namespace Xinheng.Cli;

/// <summary>Every fact of a definition or a norm document that has evidence, in words of both languages.</summary>
internal static class DefinitionFacts
{
    public static IReadOnlyList<DefinitionFact> Of(Instrument instrument)
    {
        var definition = instrument.Definition;
        var facts = new List<DefinitionFact>
        {
            new(Both("population", "适用人群"), Joined(Joined(definition.Population.Description, About(definition.Population.Subject)), Ages(definition.Population.MinAge, definition.Population.MaxAge)), definition.Population.Evidence),
            new(Both("licence", "许可"), Licence(definition.Licence), definition.Licence.Evidence),
        };
        facts.AddRange(definition.Evidence.OrderBy(e => e.Key).Select(e => new DefinitionFact(Words.Of(e.Key), Value(e.Key, instrument), e.Value)));
        facts.AddRange(definition.Responses.Select(r => new DefinitionFact(Both($"answers '{r.Key}'", $"作答选项“{r.Key}”"), Value(r.Value), r.Value.Evidence)));
        foreach (var score in instrument.Scores)
        {
            facts.Add(new(Both($"key of {score.Id}", $"计分：{score.Id}"), Key(score), score.Evidence));
            if (score is ItemScore items)
            {
                facts.Add(new(Both($"missing rule of {score.Id}", $"缺失规则：{score.Id}"), Missing(items, instrument.Resolve(items.Items).Length), items.Missing.Evidence));
            }

            facts.AddRange(score.Bands.Select(set => Bands(definition, score, set)));
        }

        facts.AddRange(definition.CriticalItems.Select(critical => new DefinitionFact(
            Both($"critical item {critical.Id}", $"关键题：{critical.Id}"),
            Both(
                $"item {critical.Item} answered {Or(critical.Codes)}: {Words.Of(critical.Class).En}",
                $"第{critical.Item}题答{OrZh(critical.Codes)}：{Words.Of(critical.Class).ZhHans}"),
            critical.Evidence)));
        facts.AddRange(definition.ValidityScales.Select(scale => new DefinitionFact(
            Both($"validity cut of {scale.Score}", $"效度分界：{scale.Score}"),
            Both(
                string.Join(", ", new[] { scale.Caution is { } c ? $"caution from {c}" : null, scale.Invalid is { } i ? $"invalid from {i}" : null }.OfType<string>()),
                string.Join("，", new[] { scale.Caution is { } cz ? $"达{cz}分须慎用" : null, scale.Invalid is { } iz ? $"达{iz}分视为无效" : null }.OfType<string>())),
            scale.Evidence)));
        return facts;
    }

    public static IReadOnlyList<DefinitionFact> Of(NormSet norms)
    {
        var document = norms.Document;
        var facts = new List<DefinitionFact>
        {
            new(
                Both("norm sample", "常模样本"),
                Both($"{document.Population.En}; {document.Year}, {People(document.SampleSize).En}. {document.Sampling.En}", $"{document.Population.ZhHans}；{document.Year}年，{People(document.SampleSize).ZhHans}。{document.Sampling.ZhHans}"),
                document.Evidence),
        };
        foreach (var group in document.Groups)
        {
            foreach (var norm in group.Scores)
            {
                var of = Both($"{norm.Score} ({group.Label.En})", $"{norm.Score}（{group.Label.ZhHans}）");
                if (NormSet.GivesScores(norm))
                {
                    facts.Add(new(Both($"norm of {of.En}", $"常模：{of.ZhHans}"), Norm(norm, group), norm.Evidence, norm.Locator));
                }

                if (norm.TestRetest is { } retest)
                {
                    facts.Add(new(Both($"test-retest reliability of {of.En}", $"重测信度：{of.ZhHans}"), Both($"r {retest.R} over {retest.Days} days, n {retest.SampleSize}", $"r={retest.R}，间隔{retest.Days}天，n={retest.SampleSize}"), retest.Evidence));
                }

                if (norm.Reliability is { } reliability)
                {
                    facts.Add(new(Both($"reliability of {of.En}", $"内部一致性：{of.ZhHans}"), Both($"{Words.Of(reliability.Kind).En} {reliability.R}", $"{Words.Of(reliability.Kind).ZhHans} {reliability.R}"), reliability.Evidence));
                }
            }
        }

        return facts;
    }

    /// <summary>When an item is asked; <see langword="null"/> = always.</summary>
    public static LocalizedText? Asked(Item item) => item.AskedWhen is { } asked
        ? Both($"asked when {When(asked.When).En}, otherwise it counts as {asked.Otherwise}", $"{When(asked.When).ZhHans}时才问，否则按{asked.Otherwise}计")
        : null;

    private static LocalizedText Licence(Licence licence) => Both(
        $"{Words.Of(licence.Status).En}; {licence.Holder}: {licence.Terms.En}",
        $"{Words.Of(licence.Status).ZhHans}；{licence.Holder}：{licence.Terms.ZhHans}");

    private static LocalizedText Value(Fact fact, Instrument instrument)
    {
        var definition = instrument.Definition;
        switch (fact)
        {
            case Fact.Items:
                return Both($"{instrument.Items.Count} items, numbered as printed: {Ids(_ => true, ", ")}", $"{instrument.Items.Count}题，题号依印刷版：{Ids(_ => true, "、")}");
            case Fact.Reversal:
                return Both(Ids(i => i.Reverse, ", "), Ids(i => i.Reverse, "、"));
            case Fact.Recall:
                return definition.RecallDays is { } days ? Both($"{days} days", $"{days}天") : Both("the form names none", "量表未注明");
            case Fact.Skip:
                var skipped = instrument.Items.Where(i => i.AskedWhen is not null).Select(i => (i.Id, Asked: Asked(i)!)).ToArray();
                return Both(string.Join("; ", skipped.Select(i => $"{i.Id} {i.Asked.En}")), string.Join("；", skipped.Select(i => $"{i.Id}：{i.Asked.ZhHans}")));
            case Fact.Blank:
                var blanks = instrument.Items.Where(i => i.WhenBlank is not null).ToArray();
                return Both(string.Join("; ", blanks.Select(i => $"a blank of item {i.Id} counts as {i.WhenBlank}")), string.Join("；", blanks.Select(i => $"第{i.Id}题空白按{i.WhenBlank}计")));
            case Fact.Loinc:
                string?[] codes = [definition.Loinc, .. instrument.Items.Select(i => i.Loinc), .. instrument.Scores.Select(s => s.Loinc)];
                var list = string.Join(" ", codes.OfType<string>());
                return Both(list, list);
            default:
                return Both("see the note", "见说明");
        }

        string Ids(Func<Item, bool> which, string separator) => Runs(instrument, which) is { Count: > 0 } runs ? string.Join(separator, runs) : separator == ", " ? "none" : "无";
    }

    /// <summary>Ids of items, with at least three numbers in a row as <c>1-9</c>.</summary>
    private static List<string> Runs(Instrument instrument, Func<Item, bool> which)
    {
        var runs = new List<List<string>>();
        foreach (var item in instrument.Items.Where(which))
        {
            if (runs is [.., [.., var last]] && int.TryParse(last, out var before) && int.TryParse(item.Id, out var number) && number == before + 1)
            {
                runs[^1].Add(item.Id);
            }
            else
            {
                runs.Add([item.Id]);
            }
        }

        return [.. runs.SelectMany(run => run.Count > 2 ? [$"{run[0]}-{run[^1]}"] : run)];
    }

    private static LocalizedText Value(ResponseSet responses) => responses switch
    {
        OptionSet set => Both(string.Join(", ", set.Options.Select(o => Option(o, "en"))), string.Join("，", set.Options.Select(o => Option(o, "zh")))),
        NumberRange range => Both($"{range.Min} to {range.Max} {range.Unit}", $"{range.Min}—{range.Max}（{range.Unit}）"),
        _ => Both("time of day, 00:00 to 23:59", "时刻，00:00—23:59"),
    };

    private static string Option(ResponseOption option, string language)
    {
        var name = option.Label is { } label ? $" {label.For(language)}" : "";
        return option.Value == option.Code ? $"{option.Code}{name}" : language == "en" ? $"{option.Code}{name} worth {option.Value}" : $"{option.Code}{name}计{option.Value}分";
    }

    private static LocalizedText Key(ScoreDefinition score)
    {
        var operation = Operation(score);
        var times = score.Times is { } factor ? Both($", times {factor}", $"，乘以{factor}") : Both("", "");
        var round = score.Round != Rounding.None ? Both(", " + Words.Of(score.Round).En, "，" + Words.Of(score.Round).ZhHans) : Both("", "");
        return Both(
            $"{score.Name.En}: {operation.En}{times.En}{round.En}; {score.Range.Min} to {score.Range.Max}, {Words.Of(score.Direction).En}",
            $"{score.Name.ZhHans}：{operation.ZhHans}{times.ZhHans}{round.ZhHans}；{score.Range.Min}—{score.Range.Max}，{Words.Of(score.Direction).ZhHans}");
    }

    private static LocalizedText Operation(ScoreDefinition score)
    {
        switch (score)
        {
            case SumScore sum:
                return Both($"sum of items {Items(sum, ", ")}{Unreversed(sum).En}", $"第{Items(sum, "、")}题之和{Unreversed(sum).ZhHans}");
            case MeanScore mean:
                return Both(
                    $"mean of items {Items(mean, ", ")}{(mean.AtLeast is { } least ? $", of values from {least} on" : "")}{Unreversed(mean).En}",
                    $"第{Items(mean, "、")}题{(mean.AtLeast is { } leastZh ? $"中不低于{leastZh}的得分" : "")}的均值{Unreversed(mean).ZhHans}");
            case CountScore count:
                return Both($"number of items {Items(count, ", ")} with a value from {count.AtLeast} on{Unreversed(count).En}", $"第{Items(count, "、")}题中得分不低于{count.AtLeast}的题数{Unreversed(count).ZhHans}");
            case TotalScore total:
                return Both($"sum of {string.Join(", ", total.Scores)}", $"{string.Join("、", total.Scores)}之和");
            case QuantityScore quantity:
                return Both($"answer to item {quantity.Item}", $"第{quantity.Item}题的作答");
            case ClockSpanScore span:
                return Both($"minutes from item {span.From} to item {span.To}", $"第{span.From}题至第{span.To}题的分钟数");
            case RatioScore ratio:
                return Both($"{ratio.Numerator} divided by {ratio.Denominator}", $"{ratio.Numerator}除以{ratio.Denominator}");
            case StepScore steps:
                return Both(
                    $"steps of {steps.Score}: {string.Join(", ", steps.Steps.Select(s => $"{(s.After ? "above" : "from")} {s.From}: {s.Value}"))}",
                    $"按{steps.Score}分段：{string.Join("，", steps.Steps.Select(s => $"{s.From}{(s.After ? "以上（不含）" : "起")}为{s.Value}"))}");
            case TableScore table:
                return Both($"published table of {table.Score}: {string.Join(" ", table.Values)}", $"按{table.Score}查发表的换算表：{string.Join(" ", table.Values)}");
            case ClassScore classes:
                return Both(
                    $"{string.Join("; ", classes.Classes.Select(c => $"{c.Value} when {When(c.When).En}"))}; otherwise {classes.Otherwise}",
                    $"{string.Join("；", classes.Classes.Select(c => $"{c.Value}：{When(c.When).ZhHans}"))}；其余为{classes.Otherwise}");
            default:
                throw new ArgumentOutOfRangeException(nameof(score), score.GetType().Name, "There are no words for this kind of score.");
        }
    }

    private static string Items(ItemScore score, string separator) => string.Join(separator, score.Items);

    private static LocalizedText Unreversed(ItemScore score) => score.Unreversed.Count == 0 ? Both("", "")
        : Both($", items {string.Join(", ", score.Unreversed)} as answered", $"（第{string.Join("、", score.Unreversed)}题不反向）");

    private static LocalizedText When(Condition condition) => condition switch
    {
        ItemCondition item => Both($"item {item.Item} is {Or(item.Codes)}", $"第{item.Item}题答{OrZh(item.Codes)}"),
        NumberCondition number => Both($"item {number.Item} is at least {number.AtLeast}", $"第{number.Item}题不低于{number.AtLeast}"),
        ScoreCondition score => Both($"{score.Score} is at least {score.AtLeast}", $"{score.Score}不低于{score.AtLeast}"),
        AnyCondition any => Many("any of", "任一：", any.Of),
        AllCondition all => Many("all of", "全部：", all.Of),
        CountCondition count => Many($"at least {count.AtLeast} of", $"至少{count.AtLeast}项：", count.Of),
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition.GetType().Name, "There are no words for this kind of condition."),
    };

    private static LocalizedText Many(string en, string zh, IReadOnlyList<Condition> of) => of is [var only]
        ? When(only)
        : Both($"{en} ({string.Join("; ", of.Select(c => When(c).En))})", $"{zh}（{string.Join("；", of.Select(c => When(c).ZhHans))}）");

    private static LocalizedText Missing(ItemScore score, int items) => score.Missing switch
    {
        { MaxMissing: 0 } => Both($"all {items} answers are needed", $"{items}题须全部作答"),
        { Round: { } round } rule when score is not MeanScore => Both(
            $"at most {rule.MaxMissing} of {items} missing, then prorated, {Words.Of(round).En}",
            $"{items}题中最多漏答{rule.MaxMissing}题，按比例推算，{Words.Of(round).ZhHans}"),
        var rule => Both($"at most {rule.MaxMissing} of {items} missing", $"{items}题中最多漏答{rule.MaxMissing}题"),
    };

    private static DefinitionFact Bands(InstrumentDefinition definition, ScoreDefinition score, BandSet set)
    {
        var group = set.For is { } people ? Group(people.Sex, people.MinAge, people.MaxAge) : null;
        return new(
            Both($"bands of {score.Id}{(group is null ? "" : $" ({group.En})")}", $"等级：{score.Id}{(group is null ? "" : $"（{group.ZhHans}）")}"),
            Both(
                string.Join("; ", set.Starts.Select(b => $"from {b.From}: {definition.BandLabels[b.Id].En}")),
                string.Join("；", set.Starts.Select(b => $"{b.From}起：{definition.BandLabels[b.Id].ZhHans}"))),
            set.Evidence);
    }

    private static LocalizedText Norm(NormScore norm, NormGroup group)
    {
        var people = Group(group.Sex, group.MinAge, group.MaxAge);
        var mean = norm.Mean is { } m ? $"M {m}, SD {norm.Sd}; " : "";
        var table = norm.Table is { } rows ? Both($"table of {rows.Rows.Count} rows; ", $"换算表{rows.Rows.Count}行；") : Both("", "");
        return Both($"{mean}{table.En}{(people.En.Length > 0 ? people.En + ", " : "")}{People(group.SampleSize).En}", $"{mean}{table.ZhHans}{(people.ZhHans.Length > 0 ? people.ZhHans + "，" : "")}{People(group.SampleSize).ZhHans}");
    }

    private static LocalizedText People(int? n) => n is { } people ? Both($"n {people}", $"n={people}") : Both("n not told", "人数未说明");

    /// <summary>What a form is about, where that is not a person.</summary>
    private static LocalizedText? About(Subject subject) => subject switch
    {
        Subject.Person => null,
        Subject.School => Both("each form is about a school, not about a person", "每份表针对一所学校，而非个人"),
        _ => throw new ArgumentOutOfRangeException(nameof(subject), subject, "There are no words for this kind of subject."),
    };

    private static LocalizedText Joined(LocalizedText text, LocalizedText? more) => more is null ? text : Both($"{text.En}; {more.En}", $"{text.ZhHans}；{more.ZhHans}");

    private static string Or(IReadOnlyList<int> codes) => codes.Count < 2 ? string.Join("", codes) : $"{string.Join(", ", codes.SkipLast(1))} or {codes[^1]}";

    private static string OrZh(IReadOnlyList<int> codes) => string.Join("或", codes);
}
