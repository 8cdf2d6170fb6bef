using System.Globalization;
using System.Text;
using static Xinheng.Data.DefinitionExport;

namespace Xinheng.Data;

/// <summary>
/// A definition as SPSS syntax. Every item gets its keyed value in a variable of its own: a code that the item does not have
/// becomes -9999, user-missing, so that a score can tell it from a blank and be left out.
/// </summary>
internal sealed class SpssSyntax
{
    private const int MaxName = 64;
    private const int LineWidth = 110;
    private const string NoSuchCode = "-9999";

    private static readonly Rational Tiny = new(1, 1_000_000_000);

    private readonly Instrument _instrument;
    private readonly InstrumentDefinition _definition;
    private readonly StringBuilder _syntax = new();
    private int _conditions;

    private SpssSyntax(Instrument instrument)
    {
        _instrument = instrument;
        _definition = instrument.Definition;
    }

    public static string Write(Instrument instrument)
    {
        var syntax = new SpssSyntax(instrument);
        syntax.Head();
        syntax.Labels();
        syntax.Keys();
        for (var i = 0; i < instrument.Scores.Count; i++)
        {
            syntax.Score(i);
        }

        syntax.Critical();
        syntax.Line("EXECUTE.");
        return syntax._syntax.ToString();
    }

    private void Head()
    {
        var licence = _definition.Licence;
        Comment("Encoding: UTF-8");
        Comment($"{_definition.Abbreviation} ({_instrument}): {_definition.Name.En} {_definition.Name.ZhHans}");
        Comment("Written by Xinheng from the definition with SHA-256 " + _instrument.Hash);
        Comment($"Licence of the questionnaire: {licence.Holder}: {licence.Terms.En} {licence.Terms.ZhHans}");
        Comment("A screen is not a diagnosis. 筛查结果不是诊断");
        Comment("Run it on the open data set, whose item variables are numeric and hold the stored codes of the publication; a blank is system-missing");
        if (_definition.Items.Where((_, i) => _instrument.ResponsesOf(i) is ClockTime).Any())
        {
            Comment("Times of day are variables of format TIME, that is seconds from midnight");
        }

        var bands = _definition.Scores.SelectMany(s => s.Bands).Where(b => b.For is not null).Select(b => b.For!).ToArray();
        var hasBands = _definition.Scores.Any(s => s.Bands.Count > 0);
        if (bands.Any(g => g.MinAge is not null || g.MaxAge is not null) || (hasBands && _definition.Population is not { MinAge: null, MaxAge: null }))
        {
            Comment("Needs the numeric variable age, in completed years, system-missing where it is not known");
        }

        if (bands.Any(g => g.Sex is not null))
        {
            Comment("Needs the string variable sex: female, male, or blank");
        }

        if (_definition.Scores.OfType<ClassScore>().Any(c => ScoresOf(_instrument, c).Length > 0))
        {
            Comment("Where answers are missing, a class that rests on scores may be missing here although 'xinheng score' gives one: it looks at what the missing answers could still change");
        }

        Line("");
    }

    private void Labels()
    {
        List<(string Name, LocalizedText Label)> labels = [.. _instrument.Items.Select((item, i) => (Column(i), item.Label))];
        Command("VARIABLE LABELS", labels.Select(l => $"{Name(l.Name)} {Quoted(Both(l.Label))}"), separator: " /");
        foreach (var set in Enumerable.Range(0, _instrument.Items.Count).GroupBy(i => _instrument.Items[i].Responses))
        {
            var names = set.Select(i => Column(i)).ToArray();
            switch (_definition.Responses[set.Key])
            {
                case OptionSet options:
                    var labelled = options.Options.Where(o => o.Label is not null || o.Value != o.Code).ToArray();
                    if (labelled.Length > 0)
                    {
                        Command("VALUE LABELS", [.. names, .. labelled.Select(o => $"{Number(o.Code)} {Quoted(o.Label is { } label ? Both(label) : $"worth {o.Value}")}")]);
                    }

                    // One range and one value is what SPSS takes: above the codes, and a 0 below codes from 1.
                    var low = options.Options.Min(o => o.Code);
                    Command("MISSING VALUES", [.. names, $"({Number(options.Options.Max(o => o.Code) + 1)} THRU HI{(low > 0 ? $", {Number(low - 1)}" : "")})"]);
                    break;
                case NumberRange range:
                    Command("MISSING VALUES", [.. names, $"({Number(range.Max + Tiny)} THRU HI)"]);
                    break;
                default:
                    Command("FORMATS", [.. names, "(TIME5)"]);
                    break;
            }
        }

        Line("");
    }

    /// <summary>Keyed values; and codes where a condition, a critical item, skip logic or the meaning of blanks asks for them.</summary>
    private void Keys()
    {
        Comment("Items: what an answer is worth after reversal (_k), and the code that counts (_c)");
        var all = Enumerable.Range(0, _instrument.Items.Count).ToArray();
        var conditions = _definition.Scores.OfType<ClassScore>().SelectMany(c => c.Classes).Select(c => c.When).Concat(_definition.Items.Select(GateOf).OfType<(Condition When, int Otherwise)>().Select(g => g.When));
        var asked = conditions.SelectMany(c => AllOf(c)).OfType<ItemCondition>().Select(c => c.Item).Concat(_definition.CriticalItems.Select(c => c.Item)).ToHashSet();
        var unreversed = _definition.Scores.OfType<ItemScore>().SelectMany(s => _instrument.Resolve(s.Unreversed)).ToHashSet();
        foreach (var set in all.GroupBy(i => _instrument.Items[i].Responses))
        {
            switch (_definition.Responses[set.Key])
            {
                case OptionSet options:
                    int[] simple = [.. set.Where(i => !HasPlan(i))];
                    Recode(simple.Where(i => asked.Contains(_instrument.Items[i].Id)), "", "_c", Codes(options));
                    Recode(simple.Where(i => !_instrument.Items[i].Reverse), "", "_k", Worth(options, reverse: false));
                    Recode(simple.Where(i => _instrument.Items[i].Reverse), "", "_k", Worth(options, reverse: true));
                    Recode(simple.Where(unreversed.Contains), "", "_u", Worth(options, reverse: false));
                    break;
                case NumberRange range:
                    Recode(set, "", "_k", [$"({Number(range.Min)} THRU {Number(range.Max)}=COPY)"]);
                    foreach (var key in set.Select(i => Column(i, "_k")))
                    {
                        Line($"COMPUTE {key} = TRUNC({key} * {Answer.PowerOfTen(range.Decimals)} + 0.5 + {Number(Tiny)}) / {Answer.PowerOfTen(range.Decimals)}.");
                    }

                    break;
                default:
                    Recode(set, "", "_k", ["(0 THRU 86399=COPY)"]);
                    break;
            }
        }

        // In printed order: skip logic looks at what earlier items count as.
        foreach (var item in all.Where(HasPlan))
        {
            var (definition, options) = (_instrument.Items[item], (OptionSet)_instrument.ResponsesOf(item));
            var (raw, code) = (Column(item), Column(item, "_c"));
            Recode([item], "", "_c", Codes(options));
            var gate = GateOf(definition);
            var when = gate is null ? null : Condition(gate.Value.When);
            if (gate is { } skip)
            {
                Line($"IF (SYSMIS({raw}) AND {when} = 0) {code} = {Number(skip.Otherwise)}.");
            }

            if (definition.WhenBlank is { } blank)
            {
                Line($"IF (SYSMIS({raw}){(when is null ? "" : $" AND {when} = 1")}) {code} = {Number(blank)}.");
            }

            Recode([item], "_c", "_k", Worth(options, definition.Reverse));
            Recode(unreversed.Contains(item) ? [item] : [], "_c", "_u", Worth(options, reverse: false));
        }

        Line("");
    }

    private bool HasPlan(int item) => _instrument.Items[item] is { WhenBlank: not null } || GateOf(_instrument.Items[item]) is not null;

    private static string[] Codes(OptionSet set) => [$"({string.Join(", ", set.Options.Select(o => Number(o.Code)))}=COPY)"];

    private static string[] Worth(OptionSet set, bool reverse) => [.. set.Options.Select(o => $"({Number(o.Code)}={Number(reverse ? set.MinScore + set.MaxScore - o.Value : o.Value)})")];

    /// <summary>One table for several items; what is no answer of the item becomes a missing value of its own.</summary>
    private void Recode(IEnumerable<int> items, string from, string to, string[] table)
    {
        var list = items.ToArray();
        if (list.Length > 0)
        {
            Command("RECODE", [.. list.Select(i => Column(i, from)), .. table, "(SYSMIS=SYSMIS)", $"(ELSE={NoSuchCode}) INTO", .. list.Select(i => Column(i, to))]);
            Command("MISSING VALUES", [.. list.Select(i => Column(i, to)), $"({NoSuchCode})"]);
        }
    }

    /// <summary>Computes a condition, 1, 0 or missing, and gives the name of its variable.</summary>
    private string Condition(Condition condition)
    {
        var parts = PartsOf(condition).Select(Condition).ToArray();
        var name = string.Create(CultureInfo.InvariantCulture, $"#when{++_conditions}");
        if (parts.Length > 0)
        {
            // SPSS has three values too: one that holds decides "any", one that fails decides "all"; a count is asked for directly.
            Command($"COUNT #yes =", [.. parts, "(1)"]);
            Command($"COUNT #no =", [.. parts, "(0)"]);
            Line($"COMPUTE {name} = $SYSMIS.");
            Line($"IF (#yes >= {NeededOf(condition)}) {name} = 1.");
            Line($"IF ({parts.Length} - #no < {NeededOf(condition)}) {name} = 0.");
            return name;
        }

        Line($"COMPUTE {name} = {condition switch
        {
            ItemCondition item => $"ANY({Column(_instrument.IndexOfItem(item.Item), "_c")}, {string.Join(", ", item.Codes.Select(c => Number(c)))})",
            NumberCondition number => $"({Column(_instrument.IndexOfItem(number.Item), "_k")} >= {Number(number.AtLeast - Tiny)})",
            ScoreCondition score => $"({Name(ScoreColumns.Name(_instrument, score.Score))} >= {Number(score.AtLeast - Slack(_instrument.IndexOfScore(score.Score)))})",
            _ => throw CannotSay(_instrument, "$", "a condition of a kind that has no form in SPSS", "a kind that the syntax knows", "Score with 'xinheng score'"),
        }}.");
        return name;
    }

    private void Score(int index)
    {
        var score = _definition.Scores[index];
        var name = Name(ScoreColumns.Name(_instrument, score.Id));
        var scaled = false;
        Comment($"{score.Name.En} {score.Name.ZhHans}, {score.Range.Min} to {score.Range.Max}");
        switch (score)
        {
            case ItemScore items:
                Items(index, name, items);
                break;
            case TotalScore total:
                Command($"COMPUTE {name} =", total.Scores.Select(Other), separator: " +");
                break;
            case QuantityScore quantity:
                Line($"COMPUTE {name} = {Column(_instrument.IndexOfItem(quantity.Item), "_k")}.");
                break;
            case ClockSpanScore span:
                var (from, to) = (Column(_instrument.IndexOfItem(span.From), "_k"), Column(_instrument.IndexOfItem(span.To), "_k"));
                Line($"COMPUTE {name} = MOD({to} - {from} + 86400, 86400) / 60.");
                Line($"IF ({name} = 0) {name} = 1440.");
                break;
            case RatioScore ratio:
                Line($"COMPUTE {name} = $SYSMIS.");
                Line($"IF ({Other(ratio.Denominator)} > 0) {name} = {Other(ratio.Numerator)} / {Other(ratio.Denominator)}.");
                Scale(index, name);
                Line($"COMPUTE {name} = MAX.2({Number(score.Range.Min)}, MIN.2({Number(score.Range.Max)}, {name})).");
                scaled = true;
                break;
            case StepScore steps:
                Line($"COMPUTE {name} = $SYSMIS.");
                for (var i = 0; i < steps.Steps.Count; i++)
                {
                    var step = steps.Steps[i];
                    var slack = Slack(_instrument.IndexOfScore(steps.Score));
                    var test = i == 0 ? $"NOT MISSING({Other(steps.Score)})" : step.After ? $"{Other(steps.Score)} > {Number(step.From + slack)}" : $"{Other(steps.Score)} >= {Number(step.From - slack)}";
                    Line($"IF ({test}) {name} = {Number(step.Value)}.");
                }

                break;
            case TableScore table:
                var first = _definition.Scores[_instrument.IndexOfScore(table.Score)].Range.Min;
                Command($"RECODE {Other(table.Score)}", [.. table.Values.Select((v, i) => $"({Number(first + i)}={Number(v)})"), $"(ELSE=SYSMIS) INTO {name}"]);
                break;
            case ClassScore classes:
                Line($"COMPUTE {name} = $SYSMIS.");
                var conditions = classes.Classes.Select(c => (c.Value, When: Condition(c.When))).ToArray();
                Line("COMPUTE #open = 1.");
                foreach (var (value, when) in conditions)
                {
                    Line($"IF (#open = 1 AND {when} = 1) {name} = {Number(value)}.");
                    Line($"IF (SYSMIS({when}) OR {when} = 1) #open = 0.");
                }

                Line($"IF (#open = 1) {name} = {Number(classes.Otherwise)}.");
                break;
            default:
                throw CannotSay(_instrument, "$", $"score '{score.Id}' of a kind that has no form in SPSS", "a kind that the syntax knows", "Score with 'xinheng score'");
        }

        if (!scaled)
        {
            Scale(index, name);
        }

        Line($"VARIABLE LABELS {name} {Quoted(Both(score.Name))}.");
        Bands(index, name);
        Line("");

        string Other(string id) => Name(ScoreColumns.Name(_instrument, id));
    }

    private void Items(int index, string name, ItemScore score)
    {
        var unreversed = _instrument.Resolve(score.Unreversed).ToHashSet();
        var keys = _instrument.Resolve(score.Items).Select(i => Column(i, unreversed.Contains(i) ? "_u" : "_k")).ToArray();
        var needed = keys.Length - score.Missing.MaxMissing;
        Command("COUNT #bad =", [.. keys, $"({NoSuchCode})"]);
        switch (score)
        {
            case MeanScore { AtLeast: { } atLeast }:
                Line("COMPUTE #sum = 0.");
                Line("COMPUTE #count = 0.");
                Command("DO REPEAT key =", keys);
                Line($"  IF (key >= {Number(atLeast)}) #sum = #sum + key.");
                Line($"  IF (key >= {Number(atLeast)}) #count = #count + 1.");
                Line("END REPEAT.");
                Line($"COMPUTE {name} = $SYSMIS.");
                Valid();
                Line($"IF (#count > 0 AND #valid >= {needed}) {name} = #sum / #count.");
                break;
            case MeanScore:
                Command($"COMPUTE {name} = MEAN.{needed}({keys[0]}", [.. keys.Skip(1)], separator: ",", opened: true, end: ")");
                break;
            case CountScore count:
                Command($"COUNT {name} =", [.. keys, $"({Number(count.AtLeast)} THRU HI)"]);
                Valid();
                Line($"IF (#valid < {needed}) {name} = $SYSMIS.");
                Prorate();
                break;
            default:
                Command($"COMPUTE {name} = SUM.{needed}({keys[0]}", [.. keys.Skip(1)], separator: ",", opened: true, end: ")");
                if (score.Missing.MaxMissing > 0)
                {
                    Valid();
                }

                Prorate();
                break;
        }

        Line($"IF (#bad > 0) {name} = $SYSMIS.");

        void Valid() => Command($"COMPUTE #valid = NVALID({keys[0]}", [.. keys.Skip(1)], separator: ",", opened: true, end: ")");

        void Prorate()
        {
            if (score.Missing.MaxMissing > 0)
            {
                Line($"IF (#valid < {keys.Length}) {name} = {Rounded(index, $"{name} * {keys.Length} / #valid", score.Missing.Round ?? Rounding.None)}.");
            }
        }
    }

    private void Scale(int index, string name)
    {
        var score = _definition.Scores[index];
        if (score.Times is not null || score.Round != Rounding.None)
        {
            Line($"COMPUTE {name} = {Rounded(index, score.Times is { } times ? $"{name} * {Number(times)}" : name, score.Round)}.");
        }
    }

    /// <summary>SPSS cuts towards 0, which is downwards only from 0 on.</summary>
    private string Rounded(int index, string expression, Rounding rounding) => rounding == Rounding.None ? expression
        : _definition.Scores[index].Range.Min < 0 ? throw CannotSay(
            _instrument, string.Create(CultureInfo.InvariantCulture, $"$.scores[{index}]"),
            $"score '{_definition.Scores[index].Id}', which is rounded and can be negative", "rounded scores from 0 on", "Use the R script")
        : $"TRUNC({expression} + {Number((rounding == Rounding.HalfUp ? new Rational(1, 2) : 0) + Tiny)})";

    private void Bands(int index, string name)
    {
        var score = _definition.Scores[index];
        if (score.Bands.Count == 0)
        {
            return;
        }

        var band = Name(name + "_band");
        var labels = score.Bands.SelectMany(b => b.Starts).Select(b => b.Id).Distinct().ToList();
        if (score.Bands is not [{ For: null }])
        {
            Line($"COMPUTE {band} = $SYSMIS.");
        }

        // The first group that fits; groups share nobody.
        foreach (var set in score.Bands)
        {
            if (set.For is { } people)
            {
                var tests = new[]
                {
                    people.Sex is { } sex ? $"sex = '{(sex == Sex.Female ? "female" : "male")}'" : null,
                    people.MinAge is { } min ? $"age >= {min}" : null,
                    people.MaxAge is { } max ? $"age <= {max}" : null,
                };
                Line($"DO IF ({string.Join(" AND ", tests.OfType<string>())}).");
            }

            var starts = set.Starts.Select((start, i) => $"({(i == 0 ? "LO" : Number(start.From - Slack(index)))} THRU HI={labels.IndexOf(start.Id) + 1})").Reverse();
            Command($"RECODE {name}", [.. starts, $"INTO {band}"]);
            if (set.For is not null)
            {
                Line("END IF.");
            }
        }

        if (_definition.Population.MinAge is { } youngest)
        {
            Line($"IF (age < {youngest}) {band} = $SYSMIS.");
        }

        if (_definition.Population.MaxAge is { } oldest)
        {
            Line($"IF (age > {oldest}) {band} = $SYSMIS.");
        }

        Line($"VARIABLE LABELS {band} {Quoted(score.Name.En + ", band " + score.Name.ZhHans + "：分级")}.");
        Command("VALUE LABELS", [band, .. labels.Select((id, i) => $"{i + 1} {Quoted($"{id}: {Both(_definition.BandLabels[id])}")}")]);
    }

    private void Critical()
    {
        foreach (var critical in _definition.CriticalItems)
        {
            var item = _instrument.IndexOfItem(critical.Item);
            var name = Name(ScoreColumns.Name(_instrument, "critical-" + critical.Id));
            Comment($"Critical item {critical.Item}: {_instrument.Items[item].Label.En} {_instrument.Items[item].Label.ZhHans}; 1 calls for a conversation the same day");
            Command($"RECODE {Column(item, "_c")}", [$"({string.Join(", ", critical.Codes.Select(c => Number(c)))}=1)", "(MISSING=SYSMIS)", $"(ELSE=0) INTO {name}"]);
            Line($"VALUE LABELS {name} 0 'no' 1 'yes'.");
        }
    }

    /// <summary>What a comparison with a cut allows for binary numbers: nothing where the score is whole by its key.</summary>
    private Rational Slack(int index) => IsWhole(index) ? 0 : Tiny;

    private bool IsWhole(int index)
    {
        var score = _definition.Scores[index];
        return score.Round != Rounding.None
            || (score.Times is null or { IsWhole: true } && score switch
            {
                SumScore or CountScore => ((ItemScore)score).Missing is { MaxMissing: 0 } or { Round: not (null or Rounding.None) },
                TotalScore => ScoresOf(_instrument, score).All(IsWhole),
                QuantityScore quantity => _instrument.ResponsesOf(_instrument.IndexOfItem(quantity.Item)) is not NumberRange { Decimals: > 0 },
                StepScore steps => steps.Steps.All(s => s.Value.IsWhole),
                TableScore table => table.Values.All(v => v.IsWhole),
                ClockSpanScore or ClassScore => true,
                _ => false,
            });
    }

    private string Column(int item, string suffix = "") => Name(ColumnPlan.ItemName(_instrument, item) + suffix);

    private string Name(string name) => Encoding.UTF8.GetByteCount(name) <= MaxName ? name : throw CannotSay(
        _instrument, "$", $"the variable '{name}'", string.Create(CultureInfo.InvariantCulture, $"a name of at most {MaxName} bytes, which is what SPSS takes"), "Use shorter ids");

    /// <summary>One command over as many lines as it needs; every line but the first is indented.</summary>
    private void Command(string start, IEnumerable<string> words, string separator = "", bool opened = false, string end = "")
    {
        var line = new StringBuilder(start);
        var first = !opened;
        foreach (var word in words)
        {
            var next = (first ? " " : separator + " ") + word;
            first = false;
            if (line.Length + next.Length > LineWidth)
            {
                Line(line.Append(next[..^(word.Length + 1)]).ToString());
                line.Clear().Append("  ").Append(word);
            }
            else
            {
                line.Append(next);
            }
        }

        Line(line.Append(end).Append('.').ToString());
    }

    private void Comment(string text) => Line("* " + text.ReplaceLineEndings(" ").TrimEnd('.', '。') + ".");

    private void Line(string text) => _syntax.Append(text).Append('\n');

    private static string Both(LocalizedText text) => text.En == text.ZhHans ? text.En : $"{text.En} {text.ZhHans}";

    private static string Quoted(string text) => $"'{text.ReplaceLineEndings(" ").Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Number(Rational value) => value.ToString() is var text && text.Contains('/') ? $"({text})" : text;
}
