using System.Globalization;

namespace Xinheng.Data;

/// <summary>Counts of the records and cells that were read; those of several parts of a file are merged.</summary>
internal sealed class SurveyTally
{
    private const string RowCeiling = "max(20, 2 %) rows";

    private readonly SurveyTable _table;
    private readonly OptionBaseCheck[] _optionBases;
    private readonly ItemTally[][] _items;

    public SurveyTally(SurveyTable table)
    {
        _table = table;
        _items = [.. table.Columns.Items.Select(items => new ItemTally[items.Length])];
        _optionBases = [.. table.Request.Instruments.Select((instrument, i) => new OptionBaseCheck(instrument, table.Request.Mapping, table.Columns.Items[i]))];
    }

    /// <summary>Records read so far, the header not counted.</summary>
    public long Records { get; set; }

    /// <summary>Rows set aside whole.</summary>
    public long Quarantined { get; set; }

    /// <summary>Rows left out because another one of the same person counts.</summary>
    public long Dropped { get; set; }

    /// <summary>Cells that could not be read.</summary>
    public long UnreadableCells { get; set; }

    /// <summary>Cells read as ASCII by <see cref="AnswerFormat.NormalizeWidth"/>.</summary>
    public long WidthNormalized { get; set; }

    public long UnreadableAges { get; set; }

    public long UnreadableSexes { get; set; }

    public long UnreadableSeconds { get; set; }

    /// <summary>What the reader of the results should know about the cells.</summary>
    public IEnumerable<string> Notices
    {
        get
        {
            foreach (var notice in _optionBases.Select(b => b.Notice()).OfType<string>())
            {
                yield return notice;
            }

            foreach (var notice in EmptyItems())
            {
                yield return notice;
            }

            foreach (var (count, column, what) in new[] { (UnreadableAges, "age", "age"), (UnreadableSexes, "sex", "sex"), (UnreadableSeconds, "seconds", "speed") })
            {
                if (count > 0)
                {
                    yield return string.Create(CultureInfo.InvariantCulture, $"{count} cells of the {column} column could not be read: these people are treated as of unknown {what}");
                }
            }

            if (WidthNormalized > 0)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{WidthNormalized} cells with full-width characters were read as ASCII, as the mapping asks");
            }
        }
    }

    public OptionBaseCheck OptionBase(int instrument) => _optionBases[instrument];

    /// <summary>Counts one cell of an item.</summary>
    public void Add(int instrument, int item, Answer answer, ReadOnlySpan<char> cell)
    {
        _optionBases[instrument].Count(item, answer, cell);
        _items[instrument][item].Add(answer.Reason);
    }

    /// <summary>Counts cells of an item that hold answers, and blank ones.</summary>
    public void Add(int instrument, int item, int answers, int blank) => _items[instrument][item].Add(answers, blank);

    public void Merge(SurveyTally other)
    {
        Records += other.Records;
        Quarantined += other.Quarantined;
        Dropped += other.Dropped;
        UnreadableCells += other.UnreadableCells;
        WidthNormalized += other.WidthNormalized;
        UnreadableAges += other.UnreadableAges;
        UnreadableSexes += other.UnreadableSexes;
        UnreadableSeconds += other.UnreadableSeconds;
        for (var i = 0; i < _items.Length; i++)
        {
            _optionBases[i].Merge(other._optionBases[i]);
            for (var item = 0; item < _items[i].Length; item++)
            {
                _items[i][item].Merge(other._items[i][item]);
            }
        }
    }

    /// <summary>Refuses a file in which too much is wrong for the rest to be trusted.</summary>
    /// <param name="first">The first things that could not be read.</param>
    /// <exception cref="InputException">Answers seem shifted by one, too many rows were set aside, or there is no person.</exception>
    public void CheckWhole(IEnumerable<Problem> first)
    {
        var problems = _optionBases.Select(b => b.Problem(_table.Request.Input)).OfType<Problem>().ToList();
        if (Records == 0)
        {
            problems.Add(_table.Broken("no-records", "The file has a header and no records", "At least one record", "Check that this is the file you mean").Problems[0]);
        }

        if (Quarantined > Math.Max(20, Records / 50))
        {
            problems.AddRange(first);
            problems.Add(_table.Broken(
                "quarantine-ceiling",
                string.Create(CultureInfo.InvariantCulture, $"{Quarantined} of {Records} rows cannot be read"),
                "At most " + RowCeiling,
                "Something is wrong with the file as a whole: check delimiter, encoding and mapping").Problems[0]);
        }

        if (problems.Count > 0)
        {
            throw new InputException(problems);
        }
    }

    /// <summary>Item columns in which nobody has an answer; a question that the form asks some people only may be blank.</summary>
    private IEnumerable<string> EmptyItems()
    {
        for (var i = 0; i < _items.Length; i++)
        {
            var instrument = _table.Request.Instruments[i];
            for (var item = 0; item < _items[i].Length; item++)
            {
                var tally = _items[i][item];
                var mayBeBlank = instrument.Items[item] is { AskedWhen: not null } or { WhenBlank: not null };
                if (tally.Rows > 20 && tally.Blank + tally.Unreadable == tally.Rows && !(tally.Unreadable == 0 && mayBeBlank))
                {
                    var what = tally.Unreadable == 0 ? "is blank in all" : tally.Blank == 0 ? "could not be read in any of" : "is blank or unreadable in all";
                    yield return string.Create(
                        CultureInfo.InvariantCulture,
                        $"column {_table.Columns.Items[i][item] + 1} ({ColumnPlan.ItemName(instrument, item)}) {what} {tally.Rows} rows: nobody has an answer to this item");
                }
            }
        }
    }

    /// <summary>What the cells of one item column were.</summary>
    private struct ItemTally
    {
        public long Rows { get; private set; }

        public long Blank { get; private set; }

        public long Unreadable { get; private set; }

        public void Add(MissingReason? reason)
        {
            Rows++;
            Blank += reason == MissingReason.Skipped ? 1 : 0;
            Unreadable += reason is MissingReason.Unreadable or MissingReason.OutOfRange ? 1 : 0;
        }

        public void Add(int answers, int blank)
        {
            Rows += answers + blank;
            Blank += blank;
        }

        public void Merge(ItemTally other)
        {
            Rows += other.Rows;
            Blank += other.Blank;
            Unreadable += other.Unreadable;
        }
    }
}
