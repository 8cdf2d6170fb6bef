using System.CommandLine;
using System.Globalization;
using Xinheng.Data;
using Xinheng.Psychometrics;

namespace Xinheng.Cli;

/// <summary><c>xinheng dif</c>: whether the items of a scale work alike in two groups.</summary>
internal static class DifCommand
{
    public static Command Create()
    {
        var items = new ItemOptions();
        var group = new Option<string>("--group") { Description = "Heading of the column of groups, for example sex", Required = true };
        var reference = new Option<string?>("--reference") { Description = "The group that is compared with; of two groups the larger one by default" };
        var focal = new Option<string?>("--focal") { Description = "The group in question; of two groups the smaller one by default" };
        var purify = new Option<PurifyRule>("--purify") { Description = "Which items leave the matching score: effect (class B or C), significance or none", DefaultValueFactory = _ => PurifyRule.Effect };
        var json = new Option<bool>("--json") { Description = "Prints the results as JSON" };
        var command = new Command("dif", "Differential item functioning of two groups, and who changes band by it") { group, reference, focal, purify, json };
        items.AddTo(command);
        command.SetAction(result =>
        {
            var (source, request) = items.Read(result);
            return Run(source, request with { Mapping = source.Complete(request.Mapping) }, result.GetValue(group)!, result.GetValue(reference), result.GetValue(focal), result.GetValue(purify), result.GetValue(json));
        });
        return command.WithExamples(
            "xinheng dif survey.csv --scale phq-9 --group sex",
            "xinheng dif 调查.xlsx --scale scl-90 --score depression --group 年级 --reference 初一 --focal 初三 --json",
            "xinheng dif survey.csv --columns Q1,Q2,Q3,Q4 --reverse Q2 --min 1 --max 4 --group sex --purify none");
    }

    private static int Run(ItemSource source, ScoreRequest request, string group, string? reference, string? focal, PurifyRule purify, bool json)
    {
        var (tally, summary, problems) = source.Run(request, passed => new PersonTally(source, passed, "--group", group, id: null));
        var (first, second) = Groups(tally.Groups, reference, focal);
        var keyed = tally.Keyed;
        foreach (var name in new[] { first, second })
        {
            if (keyed.ItemCount < 2 || !Enumerable.Range(0, keyed.PersonCount).Any(p => tally.Groups[p] == name && keyed.IsComplete(p)))
            {
                throw new UsageException(keyed.ItemCount < 2 ? "One item has no others to match people by. Name a scale of two items or more." : $"Nobody of the group '{name}' answered every item.");
            }
        }

        var study = DifferentialFunctioning.Of(keyed, tally.Groups, first, second, DifOptions.Default with { Purify = purify });
        var consequence = source.SumCuts.Count > 0 ? study.Consequence([.. source.SumCuts.Select(c => c.Sum)]) : null;
        if (json)
        {
            WriteJson(source, study, consequence, summary);
        }
        else
        {
            WriteText(Console.Out, source, study, consequence, summary);
        }

        return ItemSource.End(summary, problems);
    }

    private static (string Reference, string Focal) Groups(IReadOnlyList<string?> groups, string? reference, string? focal)
    {
        var found = groups.Where(g => !string.IsNullOrEmpty(g)).GroupBy(g => g!, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).ToArray();
        foreach (var (option, name) in new[] { ("--reference", reference), ("--focal", focal) })
        {
            if (name is not null && !found.Contains(name, StringComparer.Ordinal))
            {
                throw new UsageException($"{option} '{name}': nobody is in this group.");
            }
        }

        if (reference is not null && focal is not null)
        {
            return reference != focal ? (reference, focal) : throw new UsageException("--reference and --focal name the same group.");
        }

        return found.Length != 2
            ? throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--group gives {found.Length} groups. Name two of them by --reference and --focal."))
            : (reference ?? found.First(g => g != focal), focal ?? found.Last(g => g != reference));
    }

    private static void WriteText(TextWriter output, ItemSource source, DifferentialFunctioning study, DifConsequence? consequence, ScoreSummary summary)
    {
        output.WriteLine(source.Name);
        output.WriteLine($"focal: {study.Focal}, reference: {study.Reference}");
        output.Write(study);
        output.WriteLine(consequence is null ? "No bands are published for everybody, so no change of band is told." : $"Bands: {consequence}.");
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Read {summary.Read} rows: {summary.Scored} used, {summary.Quarantined} set aside, {summary.Duplicates} duplicates; {summary.UnreadableCells} cells could not be read and count as missing."));
        foreach (var notice in summary.Notices)
        {
            output.WriteLine($"Note: {notice}.");
        }

        output.WriteLine("A: negligible, B: moderate, C: large. A difference is a reason to read the item, not a proof that it is unfair.");
        output.WriteLine("A 可忽略，B 中等，C 较大。项目功能差异提示应审阅该题，并不证明该题不公平。");
    }

    private static void WriteJson(ItemSource source, DifferentialFunctioning study, DifConsequence? consequence, ScoreSummary summary)
    {
        using var output = new JsonOutput();
        var writer = output.Writer;
        writer.WriteStartObject();
        writer.WriteString("scale", source.Name);
        writer.WriteString("reference", study.Reference);
        writer.WriteString("focal", study.Focal);
        writer.WriteNumber("n", study.UsedCount);
        writer.WriteNumber("nReference", study.ReferenceCount);
        writer.WriteNumber("nFocal", study.FocalCount);
        writer.WriteNumber("nTotal", study.PersonCount);
        writer.WriteNumber("nIncomplete", study.IncompleteCount);
        writer.WriteString("purify", JsonText.Word(study.Options.Purify));
        writer.WriteNumber("rounds", study.Rounds);
        writer.WriteBoolean("settled", study.IsSettled);
        writer.WriteStartArray("items");
        foreach (var item in study.Items)
        {
            writer.WriteStartObject();
            writer.WriteString("id", item.Id);
            writer.WriteString("class", item.Class.ToString());
            writer.WriteBoolean("anchor", item.IsAnchor);
            Number("oddsRatio", item.OddsRatio);
            Number("delta", item.Delta);
            Number("deltaError", item.DeltaError);
            Number("mantelHaenszel", item.MantelHaenszel);
            Number("mantel", item.Mantel);
            Number("mantelP", item.MantelP);
            Number("generalized", item.Generalized);
            writer.WriteNumber("generalizedDf", item.GeneralizedDf);
            Number("meanDifference", item.MeanDifference);
            Number("meanDifferenceInSd", item.MeanDifferenceInSd);
            writer.WriteStartObject("logistic");
            writer.WriteString("status", JsonText.Word(item.Logistic.Status));
            writer.WriteString("class", item.Logistic.Class.ToString());
            Number("uniform", item.Logistic.Uniform);
            Number("uniformP", item.Logistic.UniformP);
            Number("nonUniform", item.Logistic.NonUniform);
            Number("nonUniformP", item.Logistic.NonUniformP);
            Number("total", item.Logistic.Total);
            Number("totalP", item.Logistic.TotalP);
            Number("nagelkerkeGain", item.Logistic.NagelkerkeGain);
            Number("mcFaddenGain", item.Logistic.McFaddenGain);
            Number("matchingSlope", item.Logistic.MatchingSlope);
            Number("groupSlope", item.Logistic.GroupSlope);
            Number("slopeChange", item.Logistic.SlopeChange);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (consequence is not null)
        {
            writer.WriteStartObject("consequence");
            JsonText.WriteList(writer, "items", consequence.Items);
            JsonText.WriteNumber(writer, "meanPoints", consequence.MeanPoints);
            JsonText.WriteNumber(writer, "largestPoints", consequence.LargestPoints);
            writer.WriteNumber("higherBand", consequence.Higher);
            writer.WriteNumber("lowerBand", consequence.Lower);
            writer.WriteNumber("of", consequence.FocalCount);
            writer.WriteEndObject();
        }

        writer.WriteNumber("read", summary.Read);
        writer.WriteNumber("quarantined", summary.Quarantined);
        writer.WriteNumber("duplicates", summary.Duplicates);
        writer.WriteNumber("unreadableCells", summary.UnreadableCells);
        JsonText.WriteList(writer, "notices", summary.Notices);
        writer.WriteEndObject();

        void Number(string name, Estimate estimate) => JsonText.WriteNumber(writer, name, estimate.Value);
    }
}
