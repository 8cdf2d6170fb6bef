using System.Globalization;
using System.Numerics;
using System.Text;
using static Xinheng.Data.DefinitionExport;

namespace Xinheng.Data;

/// <summary>A definition as one function of base R. What the pieces of R do is in <see cref="RHelpers"/>.</summary>
internal sealed class RScript
{
    // R computes in doubles; RHelpers compares them with a tolerance of 1e-9. Exact values must lie further apart than that.
    private const long FinestStep = 10_000_000;
    private const int LargestValue = 100_000;

    private readonly Instrument _instrument;
    private readonly InstrumentDefinition _definition;
    private readonly StringBuilder _script = new();
    private readonly int[] _items;
    private readonly HashSet<string> _features;

    private RScript(Instrument instrument)
    {
        _instrument = instrument;
        _definition = instrument.Definition;
        _items = ItemsUsed();
        _features = Features();
        CheckSteps();
    }

    public static string Write(Instrument instrument)
    {
        var script = new RScript(instrument);
        script.Head();
        script.Line($"score_{instrument.ColumnPrefix} <- function(data) {{");
        script._script.Append(RHelpers.For(script._features));
        script.Responses();
        script.Items();
        script.Scores();
        script.Output();
        script.Line("}");
        return script._script.ToString();
    }

    /// <summary>Items that a score, a critical item or the skip logic of one of these needs, in printed order.</summary>
    private int[] ItemsUsed()
    {
        var used = _definition.Scores.SelectMany(s => ItemsOf(_instrument, s)).Concat(_definition.CriticalItems.Select(c => _instrument.IndexOfItem(c.Item))).ToHashSet();
        for (var item = _instrument.Items.Count - 1; item >= 0; item--)
        {
            if (used.Contains(item) && _instrument.Items[item].AskedWhen is { } gate)
            {
                used.UnionWith(gate.When.Items.Select(_instrument.IndexOfItem));
            }
        }

        return [.. used.Order()];
    }

    private HashSet<string> Features()
    {
        var features = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in _items)
        {
            features.Add(_instrument.ResponsesOf(item) switch { OptionSet => "choice", NumberRange => "number", _ => "clock" });
            features.UnionWith(_instrument.Items[item].WhenBlank is not null ? ["blanks"] : []);
            if (_instrument.Items[item].AskedWhen is { } gate)
            {
                features.Add("gates");
                AddConditions(gate.When);
            }
        }

        foreach (var score in _definition.Scores)
        {
            features.Add(score switch
            {
                CountScore or SumScore => "sum",
                MeanScore { AtLeast: not null } => "mean-of-high",
                MeanScore => "mean",
                TotalScore => "total",
                QuantityScore => "quantity",
                ClockSpanScore => "span",
                RatioScore => "ratio",
                StepScore => "steps",
                TableScore => "table",
                ClassScore => "classes",
                _ => throw Unknown($"score '{score.Id}'"),
            });
            features.UnionWith(score is ItemScore ? ["over-items"] : []);
            foreach (var condition in ((score as ClassScore)?.Classes ?? []).Select(c => c.When))
            {
                AddConditions(condition);
            }

            features.UnionWith(score.Bands.Any(b => b.For is not null) ? ["groups"] : []);
            features.UnionWith(score.Bands.Count > 0 ? ["bands"] : []);
        }

        Rounding[] roundings = [.. _definition.Scores.Select(s => s.Round), .. _definition.Scores.OfType<ItemScore>().Select(ProratedRounding)];
        features.UnionWith(roundings.Contains(Rounding.HalfUp) || features.Contains("number") ? ["half-up"] : []);
        features.UnionWith(roundings.Contains(Rounding.Floor) || features.Contains("table") ? ["floor"] : []);
        features.UnionWith(_definition.CriticalItems.Count > 0 ? ["critical"] : []);
        features.UnionWith(_definition.Scores.Any(s => s.Bands.Any(b => b.For is { Sex: not null })) ? ["sex"] : []);
        features.UnionWith(_definition.Population is not { MinAge: null, MaxAge: null } || _definition.Scores.Any(s => s.Bands.Any(b => b.For is { MinAge: not null } or { MaxAge: not null })) ? ["age"] : []);
        return features;

        void AddConditions(Condition condition)
        {
            foreach (var part in AllOf(condition))
            {
                features.UnionWith(part switch
                {
                    ItemCondition => ["conditions"],
                    NumberCondition => ["number-conditions"],
                    ScoreCondition => ["bounds"],
                    AnyCondition or AllCondition or CountCondition => ["combined"],
                    _ => throw Unknown("a condition"),
                });
            }
        }
    }

    private DefinitionException Unknown(string what) => CannotSay(_instrument, "$", $"{what} of a kind that has no form in R", "a kind that the R script knows", "Score with 'xinheng score'");

    /// <summary>Refuses scores whose values can come closer to a cut than doubles tell safely apart.</summary>
    private void CheckSteps()
    {
        var steps = new (BigInteger Bottom, bool Divides)[_definition.Scores.Count];
        for (var i = 0; i < steps.Length; i++)
        {
            var score = _definition.Scores[i];
            var raw = RawStep(score, steps);
            var times = score.Times ?? 1;
            steps[i] = score.Round == Rounding.None ? (raw.Bottom * times.Denominator, raw.Divides) : (1, true);
            Check(i, score.Round == Rounding.None ? [] : [new Rational(1, 2)], raw.Bottom * times.Denominator);
            Check(i, score.Bands.SelectMany(b => b.Starts).Select(b => b.From), steps[i].Bottom);
            switch (score)
            {
                case ItemScore items when ProratedRounding(items) != Rounding.None:
                    Check(i, [new Rational(1, 2)], ItemsOf(_instrument, items).Length);
                    break;
                case StepScore step:
                    Check(i, step.Steps.Select(s => s.From), steps[_instrument.IndexOfScore(step.Score)].Bottom);
                    break;
                case TableScore table:
                    Check(i, [1], steps[_instrument.IndexOfScore(table.Score)].Bottom);
                    break;
                case ClassScore classes:
                    foreach (var condition in classes.Classes.SelectMany(c => AllOf(c.When)).OfType<ScoreCondition>())
                    {
                        Check(i, [condition.AtLeast], steps[_instrument.IndexOfScore(condition.Score)].Bottom);
                    }

                    break;
            }
        }

        void Check(int score, IEnumerable<Rational> cuts, BigInteger bottom)
        {
            var range = _definition.Scores[score].Range;
            if (cuts.Any(cut => cut.Denominator * bottom > FinestStep) || Rational.Max(range.Max, 0 - range.Min) > LargestValue)
            {
                throw CannotSay(
                    _instrument, string.Create(CultureInfo.InvariantCulture, $"$.scores[{score}]"),
                    $"score '{_definition.Scores[score].Id}', whose exact values can be too large, or too close to a cut, for the binary numbers of R",
                    string.Create(CultureInfo.InvariantCulture, $"values up to {LargestValue} and steps down to 1/{FinestStep}"),
                    "Score with 'xinheng score', which computes with exact fractions");
            }
        }
    }

    /// <summary>The finest step between values of a score before its factor: a number that all denominators divide, or that none exceeds.</summary>
    private (BigInteger Bottom, bool Divides) RawStep(ScoreDefinition score, (BigInteger Bottom, bool Divides)[] steps)
    {
        switch (score)
        {
            case ItemScore items:
                var count = ItemsOf(_instrument, items).Length;
                return items is MeanScore { AtLeast: not null } ? (count, false)
                    : items is MeanScore || items.Missing is { MaxMissing: > 0, Round: Rounding.None } ? (count, items.Missing.MaxMissing == 0)
                    : (1, true);
            case QuantityScore quantity:
                return ((_instrument.ResponsesOf(_instrument.IndexOfItem(quantity.Item)) as NumberRange)?.Decimals is { } decimals ? BigInteger.Pow(10, decimals) : 1, true);
            case TotalScore or RatioScore:
                var parts = ScoresOf(_instrument, score).Select(s => (Step: steps[s], Range: _definition.Scores[s].Range)).ToArray();
                return score is RatioScore
                    ? (parts[0].Step.Bottom * (parts[1].Range.Max.Numerator / parts[1].Range.Max.Denominator + 1) * parts[1].Step.Bottom, false)
                    : parts.Select(p => p.Step).Aggregate((l, r) => (l.Bottom * r.Bottom / (l.Divides && r.Divides ? BigInteger.GreatestCommonDivisor(l.Bottom, r.Bottom) : 1), l.Divides && r.Divides));
            case StepScore step:
                return (step.Steps.Select(s => (BigInteger)s.Value.Denominator).Max(), false);
            case TableScore table:
                return (table.Values.Select(v => (BigInteger)v.Denominator).Max(), false);
            default:
                return (1, true);
        }
    }

    private void Head()
    {
        var licence = _definition.Licence;
        Comment($"{_definition.Abbreviation} ({_instrument}): {_definition.Name.En}");
        Comment(_definition.Name.ZhHans);
        Comment("");
        Comment("Scores a data frame in base R. Written by Xinheng from the definition with SHA-256");
        Comment(_instrument.Hash);
        Comment($"Licence of the questionnaire: {licence.Holder}: {licence.Terms.En} {licence.Terms.ZhHans}");
        Comment("A screen is not a diagnosis. 筛查结果不是诊断。");
        Comment("");
        Comment("  answers <- read.csv(\"survey.csv\", colClasses = \"character\", check.names = FALSE, fileEncoding = \"UTF-8-BOM\")");
        Comment($"  scores <- score_{_instrument.ColumnPrefix}(answers)");
        Comment("");
        Comment($"Reads the columns {ColumnPlan.ItemName(_instrument, _items[0])} to {ColumnPlan.ItemName(_instrument, _items[^1])} with the stored codes of the publication (upper case, blanks,");
        Comment("hyphens and points in a name do not matter); a blank or NA is an answer that is missing.");
        var people = new[] { _features.Contains("age") ? "'age' (completed years)" : null, _features.Contains("sex") ? "'sex' (female, male)" : null }.OfType<string>().ToArray();
        if (people.Length > 0)
        {
            Comment($"Reads {string.Join(" and ", people)} where there is such a column.");
        }

        Comment("Gives the columns that 'xinheng score' writes, row by row; but not the response validity.");
        Line("");
    }

    private void Responses()
    {
        var sets = _items.Select(i => _instrument.Items[i].Responses).Distinct().Where(id => _definition.Responses[id] is OptionSet).ToArray();
        if (sets.Length == 0)
        {
            return;
        }

        Line("  # ---- Answers: the stored codes, and what each is worth before reversal");
        Line("  responses <- list()");
        foreach (var id in sets)
        {
            var options = ((OptionSet)_definition.Responses[id]).Options;
            Line($"  responses[[{Text(id)}]] <- list(codes = {Numbers(options.Select(o => (Rational)o.Code))}, worth = {Numbers(options.Select(o => (Rational)o.Value))})");
        }

        Line("");
    }

    private void Items()
    {
        Line("  # ---- Items");
        Line($"  need({Texts(_items.Select(i => ColumnPlan.ItemName(_instrument, i)))})");
        Line("  item <- list()");
        foreach (var position in _items)
        {
            var item = _instrument.Items[position];
            var column = Text(ColumnPlan.ItemName(_instrument, position));
            var read = _instrument.ResponsesOf(position) switch
            {
                OptionSet => $"choice({column}, {Text(item.Responses)}{(item.Reverse ? ", reverse = TRUE" : "")}{Gate(item)}{(item.WhenBlank is { } blank ? $", when_blank = {Number(blank)}" : "")})",
                NumberRange range => $"number({column}, min = {Number(range.Min)}, max = {Number(range.Max)}, decimals = {Number(range.Decimals)})",
                _ => $"clock({column})",
            };
            Line($"  item[[{Text(item.Id)}]] <- {read} # {OneLine(item.Label.En)} {OneLine(item.Label.ZhHans)}");
        }

        Line("");
    }

    private string Gate(Item item) => item.AskedWhen is { } gate ? $", asked = {When(gate.When)}, otherwise = {Number(gate.Otherwise)}" : "";

    private string When(Condition condition) => condition switch
    {
        ItemCondition item => $"is_one_of({Text(item.Item)}, {Numbers(item.Codes.Select(c => (Rational)c))})",
        NumberCondition number => $"is_at_least({Text(number.Item)}, {Number(number.AtLeast)})",
        ScoreCondition score => $"reaches({Text(score.Score)}, {Number(score.AtLeast)})",
        AnyCondition or AllCondition or CountCondition => $"at_least({Number(NeededOf(condition))}, {string.Join(", ", condition.Parts.Select(When))})",
        _ => throw Unknown("a condition"),
    };

    private void Scores()
    {
        Line("  # ---- Scores");
        Line("  score <- list()");
        foreach (var score in _definition.Scores)
        {
            Line($"  # {OneLine(score.Name.En)} {OneLine(score.Name.ZhHans)}, {score.Range.Min} to {score.Range.Max}");
            Line($"  score[[{Text(score.Id)}]] <- {Operation(score)}");
        }

        Line("");
    }

    private string Operation(ScoreDefinition score)
    {
        var scale = (score.Times is { } times ? $", times = {Number(times)}" : "") + (score.Round == Rounding.None ? "" : $", round = {RoundingOf(score.Round)}");
        var range = $"range = {Numbers([score.Range.Min, score.Range.Max])}";
        return score switch
        {
            ItemScore items => $"{(items is MeanScore { AtLeast: not null } ? "mean_of_high" : items is MeanScore ? "mean_of" : "sum_of")}({ItemArguments(items)}{scale})",
            TotalScore total => $"total_of({Texts(total.Scores)}{scale})",
            QuantityScore quantity => $"quantity_of({Text(quantity.Item)}, {range}{scale})",
            ClockSpanScore span => $"span_of({Text(span.From)}, {Text(span.To)}, {range}{scale})",
            RatioScore ratio => $"ratio_of({Text(ratio.Numerator)}, {Text(ratio.Denominator)}, {range}{scale})",
            StepScore steps => $"steps_of({Text(steps.Score)}, from = {Numbers(steps.Steps.Select(s => s.From))}, after = c({string.Join(", ", steps.Steps.Select(s => s.After ? "TRUE" : "FALSE"))}), value = {Numbers(steps.Steps.Select(s => s.Value))}{scale})",
            TableScore table => $"table_of({Text(table.Score)}, first = {Number(_instrument.Scores[_instrument.IndexOfScore(table.Score)].Range.Min)}, values = {Numbers(table.Values)}{scale})",
            ClassScore classes => $"classes_of(otherwise = {Number(classes.Otherwise)}{scale}{string.Concat(classes.Classes.Select(c => $",\n    list({Number(c.Value)}, {When(c.When)})"))})",
            _ => throw Unknown($"score '{score.Id}'"),
        };
    }

    private string ItemArguments(ItemScore score)
    {
        var arguments = new List<string> { Texts(_instrument.Resolve(score.Items).Select(i => _instrument.Items[i].Id)) };
        if (score.Unreversed.Count > 0)
        {
            arguments.Add($"unreversed = {Texts(_instrument.Resolve(score.Unreversed).Select(i => _instrument.Items[i].Id))}");
        }

        if (((score as CountScore)?.AtLeast ?? (score as MeanScore)?.AtLeast) is { } atLeast)
        {
            arguments.Add($"{(score is CountScore ? "count_from" : "at_least")} = {Number(atLeast)}");
        }

        if (score is MeanScore { AtLeast: not null })
        {
            arguments.Add($"lowest = {Number(score.Range.Min)}");
        }

        arguments.Add($"max_missing = {Number(score.Missing.MaxMissing)}");
        if (ProratedRounding(score) is var rounding and not Rounding.None)
        {
            arguments.Add($"round_prorated = {RoundingOf(rounding)}");
        }

        return string.Join(", ", arguments);
    }

    /// <summary>How a sum that stands for missing answers too is rounded.</summary>
    private static Rounding ProratedRounding(ItemScore score) => score is MeanScore || score.Missing.MaxMissing == 0 ? Rounding.None : score.Missing.Round ?? Rounding.None;

    private void Output()
    {
        Line("  # ---- The columns of 'xinheng score'");
        if (_features.Contains("age"))
        {
            Line("  age <- age_of(\"age\")");
        }

        if (_features.Contains("sex"))
        {
            Line("  sex <- sex_of(\"sex\")");
        }

        var population = _definition.Population;
        var outside = string.Join(" | ", new[] { population.MinAge is { } min ? $"(age < {Number(min)}) %in% TRUE" : null, population.MaxAge is { } max ? $"(age > {Number(max)}) %in% TRUE" : null }.OfType<string>());
        Line($"  outside <- {(outside.Length > 0 ? outside : "rep(FALSE, people)")}");
        Line("  columns <- c(");
        var columns = _definition.Scores.Select((s, i) => $"    give({Text(ScoreColumns.Name(_instrument, s.Id))}, {Text(s.Id)}{Unconfirmed(i)}{Bands(s)})")
            .Concat(_definition.CriticalItems.Select(c => $"    critical({Text(ScoreColumns.Name(_instrument, "critical-" + c.Id))}, {Text(c.Item)}, {Numbers(c.Codes.Select(code => (Rational)code))})"));
        Line(string.Join(",\n", columns) + ")");
        Line("  data.frame(columns, check.names = FALSE, stringsAsFactors = FALSE)");
    }

    private static string Bands(ScoreDefinition score)
    {
        if (score.Bands.Count == 0)
        {
            return "";
        }

        var sets = score.Bands.Select(set =>
        {
            var starts = string.Join(", ", set.Starts.Select(b => $"{Text(b.Id)} = {Number(b.From)}"));
            var group = set.For is null ? ""
                : (set.For.Sex is { } sex ? $", sex = {Text(sex == Sex.Female ? "female" : "male")}" : "")
                + (set.For.MinAge is { } min ? $", min_age = {Number(min)}" : "")
                + (set.For.MaxAge is { } max ? $", max_age = {Number(max)}" : "");
            return $"\n      list(starts = c({starts}){group}{(IsUnconfirmed(set.Evidence) ? ", unconfirmed = TRUE" : "")})";
        });
        return $", bands = list({string.Join(",", sets)})";
    }

    private string Unconfirmed(int score)
    {
        var (key, rule) = UnconfirmedOf(score);
        return (key ? ", key_unconfirmed = TRUE" : "") + (rule ? ", rule_unconfirmed = TRUE" : "");
    }

    /// <summary>Whether the key or the missing rule of a score, or of one it rests on, is unconfirmed.</summary>
    private (bool Key, bool Rule) UnconfirmedOf(int index)
    {
        var score = _definition.Scores[index];
        var earlier = ScoresOf(_instrument, score).Select(UnconfirmedOf).ToArray();
        return (
            IsUnconfirmed(score.Evidence) || earlier.Any(e => e.Key) || ItemsOf(_instrument, score).Any(i => IsUnconfirmed(_instrument.ResponsesOf(i).Evidence)),
            earlier.Any(e => e.Rule) || (score is ItemScore items && IsUnconfirmed(items.Missing.Evidence)));
    }

    private static bool IsUnconfirmed(Evidence evidence) => evidence.Verdict == Verdict.Unconfirmed;

    private void Line(string text) => _script.Append(text).Append('\n');

    private void Comment(string text) => Line(text.Length == 0 ? "#" : "# " + OneLine(text));

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static string RoundingOf(Rounding rounding) => rounding == Rounding.HalfUp ? "half_up" : "whole_part";

    private static string Number(Rational value) => value.ToString();

    private static string Numbers(IEnumerable<Rational> values) => $"c({string.Join(", ", values)})";

    // Ids hold nothing that would need escaping in R.
    private static string Text(string id) => $"\"{id}\"";

    private static string Texts(IEnumerable<string> ids) => $"c({string.Join(", ", ids.Select(Text))})";
}
