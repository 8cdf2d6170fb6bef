using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using Xinheng.Data;

namespace Xinheng.Cli;

/// <summary><c>xinheng score</c>: item columns in, scores out.</summary>
internal static class ScoreCommand
{
    public static Command Create()
    {
        var shared = new SharedOptions();
        var output = new Option<string?>("--out") { Description = "File of the scores: .csv, .parquet or .json; - writes CSV to the standard output" };
        var threads = new Option<int>("--threads") { Description = "Threads; all processors by default. The output does not depend on it", DefaultValueFactory = _ => Environment.ProcessorCount, CustomParser = ThreadCount };
        var keep = new Option<bool>("--keep-identity") { Description = "Keeps columns of names, identity numbers, telephone numbers and addresses" };
        var bounds = new Option<bool>("--bounds") { Description = "Adds the lowest and highest value still possible under missing answers" };
        var mark = new Option<bool>("--bom") { Description = "Begins CSV output with a byte order mark, which Excel needs for Chinese text" };
        var json = new Option<bool>("--json") { Description = "Prints the summary as JSON" };
        var suggest = new Option<bool>("--suggest-mapping") { Description = "Drafts a mapping from the file's header, prints it and scores nothing" };
        var command = new Command("score", "Score a survey file: item columns in; scores, bands, statuses, critical items out")
        {
            output, threads, keep, bounds, mark, json, suggest,
        };
        shared.AddTo(command);
        command.SetAction(result =>
        {
            var request = shared.Request(result) with
            {
                Threads = result.GetValue(threads),
                KeepIdentity = result.GetValue(keep),
                Bounds = result.GetValue(bounds),
                ByteOrderMark = result.GetValue(mark),
            };
            if (result.GetValue(suggest))
            {
                return Suggest(request);
            }

            var target = result.GetValue(output) ?? throw new UsageException("--out names no file; - is the standard output.");
            if (target != "-")
            {
                return ToFile(request, shared.Files(result), target, result.GetValue(json));
            }

            return result.GetValue(json)
                ? throw new UsageException("--json prints the summary and --out - the scores: name a file for one of them, --out FILE.")
                : ToStandardOutput(request);
        });
        return command.WithExamples(
            "xinheng score survey.csv --scales phq-9,gad-7 --out scores.csv",
            "xinheng score 调查.xlsx --scales scl-90 --mapping mapping.json --id 学号 --out scores.parquet",
            "xinheng score survey.csv --scales scl-90 --norms scl-90-chinese-adults-1986 --out scores.csv",
            "xinheng score survey.csv --scales phq-9 --suggest-mapping > mapping.json",
            "xinheng score survey.csv --scales phq-9 --out - | head");
    }

    private static int ThreadCount(ArgumentResult result)
    {
        if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var threads) && threads > 0)
        {
            return threads;
        }

        result.AddError("--threads is a number from 1 on.");
        return 0;
    }

    private static int Suggest(ScoreRequest request)
    {
        var mapping = MappingDraft.Create(request, out var notices);
        using var stdout = Console.OpenStandardOutput();
        stdout.Write(MappingDraft.ToJson(mapping));
        stdout.Write("\n"u8);
        foreach (var notice in notices)
        {
            Console.Error.WriteLine(notice);
        }

        return ExitCode.Done;
    }

    private static int ToStandardOutput(ScoreRequest request)
    {
        using var stdout = Console.OpenStandardOutput();
        var output = new PrintedStream(stdout);
        try
        {
            var summary = SurveyScorer.RunToStream(request, output);
            output.Flush();
            SummaryText.Write(Console.Error, summary);
            return CodeOf(summary);
        }
        catch (Exception exception) when (output.HasPrinted && exception is InputException or IOException)
        {
            // What is wrong with a file as a whole shows at its end, and what was printed cannot be taken back.
            foreach (var line in exception is InputException broken ? broken.Problems.Select(p => p.ToString()) : [exception.Message])
            {
                Console.Error.WriteLine(line);
            }

            Console.Error.WriteLine("What was printed is void: throw it away.");
            return ExitCode.BrokenFile;
        }
    }

    private static int ToFile(ScoreRequest request, IReadOnlyList<string> inputs, string target, bool json)
    {
        if (Path.GetExtension(target).ToLowerInvariant() is not (".csv" or ".parquet" or ".json"))
        {
            throw new UsageException($"--out '{target}' ends in none of .csv, .parquet, .json.");
        }

        var (scores, quarantine, manifest) = OutputSet.Names(target);
        foreach (var file in new[] { scores, quarantine, manifest })
        {
            OutputSet.Refuse(file, inputs);
        }

        using var cancellation = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            cancellation.Cancel();
        };
        ScoreSummary summary;
        using (var progress = new ProgressLine())
        {
            summary = SurveyScorer.Run(request, target, progress, cancellation.Token);
        }

        if (json)
        {
            WriteJson(summary);
        }
        else
        {
            SummaryText.Write(Console.Out, summary);
        }

        return CodeOf(summary);
    }

    private static int CodeOf(ScoreSummary summary) =>
        summary.CriticalUnreadable > 0 ? ExitCode.CriticalUnreadable
        : summary.UnreadableCells + summary.Quarantined > 0 ? ExitCode.ProblemsFound
        : ExitCode.Done;

    private static void WriteJson(ScoreSummary summary)
    {
        using var output = new JsonOutput();
        var writer = output.Writer;
        writer.WriteStartObject();
        foreach (var (name, count) in new[]
        {
            ("read", summary.Read), ("scored", summary.Scored), ("quarantined", summary.Quarantined), ("duplicates", summary.Duplicates),
            ("unreadableCells", summary.UnreadableCells), ("criticalUnreadable", summary.CriticalUnreadable), ("widthNormalized", summary.WidthNormalized),
        })
        {
            writer.WriteNumber(name, count);
        }

        JsonText.WriteList(writer, "notices", summary.Notices);
        JsonText.WriteList(writer, "files", summary.Files);
        writer.WriteStartArray("instruments");
        foreach (var instrument in summary.Instruments)
        {
            writer.WriteStartObject();
            writer.WriteString("id", instrument.Instrument.Id);
            Counts("bands", instrument.Bands.Select(b => (b.Score, b.Band, b.People)));
            Counts("statuses", instrument.Statuses.Select(s => (s.Score, ScoreText.Of(s.Status), s.People)));
            Counts("critical", instrument.Critical.Select(c => (c.CriticalItem, ScoreText.Of(c.State), c.People)));
            if (instrument.Norms is { } norms)
            {
                writer.WriteStartObject("norms");
                writer.WriteString("id", norms.Id);
                writer.WriteString("version", norms.Document.Version);
                writer.WriteString("sha256", norms.Hash);
                JsonText.WriteList(writer, "warnings", norms.Document.Warnings.Select(w => w.En));
                Counts("statuses", instrument.NormStatuses.Select(s => (s.Score, ScoreText.Of(s.Status), s.People)));
                writer.WriteEndObject();
            }

            writer.WriteStartObject("validity");
            foreach (var (verdict, people) in instrument.Validity)
            {
                writer.WriteNumber(ScoreText.Of(verdict), people);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();

        void Counts(string name, IEnumerable<(string Of, string Word, long People)> counts)
        {
            writer.WriteStartObject(name);
            foreach (var group in counts.GroupBy(c => c.Of))
            {
                writer.WriteStartObject(group.Key);
                foreach (var (_, word, people) in group)
                {
                    writer.WriteNumber(word, people);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }
    }
}
