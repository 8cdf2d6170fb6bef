using System.Globalization;
using System.Text.RegularExpressions;

namespace Xinheng.Data;

/// <summary>Drafts a mapping from the header of a file, for a person to check.</summary>
public static class MappingDraft
{
    /// <summary>
    /// Drafts a mapping. Columns that carry item names need none; numbered questions (<c>12、…</c>) that are not about
    /// the person are dealt to the items in order when there are exactly as many of them; everything else is left for the person to fill in.
    /// </summary>
    /// <exception cref="InputException">The file cannot be read as a table.</exception>
    public static SurveyMapping Create(ScoreRequest request, out IReadOnlyList<string> notices)
    {
        ArgumentNullException.ThrowIfNull(request);
        var headings = ReadHeadings(request);
        var found = new List<string>();
        var columns = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var items = request.Instruments.SelectMany(i => i.Items.Select((_, n) => (Name: ColumnPlan.ItemName(i, n), Required: ColumnPlan.IsRequired(i, n)))).ToArray();
        if (!ColumnPlan.Knows(request with { Mapping = new() }, headings))
        {
            var questions = headings.Where(h => ColumnPlan.QuestionNumber(h) is not null).ToArray();
            var about = questions.Where(IsAboutPerson).ToHashSet(StringComparer.Ordinal);
            var numbered = questions.Where(h => !about.Contains(h)).ToArray();
            var required = items.Where(i => i.Required).ToArray();

            // A question about the person that is not recognised must not pass for an item that may be absent.
            var targets = numbered.Length == required.Length ? required
                : numbered.Length == items.Length && about.Count == 0 && !questions.Any(MayBeAboutPerson) ? items
                : [];
            for (var i = 0; i < items.Length && targets.Length == 0; i++)
            {
                columns[items[i].Name] = "";
            }

            for (var i = 0; i < targets.Length; i++)
            {
                // The questions of one table share a number: only the whole heading tells them apart.
                var number = ColumnPlan.QuestionNumber(numbered[i])!;
                columns[targets[i].Name] = headings.Count(h => h.StartsWith(number, StringComparison.Ordinal)) == 1 ? number : numbered[i];
            }

            if (about.Count > 0)
            {
                found.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"numbered questions about the person are no items: column {string.Join(", ", Enumerable.Range(0, headings.Count).Where(c => about.Contains(headings[c])).Select(c => c + 1))}"));
            }

            found.Add(targets.Length > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{numbered.Length} numbered questions were dealt to the items in order: check that the order is that of the forms")
                : string.Create(CultureInfo.InvariantCulture, $"{numbered.Length} numbered questions do not match {required.Length} items that need a column, of {items.Length} in all: fill in the headings"));
        }

        var ids = ColumnPlan.IdCandidates(headings);
        if (ids.Length > 1)
        {
            found.Add(string.Create(CultureInfo.InvariantCulture, $"several columns may be the id of people: column {string.Join(", ", ids.Select(c => c + 1))}; fill in 'id'"));
        }

        var branches = request.Instruments.Any(i => i.Items.Any(item => item.AskedWhen is not null));
        var skipped = branches ? MissingReason.NotAsked : MissingReason.Skipped;
        notices = found;
        return new SurveyMapping
        {
            Schema = "mapping.schema.json",
            Id = ids.Length == 1 ? headings[ids[0]] : null,
            Seconds = headings.FirstOrDefault(h => h is "所用时间" or "答题时间"),
            SubmittedAt = headings.FirstOrDefault(h => h is "提交答卷时间" or "提交时间"),
            Columns = columns,
            Answers = request.Instruments.ToDictionary(i => i.Id, _ => new AnswerFormat()),
            Missing = new Dictionary<string, MissingReason> { ["(跳过)"] = skipped, ["-3"] = skipped, ["(空)"] = MissingReason.Skipped, ["-2"] = MissingReason.Skipped },
        };
    }

    /// <summary>A mapping as a JSON document.</summary>
    public static byte[] ToJson(SurveyMapping mapping) => Documents.DocumentReader.Write(mapping, DataJson.Default.SurveyMapping);

    private static bool IsAboutPerson(string heading)
    {
        var text = ColumnPlan.Squeeze(heading)[ColumnPlan.QuestionNumber(heading)!.Length..];
        return ColumnPlan.IsIdentity(heading) || Demographic.IsMatch(text);
    }

    private static bool MayBeAboutPerson(string heading) => DemographicWord.IsMatch(heading);

    private const string Words =
        "性别|年龄|岁数|出生|生日|班级|班别|学校|院校|年级|学院|院系|系别|专业|民族|宿舍|寝室|学号|编号|序号|籍贯|户籍|生源|身高|体重|独生|政治面貌|宗教|家庭住|居住|职业|学历|婚姻|"
        + "gender|birth|school|grade|ethnic|dormitory|nationality|religion|studentid|personid";

    // Headings come from outside: these automata read each character once, whatever stands there.
    private static readonly Regex Demographic = new("^(请|填写|选择|输入|您|你|的|所在|所学|所读|就读|目前|现在|本人|学生|是|what|is|your|the|student)*(" + Words + "|age|sex|class|major|id|person)" +
        "(名称|全称|代码|情况|日期|年月日|年月|地|号码|号|女|子女|是|为|什么|多少|哪个|呢|吗|周岁|岁|id|number|name|[()（）:：?？*＊、,，。])*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static readonly Regex DemographicWord = new("(" + Words + @"|\b(age|sex|class|major)\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static List<string> ReadHeadings(ScoreRequest request)
    {
        using var input = TableInput.Open(request.Input, new InputOptions
        {
            Encoding = request.Encoding, Delimiter = request.Mapping.Separator, Sheet = request.Sheet, HeaderIsKnown = h => h.Any(x => x.Contains('、', StringComparison.Ordinal)),
        });
        var headings = new List<string>();
        if (input.Reader.Read())
        {
            for (var i = 0; i < input.Reader.FieldCount; i++)
            {
                headings.Add(input.Reader.Field(i).ToString());
            }
        }

        return headings;
    }
}
