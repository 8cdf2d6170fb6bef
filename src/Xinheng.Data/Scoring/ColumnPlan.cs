using System.Globalization;
using System.Text;

namespace Xinheng.Data;

/// <summary>What each column of a file is for, decided from its header; all problems of the header at once.</summary>
internal sealed class ColumnPlan
{
    // Headings of columns that would tell who a person is; part of a heading is enough.
    private static readonly string[] Identity =
    [
        "姓名", "名字", "昵称", "签名", "身份证", "证件号", "学籍号", "护照", "手机号", "电话号", "联系方式", "联系人", "住址", "地址", "微信号", "微信昵称", "qq号", "邮箱", "来自ip",
        "idnumber", "idcard", "passport", "phonenumber", "mobilenumber", "address", "email", "surname", "firstname", "lastname", "fullname", "givenname", "familyname", "realname",
        "studentname", "pupilname", "childname", "parentname", "guardianname", "班主任", "紧急联系",
    ];

    // These too, unless the heading asks how much a thing is used.
    private static readonly string[] Devices = ["手机", "电话", "微信", "phone", "mobile", "wechat"];
    private static readonly string[] Uses = ["使用", "依赖", "成瘾", "时长", "时间", "频率", "游戏", "phoneuse", "mobileuse", "wechatuse", "usage", "addict", "hours", "minutes"];

    // Too short or too common to be looked for inside a heading.
    private static readonly string[] IdentityWhole = ["name", "ip", "qq", "tel", "ipaddress", "家长", "监护人", "父亲", "母亲"];

    // What has a name and is no person; before "name", or after "name of".
    private static readonly string[] Things =
    [
        "file", "user", "school", "class", "item", "scale", "subscale", "sheet", "column", "field", "variable", "var", "form", "survey", "questionnaire", "test", "table", "course", "subject", "city", "province",
        "country", "county", "district", "region", "town", "village", "street", "group", "project", "event", "task", "game", "app", "product", "brand", "medicine", "drug", "college", "university", "department",
        "institution", "hospital", "company", "domain", "host", "device", "server", "folder", "path", "question", "grade", "major",
    ];

    private static readonly string[] LeadingZeros = ["", "0", "00"];

    // The number of a person goes before a number that may be that of the row.
    private static readonly string[] PersonHeadings = ["学号", "studentid", "person", "personid"];
    private static readonly string[] RowHeadings = ["id", "编号"];
    private static readonly string[] AgeHeadings = ["age", "年龄"];
    private static readonly string[] SexHeadings = ["sex", "gender", "性别"];
    private static readonly string[] SecondsHeadings = ["seconds", "所用时间", "答题时间", "duration"];

    private readonly string _file;

    private ColumnPlan(string file, IReadOnlyList<string> headings, int instruments)
    {
        _file = file;
        Headings = headings;
        Items = new int[instruments][];
        Parsers = new CellParser[instruments][];
    }

    public IReadOnlyList<string> Headings { get; }

    /// <summary>Column of each item of each instrument; -1 where it was not asked.</summary>
    public int[][] Items { get; }

    /// <summary>Parser of each item of each instrument.</summary>
    public CellParser[][] Parsers { get; }

    /// <summary>Columns that go to the output, in order.</summary>
    public int[] Passed { get; private set; } = [];

    public int Id { get; private set; } = -1;

    public int Age { get; private set; } = -1;

    public int Sex { get; private set; } = -1;

    public int Seconds { get; private set; } = -1;

    /// <summary>Whether the id column was found by its heading, not named by anybody.</summary>
    public bool IdIsGuessed { get; private set; }

    /// <summary>Number of questions on the form, whichever of them are scored; 0 where there is no time to divide.</summary>
    public int ItemsOnForm { get; private set; }

    public List<string> Notices { get; } = [];

    /// <summary>Name of an item as the mapping and messages write it.</summary>
    public static string ItemName(Instrument instrument, int item) => $"{instrument.ColumnPrefix}_{instrument.Items[item].Id}";

    /// <summary>Whether an item needs a column: it is scored, or its answer matters whatever the scores are.</summary>
    public static bool IsRequired(Instrument instrument, int item) =>
        !instrument.Items[item].Unscored || instrument.Definition.CriticalItems.Any(c => c.Item == instrument.Items[item].Id);

    /// <summary>Columns whose heading may be that of the id; more than one where the headings do not decide.</summary>
    public static int[] IdCandidates(IReadOnlyList<string> headings)
    {
        var people = With(PersonHeadings);
        return people.Length > 0 ? people : With(RowHeadings);

        int[] With(string[] words) => [.. Enumerable.Range(0, headings.Count).Where(c => words.Contains(Squeeze(headings[c])))];
    }

    /// <summary>The number of a question with its separator, such as <c>12、</c>; <see langword="null"/> for another heading.</summary>
    public static string? QuestionNumber(string heading)
    {
        var digits = heading.TakeWhile(char.IsAsciiDigit).Count();
        return digits is > 0 and <= 4 && heading.Length > digits && heading[digits] == '、' ? heading[..(digits + 1)] : null;
    }

    /// <summary>Whether a header names every item of the instruments, as far as the mapping does not name it.</summary>
    public static bool Knows(ScoreRequest request, IReadOnlyList<string> headings)
    {
        try
        {
            Create(request, headings, row: 1);
            return true;
        }
        catch (InputException exception)
        {
            // What is wrong with the mapping itself is no evidence against the encoding.
            return exception.Problems.All(problem => problem.Code != "column-missing");
        }
    }

    public static ColumnPlan Create(ScoreRequest request, IReadOnlyList<string> headings, long row)
    {
        var plan = new ColumnPlan(request.Input, headings, request.Instruments.Count);
        var problems = new List<Problem>();
        plan.FindItems(request, problems, row);
        plan.FindPeople(request, problems, row);
        if (problems.Count > 0)
        {
            throw new InputException(problems);
        }

        if (plan.Id >= 0 && IsIdentity(headings[plan.Id]))
        {
            plan.Notices.Add(string.Create(CultureInfo.InvariantCulture, $"the column that identifies people (column {plan.Id + 1}) seems to tell who they are, and stands in the output: a pseudonym would do"));
        }

        var used = plan.Items.SelectMany(c => c).Where(c => c >= 0).ToHashSet();
        plan.ItemsOnForm = plan.Seconds < 0 ? 0 : request.Mapping.ItemsOnForm ?? plan.CountQuestions(request, used);
        var identity = Enumerable.Range(0, headings.Count)
            .Where(c => c != plan.Id && !used.Contains(c) && !request.KeepIdentity && IsIdentity(headings[c]))
            .ToArray();
        if (identity.Length > 0)
        {
            plan.Notices.Add(string.Create(CultureInfo.InvariantCulture, $"left out, because it tells who a person is: column {string.Join(", ", identity.Select(c => c + 1))} (--keep-identity keeps it)"));
        }

        var ours = ScoreColumns.Of(request).Select(c => c.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var earlier = Enumerable.Range(0, headings.Count).Where(c => c != plan.Id && !used.Contains(c) && !identity.Contains(c) && ours.Contains(headings[c])).ToArray();
        if (earlier.Length > 0)
        {
            plan.Notices.Add(string.Create(CultureInfo.InvariantCulture, $"left out, because this run writes scores of the same name: column {string.Join(", ", earlier.Select(c => c + 1))}"));
        }

        plan.Passed = [.. Enumerable.Range(0, headings.Count).Where(c => !used.Contains(c) && !identity.Contains(c) && !earlier.Contains(c))];
        return plan;
    }

    /// <summary>Whether a heading is that of something that tells who a person is.</summary>
    public static bool IsIdentity(string heading)
    {
        var name = Squeeze(heading);
        return Contains(Identity)
            || (Contains(Devices) && !Contains(Uses))
            || NamesSomebody(heading)
            || IdentityWhole.Contains(name.TrimStart("0123456789").Trim("、:：*?？()（）").ToString());

        bool Contains(string[] words) => words.Any(word => name.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>Whether <c>name</c> is a word of the heading, and not the name of a thing.</summary>
    private static bool NamesSomebody(string heading)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (var i = 0; i <= heading.Length; i++)
        {
            var c = i < heading.Length ? heading[i] : ' ';
            if (word.Length > 0 && (!char.IsAsciiLetter(c) || (char.IsAsciiLetterUpper(c) && char.IsAsciiLetterLower(heading[i - 1]))))
            {
                words.Add(word.ToString());
                word.Clear();
            }

            if (char.IsAsciiLetter(c))
            {
                word.Append(char.ToLowerInvariant(c));
            }
        }

        return Enumerable.Range(0, words.Count).Any(i => words[i] is "name" or "names"
            && !(i > 0 && Things.Contains(words[i - 1]))
            && !(i + 2 < words.Count && words[i + 1] == "of" && words.Skip(i + 2).Any(Things.Contains)));
    }

    /// <summary>Headings of the items of instruments, as <see cref="Squeeze(string)"/> leaves them.</summary>
    private static IEnumerable<string> ItemHeadings(IEnumerable<Instrument> instruments) =>
        from instrument in instruments
        from item in instrument.Items
        from zeros in LeadingZeros
        select Squeeze(instrument.Id) + zeros + Squeeze(item.Id);

    /// <summary>Lower case, without blanks of any kind, invisible characters, hyphens, points and underscores.</summary>
    public static string Squeeze(string heading)
    {
        var text = new StringBuilder(heading.Length);
        foreach (var c in heading.Where(c => c is not ('-' or '_' or '.') && !char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format))
        {
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    private void FindItems(ScoreRequest request, List<Problem> problems, long row)
    {
        var mapping = request.Mapping;
        var byHeading = new Dictionary<string, int>(StringComparer.Ordinal);
        var bySqueezed = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var column = 0; column < Headings.Count; column++)
        {
            if (!byHeading.TryAdd(Headings[column], column))
            {
                byHeading[Headings[column]] = -2;
            }

            var squeezed = Squeeze(Headings[column]);
            if (!bySqueezed.TryGetValue(squeezed, out var columns))
            {
                bySqueezed.Add(squeezed, columns = []);
            }

            columns.Add(column);
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var owner = new Dictionary<int, string>();
        for (var i = 0; i < request.Instruments.Count; i++)
        {
            var instrument = request.Instruments[i];
            var format = mapping.Answers.GetValueOrDefault(instrument.Id) ?? new AnswerFormat();
            Items[i] = new int[instrument.Items.Count];
            Parsers[i] = [.. instrument.Items.Select((_, item) => new CellParser(instrument.ResponsesOf(item), format, mapping.Missing))];
            foreach (var code in format.Labels.Values.Distinct().Where(c => !instrument.Definition.Responses.Values.OfType<OptionSet>().Any(s => s.Options.Any(o => o.Code == c))))
            {
                problems.Add(Wrong(
                    "mapping-unknown-code", null, null, string.Create(CultureInfo.InvariantCulture, $"A label of {instrument.Id} stands for {code}"),
                    "A stored code of the instrument", "Correct the code of the label"));
            }

            var absent = new List<int>();
            for (var item = 0; item < Items[i].Length; item++)
            {
                var name = ItemName(instrument, item);
                names.Add(name);
                Items[i][item] = Find(name, instrument, item);
                if (Items[i][item] == -1 && IsRequired(instrument, item) && !mapping.NotAsked.Contains(name))
                {
                    absent.Add(item);
                }

                if (Items[i][item] >= 0 && !owner.TryAdd(Items[i][item], name))
                {
                    problems.Add(Wrong("column-twice", row, Items[i][item], $"The column serves {owner[Items[i][item]]} and {name}", "A column of its own for each item", "Correct the mapping"));
                }
            }

            ReportAbsent(problems, row, instrument, absent);
        }

        foreach (var id in mapping.Answers.Keys.Where(id => request.Instruments.All(i => i.Id != id)))
        {
            problems.Add(Wrong(
                "mapping-unknown-instrument", null, null, $"The mapping says how answers to '{id}' are written",
                "An instrument to be scored: " + string.Join(", ", request.Instruments.Select(i => i.Id)), "Correct the name or remove it"));
        }

        foreach (var name in mapping.Columns.Keys.Concat(mapping.NotAsked).Distinct().Where(n => !names.Contains(n)))
        {
            problems.Add(Wrong("mapping-unknown-item", null, null, $"The mapping names '{name}'", "An item of the instruments to be scored, such as phq9_1", "Correct the name or remove it"));
        }

        int Find(string name, Instrument instrument, int item)
        {
            if (mapping.Columns.TryGetValue(name, out var heading))
            {
                var mapped = byHeading.GetValueOrDefault(heading, -1);
                if (mapped == -1 && heading.EndsWith('、'))
                {
                    // Survey tools number their questions: "12、" names the column whose heading begins so.
                    var numbered = Enumerable.Range(0, Headings.Count).Where(c => Headings[c].StartsWith(heading, StringComparison.Ordinal)).ToArray();
                    mapped = numbered.Length switch { 0 => -1, 1 => numbered[0], _ => -2 };
                }

                if (mapped < 0)
                {
                    problems.Add(Wrong(
                        mapped == -1 ? "column-missing" : "column-ambiguous", row, null,
                        mapped == -1 ? $"No column has the heading that the mapping gives for {name}" : $"Several columns have the heading that the mapping gives for {name}",
                        "One column with that heading", "Correct the mapping"));
                }

                return mapped < 0 ? -3 : mapped;
            }

            var prefix = Squeeze(instrument.Id);
            var id = Squeeze(instrument.Items[item].Id);
            int[] found = [.. LeadingZeros.SelectMany(zeros => bySqueezed.GetValueOrDefault(prefix + zeros + id) ?? [])];
            if (found.Length > 1)
            {
                problems.Add(Wrong("column-ambiguous", row, found[1], $"Several columns are {name}", "One column for each item", "Rename the others, or name the right one in a mapping"));
            }

            return found.Length == 0 ? -1 : found[0];
        }
    }

    private void ReportAbsent(List<Problem> problems, long row, Instrument instrument, List<int> absent)
    {
        if (absent.Count == 0)
        {
            return;
        }

        var required = Enumerable.Range(0, instrument.Items.Count).Count(i => IsRequired(instrument, i));
        var list = string.Join(", ", absent.Take(12).Select(i => ItemName(instrument, i))) + (absent.Count > 12 ? ", …" : "");
        problems.Add(Wrong(
            "column-missing", row, null,
            absent.Count == required ? $"No column belongs to {instrument.Id}" : $"{absent.Count} of {required} items of {instrument.Id} have no column: {list}",
            $"Columns {ItemName(instrument, 0)} to {ItemName(instrument, instrument.Items.Count - 1)} by name, or a mapping",
            "Give a mapping (--suggest-mapping drafts one); list items that were not asked under 'notAsked'"));
    }

    /// <summary>Questions of the file, whether they are scored or not: speed is judged by the form, not by the request.</summary>
    private int CountQuestions(ScoreRequest request, HashSet<int> used)
    {
        var requested = ItemHeadings(request.Instruments).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(0, Headings.Count).Count(c =>
            used.Contains(c) || QuestionNumber(Headings[c]) is not null || Squeeze(Headings[c]) is var name && (requested.Contains(name) || IsShippedItem(name)));
    }

    /// <summary>Whether a squeezed heading is that of an item of a shipped instrument; only one whose id it begins with is loaded.</summary>
    private static bool IsShippedItem(string name) =>
        InstrumentCatalog.Default.Ids.Any(id => name.StartsWith(Squeeze(id), StringComparison.Ordinal) && ItemHeadings([InstrumentCatalog.Default[id]]).Contains(name));

    private void FindPeople(ScoreRequest request, List<Problem> problems, long row)
    {
        var mapping = request.Mapping;
        if (request.WithoutId)
        {
            // Rows are told apart by the caller.
        }
        else if ((request.IdColumn ?? mapping.Id) is { } stated)
        {
            Id = Named(stated, [], "id");
        }
        else if (IdCandidates(Headings) is { Length: > 0 } candidates)
        {
            Id = candidates[0];
            IdIsGuessed = true;
            if (candidates.Length > 1)
            {
                problems.Add(Wrong(
                    "id-ambiguous", row, candidates[1],
                    string.Create(CultureInfo.InvariantCulture, $"Several columns may identify people: column {string.Join(", ", candidates.Select(c => c + 1))}"),
                    "One column that identifies people", "Name it: --id, or 'id' in the mapping"));
            }
            else
            {
                Notices.Add(string.Create(CultureInfo.InvariantCulture, $"column {Id + 1} ('{Headings[Id]}') was taken as the id of people, by its heading (--id names another)"));
            }
        }

        Age = Named(mapping.Age, AgeHeadings, "age");
        Sex = Named(mapping.Sex, SexHeadings, "sex");
        Seconds = Named(mapping.Seconds, SecondsHeadings, "seconds");
        if (mapping.SubmittedAt is { } submitted)
        {
            Named(submitted, [], "submittedAt");
        }

        if (Id < 0 && !request.WithoutId && problems.Count == 0)
        {
            Notices.Add("no column identifies a person (id, person, 学号, or --id): people are told apart by their row, and duplicates cannot be seen");
        }

        int Named(string? heading, string[] usual, string member)
        {
            if (heading is null)
            {
                var found = usual.Select(u => Enumerable.Range(0, Headings.Count).FirstOrDefault(c => Squeeze(Headings[c]) == u, -1)).FirstOrDefault(c => c >= 0, -1);
                return found;
            }

            var columns = Enumerable.Range(0, Headings.Count).Where(c => Headings[c] == heading).ToArray();
            if (columns.Length != 1)
            {
                problems.Add(Wrong(
                    columns.Length == 0 ? "column-missing" : "column-ambiguous", row, null,
                    $"{columns.Length} columns have the heading given for '{member}'", "One column with that heading", "Correct the mapping or the option"));
                return -1;
            }

            return columns[0];
        }
    }

    private Problem Wrong(string code, long? row, int? column, string found, string expected, string action) => new()
    {
        Code = code, File = _file, Row = row, Column = column is { } c ? (c + 1).ToString(CultureInfo.InvariantCulture) : null, Found = found, Expected = expected, Action = action,
    };
}
