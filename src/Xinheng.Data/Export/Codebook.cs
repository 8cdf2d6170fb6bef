using System.Globalization;
using static Xinheng.Data.DefinitionExport;

namespace Xinheng.Data;

/// <summary>A definition as a table of variables: the item columns that are read, then the columns that <c>xinheng score</c> writes, in its order.</summary>
internal static class Codebook
{
    private static readonly string[] Columns =
    [
        "variable", "role", "label_en", "label_zh", "type", "codes", "worth", "code_labels_en", "code_labels_zh", "min", "max", "decimals",
        "missing_en", "missing_zh", "reversed", "scores", "critical",
    ];

    private static readonly (ScoreStatus Status, string En, string Zh)[] Statuses =
    [
        (ScoreStatus.NotAsked, "none of the items was asked", "未施测"),
        (ScoreStatus.Ok, "every answer was there", "作答完整"),
        (ScoreStatus.Prorated, "completed by the rule for missing answers", "按漏答规则折算"),
        (ScoreStatus.Unconfirmed, "rests on a fact that is not confirmed", "依据未经证实"),
        (ScoreStatus.ProratedUnconfirmed, "completed, and rests on a fact that is not confirmed", "折算，且依据未经证实"),
        (ScoreStatus.OutsidePopulation, "outside the population: no band", "超出适用人群，不分级"),
        (ScoreStatus.NoBandGroup, "no bands for this sex or age, or not known: no band", "该性别或年龄无分级标准，或信息不详"),
        (ScoreStatus.TooFewAnswers, "too many answers are missing: no value", "漏答过多，不计分"),
        (ScoreStatus.CodeOutOfRange, "a code the item does not have: no value", "含无效编码，不计分"),
        (ScoreStatus.Unreadable, "an answer that cannot be read: no value", "含无法识别的作答，不计分"),
        (ScoreStatus.Undefined, "no such value for these answers", "该作答下无定义"),
    ];

    private static readonly (CriticalState State, string En, string Zh)[] CriticalStates =
    [
        (CriticalState.NotAsked, "not asked", "未施测"),
        (CriticalState.No, "answered, not critical", "已作答，未触发"),
        (CriticalState.Yes, "critical", "触发"),
        (CriticalState.Unknown, "no answer", "未作答"),
        (CriticalState.Unreadable, "an answer that cannot be read", "作答无法识别"),
    ];

    private static readonly (ResponseValidity Verdict, string En, string Zh)[] Verdicts =
    [
        (ResponseValidity.NotAsked, "not asked", "未施测"),
        (ResponseValidity.Valid, "no sign of careless answering", "有效"),
        (ResponseValidity.Caution, "to be read with caution", "谨慎解读"),
        (ResponseValidity.Invalid, "not valid, to be repeated", "无效，建议重测"),
    ];

    public static byte[] Write(Instrument instrument)
    {
        var table = new TextBuffer();
        Write(table, Columns);
        for (var item = 0; item < instrument.Items.Count; item++)
        {
            Write(table, Row(ItemCells(instrument, item)));
        }

        var columns = ScoreColumns.Of(new ScoreRequest { Input = "", Instruments = [instrument] });
        foreach (var column in columns)
        {
            Write(table, Row([("variable", column.Name), .. Cells(instrument, column)]));
        }

        return table.Written.ToArray();
    }

    private static (string, string)[] ItemCells(Instrument instrument, int position)
    {
        var definition = instrument.Definition;
        var item = instrument.Items[position];
        var responses = instrument.ResponsesOf(position);
        IEnumerable<(string, string)> type = responses switch
        {
            OptionSet set =>
            [
                ("type", "options"),
                ("codes", Join(set.Options.Select(o => o.Code.ToString(CultureInfo.InvariantCulture)))),
                ("worth", Join(set.Options.Select(o => (item.Reverse ? set.MinScore + set.MaxScore - o.Value : o.Value).ToString(CultureInfo.InvariantCulture)))),
                ("code_labels_en", set.Options.Any(o => o.Label is not null) ? Join(set.Options.Select(o => o.Label?.En ?? "")) : ""),
                ("code_labels_zh", set.Options.Any(o => o.Label is not null) ? Join(set.Options.Select(o => o.Label?.ZhHans ?? "")) : ""),
                ("min", Invariant(set.Options.Min(o => o.Code))),
                ("max", Invariant(set.Options.Max(o => o.Code))),
            ],
            NumberRange range => [("type", "number, " + range.Unit), ("min", range.Min.ToString()), ("max", range.Max.ToString()), ("decimals", Invariant(range.Decimals))],
            _ => [("type", "time, 23:30"), ("min", "0:00"), ("max", "23:59")],
        };
        var gate = GateOf(item);
        return
        [
            ("variable", ColumnPlan.ItemName(instrument, position)), ("role", "item"), ("label_en", item.Label.En), ("label_zh", item.Label.ZhHans), .. type,
            ("missing_en", Sentences(
                gate is { } g ? $"asked when {Words(g.When, " or ", " and ", "at least ")}; a blank of who was not asked counts {g.Otherwise}" : null,
                item.WhenBlank is { } blank ? $"a blank counts {blank}" : gate is null ? "a blank is missing" : "any other blank is missing")),
            ("missing_zh", Sentences(
                gate is { } z ? $"{Words(z.When, "或", "且", "至少")}时才问；未问者空白计{z.Otherwise}" : null,
                item.WhenBlank is { } leer ? $"空白计{leer}" : gate is null ? "空白为漏答" : "其他空白为漏答")),
            ("reversed", item.Reverse ? "yes" : "no"),
            ("scores", Join(definition.Scores.Where(s => Uses(instrument, s, position)).Select(s => ScoreColumns.Name(instrument, s.Id)))),
            ("critical", Join(definition.CriticalItems.Where(c => c.Item == item.Id).Select(c => $"{c.Id}: {string.Join(' ', c.Codes)}"))),
        ];
    }

    private static (string, string)[] Cells(Instrument instrument, ScoreColumn column)
    {
        var definition = instrument.Definition;
        if (column.Kind == ScoreColumnKind.Validity)
        {
            return Words("validity", "Response validity", "作答有效性", Verdicts.Select(v => (ScoreText.Of(v.Verdict), v.En, v.Zh)));
        }

        if (column.Kind == ScoreColumnKind.Critical)
        {
            var critical = definition.CriticalItems[column.Index];
            var label = instrument.Items[instrument.IndexOfItem(critical.Item)].Label;
            return
            [
                .. Words("critical", $"Critical item {critical.Item}: {label.En}", $"关键条目{critical.Item}：{label.ZhHans}", CriticalStates.Select(s => (ScoreText.Of(s.State), s.En, s.Zh))),
                ("critical", $"{critical.Id}: {string.Join(' ', critical.Codes)}"),
            ];
        }

        var score = instrument.Scores[column.Index];
        if (column.Kind == ScoreColumnKind.Status)
        {
            return Words("status", score.Name.En + ", status", score.Name.ZhHans + "：状态", Statuses.Select(s => (ScoreText.Of(s.Status), s.En, s.Zh)));
        }

        if (column.Kind == ScoreColumnKind.Band)
        {
            var bands = score.Bands.SelectMany(b => b.Starts).Select(b => b.Id).Distinct().Select(id => (id, definition.BandLabels[id].En, definition.BandLabels[id].ZhHans));
            return Words("band", score.Name.En + ", band", score.Name.ZhHans + "：分级", bands);
        }

        var missing = (score as ItemScore)?.Missing;
        var count = score is ItemScore ? ItemsOf(instrument, score).Length : 0;
        var rounding = missing?.Round is { } round and not Rounding.None ? ScoreText.Of(round) : null;
        return
        [
            ("role", "score"), ("label_en", score.Name.En), ("label_zh", score.Name.ZhHans), ("type", "number"), ("min", score.Range.Min.ToString()), ("max", score.Range.Max.ToString()),
            ("missing_en", missing is null ? "follows the scores and items it rests on"
                : missing.MaxMissing == 0 ? $"needs all {count} answers"
                : $"at most {missing.MaxMissing} of {count} answers missing; {(score is MeanScore ? "the mean of the others" : "completed by the mean of the others" + (rounding is null ? "" : ", rounded " + rounding))}"),
            ("missing_zh", missing is null ? "取决于所依据的分数和条目"
                : missing.MaxMissing == 0 ? $"须{count}题全部作答"
                : $"{count}题中至多漏答{missing.MaxMissing}题；{(score is MeanScore ? "取其余均值" : "按其余均值折算" + (missing.Round switch { Rounding.HalfUp => "，四舍五入", Rounding.Floor => "，取整数部分", _ => "" }))}"),
            ("scores", Join(definition.Scores.Where(s => ScoresOf(instrument, s).Contains(column.Index)).Select(s => ScoreColumns.Name(instrument, s.Id)))),
        ];
    }

    private static (string, string)[] Words(string role, string en, string zh, IEnumerable<(string Code, string En, string Zh)> words)
    {
        var list = words.ToArray();
        return
        [
            ("role", role), ("label_en", en), ("label_zh", zh), ("type", "word"),
            ("codes", Join(list.Select(w => w.Code))), ("code_labels_en", Join(list.Select(w => w.En))), ("code_labels_zh", Join(list.Select(w => w.Zh))),
        ];
    }

    /// <summary>A condition in words.</summary>
    private static string Words(Condition condition, string or, string and, string atLeast) => condition switch
    {
        ItemCondition item => $"{item.Item} = {string.Join(or, item.Codes)}",
        ScoreCondition score => $"{score.Score} >= {score.AtLeast}",
        CountCondition count => $"{atLeast}{count.AtLeast} ({string.Join("; ", count.Of.Select(c => Words(c, or, and, atLeast)))})",
        AllCondition all => string.Join(and, all.Of.Select(c => $"({Words(c, or, and, atLeast)})")),
        _ => string.Join(or, PartsOf(condition).Select(c => $"({Words(c, or, and, atLeast)})")),
    };

    /// <summary>Whether a score uses an item, itself or through an earlier score.</summary>
    private static bool Uses(Instrument instrument, ScoreDefinition score, int item) =>
        ItemsOf(instrument, score).Contains(item) || ScoresOf(instrument, score).Any(s => Uses(instrument, instrument.Scores[s], item));

    private static string Sentences(params ReadOnlySpan<string?> parts) => string.Join("; ", parts.ToArray().OfType<string>());

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Join(IEnumerable<string> parts) => string.Join('|', parts);

    private static IEnumerable<string> Row(IEnumerable<(string Column, string Cell)> cells)
    {
        var byColumn = cells.ToDictionary(c => c.Column, c => c.Cell);
        return Columns.Select(c => byColumn.GetValueOrDefault(c, ""));
    }

    private static void Write(TextBuffer table, IEnumerable<string> cells)
    {
        var first = true;
        foreach (var cell in cells)
        {
            if (!first)
            {
                table.Append((byte)',');
            }

            first = false;
            CsvText.Cell(table, cell);
        }

        table.Append((byte)'\n');
    }
}
