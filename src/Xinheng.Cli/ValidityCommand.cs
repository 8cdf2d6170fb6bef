using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Xinheng.Data;
using Xinheng.Psychometrics;

namespace Xinheng.Cli;

/// <summary><c>xinheng validity</c>: careless and unlikely answers, person by person and class by class.</summary>
internal static class ValidityCommand
{
    /// <summary>The columns of a person, one number each; NaN where there is none.</summary>
    private static readonly (string Name, Func<AnswerQuality, int, double> Of)[] Columns =
    [
        ("answered", (q, p) => q.Runs.Answered[p]),
        ("longestRun", (q, p) => q.Runs.LongestRun[p]),
        ("averageRun", (q, p) => q.Runs.AverageRun[p]),
        ("variability", (q, p) => q.Runs.Variability[p].Value),
        ("squaredDistance", (q, p) => q.Distances.SquaredDistance[p].Value),
        ("distanceDf", (q, p) => q.Distances.DegreesOfFreedom[p]),
        ("distanceP", (q, p) => q.Distances.PValue(p).Value),
        ("evenOdd", (q, p) => q.EvenOdd.Consistency[p].Value),
        ("synonyms", (q, p) => q.Synonyms.Consistency[p].Value),
        ("guttmanErrors", (q, p) => q.Guttman.Errors[p]),
        ("guttmanNormed", (q, p) => q.Guttman.Normed[p].Value),
        ("secondsPerItem", (q, p) => q.Options.SecondsPerItem?[p] ?? double.NaN),
    ];

    public static Command Create()
    {
        var items = new ItemOptions();
        var classes = new Option<string?>("--class") { Description = "Heading of the column of classes: answers too alike within a class are looked for" };
        var seconds = new Option<string?>("--seconds") { Description = "Heading of the column of the seconds the form took" };
        var seed = new Option<int>("--seed") { Description = "Seed of the simulated classes", DefaultValueFactory = _ => 1 };
        var output = new Option<string?>("--out") { Description = "CSV file with one row per person: id, indices and concerns; no answers" };
        var json = new Option<bool>("--json") { Description = "Prints the results as JSON, people by their row in the file" };
        var command = new Command("validity", "Careless and unlikely answers of people and classes") { classes, seconds, seed, output, json };
        items.AddTo(command);
        command.SetAction(result =>
        {
            var (source, request) = items.ReadWhole(result);
            request = request with { Mapping = source.Complete(result.GetValue(seconds) is { } heading ? request.Mapping with { Seconds = heading } : request.Mapping) };
            return Run(source, request, items.Files(result), result.GetValue(classes), result.GetValue(seed), result.GetValue(output), result.GetValue(json));
        });
        return command.WithExamples(
            "xinheng validity survey.csv --scale mht --class class --seconds seconds",
            "xinheng validity 调查.xlsx --scale scl-90 --class 班级 --json > validity.json",
            "xinheng validity survey.csv --columns Q1,Q2,Q3,Q4 --reverse Q2 --min 1 --max 4 --out validity.csv");
    }

    private static int Run(ItemSource source, ScoreRequest request, IReadOnlyList<string> files, string? classes, int seed, string? output, bool json)
    {
        var (tally, summary, problems) = source.Run(
            request, (passed, id) => new PersonTally(source, passed, "--class", classes, output is null ? null : id));
        var quality = AnswerQuality.Of(tally.Raw, tally.Keyed, AnswerQualityOptions.Default with
        {
            Pages = source.Pages,
            Scales = source.Scales,
            KeyedBothWays = source.KeyedBothWays,
            SecondsPerItem = tally.Seconds.Exists(s => !double.IsNaN(s)) ? tally.Seconds : null,
            Classes = tally.HasGroups ? tally.Groups : null,
            Seed = seed,
        });
        if (output is not null)
        {
            WriteFile(output, files, quality, tally);
        }

        if (json)
        {
            WriteJson(source, quality, tally, summary);
        }
        else
        {
            WriteText(Console.Out, source, quality, summary);
        }

        return ItemSource.End(summary, problems);
    }

    private static void WriteText(TextWriter output, ItemSource source, AnswerQuality quality, ScoreSummary summary)
    {
        output.WriteLine(source.Name);
        output.Write(quality);
        foreach (var finding in (quality.Classes?.Classes ?? []).Where(c => Stands(c, quality)))
        {
            output.WriteLine($"  {finding.Name}: {finding}");
        }

        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Read {summary.Read} rows: {summary.Scored} used, {summary.Quarantined} set aside, {summary.Duplicates} duplicates; {summary.UnreadableCells} cells could not be read and count as missing."));
        foreach (var notice in summary.Notices)
        {
            output.WriteLine($"Note: {notice}.");
        }

        foreach (var count in quality.Summaries)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{PersonFitText.Of(count.Concern).ZhHans}：{count.Flagged}人（{count.Rule.ZhHans}）"));
        }

        output.WriteLine("A flag is a reason to look at the answers or to ask how the test was held. It sets nobody aside and changes no score.");
        output.WriteLine("标记只提示需要复核作答或了解施测情况，不据此剔除任何人，也不改变任何分数。");
    }

    /// <summary>Whether a class stands out: alike beyond chance, or more straight lines or haste than one class in as many would have.</summary>
    private static bool Stands(ClassFinding finding, AnswerQuality quality) =>
        (finding.SimilarityRate is { HasValue: true, Value: var rate } && rate <= quality.Options.ClassRate)
        || Math.Min(finding.StraightLineP, finding.TooFastP) * quality.Classes!.Classes.Count <= quality.Options.ClassRate;

    private static void WriteJson(ItemSource source, AnswerQuality quality, PersonTally tally, ScoreSummary summary)
    {
        using var output = new JsonOutput();
        var writer = output.Writer;
        writer.WriteStartObject();
        writer.WriteString("scale", source.Name);
        writer.WriteNumber("n", quality.PersonCount);
        writer.WriteStartObject("summary");
        writer.WriteNumber("any", quality.AnyCount);
        JsonText.WriteNumber(writer, "anyShare", (double)quality.AnyCount / quality.PersonCount);
        JsonText.WriteNumber(writer, "anyExpected", quality.AnyExpected);
        writer.WriteNumber("twoOrMore", quality.SeveralCount);
        writer.WriteStartArray("concerns");
        foreach (var count in quality.Summaries)
        {
            writer.WriteStartObject();
            writer.WriteString("id", JsonText.Word(count.Concern));
            JsonText.Write(writer, "name", PersonFitText.Of(count.Concern));
            JsonText.Write(writer, "rule", count.Rule);
            writer.WriteNumber("judged", count.Judged);
            writer.WriteNumber("notJudged", count.NotJudged);
            writer.WriteNumber("flagged", count.Flagged);
            JsonText.WriteNumber(writer, "share", count.Share);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("distance");
        writer.WriteNumber("n", quality.Distances.UsedCount);
        writer.WriteString("status", JsonText.Word(quality.Distances.Status));
        JsonText.WriteList(writer, "omittedItems", quality.Distances.OmittedItems);
        writer.WriteEndObject();
        writer.WriteNumber("evenOddScales", quality.EvenOdd.ScaleCount);
        writer.WriteNumber("synonymPairs", quality.Synonyms.Pairs.Count);
        writer.WriteEndObject();
        if (quality.Classes is { } integrity)
        {
            writer.WriteNumber("seed", integrity.Seed);
            writer.WriteNumber("withoutClass", integrity.WithoutClass);
            writer.WriteStartArray("classes");
            foreach (var finding in integrity.Classes)
            {
                writer.WriteStartObject();
                writer.WriteString("class", finding.Name);
                writer.WriteNumber("n", finding.Count);
                writer.WriteBoolean("standsOut", Stands(finding, quality));
                writer.WriteNumber("identicalPairs", finding.IdenticalPairs);
                JsonText.WriteNumber(writer, "largestSimilarity", finding.LargestSimilarity.Value);
                JsonText.WriteNumber(writer, "similarityP", finding.SimilarityP.Value);
                JsonText.WriteNumber(writer, "similarityRate", finding.SimilarityRate.Value);
                writer.WriteNumber("replications", finding.Replications);
                writer.WriteNumber("straightLines", finding.StraightLines);
                JsonText.WriteNumber(writer, "straightLineP", finding.StraightLineP);
                writer.WriteNumber("timed", finding.Timed);
                writer.WriteNumber("tooFast", finding.TooFast);
                JsonText.WriteNumber(writer, "tooFastP", finding.TooFastP);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteStartArray("people");
        for (var person = 0; person < quality.PersonCount; person++)
        {
            writer.WriteStartObject();
            writer.WriteNumber("row", tally.Rows[person]);
            JsonText.WriteList(writer, "concerns", PersonFitText.Split(quality.Concerns[person]).Select(JsonText.Word));
            foreach (var (name, of) in Columns)
            {
                JsonText.WriteNumber(writer, name, of(quality, person));
            }

            writer.WriteString("evenOddStatus", JsonText.Word(quality.EvenOdd.Consistency[person].Status));
            writer.WriteString("synonymsStatus", JsonText.Word(quality.Synonyms.Consistency[person].Status));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("read", summary.Read);
        writer.WriteNumber("quarantined", summary.Quarantined);
        writer.WriteNumber("duplicates", summary.Duplicates);
        writer.WriteNumber("unreadableCells", summary.UnreadableCells);
        JsonText.WriteList(writer, "notices", summary.Notices);
        writer.WriteEndObject();
    }

    private static void WriteFile(string file, IReadOnlyList<string> inputs, AnswerQuality quality, PersonTally tally)
    {
        using var set = new OutputSet(inputs);
        var stream = set.Create(file);
        var text = new TextBuffer();
        text.Append($"{(tally.Ids.Count > 0 ? "id," : "")}row,{(tally.HasGroups ? "class," : "")}concerns,{string.Join(',', Columns.Select(c => JsonNamingPolicy.SnakeCaseLower.ConvertName(c.Name)))}\n");
        for (var person = 0; person < quality.PersonCount; person++)
        {
            if (tally.Ids.Count > 0)
            {
                CsvText.Cell(text, tally.Ids[person]);
                text.Append((byte)',');
            }

            text.Append(tally.Rows[person]);
            text.Append((byte)',');
            if (tally.HasGroups)
            {
                CsvText.Cell(text, tally.Groups[person]);
                text.Append((byte)',');
            }

            text.Append(string.Join(' ', PersonFitText.Split(quality.Concerns[person]).Select(JsonText.Word)));
            foreach (var (_, of) in Columns)
            {
                text.Append((byte)',');
                if (of(quality, person) is var value && double.IsFinite(value))
                {
                    text.Append(value.ToString("G15", CultureInfo.InvariantCulture));
                }
            }

            text.Append((byte)'\n');
            stream.Write(text.Written);
            text.Clear();
        }

        set.Commit();
    }
}
