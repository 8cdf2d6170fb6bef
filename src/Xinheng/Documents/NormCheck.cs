using System.Globalization;

namespace Xinheng.Documents;

/// <summary>Checks the meaning of a norm document; every rule reports, none stops the others.</summary>
internal sealed class NormCheck
{
    public const int MaxGroups = 200;
    public const int MaxRows = 2_000;
    public const long MaxNumerator = 1_000_000_000;
    public const long MaxDenominator = 1_000_000;

    private static readonly string[] Reserved = [.. Enum.GetValues<NormStatus>().Select(ScoreText.Of)];

    private readonly NormDocument _document;
    private readonly Instrument? _instrument;
    private readonly ProblemReport _report;
    private readonly Dictionary<string, NormGroup> _groups = new(StringComparer.Ordinal);

    private NormCheck(NormDocument document, Instrument? instrument, ProblemReport report)
    {
        _document = document;
        _instrument = instrument;
        _report = report;
    }

    public static void Run(NormDocument document, Instrument? instrument, ProblemReport report)
    {
        var check = new NormCheck(document, instrument, report);
        check.CheckDocument();
        check.CheckGroups();
        check.CheckFallbacks();
    }

    private void CheckDocument()
    {
        InstrumentCheck.CheckIdentity(_document.Id, _document.Version, _report);
        if (_instrument is null && _document.Instrument.Length > 0)
        {
            _report.Add("unknown-instrument", "$.instrument", $"instrument '{_document.Instrument}'", "the id of a known instrument", "Correct the id, or give the definition of the instrument too");
        }

        if (_document.Year is < 1900 or > 2100)
        {
            _report.Add("invalid-number", "$.year", $"{_document.Year}", "a year from 1900 to 2100");
        }

        CheckSample("$.n", _document.SampleSize);
        Check("$.evidence", _document.Evidence);
    }

    private void CheckGroups()
    {
        if (_document.Groups.Count is 0 or > MaxGroups)
        {
            _report.Add("too-many-groups", "$.groups", $"{_document.Groups.Count} groups", $"1 to {MaxGroups} groups");
            return;
        }

        for (var i = 0; i < _document.Groups.Count; i++)
        {
            var group = _document.Groups[i];
            var path = $"$.groups[{i.ToString(CultureInfo.InvariantCulture)}]";
            InstrumentCheck.CheckId(path + ".id", group.Id, _report);
            if (!_groups.TryAdd(group.Id, group))
            {
                _report.Add("duplicate-id", path + ".id", $"group '{group.Id}' a second time", "each group once");
            }

            if (Reserved.Contains(group.Id))
            {
                _report.Add("reserved-id", path + ".id", $"'{group.Id}', which is the word of a status", "an id that is no status", "Choose another id");
            }

            if (group.MinAge is < 0 or > 120 || group.MaxAge is < 0 or > 120 || group.MinAge > group.MaxAge)
            {
                _report.Add("invalid-age", path, "ages that are no range", "minAge at most maxAge, both 0 to 120");
            }

            CheckSample(path + ".n", group.SampleSize);
            for (var j = 0; j < i; j++)
            {
                if (Overlap(group, _document.Groups[j]))
                {
                    _report.Add("group-overlap", path, $"people who are also in groups[{j}]", "groups that share nobody, but for those marked 'fallbackOnly'");
                }
            }

            CheckScores(path, group);
        }
    }

    private static bool Overlap(NormGroup left, NormGroup right) =>
        !left.FallbackOnly
        && !right.FallbackOnly
        && (left.Sex is null || right.Sex is null || left.Sex == right.Sex)
        && (left.MinAge ?? 0) <= (right.MaxAge ?? int.MaxValue)
        && (right.MinAge ?? 0) <= (left.MaxAge ?? int.MaxValue);

    private void CheckFallbacks()
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < _document.Fallback.Count; i++)
        {
            CheckName($"$.fallback[{i}]", _document.Fallback[i]);
            if (!named.Add(_document.Fallback[i]))
            {
                _report.Add("duplicate-id", $"$.fallback[{i}]", $"group '{_document.Fallback[i]}' a second time", "each group once");
            }
        }

        for (var i = 0; i < _document.Groups.Count && i < MaxGroups; i++)
        {
            if (_document.Groups[i].Fallback is not { } next)
            {
                continue;
            }

            var path = $"$.groups[{i}].fallback";
            CheckName(path, next);
            named.Add(next);
            var seen = new HashSet<string>(StringComparer.Ordinal) { _document.Groups[i].Id };
            for (string? id = next; id is not null; id = _groups.GetValueOrDefault(id)?.Fallback)
            {
                if (!seen.Add(id))
                {
                    _report.Add("fallback-cycle", path, $"a way that leads to '{id}' again", "a way that ends", "Remove one of the fallbacks");
                    break;
                }
            }
        }

        for (var i = 0; i < _document.Groups.Count && i < MaxGroups; i++)
        {
            if (_document.Groups[i] is { FallbackOnly: true } group && !named.Contains(group.Id))
            {
                _report.Add("unreachable-group", $"$.groups[{i}]", $"group '{group.Id}' is for fallback only and no fallback names it", "a fallback that names it", "Name it in 'fallback', or remove 'fallbackOnly'");
            }
        }

        void CheckName(string path, string id)
        {
            if (!_groups.ContainsKey(id))
            {
                _report.Add("unknown-group", path, $"group '{id}'", "an id of 'groups'", "Add the group or correct the id");
            }
        }
    }

    private void CheckScores(string path, NormGroup group)
    {
        if (group.Scores.Count is 0 or > InstrumentCheck.MaxScores)
        {
            _report.Add("too-many-scores", path + ".scores", $"{group.Scores.Count} scores", $"1 to {InstrumentCheck.MaxScores} scores");
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < group.Scores.Count; i++)
        {
            var norm = group.Scores[i];
            var at = $"{path}.scores[{i}]";
            if (!seen.Add(norm.Score))
            {
                _report.Add("duplicate-id", at + ".score", $"score '{norm.Score}' a second time", "each score once in a group");
            }

            var score = _instrument?.Scores.FirstOrDefault(s => s.Id == norm.Score);
            if (_instrument is not null && score is null)
            {
                _report.Add("unknown-score", at + ".score", $"score '{norm.Score}'", $"a score of '{_instrument.Id}'", "Correct the id");
            }

            CheckNorm(at, norm, score?.Range);
        }
    }

    private void CheckNorm(string path, NormScore norm, ScoreRange? range)
    {
        Check(path + ".evidence", norm.Evidence);
        if (norm is { Mean: null, Sd: null, Table: null, TestRetest: null, Reliability: null })
        {
            _report.Add("empty-norm", path, "a score without any norm", "mean and sd, a table, or a reliability");
        }

        if (norm.Mean is null != norm.Sd is null)
        {
            _report.Add("mean-without-sd", path, norm.Mean is null ? "sd without mean" : "mean without sd", "both or neither");
        }

        if (norm.Sd is { } sd && sd <= 0)
        {
            _report.Add("invalid-sd", path + ".sd", $"{sd}", "a standard deviation above 0");
        }

        if (norm.Mean is { } mean && range is not null && (mean < range.Min || mean > range.Max))
        {
            _report.Add("mean-outside-range", path + ".mean", $"{mean}", $"{range.Min} to {range.Max}, the range of the score", "Check the units: a sum and a mean of items differ, and codes may begin at 0 or 1");
        }

        CheckSize(path + ".mean", norm.Mean);
        CheckSize(path + ".sd", norm.Sd);
        if (norm.Table is { } table)
        {
            CheckTable(path, norm, table, range);
        }

        if (norm.TestRetest is { } retest)
        {
            CheckCoefficient(path + ".testRetest.r", retest.R);
            Check(path + ".testRetest.evidence", retest.Evidence);
            CheckSample(path + ".testRetest.n", retest.SampleSize);
            if (retest.Days is < 1 or > 3_660)
            {
                _report.Add("invalid-number", path + ".testRetest.days", $"{retest.Days} days", "1 to 3660 days");
            }
        }

        if (norm.Reliability is { } reliability)
        {
            CheckCoefficient(path + ".reliability.r", reliability.R);
            Check(path + ".reliability.evidence", reliability.Evidence);
        }
    }

    private void CheckTable(string path, NormScore norm, NormTable table, ScoreRange? range)
    {
        var at = path + ".table";
        if (table.Rows.Count is 0 or > MaxRows)
        {
            _report.Add("too-many-rows", at + ".rows", $"{table.Rows.Count} rows", $"1 to {MaxRows} rows");
            return;
        }

        if (norm.Mean is not null && table.Rows.Any(r => r.T is not null))
        {
            _report.Add("two-t-scores", at, "T scores in the table beside mean and sd", "one of them", "Keep what the source uses");
        }

        if (table.Through is { } through && (table.Match == NormMatch.Exact || through < table.Rows[^1].Raw || through > range?.Max))
        {
            _report.Add("invalid-through", at + ".through", $"{through}", "starts, and a value from the last start to the highest possible value of the score");
        }

        for (var i = 0; i < table.Rows.Count; i++)
        {
            CheckRow($"{at}.rows[{i}]", table.Rows[i], i == 0 ? null : table.Rows[i - 1], range);
        }

        CheckMonotone(at, "T", [.. table.Rows.Select(r => r.T)]);
        CheckMonotone(at, "percentile", [.. table.Rows.Select(r => r.Percentile)]);
    }

    private void CheckRow(string path, NormRow row, NormRow? before, ScoreRange? range)
    {
        if (range is not null && (row.Raw < range.Min || row.Raw > range.Max))
        {
            _report.Add("row-outside-range", path + ".raw", $"{row.Raw}", $"{range.Min} to {range.Max}, the range of the score");
        }

        if (row is { T: null, Percentile: null } || (before is not null && (before.T is null != row.T is null || before.Percentile is null != row.Percentile is null)))
        {
            _report.Add("row-incomplete", path, "a row that gives other columns than the table", "T, percentile or both, the same in every row");
        }

        if (row.Raw <= before?.Raw)
        {
            _report.Add("row-order", path + ".raw", $"{row.Raw} after {before.Raw}", "rows in rising order of the score");
        }

        if (row.Percentile is { } percentile && (percentile < 0 || percentile > 100))
        {
            _report.Add("invalid-percentile", path + ".percentile", $"{percentile}", "0 to 100");
        }

        if (row.T is { } t && (t < -100 || t > 200))
        {
            _report.Add("invalid-t", path + ".t", $"{t}", "-100 to 200");
        }
    }

    private void CheckMonotone(string path, string what, Rational?[] column)
    {
        var (rises, falls) = (false, false);
        for (var i = 1; i < column.Length; i++)
        {
            rises |= column[i] > column[i - 1];
            falls |= column[i] < column[i - 1];
            if (rises && falls)
            {
                _report.Add("not-monotone", $"{path}.rows[{i}]", $"{what} {column[i]} after {column[i - 1]}", $"a {what} that rises throughout, or falls throughout", "Check the source");
                return;
            }
        }
    }

    private void CheckCoefficient(string path, Rational r)
    {
        if (r <= 0 || r >= 1)
        {
            _report.Add("invalid-coefficient", path, $"{r}", "above 0 and below 1");
        }
    }

    private void CheckSample(string path, int? n)
    {
        if (n is < 2 or > 100_000_000)
        {
            _report.Add("invalid-number", path, $"{n} people", "2 to 100000000 people");
        }
    }

    private void CheckSize(string path, Rational? value)
    {
        if (value is { } number && (Math.Abs(number.Numerator) > MaxNumerator || number.Denominator > MaxDenominator))
        {
            _report.Add("number-too-large", path, "a number with more digits than are kept", "at most 9 digits, 6 of them after the point");
        }
    }

    private void Check(string path, Evidence evidence) => InstrumentCheck.CheckEvidence(path, evidence, _document.Sources, _report);
}
