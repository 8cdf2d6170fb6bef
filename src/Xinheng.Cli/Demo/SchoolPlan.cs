namespace Xinheng.Cli.Demo;

/// <summary>One school before anybody answers: who belongs to it, where it lies, which rows of the survey are its own.</summary>
internal sealed record SchoolPlan(int Number, int FirstStudent, int Students, string City, string County, DateOnly SurveyDay, string AddressPrefix)
{
    private static readonly string[] Cities =
    [
        "长沙市", "株洲市", "湘潭市", "衡阳市", "邵阳市", "岳阳市", "常德市",
        "张家界市", "益阳市", "郴州市", "永州市", "怀化市", "娄底市", "湘西州",
    ];

    private static readonly string[] DocumentationNetworks = ["192.0.2.", "198.51.100.", "203.0.113."];

    private const int CountiesPerCity = 9;
    private const int SurveyDaysPerWeek = 4;

    private static readonly DateOnly FirstMonday = new(2026, 10, 19);

    public string Label { get; } = $"合成学校{Number:0000}";

    /// <summary>Number of the school's first row in the survey, from 1.</summary>
    public int FirstRow { get; private set; }

    /// <summary>Number of rows of the survey.</summary>
    public int Rows { get; private set; }

    /// <summary>Divides a province into schools of about 1,430 students, some two and a half times as large as others.</summary>
    public static SchoolPlan[] Divide(int students, ulong seed)
    {
        var count = students < 100 ? 1 : Math.Max(2, (students + (ProvinceModel.StudentsPerSchool / 2)) / ProvinceModel.StudentsPerSchool);
        var weights = new long[count];
        for (var school = 0; school < count; school++)
        {
            weights[school] = 600 + Draws.One(seed, Purpose.SchoolSize, school, 801);
        }

        var total = weights.Sum();
        var plans = new SchoolPlan[count];
        var (first, passed, row) = (0, 0L, 1);
        for (var school = 0; school < count; school++)
        {
            passed += weights[school];
            var end = (int)(students * passed / total);
            var place = new Draws(seed, Purpose.SchoolPlace, school);
            var city = Cities[place.Below(Cities.Length)];
            var day = place.Below(2 * SurveyDaysPerWeek);
            plans[school] = new SchoolPlan(
                school + 1,
                first,
                end - first,
                city,
                $"{city}合成县{place.Below(CountiesPerCity) + 1:00}",
                FirstMonday.AddDays((day / SurveyDaysPerWeek * 7) + (day % SurveyDaysPerWeek)),
                DocumentationNetworks[place.Below(DocumentationNetworks.Length)])
            {
                FirstRow = row,
                Rows = CountRows(seed, first, end),
            };
            row += plans[school].Rows;
            first = end;
        }

        return plans;
    }

    /// <summary>What becomes of a person.</summary>
    public static Fate FateOf(ulong seed, int person)
    {
        foreach (var (fate, purpose, oneIn) in ProvinceModel.Fates)
        {
            if (Falls(seed, purpose, oneIn, person))
            {
                return fate;
            }
        }

        return Fate.Clean;
    }

    /// <summary>Whether a person is the one of their block.</summary>
    public static bool Falls(ulong seed, Purpose purpose, int oneIn, int person) =>
        Draws.One(seed, purpose, person / oneIn, oneIn) == person % oneIn;

    /// <summary>Number of rows a person puts into the survey.</summary>
    public static int RowsOf(Fate fate) => fate switch
    {
        Fate.LeftSchool or Fate.NoConsent or Fate.Absent => 0,
        Fate.IdenticalDuplicate or Fate.ConflictingDuplicate => 2,
        _ => 1,
    };

    /// <summary>Whether somebody who is not on the roster answers beside this person.</summary>
    public static bool BringsUnknown(ulong seed, int person) => Falls(seed, Purpose.UnknownPerson, ProvinceModel.UnknownOneIn, person);

    private static int CountRows(ulong seed, int first, int end)
    {
        var rows = 0;
        for (var person = first; person < end; person++)
        {
            rows += RowsOf(FateOf(seed, person)) + (BringsUnknown(seed, person) ? 1 : 0);
        }

        return rows;
    }
}
