namespace Xinheng.Network;

/// <summary>One number that leaves the school, or that it is withheld.</summary>
/// <remarks>Immutable and thread-safe. <c>default</c> is withheld.</remarks>
public readonly record struct OfficeCount
{
    private readonly int _value;

    internal OfficeCount(int value) => (_value, IsGiven) = (value, true);

    /// <summary>Whether the number is given.</summary>
    public bool IsGiven { get; }

    /// <summary>The number; <see langword="null"/> when it is withheld.</summary>
    public int? Value => IsGiven ? _value : null;

    /// <summary>The number, or <c>withheld</c>.</summary>
    public override string ToString() => IsGiven ? _value.ToString(System.Globalization.CultureInfo.InvariantCulture) : "withheld";
}

/// <summary>One row of what a county, city or province office sees: a school, or a unit above it.</summary>
/// <remarks>Immutable and thread-safe. Counts only: there is no member for a person.</remarks>
public sealed record OfficeRow
{
    /// <summary>Code of the unit.</summary>
    public required string Unit { get; init; }

    /// <summary>Members on the test date.</summary>
    public required int Enrolled { get; init; }

    /// <summary>People to be screened.</summary>
    public required int Eligible { get; init; }

    /// <summary>People with valid answers.</summary>
    public required OfficeCount Valid { get; init; }

    /// <summary>People by tier, from <see cref="Tier.Unknown"/> to <see cref="Tier.Red"/>; they add up to <see cref="Enrolled"/> where all are given.</summary>
    public required IReadOnlyDictionary<Tier, OfficeCount> Tiers { get; init; }

    /// <summary>Whether the coverage allows any rate.</summary>
    public required bool MayGiveRate { get; init; }

    /// <summary>The unit.</summary>
    public override string ToString() => Unit;
}

/// <summary>What a county, city or province office sees: counts with small cells withheld, so that none can be worked out from the others.</summary>
/// <remarks>
/// Immutable and thread-safe. A count is withheld when the group is smaller than the policy's smallest group, or when it or
/// its rest is above zero and smaller than the smallest count. Then further cells are withheld until no line, a unit's tiers
/// or a tier's units with their sum, has exactly one withheld cell or withheld cells that are few people together, and until
/// every small cell could have another value. People of a unit who stand in none of its rows count as a row that nobody
/// sees. What is withheld is decided for all units of the tallies at once, so that a unit shows the same cells in its own
/// report and in the report of the unit above: make the reports of one wave from the same tallies.
/// </remarks>
public sealed class OfficeReport
{
    private OfficeReport(OfficeRow total, IReadOnlyList<OfficeRow> rows) => (Total, Rows) = (total, rows);

    /// <summary>The unit itself.</summary>
    public OfficeRow Total { get; }

    /// <summary>The units below it, in the order of their codes, never by risk.</summary>
    public IReadOnlyList<OfficeRow> Rows { get; }

    /// <summary>Makes the report of a county, city or province.</summary>
    /// <param name="tallies">The counts of all units whose reports are made.</param>
    /// <param name="unit">The unit; school or above.</param>
    /// <param name="policy">Smallest groups and coverage gates.</param>
    /// <exception cref="ArgumentException">The unit stands below a school: its numbers stay there. Or the policy is for the other population.</exception>
    public static OfficeReport Create(UnitTallies tallies, int unit, PolicyDefinition policy)
    {
        ArgumentNullException.ThrowIfNull(tallies);
        ArgumentNullException.ThrowIfNull(policy);
        return IsOffice(tallies.Units, unit)
            ? Table(tallies, policy)(unit)
            : throw new ArgumentException("The numbers of classes, dormitories and grades stay in the school.", nameof(unit));
    }

    /// <summary>Makes the reports of all counties, cities and the province; what is withheld is decided once.</summary>
    /// <param name="tallies">The counts of all units.</param>
    /// <param name="policy">Smallest groups and coverage gates.</param>
    /// <returns>The units with their reports, in the order of the units.</returns>
    /// <exception cref="ArgumentException">The policy is for the other population.</exception>
    public static IReadOnlyList<(int Unit, OfficeReport Report)> CreateAll(UnitTallies tallies, PolicyDefinition policy)
    {
        ArgumentNullException.ThrowIfNull(tallies);
        ArgumentNullException.ThrowIfNull(policy);
        var report = Table(tallies, policy);
        return [.. Enumerable.Range(0, tallies.Units.Count).Where(u => tallies.Units.Level(u) > UnitLevel.School).Select(u => (u, report(u)))];
    }

    /// <summary>Decides what is withheld for all units at once; gives the report of each.</summary>
    private static Func<int, OfficeReport> Table(UnitTallies tallies, PolicyDefinition policy)
    {
        if (policy.Population != tallies.Population)
        {
            throw new ArgumentException("The policy is for the other population: its smallest groups do not fit.", nameof(policy));
        }

        var offices = Enumerable.Range(0, tallies.Units.Count).Where(u => IsOffice(tallies.Units, u)).ToArray();
        int[] parents = [.. offices.Select(u => Array.BinarySearch(offices, tallies.Units.Parent(u))).Select(parent => Math.Max(parent, -1))];
        var tiers = Enum.GetValues<Tier>();
        var byTier = Withhold([.. offices.Select(u => tiers.Select(t => tallies[u].Of(t)).ToArray())], parents, policy.Disclosure);
        var byValid = Withhold([.. offices.Select(u => new[] { tallies[u].Valid, tallies[u].Eligible - tallies[u].Valid })], parents, policy.Disclosure);
        return unit => new OfficeReport(Row(unit), [.. tallies.Units.Children(unit).Where(u => IsOffice(tallies.Units, u)).OrderBy(tallies.Units.Code, StringComparer.Ordinal).Select(Row)]);

        OfficeRow Row(int of)
        {
            var (tally, row) = (tallies[of], Array.BinarySearch(offices, of));
            return new OfficeRow
            {
                Unit = tallies.Units.Code(of),
                Enrolled = tally.Enrolled,
                Eligible = tally.Eligible,
                Valid = byValid[row][0] ? default : new OfficeCount(tally.Valid),
                Tiers = tiers.ToDictionary(t => t, t => byTier[row][(int)t] ? default : new OfficeCount(tally.Of(t))),
                MayGiveRate = tally.Coverage is { } coverage && coverage >= policy.Coverage.NoRateBelow && tally.Eligible >= policy.Disclosure.MinGroup,
            };
        }
    }

    /// <summary>The number of rows.</summary>
    public override string ToString() => $"{Rows.Count} rows";

    /// <summary>Whether a count points at few people: the group is small, or the count or its rest is.</summary>
    internal static bool IsSmall(int count, int group, DisclosureRules rules) =>
        group < rules.MinGroup
        || (count > 0 && count < rules.MinCount)
        || (count < group && group - count < rules.MinCount)
        || ((count == 0 || count == group) && group < 2 * rules.MinGroup);

    /// <summary>Which cells are withheld: see the remarks of the type.</summary>
    /// <param name="cells">One row per unit, a unit after the one above it; the cells of a row add up to a group whose size everybody knows.</param>
    /// <param name="parents">The row of which a row is a part; -1 for none.</param>
    /// <param name="rules">Smallest groups and counts.</param>
    internal static bool[][] Withhold(int[][] cells, int[] parents, DisclosureRules rules) => new WithheldCells(cells, parents, rules).Solve();

    private static bool IsOffice(UnitTree units, int unit) => units.Level(unit) >= UnitLevel.School;
}
