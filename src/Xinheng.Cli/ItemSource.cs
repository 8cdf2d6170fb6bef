using System.Globalization;
using Xinheng.Data;
using Xinheng.Psychometrics;

namespace Xinheng.Cli;

/// <summary>The items to be analysed: those of a score of an instrument, or columns that the user names.</summary>
internal sealed class ItemSource
{
    private const string ColumnsId = "columns";

    private readonly IReadOnlyList<string> _scores = [];
    private readonly IReadOnlyList<string> _columns = [];
    private readonly IReadOnlyList<string> _reversed = [];
    private readonly int _minimum;
    private readonly int _maximum;

    private ItemSource(Instrument instrument, IReadOnlyList<string> scores) => (Instrument, _scores) = (instrument, scores);

    private ItemSource(IReadOnlyList<string> columns, IReadOnlyList<string> reversed, int minimum, int maximum)
    {
        (_columns, _reversed, _minimum, _maximum) = (columns, reversed, minimum, maximum);
        Instrument = Instrument.Create(Definition());
    }

    /// <summary>What the file is read as.</summary>
    public Instrument Instrument { get; }

    /// <summary>Whether these are columns that the user named.</summary>
    public bool IsColumns => _columns.Count > 0;

    /// <summary>What is analysed, in words.</summary>
    public string Name => IsColumns ? string.Create(CultureInfo.InvariantCulture, $"{_columns.Count} columns") : $"{Instrument} {string.Join(' ', _scores)}";

    /// <summary>Score of the instrument; <see langword="null"/> where columns were named, or several scores are looked at.</summary>
    public string? ScoreId => _scores.Count == 1 ? _scores[0] : null;

    /// <summary>Of named columns, those that are turned round.</summary>
    public IReadOnlyList<string> Reversed => _reversed;

    /// <summary>The items of a score; of <c>total</c>, or of the only score over items, where none is named.</summary>
    public static ItemSource Of(Instrument instrument, string? score)
    {
        string[] overItems = [.. ScoreKey.OverItems(instrument)];
        var chosen = score ?? (overItems.Contains("total") ? "total" : overItems.Length == 1 ? overItems[0] : null);
        return chosen is not null && overItems.Contains(chosen)
            ? new ItemSource(instrument, [chosen])
            : throw new UsageException(overItems.Length == 0
                ? $"'{instrument.Id}' has no score that is a sum over items, so there is no reliability to speak of."
                : $"{(score is null ? $"'{instrument.Id}' has several sums over items" : $"'{instrument.Id}' has no score '{score}' that is a sum over items")}: name one by --score: {string.Join(", ", overItems)}.");
    }

    /// <summary>The items of one score, or where none is named of all scores over items that share none, smallest first: subscales before their total.</summary>
    public static ItemSource OfWhole(Instrument instrument, string? score)
    {
        if (score is not null)
        {
            return Of(instrument, score);
        }

        var taken = new HashSet<int>();
        var scores = new List<string>();
        foreach (var (id, keys) in ScoreKey.OverItems(instrument).Select(id => (id, Keys: ScoreKey.Of(instrument, id))).OrderBy(s => s.Keys.Count))
        {
            if (!keys.Any(k => taken.Contains(k.Item)))
            {
                taken.UnionWith(keys.Select(k => k.Item));
                scores.Add(id);
            }
        }

        return scores.Count > 0 ? new ItemSource(instrument, scores) : throw new UsageException($"'{instrument.Id}' has no score that is a sum over items.");
    }

    /// <summary>Ids of the items of each score, as the matrices name them; one list of all columns.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Scales => IsColumns ? [_columns]
        : [.. _scores.Select(score => ScoreKey.Of(Instrument, score).Select(k => Instrument.Items[k.Item].Id).ToArray())];

    /// <summary>Whether items are keyed both ways.</summary>
    public bool KeyedBothWays => IsColumns ? _reversed.Count > 0 && _reversed.Count < _columns.Count
        : _scores.SelectMany(score => ScoreKey.Of(Instrument, score)).Select(k => k.Reversed).Distinct().Count() == 2;

    /// <summary>The one score; of columns, their sum.</summary>
    public ScoreDefinition Score => Instrument.Scores[IsColumns ? 0 : Instrument.IndexOfScore(_scores[0])];

    /// <summary>
    /// Lowest sum of the items of the one score for each band but the first; empty where no bands are published for everybody, or the score is
    /// no sum or mean of its own items.
    /// </summary>
    public IReadOnlyList<(string Band, double Sum)> SumCuts
    {
        get
        {
            if (_scores is not [var id] || Instrument.Scores[Instrument.IndexOfScore(id)] is not ItemScore { Bands: [{ For: null } bands] } score)
            {
                return [];
            }

            var keys = ScoreKey.Of(Instrument, id);
            var sums = Enumerable.Range(keys.Sum(k => k.Lowest), keys.Sum(k => k.Highest - k.Lowest) + 1);
            return [.. bands.Starts.Skip(1).Select(band => (band.Id, (double)sums.First(sum => Value(sum) >= band.From)))];

            Rational Value(int sum) => ((score is MeanScore ? new Rational(sum, keys.Count) : sum) * (score.Times ?? 1)).Round(score.Round);
        }
    }

    /// <summary>The response format of each item of <see cref="Raw"/>, by number.</summary>
    public IReadOnlyList<int> Pages
    {
        get
        {
            if (IsColumns)
            {
                return [.. _columns.Select(_ => 0)];
            }

            string[] formats = [.. Instrument.Items.Where((item, i) => !item.Unscored && Instrument.ResponsesOf(i) is OptionSet).Select(item => item.Responses)];
            string[] distinct = [.. formats.Distinct()];
            return [.. formats.Select(format => Array.IndexOf(distinct, format))];
        }
    }

    /// <summary>Columns of the file by their headings.</summary>
    public static ItemSource Of(string columns, string? reversed, int? minimum, int? maximum)
    {
        var (all, turned) = (Split(columns), Split(reversed ?? ""));
        if (all.Length == 0 || all.Length != all.Distinct(StringComparer.Ordinal).Count())
        {
            throw new UsageException(all.Length == 0 ? "--columns names no column." : "--columns names a column twice.");
        }

        if (turned.FirstOrDefault(t => !all.Contains(t, StringComparer.Ordinal)) is { } stranger)
        {
            throw new UsageException($"--reverse names '{stranger}', which --columns does not name.");
        }

        return minimum is >= 0 and var low && maximum is <= 250 and var high && low < high
            ? new ItemSource(all, turned, low, high)
            : throw new UsageException("--min and --max give the lowest and the highest possible answer, from 0 to 250: the answers do not show them.");
    }

    /// <summary>The items that parameters were estimated for, by the instrument or the columns that they name.</summary>
    /// <exception cref="UsageException">The instrument, or an item of the parameters, does not exist.</exception>
    public static ItemSource Of(IrtParameters parameters, InstrumentCatalog catalog)
    {
        if (parameters.Source.Instrument is { } id)
        {
            var instrument = catalog.Find(id) ?? throw new UsageException($"The parameters are for '{id}', and there is no such instrument. Name its definition by --definitions.");
            return Of(instrument, parameters.Source.Score);
        }

        var reversed = parameters.Source.Reversed ?? [];
        int[] values = [.. parameters.Items.SelectMany(item => item.Values).SelectMany(v => v)];
        return Of(string.Join(',', parameters.Items.Select(item => item.Id)), string.Join(',', reversed), values.Min(), values.Max());
    }

    /// <summary>The mapping, with the named columns in it.</summary>
    public SurveyMapping Complete(SurveyMapping mapping) => !IsColumns ? mapping : mapping with
    {
        Columns = _columns.Select((heading, i) => KeyValuePair.Create(Key(i), heading)).ToDictionary(),
    };

    /// <summary>What is wrong with a column is said of the option that names it.</summary>
    public InputException Explain(InputException exception) => !IsColumns ? exception : new InputException(
    [
        .. exception.Problems.Select(problem => Enumerable.Range(0, _columns.Count).Where(i => problem.Code.StartsWith("column-", StringComparison.Ordinal) && problem.Found.EndsWith(" " + Key(i), StringComparison.Ordinal)).ToArray() is [var column]
            ? problem with
            {
                Found = $"{(problem.Code == "column-missing" ? "No column has" : "Several columns have")} the heading '{_columns[column]}'",
                Action = "Correct --columns",
            }
            : problem),
    ]);

    /// <summary>Reads the file block by block into a tally.</summary>
    /// <returns>The tally, the counts of rows and cells, and the first of their problems.</returns>
    public (T Tally, ScoreSummary Summary, IReadOnlyList<string> Problems) Run<T>(ScoreRequest request, Func<IReadOnlyList<string>, T> create)
        where T : ScoreWriter => Run(request, (passed, _) => create(passed));

    /// <summary>The same for a tally that wants the heading of the column of ids.</summary>
    public (T Tally, ScoreSummary Summary, IReadOnlyList<string> Problems) Run<T>(ScoreRequest request, Func<IReadOnlyList<string>, string, T> create)
        where T : ScoreWriter
    {
        T? tally = null;
        var quarantine = new Quarantine(null, request.Input);
        try
        {
            using var progress = new ProgressLine();
            var run = new ScoreRun(request with { Mapping = Complete(request.Mapping) }, progress, CancellationToken.None);
            var summary = run.Execute((passed, _) => tally = create(passed, run.IdHeading), quarantine);
            return (tally!, summary, [.. quarantine.First.Select(p => p.ToString()!)]);
        }
        catch (InputException exception)
        {
            throw Explain(exception);
        }
    }

    /// <summary>The numbers of rows and what the reader should know of the file, in words.</summary>
    public static void WriteRows(TextWriter output, ScoreSummary summary)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Read {summary.Read} rows: {summary.Scored} used, {summary.Quarantined} set aside, {summary.Duplicates} duplicates; {summary.UnreadableCells} cells could not be read and count as missing."));
        foreach (var notice in summary.Notices)
        {
            output.WriteLine($"Note: {notice}.");
        }
    }

    /// <summary>Says which cells could not be read, and gives the exit code.</summary>
    public static int End(ScoreSummary summary, IReadOnlyList<string> problems)
    {
        foreach (var problem in problems)
        {
            Console.Error.WriteLine(problem);
        }

        return summary.UnreadableCells + summary.Quarantined > 0 ? ExitCode.ProblemsFound : ExitCode.Done;
    }

    /// <summary>Keyed answers of a block.</summary>
    public ItemMatrix Matrix(AnswerBlock answers) => !IsColumns
        ? ItemMatrix.FromAnswers(answers, [.. _scores.SelectMany(score => ScoreKey.Of(Instrument, score))])
        : Raw(answers).Reverse(_reversed);

    /// <summary>Answers of a block as they were given, to the whole questionnaire.</summary>
    public ItemMatrix Raw(AnswerBlock answers) => !IsColumns
        ? ItemMatrix.FromStoredAnswers(answers)
        : ItemMatrix.FromCodes(_columns, [.. _columns.Select((_, i) => answers.Codes(i)[..answers.Count].ToArray())], _minimum, _maximum);

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Key(int column) => string.Create(CultureInfo.InvariantCulture, $"{ColumnsId}_{column + 1}");

    /// <summary>The columns as a questionnaire of their own, so that they are read like any other.</summary>
    private InstrumentDefinition Definition()
    {
        var evidence = new Evidence { Verdict = Verdict.Convention, Sources = ["user"] };
        return new InstrumentDefinition
        {
            Id = ColumnsId,
            Version = "1.0.0",
            Name = Text("Columns of a file", "文件中的列"),
            Abbreviation = ColumnsId,
            Description = Text("Columns that the user named", "用户指定的列"),
            Population = new Population { Description = Text("The people of the file", "文件中的人员"), Evidence = evidence },
            Licence = new Licence { Status = LicenceStatus.Unclear, Holder = "unknown", Terms = Text("Not known to the program.", "程序不了解其许可。"), Evidence = evidence },
            Sources = new Dictionary<string, Source> { ["user"] = new() { Kind = SourceKind.Convention, Citation = "The command line" } },
            Evidence = new Dictionary<Fact, Evidence> { [Fact.Items] = evidence },
            Responses = new Dictionary<string, ResponseSet>
            {
                ["range"] = new OptionSet { Options = [.. Enumerable.Range(_minimum, _maximum - _minimum + 1).Select(code => new ResponseOption { Code = code })], Evidence = evidence },
            },
            Items = [.. _columns.Select((_, i) => new Item { Id = (i + 1).ToString(CultureInfo.InvariantCulture), Label = Text($"Column {i + 1}", $"第{i + 1}列"), Responses = "range" })],
            Scores =
            [
                new SumScore
                {
                    Id = "total", Name = Text("Sum", "总分"), Direction = Direction.Neutral, Evidence = evidence,
                    Range = new ScoreRange { Min = _minimum * _columns.Count, Max = _maximum * _columns.Count },
                    Items = [.. _columns.Select((_, i) => (i + 1).ToString(CultureInfo.InvariantCulture))],
                    Missing = new MissingRule { Evidence = evidence },
                },
            ],
            Examples = [],
        };

        static LocalizedText Text(string en, string zh) => new() { En = en, ZhHans = zh };
    }
}
