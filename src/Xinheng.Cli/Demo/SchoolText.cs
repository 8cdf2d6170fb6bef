using System.Globalization;

namespace Xinheng.Cli.Demo;

/// <summary>The lines of one school in every file of the province.</summary>
/// <remarks>Mutable, not thread-safe; used again for the next school.</remarks>
internal sealed class SchoolText
{
    private static readonly DemoItems DemoItems = DemoItems.Default;

    private static readonly string[] Letters = ["A", "有时", "两天", "C"];
    private static readonly string[] Unreadable = ["#REF!", "\uFFFD\uFFFD", "??", "1/2"];

    /// <summary>Lines of <c>survey.csv</c>.</summary>
    public Utf8Buffer Survey { get; } = new();

    /// <summary>Lines of <c>survey-tool.csv</c>.</summary>
    public Utf8Buffer SurveyTool { get; } = new();

    /// <summary>Lines of <c>roster.csv</c>.</summary>
    public Utf8Buffer Roster { get; } = new();

    /// <summary>Lines of <c>events.csv</c>.</summary>
    public Utf8Buffer Events { get; } = new();

    /// <summary>Number of events of each kind, in the order of the model.</summary>
    public int[] EventCounts { get; } = new int[ProvinceModel.Events.Count];

    /// <summary>First line of <c>survey.csv</c>.</summary>
    public static string SurveyHeader => $"序号,提交答卷时间,所用时间,来自IP,学号,{string.Join(',', DemoItems.Columns)}\n";

    /// <summary>First line of <c>survey-tool.csv</c>: questions are numbered on, the first asks for the student number.</summary>
    public static string SurveyToolHeader => $"序号,提交答卷时间,所用时间,来自IP,1、学号,{string.Join(',', DemoItems.Columns.Select(SurveyToolColumn))}\n";

    /// <summary>First line of <c>roster.csv</c>.</summary>
    public static string RosterHeader =>
        "person,population,school,grade,class,dormitory,county,city,sex,birth_date,boarding,left_behind,consent,from,to\n";

    /// <summary>First line of <c>events.csv</c>.</summary>
    public static string EventsHeader => "person,date,kind,source\n";

    /// <summary>How <c>survey-tool.csv</c> heads a column.</summary>
    public static string SurveyToolColumn(string column, int index) => string.Create(CultureInfo.InvariantCulture, $"{index + 2}、{column}");

    /// <summary>Writes one school.</summary>
    public void Write(SimulatedSchool school, ulong seed, bool surveyTool)
    {
        Survey.Clear();
        SurveyTool.Clear();
        Roster.Clear();
        Events.Clear();
        Array.Clear(EventCounts);
        for (var i = 0; i < school.Students.Count; i++)
        {
            AddStudent(school.Plan, school.Students[i]);
            AddEvents(school.Students[i], school.LatentOf(i)[0], seed);
        }

        for (var i = 0; i < school.Rows.Count; i++)
        {
            var row = school.Rows[i];
            AddRow(Survey, school.Plan, row, i, school.CellsOf(row), asTool: false);
            if (surveyTool)
            {
                AddRow(SurveyTool, school.Plan, row, i, school.CellsOf(row), asTool: true);
            }
        }
    }

    private static void AddPerson(Utf8Buffer text, int person, bool unknown)
    {
        text.Add(unknown ? (byte)'T' : (byte)'S');
        text.Add(person + 1, 7);
    }

    private void AddStudent(SchoolPlan plan, Student student)
    {
        AddPerson(Roster, student.Person, unknown: false);
        Roster.Add(",student,"u8);
        Roster.Add(plan.Label);
        Roster.Add((byte)',');
        AddGrade(student);
        Roster.Add((byte)',');
        AddGrade(student);
        Roster.Add(student.Class, 2);
        Roster.Add("班,"u8);
        if (student.Dormitory > 0)
        {
            AddGrade(student);
            Roster.Add(student.Female ? "女舍"u8 : "男舍"u8);
            Roster.Add(student.Dormitory, 3);
        }

        Roster.Add((byte)',');
        Roster.Add(plan.County);
        Roster.Add((byte)',');
        Roster.Add(plan.City);
        Roster.Add(student.Female ? ",女,"u8 : ",男,"u8);
        Roster.Add(student.Born);
        AddYesNo(student.Dormitory > 0);
        AddYesNo(student.LeftBehind);
        AddYesNo(student.Fate != Fate.NoConsent);
        Roster.Add((byte)',');
        Roster.Add(new DateOnly(student.Entry, 9, 1));
        Roster.Add((byte)',');
        if (student.Left is { } left)
        {
            Roster.Add(left);
        }

        Roster.Add((byte)'\n');
    }

    private void AddGrade(Student student)
    {
        Roster.Add(student.Entry, 4);
        Roster.Add("级"u8);
    }

    private void AddYesNo(bool value) => Roster.Add(value ? ",是"u8 : ",否"u8);

    private void AddEvents(Student student, int depression, ulong seed)
    {
        for (var kind = 0; kind < ProvinceModel.Events.Count; kind++)
        {
            var candidate = ProvinceModel.Events[kind];
            if (student.Left is not null
                || !SchoolPlan.Falls(seed, candidate.Purpose, candidate.OneIn, student.Person)
                || (candidate.DepressionFrom is { } limit && depression < limit * Quantiles.One))
            {
                continue;
            }

            AddPerson(Events, student.Person, unknown: false);
            Events.Add((byte)',');
            Events.Add(new DateOnly(2026, 9, 7).AddDays(Draws.One(seed, Purpose.EventDate, ((long)kind << 40) + student.Person, 55)));
            Events.Add((byte)',');
            Events.Add(candidate.Kind);
            Events.Add((byte)',');
            Events.Add(candidate.Source);
            Events.Add((byte)'\n');
            EventCounts[kind]++;
        }
    }

    private static void AddRow(Utf8Buffer text, SchoolPlan plan, SurveyRow row, int index, ReadOnlySpan<byte> cells, bool asTool)
    {
        text.Add(plan.FirstRow + index);
        text.Add((byte)',');
        AddTime(text, plan.SurveyDay, row.Sent);
        text.Add((byte)',');
        text.Add(row.Seconds);
        text.Add("秒,"u8);
        text.Add(plan.AddressPrefix);
        text.Add((plan.Number % 254) + 1);
        text.Add((byte)',');
        AddPerson(text, row.Person, row.Unknown);
        var end = row.Fate == Fate.TruncatedRow ? row.Place : cells.Length;
        for (var item = 0; item < end; item++)
        {
            text.Add((byte)',');
            if (item == row.Place)
            {
                AddBroken(text, row);
            }
            else if (cells[item] == DemoItems.Blank)
            {
                if (asTool)
                {
                    text.Add("(空)"u8);
                }
            }
            else if (!asTool)
            {
                text.Add((byte)('0' + cells[item]));
            }
            else
            {
                AddToolAnswer(text, DemoItems.ScaleOf[item], cells[item]);
            }
        }

        text.Add((byte)'\n');
    }

    /// <summary>Survey tools number the options from 1, and print words where the question has only two.</summary>
    private static void AddToolAnswer(Utf8Buffer text, ModelScale scale, byte code)
    {
        if (scale.Highest == 1)
        {
            text.Add(code == 1 ? "是"u8 : "不是"u8);
        }
        else
        {
            text.Add((byte)('1' + code - scale.Lowest));
        }
    }

    private static void AddBroken(Utf8Buffer text, SurveyRow row)
    {
        switch (row.Fate)
        {
            case Fate.CodeOutOfRange:
                text.Add((byte)(row.Person % 2 == 0 ? '9' : '7'));
                break;
            case Fate.LetterInCell:
                text.Add(Letters[row.Person % Letters.Length]);
                break;
            default:
                text.Add(Unreadable[row.Person % Unreadable.Length]);
                break;
        }
    }

    private static void AddTime(Utf8Buffer text, DateOnly day, long sent)
    {
        var date = day.AddDays((int)(sent / 86_400));
        var second = (int)(sent % 86_400);
        text.Add(date.Year, 4);
        text.Add((byte)'/');
        text.Add(date.Month);
        text.Add((byte)'/');
        text.Add(date.Day);
        text.Add((byte)' ');
        text.Add(second / 3600);
        text.Add((byte)':');
        text.Add(second / 60 % 60, 2);
        text.Add((byte)':');
        text.Add(second % 60, 2);
    }
}
