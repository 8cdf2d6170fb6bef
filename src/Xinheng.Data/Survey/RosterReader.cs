using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>Reads a roster file into a roster; a cell that cannot be read costs that cell.</summary>
internal static class RosterReader
{
    private static readonly (string[] Names, bool Required)[] Columns =
    [
        (["person", "学号", "编号"], true), (["population", "人群"], false), (["school", "学校"], true), (["grade", "年级"], false), (["class", "班级"], false),
        (["dormitory", "宿舍", "寝室"], false), (["county", "县", "区县"], false), (["city", "市", "市州"], false), (["sex", "性别"], false),
        (["birth_date", "出生日期"], false), (["boarding", "住校", "住宿"], false), (["left_behind", "留守"], false), (["consent", "同意"], false),
        (["from", "入学日期"], false), (["to", "离校日期"], false), (["status", "状态"], false), (["single_parent", "单亲"], false), (["poverty", "贫困"], false),
    ];

    public static Roster Read(SurveyRequest request, Quarantine quarantine, out InputProbe probe, out long problems)
    {
        var builder = new RosterBuilder(request.AsOf, request.Policy.Definition.Population);
        using var table = new SideTable(request.Roster, quarantine, Columns);
        while (table.Read())
        {
            if (table.Text(0).IsEmpty)
            {
                table.SetAside("id-missing", "an id", "empty");
                continue;
            }

            builder.Add(new RosterEntry
            {
                Person = table.Label(0),
                Population = PopulationOf(table, request.Policy.Definition.Population),
                School = table.Label(2),
                Grade = table.Label(3),
                Class = table.Label(4),
                Dormitory = table.Label(5),
                County = table.Label(6),
                City = table.Label(7),
                Sex = SexOf(table),
                BirthDate = table.Day(9, out _),
                Boarding = table.Flag(10),
                LeftBehind = table.Flag(11),
                Consent = table.Flag(12),
                From = table.Day(13, out _),
                To = table.Day(14, out _),
                Status = StatusOf(table),
                SingleParent = table.Flag(16),
                Poverty = table.Flag(17),
                Row = (int)Math.Min(int.MaxValue, table.Row),
            });
        }

        table.CheckWhole();
        var roster = builder.Build();
        foreach (var finding in roster.Findings)
        {
            var (column, expected, found) = Words(finding.Kind);
            quarantine.Add(finding.Code, finding.Row, finding.Row, column, expected, found, request.Roster);
        }

        if (roster.Count == 0)
        {
            throw new InputException(new Problem
            {
                Code = "empty-roster", File = request.Roster, Found = "Nobody is a member on the day of the survey", Expected = "Members of the policy's population",
                Action = "Check the day (--as-of), the columns 'from' and 'to', and the population",
            });
        }

        problems = table.Problems + roster.Findings.Count;
        probe = table.Probe;
        return roster;
    }

    /// <summary>Where a finding of the roster is, what was expected, what stands there.</summary>
    private static (string Column, string Expected, string Found) Words(RosterFindingKind kind) => kind switch
    {
        RosterFindingKind.NoPerson => ("person", "an id", "empty"),
        RosterFindingKind.UnreadablePerson => ("person", "an id of 1 to 1,024 bytes of Unicode text", "another text"),
        RosterFindingKind.WrongPopulation => ("population", "the population of the policy", "the other one: the row is left out"),
        RosterFindingKind.FromAfterTo => ("from", "a first day before the last", "a first day after the last: the row is left out"),
        RosterFindingKind.Left => ("to", "the day of the survey or later, or nothing", "an earlier day: no member any more"),
        RosterFindingKind.NotYetEnrolled => ("from", "the day of the survey or earlier, or nothing", "a later day: no member yet"),
        RosterFindingKind.DuplicateEntry => ("person", "one row of a member on the day of the survey", "another row of the same school counts"),
        RosterFindingKind.TwoSchools => ("school", "one school of a member on the day of the survey", "another school, whose row counts: end one of the two"),
        RosterFindingKind.UnreadableUnit => ("", "labels of units of at most 1,000 characters of Unicode text", "another text, cut or mended"),
        RosterFindingKind.NoSchool => ("school", "a school", "empty: the member stands in no school and no class"),
        RosterFindingKind.NoClass => ("class", "a class", "empty: the member stands in no class"),
        RosterFindingKind.BirthDateInFuture => ("birth_date", "a day before the survey", "a later day: the age is unknown"),
        RosterFindingKind.ImplausibleAge => ("birth_date", "an age that members of this population have", "another age: the age is unknown"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static PopulationKind PopulationOf(SideTable table, PopulationKind otherwise)
    {
        switch (table.Text(1))
        {
            case "":
                return otherwise;
            case "student" or "学生":
                return PopulationKind.Student;
            case "staff" or "教职工" or "教师":
                return PopulationKind.Staff;
            default:
                table.Cell(1, "unreadable", "student or staff");
                return otherwise;
        }
    }

    private static Sex? SexOf(SideTable table)
    {
        var sex = SurveyRows.SexWord(table.Text(8));
        if (sex is null && !table.Text(8).IsEmpty)
        {
            table.Cell(8, "unreadable", "男 or 女, male or female");
        }

        return sex;
    }

    private static EnrolmentStatus StatusOf(SideTable table)
    {
        switch (table.Text(15))
        {
            case "" or "在校" or "enrolled":
                return EnrolmentStatus.Enrolled;
            case "实习" or "internship":
                return EnrolmentStatus.Internship;
            case "休学" or "leave":
                return EnrolmentStatus.Leave;
            case "治疗" or "in-treatment":
                return EnrolmentStatus.InTreatment;
            default:
                table.Cell(15, "unreadable", "在校, 实习, 休学 or 治疗; enrolled, internship, leave or in-treatment");
                return EnrolmentStatus.Enrolled;
        }
    }
}
