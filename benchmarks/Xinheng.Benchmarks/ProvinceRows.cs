using System.Globalization;
using Xinheng.Network;

namespace Xinheng.Benchmarks;

/// <summary>A province of any size: classes of 40, schools of 1,200, rooms of 8.</summary>
internal static class ProvinceRows
{
    public static IEnumerable<RosterEntry> Make(int students)
    {
        string[] numbers = [.. Enumerable.Range(0, 1000).Select(n => n.ToString(CultureInfo.InvariantCulture))];
        return Enumerable.Range(0, students).Select(person =>
        {
            var school = person / 1200;
            return new RosterEntry
            {
                Person = string.Create(CultureInfo.InvariantCulture, $"4301{person:00000000}"),
                City = numbers[school / 60], County = numbers[school / 6], School = numbers[school],
                Grade = numbers[person / 400 % 3], Class = numbers[person / 40 % 10], Dormitory = numbers[person / 8 % 150], BirthDate = new(2010, 1, 1),
            };
        });
    }

    public static Roster Build(IEnumerable<RosterEntry> rows)
    {
        var builder = new RosterBuilder(new(2026, 10, 12), PopulationKind.Student);
        foreach (var row in rows)
        {
            builder.Add(row);
        }

        return builder.Build();
    }
}
