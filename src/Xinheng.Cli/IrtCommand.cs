using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Xinheng.Data;
using Xinheng.Documents;
using Xinheng.Psychometrics;

namespace Xinheng.Cli;

/// <summary><c>xinheng irt</c>: item response theory. Fits item parameters to a survey, and scores people by parameters.</summary>
internal static class IrtCommand
{
    public static Command Create() => new("irt", "Item response theory: fit items, score people on the latent trait") { Fit(), Score() };

    private static Command Fit()
    {
        var items = new ItemOptions();
        var model = new Option<IrtModel>("--model") { Description = $"Model: {string.Join(", ", IrtModelText.Ids)}", Required = true, CustomParser = ModelOf };
        var points = new Option<int>("--points") { Description = "Quadrature points, at least 11; more for a long scale", DefaultValueFactory = _ => new IrtFitOptions().Points };
        var output = new Option<string?>("--out") { Description = "File for the parameters, which 'irt score' takes (.json)" };
        var json = new Option<bool>("--json") { Description = "Prints the results as JSON" };
        var command = new Command("fit", "Fit an IRT model to the items of a scale") { model, points, output, json };
        items.AddTo(command);
        command.SetAction(result =>
        {
            var (source, request) = items.Read(result);
            var target = result.GetValue(output);
            if (target is not null)
            {
                OutputSet.Refuse(target, items.Files(result));
            }

            var options = result.GetValue(points) >= 11
                ? new IrtFitOptions { Points = result.GetValue(points) }
                : throw new UsageException("--points is a number from 11 on.");
            return RunFit(source, request, result.GetValue(model), options, target, result.GetValue(json));
        });
        return command.WithExamples(
            "xinheng irt fit survey.csv --scale phq-9 --model grm --out phq9.json",
            "xinheng irt fit survey.csv --scale dass-21 --score depression --model gpcm --json",
            "xinheng irt fit 测验.xlsx --columns T1,T2,T3,T4 --min 0 --max 1 --model 2pl");
    }

    private static Command Score()
    {
        var shared = new SharedOptions();
        var parameters = new Option<string>("--params") { Description = "Parameters, as 'irt fit --out' writes them", Required = true };
        var output = new Option<string>("--out") { Description = "File of the scores (.csv): the columns that pass through, theta, theta_se", Required = true };
        var scoring = new Option<IrtScoring>("--method") { Description = "How: eap, map, ml, wle", DefaultValueFactory = _ => IrtScoring.Eap };
        var json = new Option<bool>("--json") { Description = "Prints the summary as JSON" };
        var command = new Command("score", "Score people on the latent trait by fixed item parameters") { parameters, output, scoring, json };
        shared.AddInputTo(command);
        command.SetAction(result =>
        {
            var file = result.GetValue(parameters)!;
            var content = SharedOptions.ReadFile(file);
            var loaded = IrtParameters.Load(content, file);
            var source = ItemSource.Of(loaded, SharedOptions.Catalog(result.GetValue(shared.Definitions)));
            return RunScore(source, shared.Request(result, [source.Instrument]), loaded, (file, Convert.ToHexStringLower(SHA256.HashData(content))), result.GetValue(scoring), result.GetValue(output)!, [.. shared.Files(result), file], result.GetValue(json));
        });
        return command.WithExamples(
            "xinheng irt score survey.csv --params phq9.json --out theta.csv",
            "xinheng irt score survey.csv --params phq9.json --method wle --out theta.csv --json");
    }

    private static IrtModel ModelOf(ArgumentResult result)
    {
        if (result.Tokens is [var token] && IrtModelText.Find(token.Value) is { } model)
        {
            return model;
        }

        result.AddError($"--model is one of {string.Join(", ", IrtModelText.Ids)}.");
        return default;
    }

    private static int RunFit(ItemSource source, ScoreRequest request, IrtModel model, IrtFitOptions options, string? target, bool json)
    {
        var (tally, summary, problems) = source.Run(request, passed => new MatrixTally(source, passed));
        var about = source.ScoreId is null
            ? new IrtSource { Reversed = source.Reversed.Count > 0 ? source.Reversed : null }
            : new IrtSource { Instrument = source.Instrument.Id, InstrumentVersion = source.Instrument.Definition.Version, InstrumentHash = source.Instrument.Hash, Score = source.ScoreId };
        IrtFit fit;
        try
        {
            fit = IrtFit.Of(ResponsePatterns.Of(tally.Matrix), model, options, about);
        }
        catch (ArgumentException exception)
        {
            throw new UsageException(exception.Message.Split(" (Parameter", StringSplitOptions.None)[0]);
        }

        var misfit = fit.Converged ? IrtItemMisfit.Of(fit) : [];
        if (fit.Parameters is { } parameters && target is not null)
        {
            using var files = new OutputSet(request.Input);
            files.Create(target).Write(parameters.ToJson());
            files.Commit();
        }

        if (json)
        {
            WriteJson(source, fit, misfit, summary);
        }
        else
        {
            Console.Out.WriteLine(source.Name);
            Console.Out.Write(fit);
            foreach (var item in misfit.Where(m => m.ChiSquare.HasValue))
            {
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {item.Id}: S-X2 {item.ChiSquare}, df {item.DegreesOfFreedom}, p {item.P}, RMSEA {item.Rmsea}"));
            }

            Console.Out.WriteLine();
            ItemSource.WriteRows(Console.Out, summary);
            Console.Out.WriteLine("Theta is comparable between people scored by the same parameters only; a fit in these people is no norm.");
            Console.Out.WriteLine("只有用同一套参数计分的人，其 θ 才可比较；对这批人的拟合不是常模。");
        }

        var code = ItemSource.End(summary, problems);
        if (fit.Converged)
        {
            return code;
        }

        Console.Error.WriteLine($"No parameters: {EstimateText.Of(fit.Status).En}{(fit.ItemsWithoutVariance.Count > 0 ? $" ({string.Join(", ", fit.ItemsWithoutVariance)})" : "")}.{(target is null ? "" : $" '{target}' was not written.")}");
        return ExitCode.ProblemsFound;
    }

    private static int RunScore(
        ItemSource source, ScoreRequest request, IrtParameters parameters, (string File, string Hash) document, IrtScoring scoring, string target, IReadOnlyList<string> inputs, bool json)
    {
        if (!target.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"--out '{target}' does not end in .csv.");
        }

        if (parameters.Source.InstrumentHash is { } hash && hash != source.Instrument.Hash)
        {
            Console.Error.WriteLine($"The parameters were estimated with another version of '{source.Instrument.Id}' ({parameters.Source.InstrumentVersion}). Check that its items are keyed as they were.");
        }

        var scorer = new IrtScorer(parameters);
        var (scores, quarantineFile, manifestFile) = OutputSet.Names(target);
        using var files = new OutputSet(inputs);
        var run = new ScoreRun(request with { Mapping = source.Complete(request.Mapping) }, null, CancellationToken.None);
        IrtScoreWriter? writer = null;
        ScoreSummary summary;
        try
        {
            var stream = files.Create(scores);
            summary = run.Execute((passed, _) => writer = new IrtScoreWriter(stream, source, scorer, scoring, passed), files.Create(quarantineFile));
        }
        catch (InputException exception)
        {
            throw source.Explain(exception);
        }

        var manifest = run.Manifest(summary, files.Describe());
        files.Create(manifestFile).Write(DocumentReader.Write(
            manifest with
            {
                Kind = "irt-score",
                Definitions = [.. manifest.Definitions, new ManifestDefinition { Id = "irt-parameters:" + Path.GetFileName(document.File), Version = IrtModelText.IdOf(parameters.Model), Sha256 = document.Hash }],
                Options = new SortedDictionary<string, string>(manifest.Options.ToDictionary(), StringComparer.Ordinal) { ["method"] = JsonText.Word(scoring) },
            },
            DataJson.Default.Manifest));
        var names = files.Commit();
        if (json)
        {
            using var output = new JsonOutput();
            output.Writer.WriteStartObject();
            output.Writer.WriteString("model", IrtModelText.IdOf(parameters.Model));
            output.Writer.WriteString("method", JsonText.Word(scoring));
            output.Writer.WriteNumber("scored", summary.Scored);
            output.Writer.WriteNumber("withoutTheta", writer!.WithoutTheta);
            JsonText.WriteRows(output.Writer, summary);
            JsonText.WriteList(output.Writer, "files", names);
            output.Writer.WriteEndObject();
        }
        else
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{IrtModelText.NameOf(parameters.Model).En}, {parameters.Items.Count} items, {JsonText.Word(scoring)}: {summary.Scored} people, {writer!.WithoutTheta} of them without a finite theta."));
            ItemSource.WriteRows(Console.Out, summary);
        }

        return summary.UnreadableCells + summary.Quarantined > 0 ? ExitCode.ProblemsFound : ExitCode.Done;
    }

    private static void WriteJson(ItemSource source, IrtFit fit, IReadOnlyList<IrtItemMisfit> misfit, ScoreSummary summary)
    {
        using var output = new JsonOutput();
        var writer = output.Writer;
        writer.WriteStartObject();
        writer.WriteString("scale", source.Name);
        writer.WriteString("model", IrtModelText.IdOf(fit.Model));
        writer.WriteString("formula", IrtModelText.FormulaOf(fit.Model));
        writer.WriteBoolean("converged", fit.Converged);
        writer.WriteString("status", JsonText.Word(fit.Status));
        writer.WriteNumber("n", fit.Patterns.UsedCount);
        writer.WriteNumber("nTotal", fit.Patterns.PersonCount);
        writer.WriteNumber("nDropped", fit.Patterns.EmptyCount);
        writer.WriteString("missing", "full-information");
        writer.WriteNumber("k", fit.Patterns.ItemCount);
        writer.WriteNumber("iterations", fit.Iterations);
        writer.WriteNumber("points", fit.Options.Points);
        JsonText.WriteNumber(writer, "logLik", fit.LogLikelihood.Value);
        writer.WriteNumber("parameters", fit.ParameterCount);
        JsonText.WriteNumber(writer, "aic", fit.Aic.Value);
        JsonText.WriteNumber(writer, "bic", fit.Bic.Value);
        writer.WriteStartObject("latent");
        JsonText.WriteNumber(writer, "mean", fit.Parameters?.LatentMean ?? double.NaN);
        JsonText.WriteNumber(writer, "sd", fit.LatentStandardDeviation.Value);
        JsonText.WriteNumber(writer, "sdSe", fit.LatentStandardError.Value);
        writer.WriteEndObject();
        writer.WriteString("seMethod", "observed information (Louis 1982)");
        writer.WriteStartArray("items");
        foreach (var (item, fitted) in fit.Items.Zip(misfit))
        {
            writer.WriteStartObject();
            writer.WriteString("id", item.Item.Id);
            JsonText.WriteNumber(writer, "n", item.Count);
            JsonText.WriteNumber(writer, "a", item.Item.Slope);
            JsonText.WriteNumbers(writer, "b", item.Item.Thresholds);
            writer.WriteStartObject("se");
            JsonText.WriteNumber(writer, "a", item.SlopeStandardError.Value);
            JsonText.WriteNumbers(writer, "b", item.ThresholdStandardErrors.Select(e => e.Value));
            writer.WriteEndObject();
            writer.WriteStartArray("values");
            foreach (var values in item.Item.Values)
            {
                writer.WriteStartArray();
                foreach (var value in values)
                {
                    writer.WriteNumberValue(value);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndArray();
            JsonText.WriteNumbers(writer, "collapsed", item.Collapsed.Select(v => (double)v));
            writer.WriteStartObject("sx2");
            JsonText.WriteNumber(writer, "value", fitted.ChiSquare.Value);
            writer.WriteNumber("df", fitted.DegreesOfFreedom);
            JsonText.WriteNumber(writer, "p", fitted.P.Value);
            JsonText.WriteNumber(writer, "rmsea", fitted.Rmsea.Value);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        JsonText.WriteList(writer, "itemsWithoutVariance", fit.ItemsWithoutVariance);
        JsonText.WriteRows(writer, summary);
        writer.WriteEndObject();
    }
}
