namespace Xinheng.Cli.Demo;

/// <summary>What was really made: people by fate, cells, events, and the moments of the latent variables.</summary>
/// <remarks>Integers only, so that schools can be added in any order. Mutable, not thread-safe.</remarks>
internal sealed class Tally
{
    private readonly Dictionary<Fate, List<int>> _persons =
        Enum.GetValues<Fate>().Where(IsListed).ToDictionary(f => f, _ => new List<int>());

    private readonly List<int> _unknown = [];

    public int[] FateCounts { get; } = new int[Enum.GetValues<Fate>().Length];

    public int[] EventCounts { get; } = new int[ProvinceModel.Events.Count];

    public long Rows { get; private set; }

    public long BlankCells { get; private set; }

    /// <summary>Everybody on the roster.</summary>
    public Moments All { get; } = new();

    /// <summary>Everybody with one row, filled in with care.</summary>
    public Moments Clean { get; } = new();

    /// <summary>Persons beside whom an unknown one answers.</summary>
    public IReadOnlyList<int> Unknown => _unknown;

    /// <summary>Whether the persons of a fate are listed: those whose rows look like any other row.</summary>
    public static bool IsListed(Fate fate) => fate != Fate.Clean && SchoolPlan.RowsOf(fate) > 0;

    /// <summary>Persons of a listed fate.</summary>
    public IReadOnlyList<int> PersonsOf(Fate fate) => _persons[fate];

    /// <summary>Adds a school. Schools are added in order, so that lists of persons are in order too.</summary>
    public void Add(SimulatedSchool school, SchoolText text)
    {
        for (var i = 0; i < school.Students.Count; i++)
        {
            var student = school.Students[i];
            FateCounts[(int)student.Fate]++;
            All.Add(school.LatentOf(i));
            if (student.Fate == Fate.Clean)
            {
                Clean.Add(school.LatentOf(i));
            }
            else if (IsListed(student.Fate))
            {
                _persons[student.Fate].Add(student.Person);
            }
        }

        Rows += school.Rows.Count;
        BlankCells += school.BlankCells;
        foreach (var row in school.Rows)
        {
            if (row.Unknown)
            {
                _unknown.Add(row.Person);
            }
        }

        for (var kind = 0; kind < EventCounts.Length; kind++)
        {
            EventCounts[kind] += text.EventCounts[kind];
        }
    }
}
