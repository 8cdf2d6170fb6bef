using System.Globalization;

namespace Xinheng;

/// <summary>How each score of one person came about, as data: answer, keyed value, contribution, rule, band.</summary>
/// <remarks>Immutable and thread-safe. Holds answers: it belongs to those who may see them, not in a log.</remarks>
public sealed class Explanation
{
    private Explanation(ScoreReport report, IReadOnlyList<ScoreExplanation> scores)
    {
        Report = report;
        Scores = scores;
    }

    /// <summary>The scores themselves.</summary>
    public ScoreReport Report { get; }

    /// <summary>One explanation per score, in the order of the definition.</summary>
    public IReadOnlyList<ScoreExplanation> Scores { get; }

    internal static Explanation Create(AnswerBlock answers, ScoreBlock scores)
    {
        var report = new ScoreReport(scores, 0);
        return new Explanation(report, [.. report.Scores.Select(result => Explain(answers, scores, result))]);
    }

    private static ScoreExplanation Explain(AnswerBlock answers, ScoreBlock scores, ScoreResult result)
    {
        var instrument = answers.Instrument;
        var items = result.Definition switch
        {
            ItemScore score => instrument.Resolve(score.Items),
            QuantityScore score => [instrument.IndexOfItem(score.Item)],
            ClockSpanScore score => [instrument.IndexOfItem(score.From), instrument.IndexOfItem(score.To)],
            ClassScore score => [.. score.Classes.SelectMany(c => c.When.Items).Select(instrument.IndexOfItem).Distinct()],
            _ => [],
        };
        var unreversed = result.Definition is ItemScore { Unreversed: var list } ? instrument.Resolve(list) : [];
        var parts = result.Definition switch
        {
            TotalScore score => score.Scores,
            RatioScore score => [score.Numerator, score.Denominator],
            StepScore score => [score.Score],
            TableScore score => [score.Score],
            ClassScore score => [.. score.Classes.SelectMany(c => c.When.Scores).Distinct()],
            _ => [],
        };
        return new ScoreExplanation
        {
            Result = result,
            Items = [.. items.Select(item => Contribution(answers, scores, item, unreversed.Contains(item), result.Definition))],
            Scores = parts,
            Rule = Rule(result, items.Length),
            BandStart = result.Exact is { } value && result.Band is not null
                ? scores.BandOf(instrument.IndexOfScore(result.Id), 0)!.From is var from && value >= from ? from : null
                : null,
        };
    }

    private static ItemContribution Contribution(AnswerBlock answers, ScoreBlock scores, int item, bool unreversed, ScoreDefinition score)
    {
        var instrument = answers.Instrument;
        var given = answers.Get(0, item);
        var used = answers.Used(0, item);
        var reversed = instrument.Items[item].Reverse && !unreversed;
        Rational? keyed = null;
        if (!used.IsMissing)
        {
            keyed = instrument.ResponsesOf(item) switch
            {
                OptionSet set when set.Options.FirstOrDefault(o => o.Code == used.Stored) is { } option =>
                    reversed ? set.MinScore + set.MaxScore - option.Value : option.Value,
                NumberRange range => new Rational(used.Stored, Answer.PowerOfTen(range.Decimals)),
                ClockTime => (int)used.Stored,
                _ => null,
            };
        }

        return new ItemContribution
        {
            Item = instrument.Items[item],
            Given = given,
            Code = used.IsMissing ? null : used.Stored,
            Reason = keyed is null ? used.Reason ?? MissingReason.OutOfRange : null,
            Replaced = used != given,
            Reversed = reversed,
            Keyed = keyed,
            Contribution = (keyed, score) switch
            {
                (null, _) or (_, ClassScore) => null,
                ({ } value, CountScore count) => value >= count.AtLeast ? 1 : 0,
                ({ } value, MeanScore { AtLeast: { } atLeast }) => value >= atLeast ? value : 0,
                ({ } value, _) => value,
            },
        };
    }

    private static string Rule(ScoreResult result, int items)
    {
        var definition = result.Definition;
        var operation = definition switch
        {
            SumScore => $"sum of {items} items",
            MeanScore { AtLeast: { } atLeast } => $"mean of the values from {atLeast} on among {items} items",
            MeanScore => $"mean of {items} items",
            CountScore count => $"number of values from {count.AtLeast} on among {items} items",
            TotalScore total => $"sum of the scores {string.Join(", ", total.Scores)}",
            QuantityScore => "the answer as a number",
            ClockSpanScore => "minutes from the first time to the next occurrence of the second",
            RatioScore ratio => $"{ratio.Numerator} divided by {ratio.Denominator}, limited to {definition.Range.Min} to {definition.Range.Max}",
            StepScore step => $"step of {step.Score}",
            TableScore table => $"table entry of {table.Score}",
            ClassScore => "first class whose condition holds",
            _ => "",
        };
        var missing = definition is ItemScore { Missing: var rule } && result.Status is ScoreStatus.Prorated or ScoreStatus.ProratedUnconfirmed
            ? definition is MeanScore
                ? "; of the answered ones"
                : string.Create(CultureInfo.InvariantCulture, $"; prorated to {items} items, rounding {ScoreText.Of(rule.Round ?? Rounding.None)}")
            : "";
        var times = definition.Times is { } factor ? $"; times {factor}" : "";
        var rounding = definition.Round == Rounding.None ? "" : $"; rounding {ScoreText.Of(definition.Round)}";
        return operation + missing + times + rounding;
    }
}
