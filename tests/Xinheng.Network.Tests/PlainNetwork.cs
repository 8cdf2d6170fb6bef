namespace Xinheng.Network.Tests;

/// <summary>The same rules written once more, over dictionaries and without a thought of speed.</summary>
internal static class PlainNetwork
{
    private static readonly (UnitLevel Level, string Name)[] Line =
        [(UnitLevel.City, "city"), (UnitLevel.County, "county"), (UnitLevel.School, "school"), (UnitLevel.Grade, "grade"), (UnitLevel.Class, "class")];

    public sealed record Member(string Person, string Home, string? Dormitory, int? Age, bool? Consent, EnrolmentStatus Status)
    {
        public bool Eligible => Status != EnrolmentStatus.Leave;

        public bool Consented => Age is null or < 14 ? Consent == true : Consent != false;

        public IEnumerable<string> Units => Above(Home).Concat(Dormitory is null ? [] : [Dormitory]);
    }

    public static Dictionary<string, Member> Members(IEnumerable<RosterEntry> rows, DateOnly asOf, PopulationKind population) => rows
        .Where(row => row.Population == population && (row.From is null || row.From <= asOf) && (row.To is null || row.To >= asOf) && !(row.From > row.To))
        .GroupBy(row => row.Person!, StringComparer.Ordinal)
        .Select(group => group
            .OrderByDescending(row => row.From?.DayNumber ?? -1)
            .ThenBy(row => SortKey(Home(row)), StringComparer.Ordinal)
            .ThenBy(row => Dormitory(row) ?? "", StringComparer.Ordinal)
            .ThenBy(row => row.Consent switch { false => 0, null => 1, _ => 2 })
            .ThenBy(row => row.Status)
            .First())
        .Select(row => new Member(row.Person!, Code(Home(row)), Dormitory(row) is { } dormitory ? $"{Code(Home(row).Where(step => step.Level >= UnitLevel.School))}/dormitory:{Escape(dormitory)}" : null, Age(row, asOf), row.Consent, row.Status))
        .ToDictionary(member => member.Person, StringComparer.Ordinal);

    /// <summary>Every count of every unit, by code and name.</summary>
    public static SortedDictionary<string, string> Tallies(Dictionary<string, Member> members, Dictionary<string, PersonState> states) => new(
        members.Values
            .SelectMany(member => member.Units.Select(unit => (unit, member, state: states.GetValueOrDefault(member.Person))))
            .GroupBy(row => row.unit, StringComparer.Ordinal)
            .ToDictionary(unit => unit.Key, unit =>
            {
                var eligible = unit.Where(row => row.member.Eligible).ToList();
                int Tiers(Tier tier) => unit.Count(row => (row.state.Validity == ResponseValidity.NotAsked && row.state.Outcome.Tier == Tier.Green ? Tier.Unknown : row.state.Outcome.Tier) == tier);
                int Valid(ResponseValidity validity) => eligible.Count(row => row.state.Validity == validity);
                var usable = Valid(ResponseValidity.Valid) + Valid(ResponseValidity.Caution);
                return string.Join(' ',
                    unit.Count(), eligible.Count, eligible.Count(row => row.member.Status == EnrolmentStatus.Internship),
                    eligible.Count(row => row.member.Consented), eligible.Count(row => row.member.Consent == false),
                    eligible.Count - Valid(ResponseValidity.NotAsked), usable, Valid(ResponseValidity.Caution), Valid(ResponseValidity.Invalid),
                    eligible.Count(row => row.state.Validity != ResponseValidity.NotAsked && !row.member.Consented),
                    eligible.Count(row => row.member.Consented && row.state.Validity is ResponseValidity.NotAsked or ResponseValidity.Invalid && row.member.Consented),
                    unit.Count(row => row.state.Outcome.Incomplete),
                    Tiers(Tier.Unknown), Tiers(Tier.Green), Tiers(Tier.Blue), Tiers(Tier.Yellow), Tiers(Tier.Orange), Tiers(Tier.Red));
            }, StringComparer.Ordinal), StringComparer.Ordinal);

    public static string Text(UnitTally t) => string.Join(' ',
        t.Enrolled, t.Eligible, t.Internship, t.Consented, t.Refused, t.Answered, t.Valid, t.Caution, t.Invalid, t.AnsweredWithoutConsent, t.ToBeScreened,
        t.Incomplete, t.Unknown, t.Green, t.Blue, t.Yellow, t.Orange, t.Red);

    public static Dictionary<string, PersonState> Latest(IEnumerable<(string Person, PersonState State)> submissions) => submissions
        .GroupBy(one => one.Person, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.MaxBy(one => one.State.Sequence).State, StringComparer.Ordinal);

    private static IEnumerable<string> Above(string code)
    {
        yield return "province";
        for (var end = code == "province" ? -1 : code.IndexOf('/', StringComparison.Ordinal); end >= 0; end = code.IndexOf('/', end + 1))
        {
            yield return code[..end];
        }

        if (code != "province")
        {
            yield return code;
        }
    }

    private static List<(UnitLevel Level, string Label)> Home(RosterEntry row)
    {
        string?[] labels = [row.City, row.County, row.School, row.Grade, row.Class];
        var levels = string.IsNullOrWhiteSpace(row.School) ? 2 : row.Population == PopulationKind.Staff ? 3 : 5;
        return [.. Enumerable.Range(0, levels).Where(i => !string.IsNullOrWhiteSpace(labels[i])).Select(i => (Line[i].Level, labels[i]!.Trim()))];
    }

    private static string? Dormitory(RosterEntry row) =>
        row.Population == PopulationKind.Staff || string.IsNullOrWhiteSpace(row.School) || string.IsNullOrWhiteSpace(row.Dormitory) ? null : row.Dormitory.Trim();

    private static string Code(IEnumerable<(UnitLevel Level, string Label)> path)
    {
        var code = string.Join('/', path.Select(step => $"{Line.Single(line => line.Level == step.Level).Name}:{Escape(step.Label)}"));
        return code.Length == 0 ? "province" : code;
    }

    private static string SortKey(IEnumerable<(UnitLevel Level, string Label)> path) =>
        string.Concat(path.Select(step => $"{(char)('9' - (int)step.Level)}{step.Label}\0"));

    private static string Escape(string label) => label.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal);

    private static int? Age(RosterEntry row, DateOnly asOf)
    {
        if (row.BirthDate is not { } born || born > asOf)
        {
            return null;
        }

        var age = 0;
        for (; Birthday(born, born.Year + age + 1) <= asOf; age++)
        {
        }

        return row.Population == PopulationKind.Student ? age is >= 10 and <= 70 ? age : null : age is >= 16 and <= 90 ? age : null;
    }

    private static DateOnly Birthday(DateOnly born, int year) =>
        born is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(year) ? new(year, 3, 1) : new(year, born.Month, born.Day);
}
