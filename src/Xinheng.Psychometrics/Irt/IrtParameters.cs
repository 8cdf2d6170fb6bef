using System.Globalization;
using System.Text;
using Xinheng.Documents;

namespace Xinheng.Psychometrics;

/// <summary>The items of an IRT model and the distribution of the trait: all that scoring needs.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. As a JSON document it carries where it comes from. Scores are comparable with those of
/// other people only where the same parameters made them.
/// </remarks>
public sealed class IrtParameters
{
    private const string DocumentKind = "irt-parameters";

    internal IrtParameters(IrtModel model, double mean, double deviation, IReadOnlyList<IrtItem> items, IrtSource source) =>
        (Model, LatentMean, LatentStandardDeviation, Items, Source) = (model, mean, deviation, items, source);

    /// <summary>The model.</summary>
    public IrtModel Model { get; }

    /// <summary>Mean of the trait among the people of the estimation: 0 by convention.</summary>
    public double LatentMean { get; }

    /// <summary>Standard deviation of the trait among them: 1 by convention, but estimated in a Rasch model, where the slope is 1.</summary>
    public double LatentStandardDeviation { get; }

    /// <summary>The items, in order.</summary>
    public IReadOnlyList<IrtItem> Items { get; }

    /// <summary>Where the parameters come from.</summary>
    public IrtSource Source { get; }

    /// <summary>Takes published parameters.</summary>
    /// <param name="model">The model; its formula says what slope and thresholds mean.</param>
    /// <param name="items">Id, slope, thresholds, and the lowest keyed answer: the others follow it one by one.</param>
    /// <param name="source">Where they were published.</param>
    /// <param name="latentMean">Mean of the trait in the population that scores are shrunk to.</param>
    /// <param name="latentStandardDeviation">Its standard deviation.</param>
    /// <exception cref="DefinitionException">The parameters are refused; the exception carries all their problems.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is not below 1e12 in size.</exception>
    public static IrtParameters Create(
        IrtModel model, IEnumerable<(string Id, double Slope, double[] Thresholds, int LowestAnswer)> items, IrtSource? source = null, double latentMean = 0, double latentStandardDeviation = 1)
    {
        ArgumentNullException.ThrowIfNull(items);
        return Load(
            DocumentReader.Write(
                new IrtDocument
                {
                    Kind = DocumentKind,
                    Version = 1,
                    Model = IrtModelText.IdOf(model),
                    Latent = new IrtLatentDocument { Mean = Digits(latentMean), Sd = Digits(latentStandardDeviation) },
                    Source = source,
                    Items = [.. items.Select(i => new IrtItemDocument { Id = i.Id, A = Digits(i.Slope), B = [.. i.Thresholds.Select(Digits)], Values = [.. Enumerable.Range(i.LowestAnswer, i.Thresholds.Length + 1).Select(v => (IReadOnlyList<int>)[v])] })],
                },
                IrtJson.Default.IrtDocument),
            "parameters");
    }

    /// <summary>Loads and checks a document.</summary>
    /// <param name="utf8">Content of the file.</param>
    /// <param name="file">The file's name, for problems.</param>
    /// <exception cref="DefinitionException">The document is refused; the exception carries all its problems.</exception>
    public static IrtParameters Load(ReadOnlySpan<byte> utf8, string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var report = new ProblemReport(file);
        var document = DocumentReader.TryRead(utf8, report, IrtJson.Default.IrtDocument);
        if (document is null || report.Count > 0)
        {
            throw new DefinitionException(report.Problems);
        }

        Check(document, report);
        if (report.Count > 0)
        {
            throw new DefinitionException(report.Problems);
        }

        var model = IrtModelText.Find(document.Model)!.Value;
        return new IrtParameters(model, (double)document.Latent.Mean, (double)document.Latent.Sd, Array.AsReadOnly([.. document.Items.Select(item => Item(model, item))]), document.Source ?? new IrtSource());
    }

    /// <summary>The document as JSON text in UTF-8. It reads back as the same parameters, to the bit.</summary>
    public byte[] ToJson() => DocumentReader.Write(
        new IrtDocument
        {
            Kind = DocumentKind,
            Version = 1,
            Model = IrtModelText.IdOf(Model),
            Formula = IrtModelText.FormulaOf(Model),
            Source = Source,
            Latent = new IrtLatentDocument { Mean = Digits(LatentMean), Sd = Digits(LatentStandardDeviation) },
            Items = [.. Items.Select(i => new IrtItemDocument { Id = i.Id, A = Digits(i.Slope), B = [.. i.Thresholds.Select(Digits)], Values = i.Values })],
        },
        IrtJson.Default.IrtDocument);

    /// <summary>Test information at a place: the sum over the items. The standard error of an ML score there is 1 / √ of it.</summary>
    public double Information(double theta) => Items.Sum(item => item.Information(theta));

    /// <summary>Expected sum of the places of the answers among their categories, each from 0.</summary>
    public double ExpectedScore(double theta) => Items.Sum(item => item.ExpectedScore(theta));

    /// <summary>
    /// Marginal reliability of EAP or MAP scores in the population of the trait: mean of I / (I + 1/σ²), I the information (Green, Bock, Humphreys,
    /// Linn &amp; Reckase 1984, J. Educ. Meas. 21, 347-360). R: <c>mirt::marginal_rxx</c>.
    /// </summary>
    public double MarginalReliability()
    {
        var grid = new IrtGrid(241, 6, LatentMean, LatentStandardDeviation);
        var prior = 1 / (LatentStandardDeviation * LatentStandardDeviation);
        return Enumerable.Range(0, grid.Count).Sum(q => Math.Exp(grid.LogWeights[q]) * (Information(grid.Points[q]) is var i ? i / (i + prior) : 0));
    }

    /// <summary>The parameters as a table.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{IrtModelText.NameOf(Model).En}, {Items.Count} items: {IrtModelText.FormulaOf(Model)}; theta of mean {LatentMean:F4}, SD {LatentStandardDeviation:F4}\n");
        foreach (var item in Items)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {item}\n");
        }

        return text.ToString();
    }

    /// <summary>A number as documents hold it: at most 15 digits, no exponent.</summary>
    internal static decimal Digits(double value)
    {
        if (!(Math.Abs(value) < 1e12))
        {
            throw new ArgumentOutOfRangeException(nameof(value), "A parameter is a number below 1e12 in size.");
        }

        var number = (decimal)value;
        return Math.Round(number, 15 - decimal.Truncate(Math.Abs(number)).ToString(CultureInfo.InvariantCulture).Length, MidpointRounding.ToEven);
    }

    private static IrtItem Item(IrtModel model, IrtItemDocument item) => new(
        item.Id,
        model is IrtModel.GradedResponse or IrtModel.TwoParameter,
        (double)item.A,
        [.. item.B.Select(b => -(double)item.A * (double)b)],
        [.. item.B.Select(b => (double)b)],
        [.. item.Values.Select(v => v.ToArray())]);

    private static void Check(IrtDocument document, ProblemReport report)
    {
        if (document.Kind != DocumentKind || document.Version != 1)
        {
            report.Add("wrong-value", "$.kind", "a document of another kind or version", $"kind {DocumentKind}, version 1", "Pass a file that 'irt fit --out' wrote");
        }

        if (IrtModelText.Find(document.Model) is not { } model)
        {
            report.Add("wrong-value", "$.model", "a model that is not known", string.Join(", ", IrtModelText.Ids), "Correct the model");
            return;
        }

        if (document.Latent.Sd <= 0)
        {
            report.Add("wrong-value", "$.latent", "a distribution without width", "A mean and a standard deviation above 0", "Correct the numbers");
        }

        if (document.Items.Count == 0 || document.Items.Select(i => i.Id).Distinct(StringComparer.Ordinal).Count() != document.Items.Count)
        {
            report.Add("wrong-value", "$.items", "no item, or two items of one id", "Items, each with an id of its own", "Correct the ids");
        }

        for (var i = 0; i < document.Items.Count; i++)
        {
            var (item, path) = (document.Items[i], string.Create(CultureInfo.InvariantCulture, $"$.items[{i}]"));
            if (item.A == 0 || (model == IrtModel.Rasch && item.A != 1))
            {
                report.Add("wrong-value", path + ".a", "a slope that the model cannot have", model == IrtModel.Rasch ? "1, the slope of every item of a Rasch model" : "A number other than 0", "Correct the slope");
            }

            if (item.B.Count is 0 or > Polychoric.MostCategories || (model == IrtModel.TwoParameter && item.B.Count != 1))
            {
                report.Add("wrong-value", path + ".b", $"{item.B.Count} thresholds", model == IrtModel.TwoParameter ? "One threshold" : $"1 to {Polychoric.MostCategories} thresholds", "Correct the thresholds");
            }
            else if (model == IrtModel.GradedResponse && item.B.Zip(item.B.Skip(1)).Any(pair => !(pair.First < pair.Second)))
            {
                report.Add("wrong-value", path + ".b", "thresholds that do not ascend", "Each above the one before it", "Correct the thresholds: where an answer has no probability, put it to its neighbour in 'values'");
            }

            if (item.Values.Count != item.B.Count + 1 || item.Values.Any(v => v.Count == 0) || item.Values.SelectMany(v => v).Distinct().Count() != item.Values.Sum(v => v.Count))
            {
                report.Add("wrong-value", path + ".values", $"{item.Values.Count} categories of answers", "One category more than there are thresholds, each with an answer, and each answer once", "Correct the values");
            }
        }
    }
}
