using System.CommandLine;
using System.Text.Json;
using Xinheng.Data;
using Xinheng.Psychometrics;

namespace Xinheng.Cli;

/// <summary><c>xinheng factor</c>: number of factors and exploratory factor analysis of a scale.</summary>
internal static class FactorCommand
{
    /// <summary>Polychoric correlations of every draw are dear.</summary>
    private const int PolychoricDraws = 50;

    public static Command Create()
    {
        var items = new ItemOptions();
        var factors = new Option<int?>("--factors") { Description = "Number of factors; that of the parallel analysis by default" };
        var extraction = new Option<string>("--extract") { Description = "Extraction: minres or ml", DefaultValueFactory = _ => "minres" };
        var rotation = new Option<FactorRotation>("--rotate") { Description = "Rotation: oblimin, promax, varimax, none", DefaultValueFactory = _ => FactorRotation.Oblimin };
        var polychoric = new Option<bool>("--polychoric") { Description = "Polychoric correlations in place of product-moment ones" };
        var reference = new Option<ParallelReference>("--reference") { Description = "Parallel analysis against answers dealt anew (permutation) or normal variables (normal)", DefaultValueFactory = _ => ParallelReference.Permutation };
        var draws = new Option<int?>("--draws") { Description = $"Draws of the parallel analysis, at least 20; 500 by default, {PolychoricDraws} with --polychoric" };
        var seed = new Option<int>("--seed") { Description = "Seed of the draws", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "Prints the results as JSON" };
        var command = new Command("factor", "Number of factors and exploratory factor analysis of a scale") { factors, extraction, rotation, polychoric, reference, draws, seed, json };
        items.AddTo(command);
        command.SetAction(result =>
        {
            var (source, request) = items.Read(result);
            var method = result.GetValue(extraction) switch
            {
                "minres" => ExtractionMethod.MinimumResiduals,
                "ml" => ExtractionMethod.MaximumLikelihood,
                _ => throw new UsageException("--extract is minres or ml."),
            };
            var kind = result.GetValue(polychoric) ? CorrelationKind.Polychoric : CorrelationKind.ProductMoment;
            var number = result.GetValue(draws) ?? (kind == CorrelationKind.Polychoric ? PolychoricDraws : 500);
            if (number < 20 || result.GetValue(factors) < 1)
            {
                throw new UsageException(number < 20 ? "--draws is a number from 20 on." : "--factors is a number from 1 on.");
            }

            var (tally, summary, problems) = source.Run(request, passed => new MatrixTally(source, passed));
            var matrix = tally.Matrix;
            CovarianceMatrix correlations;
            ParallelAnalysis parallel;
            try
            {
                correlations = kind == CorrelationKind.Polychoric ? Polychoric.Of(matrix).Correlations : matrix.Covariances();
                parallel = ParallelAnalysis.Of(matrix, result.GetValue(reference), kind, number, result.GetValue(seed));
            }
            catch (ArgumentException exception)
            {
                throw new UsageException(exception.Message.Split(" (Parameter", StringSplitOptions.None)[0]);
            }

            var (adequacy, map) = (SamplingAdequacy.Of(correlations), MinimumAveragePartial.Of(correlations));
            var analysis = FactorAnalysis.Of(correlations, result.GetValue(factors) ?? Math.Max(1, parallel.Count), method, result.GetValue(rotation));
            if (result.GetValue(json))
            {
                WriteJson(source, adequacy, map, parallel, analysis, summary);
            }
            else
            {
                Console.Out.WriteLine(source.Name);
                Console.Out.Write(adequacy);
                Console.Out.Write(parallel);
                Console.Out.Write(map);
                Console.Out.Write(analysis);
                Console.Out.WriteLine();
                ItemSource.WriteRows(Console.Out, summary);
                Console.Out.WriteLine("Factors describe how these people's answers go together; they are no proof of a trait.");
                Console.Out.WriteLine("因子描述的是这批人的作答如何共变，并不证明某种特质存在。");
            }

            var code = ItemSource.End(summary, problems);
            if (analysis.HasSolution)
            {
                return code;
            }

            Console.Error.WriteLine($"No factors: {EstimateText.Of(analysis.Status).En}.");
            return ExitCode.ProblemsFound;
        });
        return command.WithExamples(
            "xinheng factor survey.csv --scale phq-9 --polychoric",
            "xinheng factor survey.csv --scale scl-90 --factors 9 --rotate promax --extract ml --json",
            "xinheng factor 调查.xlsx --columns Q1,Q2,Q3,Q4,Q5,Q6 --min 1 --max 5");
    }

    private static void WriteJson(
        ItemSource source, SamplingAdequacy adequacy, MinimumAveragePartial map, ParallelAnalysis parallel, FactorAnalysis analysis, ScoreSummary summary)
    {
        using var output = new JsonOutput();
        var writer = output.Writer;
        var correlations = analysis.Correlations;
        var (k, p) = (correlations.ItemCount, analysis.HasSolution ? analysis.FactorCount : 0);
        writer.WriteStartObject();
        writer.WriteString("scale", source.Name);
        writer.WriteNumber("n", correlations.UsedCount);
        writer.WriteNumber("nTotal", correlations.PersonCount);
        writer.WriteNumber("nDropped", correlations.PersonCount - correlations.UsedCount);
        writer.WriteString("missing", JsonText.Word(correlations.Missing));
        writer.WriteNumber("k", k);
        writer.WriteString("correlations", JsonText.Word(correlations.Kind));
        writer.WriteStartObject("kmo");
        writer.WriteString("status", JsonText.Word(adequacy.Status));
        JsonText.WriteNumber(writer, "overall", adequacy.Overall.Value);
        JsonText.WriteNumbers(writer, "items", adequacy.Items.Select(i => i.Value));
        writer.WriteEndObject();
        writer.WriteStartObject("bartlett");
        JsonText.WriteNumber(writer, "chiSquare", adequacy.BartlettChiSquare.Value);
        writer.WriteNumber("df", adequacy.BartlettDegreesOfFreedom);
        JsonText.WriteNumber(writer, "p", adequacy.BartlettP.Value);
        writer.WriteEndObject();
        writer.WriteStartObject("parallel");
        writer.WriteString("status", JsonText.Word(parallel.Status));
        writer.WriteNumber("count", parallel.Count);
        writer.WriteString("reference", JsonText.Word(parallel.Reference));
        writer.WriteNumber("draws", parallel.Draws);
        writer.WriteNumber("seed", parallel.Seed);
        JsonText.WriteNumbers(writer, "eigenvalues", parallel.Eigenvalues);
        JsonText.WriteNumbers(writer, "referenceMeans", parallel.ReferenceMeans);
        JsonText.WriteNumbers(writer, "reference95", parallel.ReferenceQuantiles);
        writer.WriteEndObject();
        writer.WriteStartObject("map");
        writer.WriteNumber("count", map.Count);
        JsonText.WriteNumbers(writer, "averages", map.Averages);
        writer.WriteEndObject();
        writer.WriteNumber("factors", analysis.FactorCount);
        writer.WriteString("extraction", JsonText.Word(analysis.Extraction));
        writer.WriteString("rotation", JsonText.Word(analysis.FactorCount == 1 ? FactorRotation.None : analysis.Rotation));
        writer.WriteString("status", JsonText.Word(analysis.Status));
        writer.WriteBoolean("converged", analysis.HasSolution);
        writer.WriteStartArray("items");
        for (var i = 0; i < k && analysis.HasSolution; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("id", correlations.ItemIds[i]);
            JsonText.WriteNumbers(writer, "loadings", Enumerable.Range(0, p).Select(f => analysis.Loading(i, f)));
            JsonText.WriteNumber(writer, "communality", analysis.Communality(i));
            JsonText.WriteNumber(writer, "uniqueness", analysis.Uniqueness(i));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("factorCorrelations");
        for (var f = 0; f < p; f++)
        {
            writer.WriteStartArray();
            for (var g = 0; g < p; g++)
            {
                JsonText.WriteNumber(writer, analysis.FactorCorrelation(f, g));
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        JsonText.WriteNumbers(writer, "variance", analysis.VarianceAccounted);
        writer.WriteStartObject("fit");
        JsonText.WriteNumber(writer, "chiSquare", analysis.ChiSquare.Value);
        writer.WriteNumber("df", analysis.DegreesOfFreedom);
        JsonText.WriteNumber(writer, "p", analysis.P.Value);
        JsonText.WriteNumber(writer, "rmsea", analysis.Rmsea.Value);
        JsonText.WriteNumber(writer, "rmseaLower", analysis.RmseaInterval.Lower);
        JsonText.WriteNumber(writer, "rmseaUpper", analysis.RmseaInterval.Upper);
        JsonText.WriteNumber(writer, "tli", analysis.TuckerLewis.Value);
        JsonText.WriteNumber(writer, "bic", analysis.Bic.Value);
        JsonText.WriteNumber(writer, "rmsr", analysis.ResidualRootMeanSquare.Value);
        writer.WriteEndObject();
        JsonText.WriteRows(writer, summary);
        writer.WriteEndObject();
    }
}
