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

    public override void Format(SurveyBlock block)
    {
    }

    public override void Write(SurveyBlock block)
    {
        _raw.Add(_source.Raw(block.Answers[0]));
        _keyed.Add(_source.Matrix(block.Answers[0]));
        for (var person = 0; person < block.Count; person++)
        {
            Rows.Add(block.Rows[person]);
            Seconds.Add(block.Answers[0].GetPerson(person).SecondsPerItem ?? double.NaN);
            Groups.Add(_group < 0 ? null : new string(block.Passed.Cell(person, _group).Trim()));
            if (_id >= 0)
            {
                Ids.Add(new string(block.Passed.Cell(person, _id)));
            }
        }
    }

    public override void Complete()
    {
    }
}
