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
/// Immutable and thread-safe. A count is withheld when the group is smaller than the policy's smallest group, when it or
/// its rest is above zero and smaller than the smallest count; then further cells are withheld until no line of the table,
/// a unit's tiers or a tier's units with their sum, has exactly one withheld cell.
/// </remarks>
public sealed class OfficeReport
{
    private OfficeReport(OfficeRow total, IReadOnlyList<OfficeRow> rows) => (Total, Rows) = (total, rows);

    /// <summary>The unit itself.</summary>
    public OfficeRow Total { get; }

    /// <summary>The units below it, in the order of their codes, never by risk.</summary>
    public IReadOnlyList<OfficeRow> Rows { get; }

    /// <summary>Makes the report of a county, city or province.</summary>
    /// <param name="tallies">The counts.</param>
    /// <param name="unit">The unit; school or above.</param>
    /// <param name="policy">Smallest groups and coverage gates.</param>
    /// <exception cref="ArgumentException">The unit stands below a school: its numbers stay there.</exception>
    public static OfficeReport Create(UnitTallies tallies, int unit, PolicyDefinition policy)
    {
        ArgumentNullException.ThrowIfNull(tallies);
        ArgumentNullException.ThrowIfNull(policy);
        if (tallies.Units.Level(unit) < UnitLevel.School)
        {
            throw new ArgumentException("The numbers of classes, dormitories and grades stay in the school.", nameof(unit));
        }

        int[] units = [unit, .. tallies.Units.Level(unit) == UnitLevel.School ? [] : tallies.Units.Children(unit).Where(child => tallies.Units.Level(child) >= UnitLevel.School)];
        var tiers = Enum.GetValues<Tier>();
        var cells = units.Select(u => tiers.Select(t => tallies[u].Of(t)).ToArray()).ToArray();
        var withheld = Withhold(cells, [.. units.Select(u => tallies[u].Enrolled)], policy.Disclosure);
        var rows = units.Select((u, row) =>
        {
            var tally = tallies[u];
            return new OfficeRow
            {
                Unit = tallies.Units.Code(u),
                Enrolled = tally.Enrolled,
                Eligible = tally.Eligible,
                Valid = IsSmall(tally.Valid, tally.Eligible, policy.Disclosure) ? default : new OfficeCount(tally.Valid),
                Tiers = tiers.ToDictionary(t => t, t => withheld[row][(int)t] ? default : new OfficeCount(cells[row][(int)t])),
                MayGiveRate = tally.Coverage is { } coverage && coverage >= policy.Coverage.NoRateBelow && tally.Eligible >= policy.Disclosure.MinGroup,
            };
        }).ToArray();
        return new OfficeReport(rows[0], rows[1..]);
    }

    /// <summary>The number of rows.</summary>
    public override string ToString() => $"{Rows.Count} rows";

    /// <summary>Whether a count points at few people: the group is small, or the count or its rest is.</summary>
    internal static bool IsSmall(int count, int group, DisclosureRules rules) =>
        group < rules.MinGroup
        || (count > 0 && count < rules.MinCount)
        || (count < group && group - count < rules.MinCount)
        || ((count == 0 || count == group) && group < 2 * rules.MinGroup);

    /// <summary>
    /// Withholds small cells, then the smallest others, until no line can be solved for one cell. The first row is the sum
    /// of the others where there are any; the sum of each row is known.
    /// </summary>
    internal static bool[][] Withhold(int[][] cells, int[] groups, DisclosureRules rules)
    {
        var withheld = cells.Select((row, r) => row.Select(count => IsSmall(count, groups[r], rules)).ToArray()).ToArray();
        var (rows, columns) = (cells.Length, cells[0].Length);
        for (var changed = true; changed;)
        {
            changed = false;
            for (var row = 0; row < rows; row++)
            {
                changed |= Complement([.. Enumerable.Range(0, columns).Select(column => (row, column))]);
            }

            for (var column = 0; rows > 1 && column < columns; column++)
            {
                changed |= Complement([.. Enumerable.Range(0, rows).Select(row => (row, column))]);
            }
        }

        return withheld;

        bool Complement((int Row, int Column)[] line)
        {
            if (line.Count(c => withheld[c.Row][c.Column]) != 1)
            {
                return false;
            }

            var (row, column) = line.Where(c => !withheld[c.Row][c.Column])
                .OrderBy(c => cells[c.Row][c.Column] == 0)
                .ThenBy(c => cells[c.Row][c.Column])
                .ThenByDescending(c => c.Row)
                .ThenBy(c => c.Column)
                .First();
            withheld[row][column] = true;
            return true;
        }
    }
}
