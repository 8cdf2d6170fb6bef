using System.Globalization;
using Xinheng.Data;
using Xinheng.Psychometrics;

namespace Xinheng.Cli;

/// <summary>Takes the place of a score file: counts the exact moments of each block of people, of all and by group.</summary>
internal sealed class ItemTally : ScoreWriter
{
    /// <summary>More groups than this are no groups: the column tells people apart.</summary>
    private const int MostGroups = 200;

    private readonly ItemSource _source;
    private readonly int _by;
    private readonly SortedDictionary<string, ItemMoments> _groups = new(StringComparer.Ordinal);

    public ItemTally(ItemSource source, IReadOnlyList<string> passed, string? by)
        : base(passed, [])
    {
        (_source, _by) = (source, PassedColumn.Find(passed, "--by", by));
    }

    /// <summary>Moments of everybody.</summary>
    public ItemMoments? All { get; private set; }

    /// <summary>Moments by group, groups in ordinal order; people without a group are in none.</summary>
    public IReadOnlyDictionary<string, ItemMoments> Groups => _groups;

    /// <summary>Critical items, of everybody.</summary>
    public IReadOnlyList<CriticalEndorsement> Critical { get; private set; } = [];

    /// <summary>Number of people by value of the score, prorated values included; people without a value are in none.</summary>
    public SortedDictionary<double, long> Distribution { get; } = [];

    /// <summary>Number of people whose cell of the group column is empty.</summary>
    public long WithoutGroup { get; private set; }

    public override ScorePart CreatePart() => new Part();

    public override void Format(SurveyBlock block, ScorePart part)
    {
        var sums = (Part)part;
        if (block.Count == 0)
        {
            return;
        }

        var matrix = _source.Matrix(block.Answers[0]);
        sums.All = Merge(sums.All, matrix.ToMoments());
        foreach (var value in block.Scores[0].Values(_source.Instrument.IndexOfScore(_source.Score.Id)))
        {
            if (!double.IsNaN(value))
            {
                sums.Distribution[value] = sums.Distribution.GetValueOrDefault(value) + 1;
            }
        }

        sums.Critical = Merge(sums.Critical, CriticalEndorsement.Of(block.Scores[0]));
        if (_by < 0)
        {
            return;
        }

        foreach (var group in Enumerable.Range(0, block.Count).GroupBy(person => new string(block.Passed.Cell(person, _by).Trim()), StringComparer.Ordinal))
        {
            if (group.Key.Length == 0)
            {
                sums.WithoutGroup += group.Count();
            }
            else
            {
                sums.Groups[group.Key] = Merge(sums.Groups.GetValueOrDefault(group.Key), matrix.WithPersons([.. group]).ToMoments());
                CheckNumber(sums.Groups.Count);
            }
        }
    }

    public override void Write(ScorePart part)
    {
        var sums = (Part)part;
        if (sums.All is null)
        {
            return;
        }

        All = Merge(All, sums.All);
        Critical = Merge(Critical, sums.Critical);
        WithoutGroup += sums.WithoutGroup;
        foreach (var (value, people) in sums.Distribution)
        {
            Distribution[value] = Distribution.GetValueOrDefault(value) + people;
        }

        foreach (var (group, moments) in sums.Groups)
        {
            _groups[group] = Merge(_groups.GetValueOrDefault(group), moments);
        }

        CheckNumber(_groups.Count);
    }

    public override void Complete()
    {
    }

    private static ItemMoments Merge(ItemMoments? sum, ItemMoments part) => sum?.Merge(part) ?? part;

    private static IReadOnlyList<CriticalEndorsement> Merge(IReadOnlyList<CriticalEndorsement> sum, IReadOnlyList<CriticalEndorsement> part) =>
        sum.Count == 0 ? part : [.. sum.Zip(part, (a, b) => a.Merge(b))];

    private static void CheckNumber(int groups)
    {
        if (groups > MostGroups)
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--by gives more than {MostGroups} groups. Name a column of groups, such as sex or grade."));
        }
    }

    /// <summary>Moments of a part of the file.</summary>
    private sealed class Part : ScorePart
    {
        public ItemMoments? All { get; set; }

        public IReadOnlyList<CriticalEndorsement> Critical { get; set; } = [];

        public Dictionary<string, ItemMoments> Groups { get; } = new(StringComparer.Ordinal);

        public Dictionary<double, long> Distribution { get; } = [];

        public long WithoutGroup { get; set; }

        public override void Clear()
        {
            (All, Critical, WithoutGroup) = (null, [], 0);
            Groups.Clear();
            Distribution.Clear();
        }
    }
}
