using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Xinheng.Data;

namespace Xinheng.Cli;

/// <summary><c>xinheng explain</c>: one person's way from answers to bands.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var shared = new SharedOptions();
        var row = new Option<string>("--row") { Description = "Id of the person, or the row number where no column identifies people", Required = true };
        var json = new Option<bool>("--json") { Description = "Prints the explanation as JSON" };
        var command = new Command("explain", "Show one person's way from answers to scores and bands. Shows answers: for those who may see them") { row, json };
        shared.AddTo(command);
        command.SetAction(result =>
        {
            var request = shared.Request(result);
            var found = SurveyExplainer.Find(request, result.GetValue(row)!);
            if (found.Count == 0)
            {
                throw new UsageException("No row of the file has this id.");
            }

            if (result.GetValue(json))
            {
                WriteJson(found);
            }
            else
            {
                WriteText(Console.Out, found);
            }

            return ExitCode.Done;
        });
        return command.WithExamples("xinheng explain survey.csv --scales phq-9 --row S0000001", "xinheng explain survey.csv --scales sdq-self --row S0000001 --json");
    }

    private static void WriteText(TextWriter output, IReadOnlyList<ExplainedRow> found)
    {
        var rows = found.Select(f => f.Row).Distinct().Count();
        if (rows > 1)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"This person has {rows} rows; 'score' uses one of them: the first, unless the mapping says otherwise in 'duplicates'."));
            output.WriteLine();
        }

        foreach (var row in found)
        {
            if (rows > 1)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Row {row.Row}"));
            }

            WriteText(output, row.Explanation, row.Norms);
        }
    }

    private static void WriteText(TextWriter output, Explanation explanation, NormReport? norms)
    {
        var definition = explanation.Report.Instrument.Definition;
        output.WriteLine($"{definition.Abbreviation}  {definition.Name.En}  {definition.Name.ZhHans}  (version {definition.Version})");
        foreach (var score in explanation.Scores)
        {
            var result = score.Result;
            output.WriteLine();
            output.WriteLine($"  {result.Id}: {result.Exact?.ToString() ?? "no value"}  [{ScoreText.Of(result.Status)}]{(result.BandLabel is { } label ? $"  {label.En} {label.ZhHans}, from {score.BandStart}" : "")}");
            output.WriteLine($"    {score.Rule}");
            if (norms?.Scores.FirstOrDefault(n => n.Score == result.Id) is { } norm)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    norms {norms.Norms}: {NormWord.Of(norm)}{(norm.T is { } t ? $", T {t:F2}" : "")}{(norm.Percentile is { } percentile ? $", percentile {percentile}" : "")}"));
            }

            if (result.Lowest != result.Highest)
            {
                output.WriteLine($"    possible with the missing answers: {result.Lowest} to {result.Highest}{(result.LowestBand is null ? "" : $" ({result.LowestBand} to {result.HighestBand})")}");
            }

            foreach (var part in explanation.Scores.Select(s => s.Result).Where(r => score.Scores.Contains(r.Id)))
            {
                output.WriteLine($"    score {part.Id}: {part.Exact?.ToString() ?? "no value"}  [{ScoreText.Of(part.Status)}]");
            }

            foreach (var item in score.Items)
            {
                var answer = item.Reason is { } reason ? $"missing ({reason})" : $"answer {item.Code}";
                var keyed = item.Keyed is { } value ? $" -> {value}" : "";
                output.WriteLine($"    {item.Item.Id,4}  {item.Item.Label.En} {item.Item.Label.ZhHans}: {answer}{(item.Replaced ? " (replaced blank)" : "")}{(item.Reversed ? " reversed" : "")}{keyed}");
            }
        }

        output.WriteLine();
        foreach (var critical in explanation.Report.CriticalItems)
        {
            output.WriteLine($"  critical {critical.CriticalItem.Id} (item {critical.CriticalItem.Item}): {ScoreText.Of(critical.State)}");
        }

        var validity = explanation.Report.Validity;
        output.WriteLine($"  answers: {ScoreText.Of(validity.Validity)}{(validity.Reasons == ValidityReasons.None ? "" : $" ({validity.Reasons})")}, {validity.Answered} of {validity.Asked} answered, longest run {validity.LongestRun}");
        output.WriteLine("  A screen is not a diagnosis. 筛查结果不是诊断。");
        output.WriteLine();
    }

    private static void WriteJson(IReadOnlyList<ExplainedRow> rows)
    {
        using var output = new JsonOutput();
        var writer = output.Writer;
        writer.WriteStartArray();
        foreach (var row in rows)
        {
            var explanation = row.Explanation;
            writer.WriteStartObject();
            writer.WriteNumber("row", row.Row);
            writer.WriteString("instrument", explanation.Report.Instrument.Id);
            writer.WriteString("version", explanation.Report.Instrument.Definition.Version);
            writer.WriteString("definition", explanation.Report.Instrument.Hash);
            writer.WriteStartArray("scores");
            foreach (var score in explanation.Scores)
            {
                Write(writer, score, row.Norms);
            }

            writer.WriteEndArray();
            writer.WriteStartObject("critical");
            foreach (var critical in explanation.Report.CriticalItems)
            {
                writer.WriteString(critical.CriticalItem.Id, ScoreText.Of(critical.State));
            }

            writer.WriteEndObject();
            writer.WriteString("validity", ScoreText.Of(explanation.Report.Validity.Validity));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, ScoreExplanation score, NormReport? norms)
    {
        writer.WriteStartObject();
        writer.WriteString("id", score.Result.Id);
        WriteNumber(writer, "value", score.Result.Exact);
        writer.WriteString("status", ScoreText.Of(score.Result.Status));
        writer.WriteString("band", score.Result.Band);
        JsonText.Write(writer, "bandLabel", score.Result.BandLabel);
        WriteNumber(writer, "bandStart", score.BandStart);
        WriteNumber(writer, "lowest", score.Result.Lowest);
        WriteNumber(writer, "highest", score.Result.Highest);
        writer.WriteString("rule", score.Rule);
        if (norms?.Scores.FirstOrDefault(n => n.Score == score.Result.Id) is { } norm)
        {
            writer.WriteStartObject("norm");
            writer.WriteString("id", norms.Norms.Id);
            writer.WriteString("status", ScoreText.Of(norm.Status));
            writer.WriteString("group", norm.Group?.Id);
            WriteNumber(writer, "t", norm.T);
            WriteNumber(writer, "percentile", norm.Percentile);
            writer.WriteEndObject();
        }

        JsonText.WriteList(writer, "scores", score.Scores);
        writer.WriteStartArray("items");
        foreach (var item in score.Items)
        {
            writer.WriteStartObject();
            writer.WriteString("id", item.Item.Id);
            WriteNumber(writer, "answer", item.Code is { } code ? (Rational)code : null);
            writer.WriteString("missing", item.Reason?.ToString());
            writer.WriteBoolean("replaced", item.Replaced);
            writer.WriteBoolean("reversed", item.Reversed);
            WriteNumber(writer, "keyed", item.Keyed);
            WriteNumber(writer, "contribution", item.Contribution);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, Rational? value) => WriteNumber(writer, name, value?.ToDouble());

    private static void WriteNumber(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
