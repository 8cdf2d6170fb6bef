using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Xinheng.Network.Tests;

/// <summary>What an office is given, and that nobody can work out what is withheld.</summary>
public sealed class OfficeReportTests
{
    private static readonly DateOnly Day = new(2026, 10, 12);
    private static readonly PolicyDefinition Students = Policy.Default(PopulationKind.Student).Definition;
    private static readonly DisclosureRules Rules = new() { MinGroup = 10, MinCount = 5 };
    private static readonly DisclosureRules Tiny = new() { MinGroup = 4, MinCount = 2 };

    [Theory]
    [InlineData(5, 9, true)] // The group is small.
    [InlineData(5, 10, false)]
    [InlineData(4, 100, true)]
    [InlineData(1, 100, true)]
    [InlineData(5, 100, false)]
    [InlineData(95, 100, false)]
    [InlineData(96, 100, true)] // The rest is small.
    [InlineData(99, 100, true)]
    [InlineData(0, 19, true)] // Nobody or everybody of a group that is not large.
    [InlineData(19, 19, true)]
    [InlineData(0, 20, false)]
    [InlineData(20, 20, false)]
    [InlineData(0, 0, true)]
    public void A_count_is_small_up_to_its_bounds(int count, int group, bool small) => Assert.Equal(small, OfficeReport.IsSmall(count, group, Rules));

    [Fact]
    public void All_reports_at_once_are_those_made_one_by_one()
    {
        var tallies = Counted((School: "A", new[] { 0, 30, 10, 10, 10, 10 }), ("B", [0, 40, 10, 10, 10, 10]), ("C", [0, 9, 0, 0, 0, 0]));
        var all = OfficeReport.CreateAll(tallies, Students);
        Assert.Equal(Enumerable.Range(0, tallies.Units.Count).Where(u => tallies.Units.Level(u) > UnitLevel.School), all.Select(r => r.Unit));
        Assert.All(all, pair =>
        {
            var alone = OfficeReport.Create(tallies, pair.Unit, Students);
            Assert.Equal(alone.Rows.Prepend(alone.Total).SelectMany(r => r.Tiers.Values), pair.Report.Rows.Prepend(pair.Report.Total).SelectMany(r => r.Tiers.Values));
        });
    }

    [Fact]
    public void A_table_without_small_counts_is_given_whole() =>
        Assert.DoesNotContain(true, OfficeReport.Withhold([[12, 60, 40, 30, 20, 18], [6, 30, 20, 15, 10, 9], [6, 30, 20, 15, 10, 9]], [-1, 0, 0], Rules).SelectMany(row => row));

    [Fact]
    public void A_single_small_cell_takes_three_others_with_it()
    {
        var withheld = OfficeReport.Withhold([[20, 60, 40, 30, 20, 12], [10, 30, 20, 15, 10, 4], [10, 30, 20, 15, 10, 8]], [-1, 0, 0], Rules);
        Assert.Equal(["000000", "100001", "100001"], withheld.Select(Text));
    }

    [Fact]
    public void Few_people_in_two_cells_are_no_sum_either() =>
        Assert.Equal(["001011"], OfficeReport.Withhold([[30, 200, 20, 100, 1, 2]], [-1], Rules).Select(Text));

    [Property(MaxTest = 400)]
    public Property No_line_tells_a_withheld_cell() => ForAll(seed =>
    {
        var random = new Random(seed);
        var cells = Table(random, random.Next(2, 5), 6, 30);
        int[] parents = [-1, .. Enumerable.Repeat(0, cells.Length - 1)];
        var withheld = OfficeReport.Withhold(cells, parents, Rules);
        for (var row = 0; row < cells.Length; row++)
        {
            Assert.NotEqual(1, withheld[row].Count(cell => cell));
            for (var column = 0; column < 6; column++)
            {
                Assert.True(withheld[row][column] || !OfficeReport.IsSmall(cells[row][column], cells[row].Sum(), Rules));
                Assert.True(withheld[row][column] || cells[row][column] is 0 or >= 5);
            }
        }

        Assert.All(Enumerable.Range(0, 6), column => Assert.NotEqual(1, withheld.Count(row => row[column])));
        Assert.Equal(withheld, OfficeReport.Withhold(cells, parents, Rules));
        Assert.All(SmallCells(cells, Rules), cell => Assert.False(IsSolved(cells, parents, withheld, cell)));
    });

    [Property(MaxTest = 200)]
    public Property No_equation_of_a_whole_province_tells_a_small_cell() => ForAll(seed =>
    {
        var (cells, parents) = Tree(new Random(seed));
        var withheld = OfficeReport.Withhold(cells, parents, Rules);
        Assert.All(SmallCells(cells, Rules), cell => Assert.True(withheld[cell.Row][cell.Column] && !IsSolved(cells, parents, withheld, cell)));
    });

    [Property(MaxTest = 300)]
    public Property Every_small_cell_could_have_another_value() => ForAll(seed =>
    {
        // All tables that an office could think of, one by one; people who are in no row are a row that it does not see.
        var random = new Random(seed);
        var cells = Table(random, random.Next(2, 5), 3, 4);
        var shown = cells.Length - (cells.Length > 2 ? random.Next(2) : 0);
        int[] parents = [-1, .. Enumerable.Repeat(0, shown - 1)];
        var withheld = OfficeReport.Withhold(cells[..shown], parents, Tiny).Concat(cells[shown..].Select(row => row.Select(_ => true).ToArray())).ToArray();
        var values = Values(cells, withheld);
        Assert.All(SmallCells(cells, Tiny), cell => Assert.True(withheld[cell.Row][cell.Column] && values[cell.Row][cell.Column].Count > 1, $"row {cell.Row}, column {cell.Column}"));
    });

    [Property(MaxTest = 200)]
    public Property Each_withheld_cell_varies_as_found_by_trying() => ForAll(seed =>
    {
        var random = new Random(seed);
        var cells = Table(random, random.Next(2, 4), 3, 4);
        int[] parents = [-1, .. Enumerable.Repeat(0, cells.Length - 1)];
        var solver = new WithheldCells(cells, parents, Tiny);
        var withheld = solver.Solve();
        var values = Values(cells, withheld);
        for (var row = 0; row < cells.Length; row++)
        {
            for (var column = 0; column < 3; column++)
            {
                Assert.True(!withheld[row][column] || solver.Varies(row, column) == values[row][column].Count > 1);
            }
        }
    });

    [Property(MaxTest = 60)]
    public Property A_unit_shows_the_same_cells_in_every_report() => ForAll(seed =>
    {
        var tallies = UnitTallies.Count(State(new Random(seed)));
        for (var unit = 0; unit < tallies.Units.Count; unit++)
        {
            if (tallies.Units.Level(unit) <= UnitLevel.Grade)
            {
                continue;
            }

            var report = OfficeReport.Create(tallies, unit, Students);
            Assert.Equal(tallies.Units.Code(unit), report.Total.Unit);
            Assert.Equal(report.Rows.Select(row => row.Unit).Order(StringComparer.Ordinal), report.Rows.Select(row => row.Unit));
            foreach (var row in report.Rows)
            {
                var own = OfficeReport.Create(tallies, tallies.Units.IndexOf(row.Unit), Students).Total;
                Assert.Equal((row.Enrolled, row.Eligible, row.Valid, row.MayGiveRate), (own.Enrolled, own.Eligible, own.Valid, own.MayGiveRate));
                Assert.Equal(row.Tiers, own.Tiers);
            }

            foreach (var row in report.Rows.Prepend(report.Total))
            {
                var tally = tallies[tallies.Units.IndexOf(row.Unit)];
                Assert.Equal((tally.Enrolled, tally.Eligible), (row.Enrolled, row.Eligible));
                Assert.All(row.Tiers, cell => Assert.True(cell.Value.Value is null || (cell.Value.Value == tally.Of(cell.Key) && cell.Value.Value is 0 or >= 5)));
                Assert.True(row.Valid.Value is null || (row.Valid.Value == tally.Valid && !OfficeReport.IsSmall(tally.Valid, tally.Eligible, Students.Disclosure)));
                Assert.True(tally.Eligible >= 10 || (!row.Valid.IsGiven && !row.MayGiveRate));
            }

            if (report.Rows.Count > 0)
            {
                Assert.True(report.Rows.Sum(row => row.Enrolled) < report.Total.Enrolled || report.Rows.Append(report.Total).Count(row => !row.Valid.IsGiven) != 1);
            }
        }
    });

    [Fact]
    public void A_person_without_a_school_is_not_what_is_left_over()
    {
        var tallies = Counted((School: "A", new[] { 0, 30, 10, 10, 10, 10 }), ("B", [0, 30, 10, 10, 10, 10]), (null!, [0, 0, 0, 0, 0, 1]));
        var report = OfficeReport.Create(tallies, 0, Students);
        Assert.Equal(141, report.Total.Enrolled);
        Assert.True(!report.Total.Tiers[Tier.Red].IsGiven || report.Rows.Any(row => !row.Tiers[Tier.Red].IsGiven));
        Assert.True(!report.Total.Valid.IsGiven || report.Rows.Any(row => !row.Valid.IsGiven));
    }

    [Fact]
    public void The_valid_answers_of_a_small_school_are_not_what_is_left_over()
    {
        var report = OfficeReport.Create(Counted((School: "A", new[] { 0, 30, 10, 10, 10, 10 }), ("B", [0, 40, 10, 10, 10, 10]), ("C", [0, 9, 0, 0, 0, 0])), 0, Students);
        Assert.False(report.Rows[2].Valid.IsGiven);
        Assert.Contains(report.Rows.Take(2).Append(report.Total), row => !row.Valid.IsGiven);
        Assert.All(report.Rows[2].Tiers.Values, cell => Assert.False(cell.IsGiven));
        Assert.False(report.Rows[2].MayGiveRate);
        Assert.True(report.Rows[1].MayGiveRate);
    }

    [Fact]
    public void A_school_is_its_own_total_and_has_no_rows()
    {
        var tallies = Counted((School: "A", new[] { 0, 30, 20, 10, 10, 10 }));
        var report = OfficeReport.Create(tallies, tallies.Units.IndexOf("school:A"), Students);
        Assert.Empty(report.Rows);
        Assert.Equal([0, 30, 20, 10, 10, 10], Enum.GetValues<Tier>().Select(tier => report.Total.Tiers[tier].Value));
        Assert.Equal("80", report.Total.Valid.ToString());
        Assert.Equal("withheld", default(OfficeCount).ToString());
        Assert.Null(default(OfficeCount).Value);
    }

    [Theory]
    [InlineData("school:A/grade:1")]
    [InlineData("school:A/grade:1/class:3")]
    [InlineData("school:A/dormitory:7")]
    public void The_numbers_of_units_below_a_school_stay_there(string code)
    {
        var roster = Province.Build([new() { Person = "s", School = "A", Grade = "1", Class = "3", Dormitory = "7" }], Day);
        var tallies = UnitTallies.Count(new NetworkState(roster));
        Assert.Throws<ArgumentException>("unit", () => OfficeReport.Create(tallies, roster.Units.IndexOf(code), Students));
    }

    [Fact]
    public void The_policy_of_the_other_population_is_refused() =>
        Assert.Throws<ArgumentException>("policy", () => OfficeReport.Create(Counted((School: "A", new[] { 0, 30, 0, 0, 0, 0 })), 0, Policy.Default(PopulationKind.Staff).Definition));

    [Fact]
    public void Counties_and_schools_stand_in_the_order_of_their_codes()
    {
        var roster = Province.Build([.. new[] { "b", "C", "a" }.Select(name => new RosterEntry { Person = name, School = name }), new() { Person = "x", School = "z", County = "K" }], Day);
        var report = OfficeReport.Create(UnitTallies.Count(new NetworkState(roster)), 0, Students);
        Assert.Equal(["county:K", "school:C", "school:a", "school:b"], report.Rows.Select(row => row.Unit));
        Assert.All(report.Rows, row => Assert.All(row.Tiers.Values, cell => Assert.False(cell.IsGiven)));
    }

    private static string Text(bool[] row) => string.Concat(row.Select(cell => cell ? '1' : '0'));

    /// <summary>The first row is the sum of the others.</summary>
    private static int[][] Table(Random random, int rows, int columns, int most)
    {
        var parts = Enumerable.Range(1, rows - 1).Select(_ => Row(random, columns, most)).ToArray();
        return [Sum(parts), .. parts];
    }

    private static int[] Row(Random random, int columns, int most) => [.. Enumerable.Range(0, columns).Select(_ => random.Next(3) == 0 ? random.Next(Math.Min(most, 6) + 1) : random.Next(most + 1))];

    private static int[] Sum(IReadOnlyList<int[]> rows) => [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Sum(row => row[column]))];

    private static (int[][] Cells, int[] Parents) Tree(Random random)
    {
        List<int[]> cells = [[]];
        List<int> parents = [-1];
        List<int[]> counties = [];
        for (var county = random.Next(1, 4); county > 0; county--)
        {
            var schools = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Row(random, 6, 30)).ToArray();
            counties.Add(Sum(schools));
            cells.Add(counties[^1]);
            parents.Add(0);
            var parent = cells.Count - 1;
            cells.AddRange(schools);
            parents.AddRange(schools.Select(_ => parent));
        }

        cells[0] = Sum(counties);
        return ([.. cells], [.. parents]);
    }

    private static IEnumerable<(int Row, int Column)> SmallCells(int[][] cells, DisclosureRules rules) =>
        from row in Enumerable.Range(0, cells.Length)
        from column in Enumerable.Range(0, cells[0].Length)
        where cells[row].Sum() > 0 && OfficeReport.IsSmall(cells[row][column], cells[row].Sum(), rules)
        select (row, column);

    /// <summary>Whether the sums of rows and columns are equations that have one solution for the cell.</summary>
    private static bool IsSolved(int[][] cells, int[] parents, bool[][] withheld, (int Row, int Column) cell)
    {
        List<long[]> equations = [];
        var columns = cells[0].Length;
        for (var row = 0; row < cells.Length; row++)
        {
            equations.Add(Equation(from column in Enumerable.Range(0, columns) select (row, column, 1)));
            var parts = Enumerable.Range(0, cells.Length).Where(part => parents[part] == row).ToList();
            for (var column = 0; parts.Count > 0 && column < columns; column++)
            {
                equations.Add(Equation(parts.Select(part => (part, column, 1)).Append((row, column, -1))));
            }
        }

        return Rank(equations) == Rank([.. equations, Equation([(cell.Row, cell.Column, 1)])]);

        long[] Equation(IEnumerable<(int Row, int Column, int Factor)> terms)
        {
            var equation = new long[cells.Length * columns];
            foreach (var (row, column, factor) in terms.Where(term => withheld[term.Row][term.Column]))
            {
                equation[(row * columns) + column] = factor;
            }

            return equation;
        }
    }

    private static int Rank(IEnumerable<long[]> equations)
    {
        const long Prime = 2147483647;
        var rows = equations.Select(row => row.Select(x => (x + Prime) % Prime).ToArray()).ToList();
        var rank = 0;
        for (var column = 0; column < rows[0].Length; column++)
        {
            var pivot = rows.FindIndex(rank, row => row[column] != 0);
            if (pivot < 0)
            {
                continue;
            }

            (rows[rank], rows[pivot]) = (rows[pivot], rows[rank]);
            var inverse = (long)System.Numerics.BigInteger.ModPow(rows[rank][column], Prime - 2, Prime);
            for (var row = rank + 1; row < rows.Count; row++)
            {
                var factor = rows[row][column] * inverse % Prime;
                for (var i = column; factor != 0 && i < rows[row].Length; i++)
                {
                    rows[row][i] = (rows[row][i] + Prime - (factor * rows[rank][i] % Prime)) % Prime;
                }
            }

            if (++rank == rows.Count)
            {
                break;
            }
        }

        return rank;
    }

    /// <summary>Every value that each cell has in some table with the given cells and sums.</summary>
    private static HashSet<int>[][] Values(int[][] cells, bool[][] withheld)
    {
        var values = cells.Select(row => row.Select(_ => new HashSet<int>()).ToArray()).ToArray();
        var possible = cells.Select((row, r) => Fill(row, withheld[r], row.Sum(), []).ToList()).ToArray();
        Pick([], cells.Length > 1 ? 1 : 0);
        return values;

        void Pick(List<int[]> parts, int row)
        {
            if (row < cells.Length)
            {
                foreach (var one in possible[row])
                {
                    Pick([.. parts, one], row + 1);
                }

                return;
            }

            var total = Sum(parts);
            if (Enumerable.Range(0, total.Length).All(column => withheld[0][column] || total[column] == cells[0][column]))
            {
                foreach (var (one, r) in (cells.Length > 1 ? parts.Prepend(total) : parts).Select((one, r) => (one, r)))
                {
                    for (var column = 0; column < one.Length; column++)
                    {
                        values[r][column].Add(one[column]);
                    }
                }
            }
        }

        static IEnumerable<int[]> Fill(int[] row, bool[] hidden, int left, int[] start)
        {
            var column = start.Length;
            if (column == row.Length)
            {
                return left == 0 ? [start] : [];
            }

            var choices = hidden[column] ? Enumerable.Range(0, left + 1) : row[column] <= left ? [row[column]] : [];
            return choices.SelectMany(value => Fill(row, hidden, left - value, [.. start, value]));
        }
    }

    private static UnitTallies Counted(params (string School, int[] Tiers)[] schools)
    {
        List<RosterEntry> rows = [];
        List<(string, PersonState)> states = [];
        foreach (var (school, tiers) in schools)
        {
            foreach (var tier in tiers.SelectMany((count, tier) => Enumerable.Repeat((Tier)tier, count)))
            {
                rows.Add(new() { Person = $"s{rows.Count}", School = school, Consent = true });
                states.Add((rows[^1].Person!, new() { Outcome = new() { Tier = tier }, Validity = ResponseValidity.Valid, Sequence = 1 }));
            }
        }

        return UnitTallies.Count(Province.Fill(Province.Build(rows, Day), states));
    }

    private static NetworkState State(Random random)
    {
        List<RosterEntry> rows = [];
        for (var person = random.Next(40, 400); person > 0; person--)
        {
            var school = random.Next(9);
            rows.Add(new() { Person = $"s{person}", School = school == 8 && random.Next(9) == 0 ? null : $"{school}", County = school < 6 ? $"{school / 2}" : null, Consent = true, Status = (EnrolmentStatus)random.Next(4) });
        }

        return Province.Fill(Province.Build(rows, Day), rows.Select(row => (row.Person!, Province.State(random, 1))));
    }

    private static Property ForAll(Action<int> law) => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), law);
}
