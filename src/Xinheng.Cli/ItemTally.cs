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

    public override void Format(SurveyBlock block)
    {
    }

    public override void Write(SurveyBlock block)
    {
        var matrix = _source.Matrix(block.Answers[0]);
        All = Merge(All, matrix.ToMoments());
        foreach (var value in block.Scores[0].Values(_source.Instrument.IndexOfScore(_source.Score.Id)))
        {
            if (!double.IsNaN(value))
            {
                Distribution[value] = Distribution.GetValueOrDefault(value) + 1;
            }
        }

        var critical = CriticalEndorsement.Of(block.Scores[0]);
        Critical = Critical.Count == 0 ? critical : [.. Critical.Zip(critical, (a, b) => a.Merge(b))];
        if (_by < 0)
        {
            return;
        }

        foreach (var group in Enumerable.Range(0, block.Count).GroupBy(person => new string(block.Passed.Cell(person, _by).Trim()), StringComparer.Ordinal))
        {
            if (group.Key.Length == 0)
            {
                WithoutGroup += group.Count();
                continue;
            }

            _groups[group.Key] = Merge(_groups.GetValueOrDefault(group.Key), matrix.WithPersons([.. group]).ToMoments());
            if (_groups.Count > MostGroups)
            {
                throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--by gives more than {MostGroups} groups. Name a column of groups, such as sex or grade."));
            }
        }
    }

    public override void Complete()
    {
    }

    private static ItemMoments Merge(ItemMoments? sum, ItemMoments part) => sum?.Merge(part) ?? part;
}
