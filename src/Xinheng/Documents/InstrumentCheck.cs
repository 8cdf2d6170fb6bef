using System.Globalization;
using System.Numerics;

namespace Xinheng.Documents;

/// <summary>Checks the meaning of a definition; every rule reports, none stops the others.</summary>
internal sealed class InstrumentCheck
{
    public const int MaxItems = 500;
    public const int MaxScores = 50;
    public const int MaxOptionScore = 1_000;
    public const int MaxBands = 200;
    private const int MaxAge = 120;

    private readonly InstrumentDefinition _definition;
    private readonly ProblemReport _report;
    private readonly Dictionary<string, int> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Rational Min, Rational Max)> _ranges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Size> _sizes = new(StringComparer.Ordinal);
    private readonly ReachableValues _values;

    private InstrumentCheck(InstrumentDefinition definition, ProblemReport report)
    {
        _definition = definition;
        _report = report;
        _values = new ReachableValues(definition, Expand);
    }

    public static void Run(InstrumentDefinition definition, ProblemReport report)
    {
        var check = new InstrumentCheck(definition, report);
        check.CheckIdentity();
        check.CheckEvidence();
        check.CheckResponses();
        check.CheckItems();
        check.CheckScores();
        check.CheckPartitions();
        check.CheckCriticalItems();
        check.CheckValidityScales();
        KeyCheck.Run(definition, check.Expand, report);
        LoincCheck.Run(definition, report);
        check.CheckExamples();
    }

    private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"$.{list}[{index}]");

    public static bool IsKebab(string id) =>
        id.Length is > 0 and <= 64
        && char.IsAsciiLetterLower(id[0])
        && id[^1] != '-'
        && !id.Contains("--", StringComparison.Ordinal)
        && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>A kebab-case id anywhere in a document.</summary>
    public static void CheckId(string path, string id, ProblemReport report)
    {
        if (!IsKebab(id) && report.Has(path))
        {
            report.Add("invalid-id", path, "an id with other characters", "lower-case letters, digits and single hyphens, beginning with a letter");
        }
    }

    /// <summary>Id and version of any document.</summary>
    public static void CheckIdentity(string id, string version, ProblemReport report)
    {
        CheckId("$.id", id, report);
        CheckVersion("$.version", version, report);
    }

    /// <summary>A version anywhere in a document; <see langword="true"/> when it has the form of one.</summary>
    public static bool CheckVersion(string path, string version, ProblemReport report)
    {
        var valid = version.Split('.') is { Length: 3 } parts && parts.All(p => p.Length is > 0 and < 6 && p.All(char.IsAsciiDigit));
        if (!valid && report.Has(path))
        {
            report.Add("invalid-version", path, "a version of another form", "three numbers such as 1.0.0");
        }

        return valid;
    }

    /// <summary>What a fact of any document rests on.</summary>
    public static void CheckEvidence(string path, Evidence evidence, IReadOnlyDictionary<string, Source> sources, ProblemReport report)
    {
        for (var i = 0; i < evidence.Sources.Count; i++)
        {
            if (!sources.ContainsKey(evidence.Sources[i]))
            {
                report.Add("unknown-source", $"{path}.sources[{i}]", $"source '{evidence.Sources[i]}'", "an id of 'sources'", "Add the source or correct the id");
            }
        }

        if (evidence.Sources.Count == 0 && evidence.Verdict is Verdict.Publication or Verdict.Implementations or Verdict.Disputed)
        {
            report.Add("missing-source", path, "no source", "at least one source for this verdict", "Name the source, or mark the fact 'convention' or 'unconfirmed'");
        }

        if (evidence is { Verdict: Verdict.Disputed, Note: null })
        {
            report.Add("missing-note", path, "a disputed fact without a note", "a note with the values that disagree and the choice");
        }
    }

    private void CheckIdentity()
    {
        CheckIdentity(_definition.Id, _definition.Version, _report);
        if (_definition.RecallDays is <= 0 or > 3_660)
        {
            _report.Add("invalid-number", "$.recallDays", $"{_definition.RecallDays} days", "1 to 3660 days");
        }

        var population = _definition.Population;
        if (population.MinAge is < 0 or > MaxAge || population.MaxAge is < 0 or > MaxAge || population.MinAge > population.MaxAge)
        {
            _report.Add("invalid-age", "$.population", "ages that are no range", "minAge at most maxAge, both 0 to 120");
        }

        if (population is { Subject: not Subject.Person } and ({ MinAge: not null } or { MaxAge: not null }))
        {
            NotAboutPeople("$.population", "ages");
        }
    }

    private void NotAboutPeople(string path, string found) =>
        _report.Add("not-about-people", path, $"{found} in an instrument about a {ScoreText.Of(_definition.Population.Subject)}", "what people have only where a form is about a person", "Remove it, or correct 'population.subject'");

    private void CheckEvidence()
    {
        Check("$.population.evidence", _definition.Population.Evidence);
        Check("$.licence.evidence", _definition.Licence.Evidence);
        foreach (var (fact, evidence) in _definition.Evidence)
        {
            Check($"$.evidence.{System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(fact.ToString())}", evidence);
        }

        Need(Fact.Items, true, "items");
        Need(Fact.Reversal, _definition.Items.Any(i => i.Reverse), "reversed items");
        Need(Fact.Recall, _definition.RecallDays is not null, "recallDays");
        Need(Fact.Skip, _definition.Items.Any(i => i.AskedWhen is not null), "skip logic");
        Need(Fact.Blank, _definition.Items.Any(i => i.WhenBlank is not null), "a meaning of blanks");
        Need(
            Fact.Loinc,
            _definition.Loinc is not null || _definition.Items.Any(i => i.Loinc is not null) || _definition.Scores.Any(s => s.Loinc is not null),
            "LOINC codes");

        void Need(Fact fact, bool needed, string what)
        {
            if (needed && !_definition.Evidence.ContainsKey(fact))
            {
                var name = System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(fact.ToString());
                _report.Add("missing-evidence", "$.evidence", $"no evidence for '{name}' although the definition has {what}", $"a member '{name}' that says what the fact rests on");
            }
        }
    }

    private void Check(string path, Evidence evidence) => CheckEvidence(path, evidence, _definition.Sources, _report);

    private void CheckResponses()
    {
        foreach (var (id, responses) in _definition.Responses)
        {
            var path = $"$.responses.{id}";
            Check(path + ".evidence", responses.Evidence);
            switch (responses)
            {
                case OptionSet set:
                    CheckOptions(path, set);
                    break;
                case NumberRange range when range.Decimals is < 0 or > 3
                    || range.Min < 0
                    || range.Max <= range.Min
                    || range.Max * Answer.PowerOfTen(range.Decimals) > Answer.MaxQuantity:
                    _report.Add("invalid-range", path, "a number that cannot be stored", $"0 to 3 decimals, min from 0 on, max above min, and at most {Answer.MaxQuantity} steps");
                    break;
            }
        }
    }

    private void CheckOptions(string path, OptionSet set)
    {
        if (set.Options.Count is < 2 or > Answer.MaxCode + 1)
        {
            _report.Add("too-few-options", path + ".options", $"{set.Options.Count} options", "2 to 251 options");
        }

        var seen = new HashSet<int>();
        for (var i = 0; i < set.Options.Count; i++)
        {
            var option = set.Options[i];
            if (option.Code is < 0 or > Answer.MaxCode)
            {
                _report.Add("code-out-of-range", $"{path}.options[{i}].code", $"code {option.Code}", $"0 to {Answer.MaxCode}");
            }

            if (!seen.Add(option.Code))
            {
                _report.Add("duplicate-code", $"{path}.options[{i}].code", $"code {option.Code} a second time", "each code once");
            }

            if (Math.Abs((long)option.Value) > MaxOptionScore)
            {
                _report.Add("score-out-of-range", $"{path}.options[{i}]", $"score {option.Value}", $"-{MaxOptionScore} to {MaxOptionScore}");
            }
        }
    }

    private void CheckItems()
    {
        if (_definition.Items.Count is 0 or > MaxItems)
        {
            _report.Add("too-many-items", "$.items", $"{_definition.Items.Count} items", $"1 to {MaxItems} items");
        }

        for (var i = 0; i < _definition.Items.Count; i++)
        {
            var item = _definition.Items[i];
            var path = At("items", i);
            if (item.Id.Length is 0 or > 16 || !item.Id.All(c => char.IsAsciiLetterOrDigit(c) || c == '.'))
            {
                _report.Add("invalid-id", path + ".id", "an item id of another form", "at most 16 letters, digits and points, such as 9 or 5a");
            }
            else if (!_items.TryAdd(item.Id, i))
            {
                _report.Add("duplicate-id", path + ".id", $"item '{item.Id}' a second time", "each item once");
            }

            if (!_definition.Responses.TryGetValue(item.Responses, out var responses))
            {
                _report.Add("unknown-responses", path + ".responses", $"response set '{item.Responses}'", "an id of 'responses'");
                continue;
            }

            if (item.Reverse && responses is not OptionSet)
            {
                _report.Add("reversed-quantity", path + ".reverse", "a reversed quantity", "reversal of options only");
            }

            if (item.WhenBlank is { } blank && !HasCode(responses, blank))
            {
                _report.Add("unknown-code", path + ".whenBlank", $"code {blank}", "a code of the item's options");
            }

            if (item.AskedWhen is { } asked)
            {
                CheckSkip(path + ".askedWhen", i, asked, responses);
            }
        }

        var used = new HashSet<int>(_definition.Scores.SelectMany(ItemsOf));
        foreach (var index in Enumerable.Range(0, _definition.Items.Count).Where(i => used.Contains(i) == _definition.Items[i].Unscored))
        {
            var item = _definition.Items[index];
            _report.Add(
                item.Unscored ? "unscored-item-used" : "item-never-keyed",
                At("items", index),
                item.Unscored ? $"item '{item.Id}' is marked unscored and a score uses it" : $"no score uses item '{item.Id}'",
                item.Unscored ? "an item that no score uses" : "every item in a score, or marked 'unscored'");
        }
    }

    private void CheckSkip(string path, int index, AskedWhen asked, ResponseSet responses)
    {
        CheckCondition(path + ".when", asked.When, gateOf: index);
        if (!HasCode(responses, asked.Otherwise))
        {
            _report.Add("unknown-code", path + ".otherwise", $"code {asked.Otherwise}", "a code of the item's options");
        }
    }

    private static bool HasCode(ResponseSet? responses, int code) => responses is OptionSet set && set.Options.Any(o => o.Code == code);

    private IEnumerable<int> ItemsOf(ScoreDefinition score) => score switch
    {
        ItemScore items => items.Items.SelectMany(Expand),
        QuantityScore quantity => Expand(quantity.Item),
        ClockSpanScore span => [.. Expand(span.From), .. Expand(span.To)],
        ClassScore classes => classes.Classes.SelectMany(c => c.When.Items).SelectMany(Expand),
        _ => [],
    };

    private IEnumerable<int> Expand(string entry) => ItemRuns.Expand(entry, id => _items.GetValueOrDefault(id, -1));

    private void CheckScores()
    {
        if (_definition.Scores.Count is 0 or > MaxScores)
        {
            _report.Add("too-many-scores", "$.scores", $"{_definition.Scores.Count} scores", $"1 to {MaxScores} scores");
        }

        for (var i = 0; i < _definition.Scores.Count; i++)
        {
            var score = _definition.Scores[i];
            var path = At("scores", i);
            Check(path + ".evidence", score.Evidence);
            if (!IsKebab(score.Id) && score.Id.Length > 0)
            {
                _report.Add("invalid-id", path + ".id", "an id with other characters", "lower-case letters, digits and single hyphens, beginning with a letter");
            }

            if (score.Times is { } times && times <= 0)
            {
                _report.Add("invalid-number", path + ".times", "a factor that is not positive", "a factor above 0");
            }

            var range = RangeOf(path, score);
            CheckSize(path, score);
            if (range is { } reachable && (reachable.Min != score.Range.Min || reachable.Max != score.Range.Max))
            {
                _report.Add(
                    "unreachable-range",
                    path + ".range",
                    $"{score.Range.Min} to {score.Range.Max}",
                    $"{reachable.Min} to {reachable.Max}, what the key can reach",
                    "Correct the key or the range");
            }

            CheckBands(path, score);
            if (!_ranges.TryAdd(score.Id, (score.Range.Min, score.Range.Max)))
            {
                _report.Add("duplicate-id", path + ".id", $"score '{score.Id}' a second time", "each score once");
            }
        }
    }

    /// <summary>Lowest and highest value the key can reach; nothing when it cannot be told, because of a problem reported elsewhere.</summary>
    private (Rational Min, Rational Max)? RangeOf(string path, ScoreDefinition score)
    {
        try
        {
            return ExactRangeOf(path, score);
        }
        catch (OverflowException)
        {
            // CheckSize reports it.
            return null;
        }
    }

    private (Rational Min, Rational Max)? ExactRangeOf(string path, ScoreDefinition score)
    {
        var range = score switch
        {
            ItemScore items => ItemRange(path, items),
            TotalScore total => TotalRange(path, total),
            QuantityScore quantity => QuantityRange(path, quantity),
            ClockSpanScore span => SpanRange(path, span),
            RatioScore ratio => RatioRange(path, ratio),
            StepScore steps => StepRange(path, steps),
            TableScore table => TableRange(path, table),
            ClassScore classes => ClassRange(path, classes),
            _ => null,
        };
        if (range is not { } raw || score is RatioScore)
        {
            return range;
        }

        var times = score.Times ?? 1;
        return ((raw.Min * times).Round(score.Round), (raw.Max * times).Round(score.Round));
    }

    private (Rational Min, Rational Max)? ItemRange(string path, ItemScore score)
    {
        Check(path + ".missing.evidence", score.Missing.Evidence);
        if (score.Items.Count > MaxItems || score.Unreversed.Count > MaxItems)
        {
            _report.Add("too-many-items", path + ".items", $"{Math.Max(score.Items.Count, score.Unreversed.Count)} entries", $"at most {MaxItems} entries");
            return null;
        }

        var keyed = new HashSet<int>();
        var complete = true;
        for (var i = 0; i < score.Items.Count; i++)
        {
            var positions = Expand(score.Items[i]).ToArray();
            if (positions.Length == 0)
            {
                _report.Add("unknown-item", $"{path}.items[{i}]", $"item '{score.Items[i]}'", "an item of the instrument, or a run such as 1-9", "Correct the id or add the item");
                complete = false;
            }

            foreach (var position in positions.Where(p => !keyed.Add(p)))
            {
                _report.Add("item-keyed-twice", $"{path}.items[{i}]", $"item '{_definition.Items[position].Id}' a second time", "each item once in a score");
            }
        }

        for (var i = 0; i < score.Unreversed.Count; i++)
        {
            var positions = Expand(score.Unreversed[i]).ToArray();
            if (positions.Length == 0 || !positions.All(p => keyed.Contains(p) && _definition.Items[p].Reverse))
            {
                _report.Add("not-reversed", $"{path}.unreversed[{i}]", $"'{score.Unreversed[i]}'", "a reversed item of this score");
            }
        }

        if (score.Missing.MaxMissing < 0 || (keyed.Count > 0 && score.Missing.MaxMissing >= keyed.Count))
        {
            _report.Add("invalid-missing", path + ".missing.maxMissing", $"{score.Missing.MaxMissing} of {keyed.Count} items", "0 to one less than the number of items");
        }

        if (score is SumScore or CountScore && score.Missing is { MaxMissing: > 0, Round: null })
        {
            _report.Add("missing-rounding", path + ".missing", "proration without a rounding rule", "'round': 'none', 'half-up' or 'floor'");
        }

        if (!complete || keyed.Count == 0)
        {
            return null;
        }

        var sets = keyed.Select(p => _definition.Responses.GetValueOrDefault(_definition.Items[p].Responses)).ToArray();
        if (sets.Any(s => s is not OptionSet { Options.Count: > 0 }))
        {
            _report.Add("not-options", path + ".items", "an item without options", "items with options; a quantity enters by a score of its own");
            return null;
        }

        var lows = sets.Sum(s => (long)((OptionSet)s!).MinScore);
        var highs = sets.Sum(s => (long)((OptionSet)s!).MaxScore);
        var lowest = sets.Min(s => ((OptionSet)s!).MinScore);
        var highest = sets.Max(s => ((OptionSet)s!).MaxScore);
        switch (score)
        {
            case CountScore count:
                if (count.AtLeast <= lowest || count.AtLeast > highest)
                {
                    _report.Add("unreachable-threshold", path + ".atLeast", $"{count.AtLeast}", $"above {lowest} and at most {highest}");
                }

                CheckAlike(path, score, sets.Select(s => (((OptionSet)s!).MinScore >= count.AtLeast, ((OptionSet)s).MaxScore >= count.AtLeast)));
                return (sets.Count(s => ((OptionSet)s!).MinScore >= count.AtLeast), sets.Count(s => ((OptionSet)s!).MaxScore >= count.AtLeast));
            case MeanScore { AtLeast: { } atLeast }:
                if (atLeast <= lowest || atLeast > highest)
                {
                    _report.Add("unreachable-threshold", path + ".atLeast", $"{atLeast}", $"above {lowest} and at most {highest}");
                }

                return (atLeast, highest);
            case MeanScore:
                CheckAlike(path, score, sets.Select(s => (((OptionSet)s!).MinScore, ((OptionSet)s).MaxScore)));
                return (new Rational(lows, sets.Length), new Rational(highs, sets.Length));
            default:
                CheckAlike(path, score, sets.Select(s => (((OptionSet)s!).MinScore, ((OptionSet)s).MaxScore)));
                return (new Rational(lows), new Rational(highs));
        }
    }

    /// <summary>Proration puts the mean of the answered items in place of a blank: beyond what the item can be worth when the items differ.</summary>
    private void CheckAlike<T>(string path, ItemScore score, IEnumerable<T> ranges)
    {
        if (score.Missing.MaxMissing > 0 && ranges.Distinct().Count() > 1)
        {
            _report.Add("items-differ", path + ".missing.maxMissing", "items of different range, and answers that may be missing", "items of one range, or 0: proration takes the items as alike");
        }
    }

    /// <summary>Scores are exact fractions of 64-bit numbers; a definition whose scores could outgrow them is refused here, not when somebody is scored.</summary>
    private void CheckSize(string path, ScoreDefinition score)
    {
        var size = SizeOf(score);
        if (score.Times is { } times)
        {
            size = size with { Top = size.Top * BigInteger.Abs(times.Numerator), Bottom = size.Bottom * times.Denominator };
        }

        if (score is RatioScore)
        {
            var limits = Largest([score.Range.Min, score.Range.Max]);
            size = size with { Top = BigInteger.Max(size.Top, limits.Top), Bottom = BigInteger.Max(size.Bottom, limits.Bottom) };
        }

        if ((2 * size.Top) + size.Bottom > long.MaxValue || 2 * size.Bottom > long.MaxValue)
        {
            _report.Add("number-too-large", path, "a score whose exact value can have more digits than are kept", "factors, values and divisors with fewer digits");
            size = Size.One;
        }

        _sizes[score.Id] = score.Round == Rounding.None ? size : new(size.Top + 1, 1, Common: true);
    }

    /// <summary>What a score can grow to before it is multiplied and rounded.</summary>
    private Size SizeOf(ScoreDefinition score)
    {
        Size Of(string id) => _sizes.GetValueOrDefault(id, Size.One);

        switch (score)
        {
            case ItemScore items:
                var count = new HashSet<int>(items.Items.SelectMany(Expand)).Count;
                var top = new BigInteger(MaxOptionScore) * 2 * count;
                return items is SumScore or CountScore && (items.Missing.MaxMissing <= 0 || items.Missing.Round != Rounding.None)
                    ? new(top, 1, Common: true)
                    : new(top * Math.Max(count, 1), Math.Max(count, 1), Common: items is MeanScore { AtLeast: null } && items.Missing.MaxMissing <= 0);
            case TotalScore total:
                return total.Scores.Select(Of).Aggregate(new Size(0, 1, Common: true), Size.Sum);
            case QuantityScore or ClockSpanScore:
                return new(ushort.MaxValue * 1_000, 1_000, Common: true);
            case RatioScore ratio:
                var (n, d) = (Of(ratio.Numerator), Of(ratio.Denominator));
                return new(n.Top * d.Bottom, n.Bottom * d.Top, Common: false);
            case StepScore steps:
                return Largest(steps.Steps.Select(s => s.Value));
            case TableScore table:
                return Largest(table.Values);
            default:
                return new(int.MaxValue, 1, Common: true);
        }
    }

    private static Size Largest(IEnumerable<Rational> values) => values.Aggregate(
        Size.One,
        (largest, v) => new(BigInteger.Max(largest.Top, BigInteger.Abs(v.Numerator)), BigInteger.Max(largest.Bottom, v.Denominator), largest.Common && v.IsWhole));

    /// <summary>Bounds on the numerator and the denominator of a score's values.</summary>
    /// <param name="Top">No numerator is larger.</param>
    /// <param name="Bottom">No denominator is larger.</param>
    /// <param name="Common">Whether all values can be written over <paramref name="Bottom"/>, with numerators up to <paramref name="Top"/>.</param>
    private readonly record struct Size(BigInteger Top, BigInteger Bottom, bool Common)
    {
        public static Size One => new(1, 1, Common: true);

        public static Size Sum(Size left, Size right)
        {
            var common = left.Common && right.Common;
            var bottom = left.Bottom * right.Bottom / (common ? BigInteger.GreatestCommonDivisor(left.Bottom, right.Bottom) : 1);
            return new((left.Top * (bottom / left.Bottom)) + (right.Top * (bottom / right.Bottom)), bottom, common);
        }
    }

    private (Rational Min, Rational Max)? TotalRange(string path, TotalScore score)
    {
        var ranges = score.Scores.Select((id, i) => Earlier($"{path}.scores[{i}]", id)).ToArray();
        if (score.Scores.Distinct(StringComparer.Ordinal).Count() != score.Scores.Count || ranges.Length == 0)
        {
            _report.Add("duplicate-id", path + ".scores", "no score, or one twice", "earlier scores, each once");
            return null;
        }

        return ranges.All(r => r is not null)
            ? ranges.Aggregate(((Rational)0, (Rational)0), (sum, r) => (sum.Item1 + r!.Value.Min, sum.Item2 + r.Value.Max))
            : null;
    }

    private (Rational Min, Rational Max)? QuantityRange(string path, QuantityScore score) => ResponsesAt(path + ".item", score.Item) switch
    {
        NumberRange range => (range.Min, range.Max),
        OptionSet set => (set.MinScore, set.MaxScore),
        ClockTime => Wrong(path + ".item", "a time of day", "an item with options or a number"),
        _ => null,
    };

    private (Rational Min, Rational Max)? SpanRange(string path, ClockSpanScore score)
    {
        var from = ResponsesAt(path + ".from", score.From);
        var to = ResponsesAt(path + ".to", score.To);
        return from is null || to is null ? null
            : from is ClockTime && to is ClockTime ? (1, 1440)
            : Wrong(path, "an item that is not a time of day", "two times of day");
    }

    private (Rational Min, Rational Max)? RatioRange(string path, RatioScore score)
    {
        var numerator = Earlier(path + ".numerator", score.Numerator);
        var denominator = Earlier(path + ".denominator", score.Denominator);
        return numerator is not { } n || denominator is not { } d ? null
            : n.Min < 0 || d.Min < 0 ? Wrong(path, "a score that can be negative", "scores that cannot be negative")
            : score.Range.Min >= score.Range.Max ? Wrong(path + ".range", "an empty range", "min below max")
            : (score.Range.Min, score.Range.Max);
    }

    private (Rational Min, Rational Max)? StepRange(string path, StepScore score)
    {
        if (Earlier(path + ".score", score.Score) is not { } range || score.Steps.Count == 0)
        {
            return null;
        }

        if (score.Steps[0].From != range.Min || score.Steps[0].After)
        {
            _report.Add("band-gap", path + ".steps[0].from", $"{score.Steps[0].From}", $"{range.Min}, the lowest possible value of '{score.Score}'");
        }

        for (var i = 1; i < score.Steps.Count; i++)
        {
            var (previous, step) = (score.Steps[i - 1], score.Steps[i]);
            if (step.From < previous.From || (step.From == previous.From && (previous.After || !step.After)) || step.From > range.Max)
            {
                _report.Add("band-overlap", $"{path}.steps[{i}].from", $"{step.From} after {previous.From}", $"rising starts of at most {range.Max}");
            }
        }

        return (score.Steps.Min(s => s.Value), score.Steps.Max(s => s.Value));
    }

    private (Rational Min, Rational Max)? TableRange(string path, TableScore score)
    {
        if (Earlier(path + ".score", score.Score) is not { } range)
        {
            return null;
        }

        if (!range.Min.IsWhole || !range.Max.IsWhole || score.Values.Count != (range.Max - range.Min).Numerator + 1)
        {
            _report.Add("table-length", path + ".values", $"{score.Values.Count} values", $"one for each whole number from {range.Min} to {range.Max}");
            return null;
        }

        var rises = score.Values[^1] >= score.Values[0];
        for (var i = 1; i < score.Values.Count; i++)
        {
            if (rises ? score.Values[i] < score.Values[i - 1] : score.Values[i] > score.Values[i - 1])
            {
                _report.Add("not-monotone", $"{path}.values[{i}]", $"{score.Values[i]} after {score.Values[i - 1]}", "values that rise throughout, or fall throughout", "Check the source");
            }
        }

        return (score.Values.Min(), score.Values.Max());
    }

    private (Rational Min, Rational Max)? ClassRange(string path, ClassScore score)
    {
        for (var i = 0; i < score.Classes.Count; i++)
        {
            if (score.Classes[i].Value <= score.Otherwise || (i > 0 && score.Classes[i].Value >= score.Classes[i - 1].Value))
            {
                _report.Add("class-order", $"{path}.classes[{i}].value", $"{score.Classes[i].Value}", "falling values, all above 'otherwise'");
            }

            CheckCondition($"{path}.classes[{i}].when", score.Classes[i].When);
        }

        return score.Classes.Count == 0 ? null : (score.Otherwise, score.Classes.Max(c => c.Value));
    }

    /// <param name="path">Where the condition stands.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="gateOf">Position of the item that it decides about: only items before that one are known then; nothing for the condition of a score.</param>
    private void CheckCondition(string path, Condition condition, int? gateOf = null)
    {
        switch (condition)
        {
            case ItemCondition or NumberCondition when gateOf is { } index && condition.Items.Single() is var gate && !(_items.TryGetValue(gate, out var position) && position < index):
                _report.Add("unknown-item", path + ".item", $"item '{gate}'", "an earlier item");
                break;
            case ScoreCondition when gateOf is not null:
                _report.Add("gate-on-score", path, "a score that decides whether an item is asked", "answers to earlier items: scores come after it is known who was asked what", "Name the items instead");
                break;
            case ItemCondition item when ResponsesAt(path + ".item", item.Item) is { } responses:
                if (item.Codes.Count == 0 || !item.Codes.All(c => HasCode(responses, c)))
                {
                    _report.Add("unknown-code", path + ".codes", "no code, or one that the item does not have", "codes of the item's options");
                }

                break;
            case NumberCondition number when ResponsesAt(path + ".item", number.Item) is { } responses:
                if (responses is NumberRange numbers)
                {
                    CheckThreshold(path, number.AtLeast, (numbers.Min, numbers.Max));
                }
                else
                {
                    Wrong(path + ".item", "an item without a number", "an item with a number; answers to others are compared by their codes");
                }

                break;
            case ScoreCondition score when Earlier(path + ".score", score.Score) is { } range:
                CheckThreshold(path, score.AtLeast, range);
                break;
        }

        var parts = condition.Parts;
        if (condition is AnyCondition or AllCondition or CountCondition && parts.Count == 0)
        {
            _report.Add("empty-condition", path, "no condition", "at least one");
        }

        if (condition is CountCondition count && (count.AtLeast < 1 || count.AtLeast > parts.Count))
        {
            _report.Add("unreachable-threshold", path + ".atLeast", $"{count.AtLeast} of {parts.Count}", "1 to the number of conditions");
        }

        for (var i = 0; i < parts.Count; i++)
        {
            CheckCondition($"{path}.of[{i}]", parts[i], gateOf);
        }
    }

    /// <summary>A threshold that always holds, or never, decides nothing.</summary>
    private void CheckThreshold(string path, Rational atLeast, (Rational Min, Rational Max) range)
    {
        if (atLeast <= range.Min || atLeast > range.Max)
        {
            _report.Add("unreachable-threshold", path + ".atLeast", $"{atLeast}", $"above {range.Min} and at most {range.Max}");
        }
    }

    private (Rational Min, Rational Max)? Earlier(string path, string id)
    {
        if (_ranges.TryGetValue(id, out var range))
        {
            return range;
        }

        _report.Add("unknown-score", path, $"score '{id}'", "a score that stands before this one");
        return null;
    }

    private ResponseSet? ResponsesAt(string path, string item)
    {
        if (_items.TryGetValue(item, out var index))
        {
            return _definition.Responses.GetValueOrDefault(_definition.Items[index].Responses);
        }

        _report.Add("unknown-item", path, $"item '{item}'", "an item of the instrument");
        return null;
    }

    private (Rational Min, Rational Max)? Wrong(string path, string found, string expected)
    {
        _report.Add("wrong-kind", path, found, expected);
        return null;
    }

    private void CheckBands(string path, ScoreDefinition score)
    {
        if (score.Bands.Count > MaxBands || score.Bands.Any(b => b.Starts.Count > MaxBands))
        {
            _report.Add("too-many-bands", path + ".bands", $"more than {MaxBands} bands or groups", $"at most {MaxBands}");
            return;
        }

        for (var i = 0; i < score.Bands.Count; i++)
        {
            var set = score.Bands[i];
            var at = $"{path}.bands[{i}]";
            Check(at + ".evidence", set.Evidence);
            if (set.For is { } group && (group.MinAge > group.MaxAge || group is { Sex: null, MinAge: null, MaxAge: null }))
            {
                _report.Add("invalid-group", at + ".for", "a group that is empty or everybody", "sex, or an age range");
            }

            if (set.For is not null && _definition.Population.Subject != Subject.Person)
            {
                NotAboutPeople(at + ".for", "a group by age or sex");
            }

            if (set.Starts.Count == 0)
            {
                _report.Add("band-gap", at + ".starts", "no band", "at least one");
                continue;
            }

            if (set.Starts[0].From != score.Range.Min)
            {
                _report.Add("band-gap", at + ".starts[0].from", $"{set.Starts[0].From}", $"{score.Range.Min}, the lowest possible value");
            }

            for (var j = 0; j < set.Starts.Count; j++)
            {
                var band = set.Starts[j];
                if (!_definition.BandLabels.ContainsKey(band.Id))
                {
                    _report.Add("unknown-band", $"{at}.starts[{j}].band", $"band '{band.Id}'", "an id of 'bandLabels'", "Add the label or correct the id");
                }

                if (j > 0 && band.From <= set.Starts[j - 1].From)
                {
                    _report.Add("band-overlap", $"{at}.starts[{j}].from", $"'{band.Id}' starts at {band.From}, after '{set.Starts[j - 1].Id}', which starts at {set.Starts[j - 1].From}", $"starts that rise within {score.Range.Min} to {score.Range.Max}", "Check the source");
                }

                if (band.From > score.Range.Max)
                {
                    _report.Add("band-unreachable", $"{at}.starts[{j}].from", $"{band.From}", $"at most {score.Range.Max}, the highest possible value");
                }
            }

            CheckStarts(at, set, score);
            for (var j = 0; j < i; j++)
            {
                if (Overlap(set.For, score.Bands[j].For))
                {
                    _report.Add("group-overlap", at, $"people who are also in bands[{j}]", "groups that share nobody");
                }
            }
        }

        CheckGroups(path + ".bands", score.Bands);
    }

    /// <summary>Cuts of another form of the score, raw where the sum is doubled or the reverse, fall between its values.</summary>
    private void CheckStarts(string path, BandSet set, ScoreDefinition score)
    {
        if (_values.Of(score) is not { Length: > 0 } values || set.Starts.Zip(set.Starts.Skip(1)).Any(pair => pair.Second.From <= pair.First.From))
        {
            return;
        }

        for (var i = 0; i < set.Starts.Count; i++)
        {
            var start = set.Starts[i].From;
            var at = Array.BinarySearch(values, start);
            var next = at < 0 ? ~at : at;
            if (next == values.Length)
            {
                continue; // beyond the range, which is reported already
            }

            if (i + 1 < set.Starts.Count && values[next] >= set.Starts[i + 1].From)
            {
                _report.Add("band-empty", $"{path}.starts[{i}].from", $"no value of the score from {start} to below {set.Starts[i + 1].From}", "a band that somebody can be in", "Check whether the cuts are for another form of the score");
            }
            else if (i > 0 && at < 0 && set.Evidence.Verdict is Verdict.Convention or Verdict.Unconfirmed)
            {
                _report.Add("band-between", $"{path}.starts[{i}].from", $"{start}, which is no value of the score", $"{values[next]}, the next value the key can reach", "Check whether the cuts are for another form of the score; a published cut names its source");
            }
        }
    }

    /// <summary>Groups by age and sex that leave out some people between those they name; a publication may mean it.</summary>
    private void CheckGroups(string path, IReadOnlyList<BandSet> sets)
    {
        if (sets.All(s => s.For is null) || sets.All(s => s.Evidence.Verdict == Verdict.Publication))
        {
            return;
        }

        bool Covers(Sex sex, int age) => sets.Any(s => s.For is null || s.For.Includes(new Respondent { Age = age, Sex = sex }));

        var ages = Enumerable.Range(0, MaxAge + 1).Where(age => _definition.Population.Includes(age)).ToArray();
        foreach (var (sex, other, word) in new[] { (Sex.Female, Sex.Male, "female"), (Sex.Male, Sex.Female, "male") })
        {
            var covered = ages.Where(age => Covers(sex, age)).ToArray();

            // A score may be for one sex alone; then nobody of the other is left out by its groups.
            var left = ages.Where(age => covered.Length > 0 && !Covers(sex, age) && (Covers(other, age) || (age > covered[0] && age < covered[^1]))).ToArray();
            if (left.Length > 0)
            {
                _report.Add("group-gap", path, $"no bands for sex '{word}' at {left[0]} years", "groups that leave out nobody between them, and the same ages for both sexes", "Add the group, or name the publication that leaves it out");
            }
        }
    }

    private static bool Overlap(BandGroup? left, BandGroup? right) =>
        (left?.Sex is null || right?.Sex is null || left.Sex == right.Sex)
        && (left?.MinAge ?? 0) <= (right?.MaxAge ?? int.MaxValue)
        && (right?.MinAge ?? 0) <= (left?.MaxAge ?? int.MaxValue);

    private void CheckPartitions()
    {
        if (_definition.Partitions.Count > MaxScores || _definition.Partitions.Any(p => p.Scores.Count > MaxScores))
        {
            _report.Add("too-many-scores", "$.partitions", $"more than {MaxScores} partitions, or scores in one", $"at most {MaxScores}");
            return;
        }

        for (var i = 0; i < _definition.Partitions.Count; i++)
        {
            var partition = _definition.Partitions[i];
            var path = At("partitions", i);
            var owner = new Dictionary<int, string>();
            for (var j = 0; j < partition.Scores.Count; j++)
            {
                var score = _definition.Scores.FirstOrDefault(s => s.Id == partition.Scores[j]);
                if (score is not ItemScore)
                {
                    _report.Add("unknown-score", $"{path}.scores[{j}]", $"score '{partition.Scores[j]}'", "a score over items");
                    continue;
                }

                foreach (var item in ItemsOf(score).Where(item => !owner.TryAdd(item, score.Id)))
                {
                    _report.Add("item-keyed-twice", $"{path}.scores[{j}]", $"item '{_definition.Items[item].Id}' is in '{owner[item]}' and '{score.Id}'", "each item in one score of the partition");
                }
            }

            foreach (var item in Enumerable.Range(0, _definition.Items.Count).Where(p => !_definition.Items[p].Unscored && !owner.ContainsKey(p)))
            {
                _report.Add("item-never-keyed", path, $"item '{_definition.Items[item].Id}' is in none of the scores", "each scored item in one score of the partition");
            }
        }
    }

    private void CheckCriticalItems()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < _definition.CriticalItems.Count; i++)
        {
            var critical = _definition.CriticalItems[i];
            var path = At("criticalItems", i);
            Check(path + ".evidence", critical.Evidence);
            if (_definition.Population.Subject != Subject.Person)
            {
                NotAboutPeople(path, "a critical item");
            }

            if (!IsKebab(critical.Id) || !ids.Add(critical.Id))
            {
                _report.Add("duplicate-id", path + ".id", $"critical item '{critical.Id}'", "a kebab-case id, each once");
            }

            if (_items.TryGetValue(critical.Item, out var position) && RestsOn(position).Any(p => _definition.Items[p].WhenBlank is not null))
            {
                _report.Add("critical-blank", path + ".item", $"a blank of item '{critical.Item}', or of an item that decides whether it is asked, stands for an answer", "blanks of critical items stay unknown", "Remove 'whenBlank'");
            }

            if (ResponsesAt(path + ".item", critical.Item) is { } responses && (critical.Codes.Count == 0 || !critical.Codes.All(c => HasCode(responses, c))))
            {
                _report.Add("unknown-code", path + ".codes", "no code, or one that the item does not have", "codes of the item's options");
            }
        }
    }

    /// <summary>An item and all those that decide whether it is asked, however far back.</summary>
    private HashSet<int> RestsOn(int item)
    {
        var found = new HashSet<int>();
        var open = new Stack<int>([item]);
        while (open.TryPop(out var next))
        {
            if (found.Add(next))
            {
                foreach (var gate in (_definition.Items[next].AskedWhen?.When.Items ?? []).Where(_items.ContainsKey))
                {
                    open.Push(_items[gate]);
                }
            }
        }

        return found;
    }

    private void CheckValidityScales()
    {
        for (var i = 0; i < _definition.ValidityScales.Count; i++)
        {
            var scale = _definition.ValidityScales[i];
            var path = At("validityScales", i);
            Check(path + ".evidence", scale.Evidence);
            if (!_ranges.TryGetValue(scale.Score, out var range))
            {
                _report.Add("unknown-score", path + ".score", $"score '{scale.Score}'", "a score of the instrument");
            }
            else if (scale is { Caution: null, Invalid: null } || (scale.Caution ?? scale.Invalid) <= range.Min || scale.Caution >= scale.Invalid || (scale.Invalid ?? scale.Caution) > range.Max)
            {
                _report.Add("unreachable-threshold", path, "cuts that do not rise within the range of the score", $"caution below invalid, at most {range.Max}");
            }
        }
    }

    private void CheckExamples()
    {
        for (var i = 0; i < _definition.Examples.Count; i++)
        {
            var example = _definition.Examples[i];
            var path = At("examples", i);
            foreach (var (item, literal) in example.Answers)
            {
                if (ResponsesAt($"{path}.answers.{item}", item) is { } responses && Examples.Parse(literal, responses) is null)
                {
                    _report.Add("wrong-value", $"{path}.answers.{item}", "an answer the item cannot have", "a code, quantity or time of the item, null, or a reason");
                }
            }

            foreach (var id in example.Scores.Keys.Where(id => !_ranges.ContainsKey(id)))
            {
                _report.Add("unknown-score", $"{path}.scores.{id}", $"score '{id}'", "a score of the instrument");
            }

            foreach (var id in example.Critical.Keys.Where(id => _definition.CriticalItems.All(c => c.Id != id)))
            {
                _report.Add("unknown-critical-item", $"{path}.critical.{id}", $"critical item '{id}'", "a critical item of the instrument");
            }

            for (var j = 0; j < example.Raises.Count; j++)
            {
                if (_definition.CriticalItems.All(c => c.Class != example.Raises[j]))
                {
                    _report.Add("unknown-critical-item", $"{path}.raises[{j}]", $"class '{PolicyText.Of(example.Raises[j])}'", "the class of a critical item of the instrument");
                }
            }

            if (example.Source is { } source && !_definition.Sources.ContainsKey(source))
            {
                _report.Add("unknown-source", path + ".source", $"source '{source}'", "an id of 'sources'");
            }
        }
    }
}
