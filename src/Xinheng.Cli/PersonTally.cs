using Xinheng.Data;
using Xinheng.Psychometrics;

namespace Xinheng.Cli;

/// <summary>Takes the place of a score file: keeps the answers of all people, with group and time, and for a file of results their ids.</summary>
internal sealed class PersonTally : ScoreWriter
{
    private readonly ItemSource _source;
    private readonly int _group;
    private readonly int _id;
    private readonly List<ItemMatrix> _raw = [];
    private readonly List<ItemMatrix> _keyed = [];

    public PersonTally(ItemSource source, IReadOnlyList<string> passed, string option, string? heading, string? id)
        : base(passed, [])
    {
        (_source, _group, _id) = (source, PassedColumn.Find(passed, option, heading), id is null ? -1 : passed.ToList().IndexOf(id));
        HasGroups = _group >= 0;
    }

    /// <summary>Answers as they were given.</summary>
    public ItemMatrix Raw => ItemMatrix.Concat(_raw);

    /// <summary>Keyed answers.</summary>
    public ItemMatrix Keyed => ItemMatrix.Concat(_keyed);

    /// <summary>Row of the file of each person.</summary>
    public List<long> Rows { get; } = [];

    /// <summary>Id of each person; empty where no column identifies people, or ids are not wanted.</summary>
    public List<string> Ids { get; } = [];

    /// <summary>Whether the option that names the column of groups was given.</summary>
    public bool HasGroups { get; }

    /// <summary>Cell of the column of groups of each person; empty where the cell is.</summary>
    public List<string?> Groups { get; } = [];

    /// <summary>Seconds per item of each person; NaN where they are not known.</summary>
    public List<double> Seconds { get; } = [];

    public override ScorePart CreatePart() => new Part();

    public override void Format(SurveyBlock block, ScorePart part)
    {
        if (block.Count == 0)
        {
            return;
        }

        var people = (Part)part;
        people.Raw.Add(_source.Raw(block.Answers[0]));
        people.Keyed.Add(_source.Matrix(block.Answers[0]));
        for (var person = 0; person < block.Count; person++)
        {
            people.Rows.Add(block.Rows[person]);
            people.Seconds.Add(block.Answers[0].GetPerson(person).SecondsPerItem ?? double.NaN);
            people.Groups.Add(_group < 0 ? null : new string(block.Passed.Cell(person, _group).Trim()));
            if (_id >= 0)
            {
                people.Ids.Add(new string(block.Passed.Cell(person, _id)));
            }
        }
    }

    public override void Write(ScorePart part)
    {
        var people = (Part)part;
        _raw.AddRange(people.Raw);
        _keyed.AddRange(people.Keyed);
        Rows.AddRange(people.Rows);
        Seconds.AddRange(people.Seconds);
        Groups.AddRange(people.Groups);
        Ids.AddRange(people.Ids);
    }

    public override void Complete()
    {
    }

    /// <summary>People of a part of the file.</summary>
    private sealed class Part : ScorePart
    {
        public List<ItemMatrix> Raw { get; } = [];

        public List<ItemMatrix> Keyed { get; } = [];

        public List<long> Rows { get; } = [];

        public List<double> Seconds { get; } = [];

        public List<string?> Groups { get; } = [];

        public List<string> Ids { get; } = [];

        public override void Clear()
        {
            Raw.Clear();
            Keyed.Clear();
            Rows.Clear();
            Seconds.Clear();
            Groups.Clear();
            Ids.Clear();
        }
    }
}
