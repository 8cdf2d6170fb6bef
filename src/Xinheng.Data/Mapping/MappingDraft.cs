using System.Globalization;

namespace Xinheng.Data;

/// <summary>Drafts a mapping from the header of a file, for a person to check.</summary>
public static class MappingDraft
{
    /// <summary>
    /// Drafts a mapping. Columns that carry item names need none; numbered questions (<c>12、…</c>) are dealt to the items
    /// in order when there are exactly as many of them as items; everything else is left for the person to fill in.
    /// </summary>
    /// <exception cref="InputException">The file cannot be read as a table.</exception>
    public static SurveyMapping Create(ScoreRequest request, out IReadOnlyList<string> notices)
    {
        ArgumentNullException.ThrowIfNull(request);
        var headings = ReadHeadings(request);
        var found = new List<string>();
        var columns = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var items = request.Instruments.SelectMany(i => i.Items.Select((item, n) => (Name: ColumnPlan.ItemName(i, n), item.Unscored))).ToArray();
        if (!ColumnPlan.Knows(request with { Mapping = new() }, headings))
        {
            var numbered = headings.Where(h => QuestionNumber(h) is not null).ToArray();
            var scored = items.Where(i => !i.Unscored).ToArray();
            var targets = numbered.Length == items.Length ? items : numbered.Length == scored.Length ? scored : [];
            for (var i = 0; i < items.Length && targets.Length == 0; i++)
            {
                columns[items[i].Name] = "";
            }

            for (var i = 0; i < targets.Length; i++)
            {
                // The questions of one table share a number: only the whole heading tells them apart.
                var number = QuestionNumber(numbered[i])!;
                columns[targets[i].Name] = headings.Count(h => h.StartsWith(number, StringComparison.Ordinal)) == 1 ? number : numbered[i];
            }

            found.Add(targets.Length > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{numbered.Length} numbered questions were dealt to the items in order: check that the order is that of the forms")
                : string.Create(CultureInfo.InvariantCulture, $"{numbered.Length} numbered questions do not match {items.Length} items: fill in the headings"));
        }

        notices = found;
        return new SurveyMapping
        {
            Schema = "mapping.schema.json",
            Id = headings.FirstOrDefault(h => h is "学号" or "编号" || h.Equals("id", StringComparison.OrdinalIgnoreCase) || h.Equals("person", StringComparison.OrdinalIgnoreCase)),
            Seconds = headings.FirstOrDefault(h => h is "所用时间" or "答题时间"),
            SubmittedAt = headings.FirstOrDefault(h => h is "提交答卷时间" or "提交时间"),
            Columns = columns,
            Answers = request.Instruments.ToDictionary(i => i.Id, _ => new AnswerFormat()),
            Missing = new Dictionary<string, MissingReason> { ["(跳过)"] = MissingReason.NotAsked, ["-3"] = MissingReason.NotAsked, ["(空)"] = MissingReason.Skipped, ["-2"] = MissingReason.Skipped },
            Duplicates = DuplicateRule.First,
        };
    }

    /// <summary>A mapping as a JSON document.</summary>
    public static byte[] ToJson(SurveyMapping mapping) => Documents.DocumentReader.Write(mapping, DataJson.Default.SurveyMapping);

    /// <summary>The number of a question with its separator, such as <c>12、</c>; <see langword="null"/> for another heading.</summary>
    private static string? QuestionNumber(string heading)
    {
        var digits = heading.TakeWhile(char.IsAsciiDigit).Count();
        return digits is > 0 and <= 4 && heading.Length > digits && heading[digits] == '、' ? heading[..(digits + 1)] : null;
    }

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
