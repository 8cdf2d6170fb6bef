using System.Globalization;
using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>A census of schools: a file of checklists becomes scores of each school and counts of county, city and province.</summary>
/// <remarks>Thread-safe: no state. What is written depends on the input only; the counts also not on the order of its rows. The folder appears whole or not at all.</remarks>
public static class ProvisionRun
{
    /// <summary>Scores a census into a folder: <c>schools.csv</c>, <c>units.csv</c>, <c>quarantine.csv</c>, <c>manifest.json</c>.</summary>
    /// <param name="request">What is to be done.</param>
    /// <param name="folder">The folder; an older census in it is replaced.</param>
    /// <param name="progress">Told now and then how far the run has come.</param>
    /// <param name="cancellation">Stops the run; nothing stays.</param>
    /// <exception cref="InputException">The file is broken, a row names no school, or a school stands twice; nothing was written.</exception>
    /// <exception cref="IOException">A file cannot be read or written; nothing was written.</exception>
    public static ProvisionSummary Run(ProvisionRequest request, string folder, IProgress<ScoreProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(folder);
        var scores = new ScoreRequest
        {
            Input = request.Input, Instruments = [request.Checklist.Instrument], Mapping = request.Mapping, MappingHash = request.MappingHash, Encoding = request.Encoding,
            ByteOrderMark = request.ByteOrderMark, WithoutId = true, KeepIdentity = true, // Labels of units are no person's, whatever their headings are called.
        };
        using var output = new OutputFolder(folder, [request.Input], "provision");
        var run = new ScoreRun(scores, progress, cancellation);
        SchoolWriter? writer = null;
        ScoreSummary summary;
        using (var quarantine = output.Open("quarantine.csv"))
        using (var table = output.Open("schools.csv"))
        {
            summary = run.Execute((passed, columns) => writer = new SchoolWriter(request, new CsvScoreWriter(table, passed, columns, scores.ByteOrderMark), passed, columns), new Quarantine(quarantine, request.Input));
        }

        var tallies = writer!.Count();
        output.Write("units.csv", stream => WriteUnits(stream, tallies));
        var manifest = run.Manifest(summary, []) with { Kind = "provision" };
        output.Commit(files => Documents.DocumentReader.Write(manifest with { Outputs = files }, DataJson.Default.Manifest));
        return new() { Scores = summary, Tallies = tallies, Folder = folder };
    }

    /// <summary>One row per unit above the schools and target; under each other as the units are.</summary>
    private static void WriteUnits(Stream stream, ProvisionTallies tallies)
    {
        stream.Write("level,unit,parent,target,schools,met,partly,not_met,unknown,share\n"u8);
        var line = new TextBuffer();
        var units = tallies.Units;
        for (var unit = 0; unit < units.Count; unit++)
        {
            if (units.Level(unit) == UnitLevel.School)
            {
                continue;
            }

            for (var target = 0; target < tallies.Checklist.Targets.Count; target++)
            {
                var count = tallies[unit, target];
                line.Clear();
                line.Append(System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(units.Level(unit).ToString()));
                line.Append((byte)',');
                CsvText.Cell(line, units.Code(unit));
                line.Append((byte)',');
                CsvText.Cell(line, units.Parent(unit) < 0 ? "" : units.Code(units.Parent(unit)));
                line.Append((byte)',');
                line.Append(tallies.Checklist.Targets[target].Id);
                foreach (var schools in new[] { count.Schools, count.Met, count.Partly, count.NotMet, count.Unknown })
                {
                    line.Append((byte)',');
                    line.Append((long)schools);
                }

                line.Append((byte)',');
                line.Append(count.Share is { } share ? share.ToDouble().ToString("F4", CultureInfo.InvariantCulture) : "");
                line.Append((byte)'\n');
                stream.Write(line.Written);
            }
        }
    }

    /// <summary>Writes the scores of schools and notes which school each row is.</summary>
    private sealed class SchoolWriter : ScoreWriter
    {
        private static readonly string[][] Headings = [["school", "学校"], ["county", "县", "区县"], ["city", "市", "市州"]];

        private readonly ProvisionRequest _request;
        private readonly ScoreWriter _table;
        private readonly int[] _columns;
        private readonly List<ProvisionSchool> _schools = [];
        private readonly Dictionary<(string City, string County, string School), long> _rows = [];
        private readonly List<Problem> _problems = [];

        public SchoolWriter(ProvisionRequest request, ScoreWriter table, IReadOnlyList<string> passed, IReadOnlyList<ScoreColumn> columns)
            : base(passed, columns)
        {
            (_request, _table) = (request, table);
            _columns = [.. Headings.Select(names => passed.ToList().FindIndex(heading => Is(heading, names)))];
            for (var i = 0; i < Headings.Length; i++)
            {
                var found = passed.Count(heading => Is(heading, Headings[i]));
                if (found > 1 || (found == 0 && i == 0))
                {
                    _problems.Add(new()
                    {
                        Code = found == 0 ? "missing-column" : "repeated-column", File = request.Input, Row = 1, Column = Headings[i][0],
                        Found = found == 0 ? "No such column" : $"{found} columns of this name", Expected = $"One column, called {string.Join(" or ", Headings[i])}", Action = "Correct the headings",
                    });
                }
            }

            if (_problems.Count > 0)
            {
                throw new InputException(_problems);
            }
        }

        public override ScorePart CreatePart() => new SchoolPart(_table.CreatePart());

        public override void Format(SurveyBlock block, ScorePart part)
        {
            var schools = (SchoolPart)part;
            for (var row = 0; row < block.Count; row++)
            {
                schools.Rows.Add((block.Rows[row], new()
                {
                    School = Label(block, row, 0), County = Label(block, row, 1), City = Label(block, row, 2), States = _request.Checklist.Read(block.Scores[0], row),
                }));
            }

            _table.Format(block, schools.Table);
        }

        public override void Write(ScorePart part)
        {
            foreach (var (row, school) in ((SchoolPart)part).Rows)
            {
                if (school.School.Length == 0)
                {
                    Refuse(row, "no-school", "Empty", "A school", "Name the school, or remove the row");
                }
                else if (!new[] { school.School, school.County, school.City }.All(RosterBuilder.IsLabel))
                {
                    Refuse(row, "unreadable-unit", "A label that is too long or no Unicode text", "Labels of at most 1,000 characters", "Shorten or correct it");
                }
                else if (!_rows.TryAdd((school.City, school.County, school.School), row))
                {
                    Refuse(row, "repeated-school", string.Create(CultureInfo.InvariantCulture, $"The school of row {_rows[(school.City, school.County, school.School)]} again"), "One row per school", "Remove one of the two, or tell the schools apart");
                }
                else
                {
                    _schools.Add(school);
                }
            }

            _table.Write(((SchoolPart)part).Table);
        }

        public override void Complete() => _table.Complete();

        /// <exception cref="InputException">Rows name no school, or one twice: all of them at once.</exception>
        public ProvisionTallies Count() => _problems.Count == 0 ? ProvisionTallies.Count(_request.Checklist, _schools) : throw new InputException(_problems);

        private static bool Is(string heading, string[] names) => names.Any(name => heading.Trim().Equals(name, StringComparison.OrdinalIgnoreCase));

        private string Label(SurveyBlock block, int row, int column) => _columns[column] < 0 ? "" : block.Passed.Cell(row, _columns[column]).Trim().ToString();

        private void Refuse(long row, string code, string found, string expected, string action) =>
            _problems.Add(new() { Code = code, File = _request.Input, Row = row, Column = Headings[0][0], Found = found, Expected = expected, Action = action });
    }

    /// <summary>Schools of a part of the file, and the lines of the table.</summary>
    private sealed class SchoolPart(ScorePart table) : ScorePart
    {
        public ScorePart Table => table;

        public List<(long Row, ProvisionSchool School)> Rows { get; } = [];

        public override void Clear()
        {
            table.Clear();
            Rows.Clear();
        }
    }
}
