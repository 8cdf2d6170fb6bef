namespace Xinheng.Network;

/// <summary>What a warning about a unit is about.</summary>
public enum UnitWarningKind
{
    /// <summary>Too few valid answers to call the unit low, or to give any rate.</summary>
    Coverage,

    /// <summary>Several people of one dormitory together.</summary>
    DormitoryCluster,

    /// <summary>Nobody has seen a red person in time.</summary>
    RedOverdue,
}

/// <summary>A warning about a unit, for the school's psychologist only: it can point at few people.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record UnitWarning
{
    /// <summary>What it is about.</summary>
    public required UnitWarningKind Kind { get; init; }

    /// <summary>Code of the unit.</summary>
    public required string Unit { get; init; }

    /// <summary>How many people it is about: red, red or orange, overdue, or still to be screened.</summary>
    public required int People { get; init; }

    /// <summary>What is to be done.</summary>
    public required LocalizedText Text { get; init; }

    /// <summary>The kind.</summary>
    public override string ToString() => Kind.ToString();
}

/// <summary>A red tier that nobody has acted on yet, as a host keeps it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct OpenRed
{
    /// <summary>Code of the school.</summary>
    public required string School { get; init; }

    /// <summary>By when somebody had to act.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "open";
}

/// <summary>Simple rules about units: coverage, clusters in a dormitory, red people whom nobody has seen.</summary>
/// <remarks>Thread-safe: no state. Rules, not significance tests.</remarks>
public static class UnitRules
{
    private static readonly LocalizedText NoRate = new() { En = "Too few valid answers: no rate may be given. Screen the others.", ZhHans = "有效作答过少，不得发布比率，请补测。" };
    private static readonly LocalizedText NotLow = new() { En = "The unit cannot be called low. Screen the others.", ZhHans = "不得判定为低风险单位，请补测。" };

    private static readonly LocalizedText Several = new()
    {
        En = "Several people of one dormitory: look for a shared burden, bullying or contagion. It is no proof of any.",
        ZhHans = "同一宿舍多人需关注：请了解是否存在共同压力、欺凌或相互影响；本提示并非定论。",
    };

    /// <summary>Units in which too few eligible people have valid answers, in the order of the units.</summary>
    /// <remarks>
    /// A unit without eligible people has no coverage and no warning, nor has a dormitory: people are screened class by class, and
    /// one absentee of a room of eight is no news. Taking part is voluntary for staff: none.
    /// </remarks>
    public static IReadOnlyList<UnitWarning> Coverage(UnitTallies tallies, CoverageGates gates)
    {
        ArgumentNullException.ThrowIfNull(tallies);
        ArgumentNullException.ThrowIfNull(gates);
        return
        [
            .. Enumerable.Range(0, tallies.Units.Count).Select(unit => Coverage(tallies.Units, unit, tallies[unit], tallies.Population, gates)).OfType<UnitWarning>(),
        ];
    }

    /// <summary>Dormitories with several red, or red and orange, people whose tiers fall within the days of the rule.</summary>
    /// <param name="state">The people with their tiers.</param>
    /// <param name="rules">The numbers.</param>
    /// <param name="dayOf">Day on which a member's tier was decided; <see langword="null"/> = the test date for everybody.</param>
    public static IReadOnlyList<UnitWarning> Dormitories(NetworkState state, ClusterRules rules, Func<int, DateOnly>? dayOf = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(rules);
        var roster = state.Roster;
        var dormitories = new SortedDictionary<int, (List<DateOnly> Red, int RedOrOrange)>();
        for (var person = 0; person < roster.Count; person++)
        {
            if (state[person].Outcome.Tier >= Tier.Orange && roster.UnitAt(person, UnitLevel.Dormitory) is >= 0 and var dormitory)
            {
                var (red, count) = dormitories.TryGetValue(dormitory, out var found) ? found : ([], 0);
                if (state[person].Outcome.Tier == Tier.Red)
                {
                    red.Add(dayOf?.Invoke(person) ?? roster.AsOf);
                }

                dormitories[dormitory] = (red, count + 1);
            }
        }

        foreach (var (red, _) in dormitories.Values)
        {
            red.Sort();
        }

        return [.. dormitories.Select(d => Dormitory(roster.Units, d.Key, d.Value.Red, d.Value.RedOrOrange, rules)).OfType<UnitWarning>()];
    }

    /// <summary>The coverage rule for one unit; <see langword="null"/> = no warning.</summary>
    internal static UnitWarning? Coverage(UnitTree units, int unit, in UnitTally tally, PopulationKind population, CoverageGates gates) =>
        population == PopulationKind.Student && units.Level(unit) != UnitLevel.Dormitory && tally.Coverage is { } coverage && coverage < gates.CannotBeLowBelow
            ? new() { Kind = UnitWarningKind.Coverage, Unit = units.Code(unit), People = tally.ToBeScreened, Text = coverage < gates.NoRateBelow ? NoRate : NotLow }
            : null;

    /// <summary>The rule of clusters for one dormitory; <see langword="null"/> = no warning.</summary>
    /// <param name="units">The units.</param>
    /// <param name="dormitory">The dormitory.</param>
    /// <param name="red">Days of the red people, in order.</param>
    /// <param name="redOrOrange">How many people are red or orange.</param>
    /// <param name="rules">The numbers.</param>
    internal static UnitWarning? Dormitory(UnitTree units, int dormitory, IReadOnlyList<DateOnly> red, int redOrOrange, ClusterRules rules)
    {
        var close = Enumerable.Range(0, Math.Max(0, red.Count - rules.Red + 1))
            .Any(first => red[first + rules.Red - 1].DayNumber - red[first].DayNumber <= rules.RedDays);
        return close || redOrOrange >= rules.RedOrOrange
            ? new() { Kind = UnitWarningKind.DormitoryCluster, Unit = units.Code(dormitory), People = close ? red.Count : redOrOrange, Text = Several }
            : null;
    }

    /// <summary>Schools with red people whom nobody has acted on in time.</summary>
    public static IReadOnlyList<UnitWarning> RedOverdue(IEnumerable<OpenRed> open, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(open);
        return
        [
            .. open.Where(o => o.Due < now).GroupBy(o => o.School, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new UnitWarning
            {
                Kind = UnitWarningKind.RedOverdue, Unit = g.Key, People = g.Count(),
                Text = new() { En = "Red and not seen in time: one level up, now.", ZhHans = "红色对象超时未处置：立即上报上一级。" },
            }),
        ];
    }
}
