using Xinheng.Documents;

namespace Xinheng;

/// <summary>Runs the worked examples of a definition.</summary>
public static class Examples
{
    /// <summary>Scores every worked example and compares it with what the definition expects.</summary>
    /// <returns>One problem per difference; empty when all agree.</returns>
    public static IReadOnlyList<Problem> Check(Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        var report = new ProblemReport(instrument.Id);
        var scorer = Scorer.Compile(instrument);
        for (var i = 0; i < instrument.Definition.Examples.Count; i++)
        {
            Check(scorer, instrument.Definition.Examples[i], $"$.examples[{i}]", report);
        }

        return report.Problems;
    }

    /// <summary>Scores one example and reports every difference.</summary>
    internal static void Check(Scorer scorer, WorkedExample example, string path, ProblemReport report)
    {
        var result = scorer.Score(AnswersOf(example, scorer.Instrument), new Respondent { Age = example.Person?.Age, Sex = example.Person?.Sex });
        foreach (var (id, expected) in example.Scores)
        {
            Compare(report, $"{path}.scores.{id}", example.Name, result[id], expected);
        }

        foreach (var (id, expected) in example.Critical)
        {
            var state = result.CriticalItems.Single(c => c.CriticalItem.Id == id).State;
            if (state != expected)
            {
                Differ(report, $"{path}.critical.{id}", example.Name, ScoreText.Of(state), ScoreText.Of(expected));
            }
        }

        for (var i = 0; i < example.Raises.Count; i++)
        {
            if (!result.CriticalItems.Any(c => c.State == CriticalState.Yes && c.CriticalItem.Class == example.Raises[i]))
            {
                Differ(report, $"{path}.raises[{i}]", example.Name, $"no raised critical item of class '{PolicyText.Of(example.Raises[i])}'", "at least one");
            }
        }

        if (example.Validity is { } validity && result.Validity.Validity != validity)
        {
            Differ(report, path + ".validity", example.Name, ScoreText.Of(result.Validity.Validity), ScoreText.Of(validity));
        }
    }

    /// <summary>The answers of an example, one per item.</summary>
    public static Answer[] AnswersOf(WorkedExample example, Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(example);
        ArgumentNullException.ThrowIfNull(instrument);
        var answers = new Answer[instrument.Items.Count];
        for (var item = 0; item < answers.Length; item++)
        {
            var responses = instrument.ResponsesOf(item);

            // The fill is a code: quantities and times that are not named stay blank.
            answers[item] = example.Answers.TryGetValue(instrument.Items[item].Id, out var literal)
                ? Parse(literal, responses) ?? Answer.Unreadable
                : responses is OptionSet && Parse(example.Fill, responses) is { } fill ? fill : Answer.Skipped;
        }

        return answers;
    }

    /// <summary>An answer as an example writes it; <see langword="null"/> when the item cannot have it.</summary>
    internal static Answer? Parse(AnswerLiteral literal, ResponseSet responses) => literal.Text switch
    {
        "" or "skipped" => Answer.Skipped,
        "not-asked" => Answer.NotAsked,
        "refused" => Answer.Refused,
        "unreadable" => Answer.Unreadable,
        "out-of-range" => Answer.OutOfRange,
        _ => Answer.Parse(literal.Text, responses) is { IsMissing: false } answer ? answer : null,
    };

    private static void Compare(ProblemReport report, string path, string name, ScoreResult result, ExpectedScore expected)
    {
        var complete = result.Status is ScoreStatus.Ok or ScoreStatus.Unconfirmed;
        if (expected.Status is { } status ? result.Status != status : !complete)
        {
            Differ(report, path + ".status", name, ScoreText.Of(result.Status), expected.Status is { } s ? ScoreText.Of(s) : "ok or unconfirmed");
        }

        if (expected.Value is { } value && result.Exact != value)
        {
            Differ(report, path + ".value", name, result.Exact?.ToString() ?? "no value", value.ToString());
        }

        if (expected.Band is { } band && result.Band != band)
        {
            Differ(report, path + ".band", name, result.Band ?? "no band", band);
        }

        if (expected.Lowest is { } lowest && result.Lowest != lowest)
        {
            Differ(report, path + ".lowest", name, result.Lowest.ToString(), lowest.ToString());
        }

        if (expected.Highest is { } highest && result.Highest != highest)
        {
            Differ(report, path + ".highest", name, result.Highest.ToString(), highest.ToString());
        }
    }

    private static void Differ(ProblemReport report, string path, string name, string found, string expected) =>
        report.Add("example-differs", path, $"example '{name}' gives {found}", expected, "Check the key against its source");
}
