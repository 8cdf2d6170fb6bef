namespace Xinheng.Network.Tests;

/// <summary>Small made-up provinces with everything a roster can do wrong, from one seed.</summary>
internal static class Province
{
    public static readonly DateOnly[] Dates = [new(2026, 10, 12), new(2028, 2, 29), new(2027, 2, 28), new(2027, 3, 1)];

    private static readonly string?[] Cities = ["City/A", "City%B", null, " "];
    private static readonly string?[] Counties = ["County", "County", "East", null];
    private static readonly string?[] Schools = ["No. 1", "No. 1", "No. 2", " No. 2 ", null];
    private static readonly string?[] Grades = ["1", "2", null];
    private static readonly string?[] Classes = ["1", "2", "3", "", null];
    private static readonly string?[] Dormitories = ["1", "2", "", null];

    public static List<RosterEntry> Rows(Random random, DateOnly asOf, int people)
    {
        List<RosterEntry> rows = [];
        for (var person = 0; person < people; person++)
        {
            var count = random.Next(6) == 0 ? random.Next(2, 4) : 1;
            var birth = Birth(random, asOf);
            for (var i = 0; i < count; i++)
            {
                rows.Add(new()
                {
                    Person = $"学{person % 7}-{person}",
                    Population = random.Next(12) == 0 ? PopulationKind.Staff : PopulationKind.Student,
                    School = Pick(random, Schools), Grade = Pick(random, Grades), Class = Pick(random, Classes), Dormitory = Pick(random, Dormitories),
                    County = Pick(random, Counties), City = Pick(random, Cities),
                    Sex = random.Next(3) is > 0 and var sex ? (Sex)sex : null,
                    BirthDate = birth,
                    Boarding = Maybe(random), LeftBehind = Maybe(random), SingleParent = Maybe(random), Poverty = Maybe(random), Consent = Maybe(random),
                    From = random.Next(2) == 0 ? null : asOf.AddDays(random.Next(-3, 2)),
                    To = random.Next(2) == 0 ? null : asOf.AddDays(random.Next(-1, 3)),
                    Status = random.Next(3) == 0 ? (EnrolmentStatus)random.Next(4) : EnrolmentStatus.Enrolled,
                    Row = rows.Count + 2,
                });
            }
        }

        return rows;
    }

    public static Roster Build(IEnumerable<RosterEntry> rows, DateOnly asOf, PopulationKind population = PopulationKind.Student)
    {
        var builder = new RosterBuilder(asOf, population);
        foreach (var row in rows)
        {
            builder.Add(row);
        }

        return builder.Build();
    }

    /// <summary>What came in: people of the roster and others, corrected now and then.</summary>
    public static List<(string Person, PersonState State)> Submissions(Random random, int people, bool ties)
    {
        List<(string, PersonState)> submissions = [];
        for (var i = 0; i < people * 2; i++)
        {
            var person = random.Next(people + 4);
            submissions.Add((random.Next(15) == 0 ? $"stranger-{person}" : $"学{person % 7}-{person}", State(random, ties ? random.Next(3) : i + 1)));
        }

        return submissions;
    }

    public static PersonState State(Random random, long sequence) => new()
    {
        Outcome = new()
        {
            Tier = (Tier)random.Next(6), Certain = (Tier)random.Next(6), Possible = (Tier)random.Next(6), Incomplete = random.Next(3) == 0,
            Fired = (ulong)random.NextInt64(), CouldFire = ulong.MaxValue - (ulong)random.Next(9), Tasks = uint.MaxValue - (uint)random.Next(9),
        },
        Validity = (ResponseValidity)random.Next(4),
        Sequence = sequence,
    };

    public static NetworkState Fill(Roster roster, IEnumerable<(string Person, PersonState State)> submissions)
    {
        var state = new NetworkState(roster);
        foreach (var (person, one) in submissions)
        {
            state.Set(person, one);
        }

        return state;
    }

    public static byte[] Bytes(NetworkState state)
    {
        using var stream = new MemoryStream();
        state.Save(stream);
        return stream.ToArray();
    }

    public static byte[] Bytes(UnitTallies tallies)
    {
        using var stream = new MemoryStream();
        tallies.Save(stream);
        return stream.ToArray();
    }

    public static void Shuffle<T>(Random random, List<T> list) => random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list));

    private static DateOnly? Birth(Random random, DateOnly asOf) => random.Next(9) switch
    {
        0 => null,
        1 => asOf.AddDays(random.Next(1, 500)),
        2 => new(2012, 2, 29),
        3 => asOf.AddYears(-random.Next(2, 95)),
        4 => asOf.AddYears(-14).AddDays(random.Next(-1, 2)),
        _ => asOf.AddYears(-random.Next(13, 18)).AddDays(-random.Next(365)),
    };

    private static bool? Maybe(Random random) => random.Next(3) switch { 0 => null, 1 => true, _ => false };

    private static string? Pick(Random random, string?[] from) => from[random.Next(from.Length)];
}
