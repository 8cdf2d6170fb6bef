using System.Globalization;
using System.Text;

namespace Xinheng.Psychometrics;

/// <summary>An IRT model of one latent trait, fitted to answers by marginal maximum likelihood.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. Missing answers leave the likelihood of their person (full information: right where they
/// are missing at random); nobody is dropped but those without any answer. The trait is normal. Standard errors come from the observed
/// information (Louis 1982). Where <see cref="Converged"/> is false there are no items, only the reason. R: <c>mirt::mirt(x, 1, itemtype = "graded", quadpts = 61, SE = TRUE)</c>.
/// </remarks>
public sealed class IrtFit
{
    private IrtFit(ResponsePatterns patterns, IrtModel model, IrtFitOptions options, EstimateStatus status)
    {
        (Patterns, Model, Options, Status) = (patterns, model, options, status);
        Items = [];
        LogLikelihood = LatentStandardDeviation = LatentStandardError = Estimate.None(status);
    }

    /// <summary>The answers that the model was fitted to.</summary>
    public ResponsePatterns Patterns { get; }

    /// <summary>The model.</summary>
    public IrtModel Model { get; }

    /// <summary>How it was estimated.</summary>
    public IrtFitOptions Options { get; }

    /// <summary>Whether there is a solution, and if not, why.</summary>
    public EstimateStatus Status { get; private init; }

    /// <summary>Whether the likelihood is at a maximum: the next Newton step would raise it by less than 1e-9, and the information is positive definite.</summary>
    public bool Converged => Status == EstimateStatus.Ok;

    /// <summary>Number of steps of EM and Newton.</summary>
    public int Iterations { get; private init; }

    /// <summary>Items that nobody, or only one answer, tells anything about, where <see cref="Status"/> is <see cref="EstimateStatus.NoVariance"/>.</summary>
    public IReadOnlyList<string> ItemsWithoutVariance { get; private init; } = [];

    /// <summary>Log-likelihood of the answers, with the trait integrated out.</summary>
    public Estimate LogLikelihood { get; private init; }

    /// <summary>Number of free parameters.</summary>
    public int ParameterCount { get; private init; }

    /// <summary>Akaike's criterion −2 lnL + 2p.</summary>
    public Estimate Aic => LogLikelihood.HasValue ? Estimate.Of((-2 * LogLikelihood.Value) + (2 * ParameterCount)) : LogLikelihood;

    /// <summary>Schwarz's criterion −2 lnL + p ln n, n the weight of the people used.</summary>
    public Estimate Bic => LogLikelihood.HasValue ? Estimate.Of((-2 * LogLikelihood.Value) + (ParameterCount * Math.Log(Patterns.UsedWeight))) : LogLikelihood;

    /// <summary>Standard deviation of the trait: 1 by convention, estimated in a Rasch model.</summary>
    public Estimate LatentStandardDeviation { get; private init; }

    /// <summary>Standard error of it; only in a Rasch model.</summary>
    public Estimate LatentStandardError { get; private init; }

    /// <summary>The items with their standard errors; empty unless converged.</summary>
    public IReadOnlyList<IrtItemFit> Items { get; private init; }

    /// <summary>The parameters, for scoring; <see langword="null"/> unless converged.</summary>
    public IrtParameters? Parameters { get; private init; }

    /// <summary>Fits a model to the answers of a matrix, with the default options; <see cref="ResponsePatterns.Of"/> takes weights.</summary>
    /// <param name="matrix">Keyed whole answers.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentException">An item has answers the model is not for.</exception>
    public static IrtFit Of(ItemMatrix matrix, IrtModel model) => Of(ResponsePatterns.Of(matrix), model);

    /// <summary>Fits a model to patterns, for example merged ones of many schools. Items, people and threads in another order give the same result; people and threads to the bit.</summary>
    /// <param name="patterns">The patterns.</param>
    /// <param name="model">The model.</param>
    /// <param name="options">How it is estimated.</param>
    /// <param name="source">What the instrument is, for the document of the parameters.</param>
    /// <exception cref="ArgumentException">An item has answers the model is not for; options are out of their range.</exception>
    public static IrtFit Of(ResponsePatterns patterns, IrtModel model, IrtFitOptions? options = null, IrtSource? source = null)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        IrtModelText.IdOf(model);
        options ??= new IrtFitOptions();
        options.Check();
        var k = patterns.ItemCount;
        if (k < (model == IrtModel.Rasch ? 2 : 3) || patterns.PatternCount < 2)
        {
            return new IrtFit(patterns, model, options, k < (model == IrtModel.Rasch ? 2 : 3) ? EstimateStatus.TooFewItems : EstimateStatus.TooFewPeople);
        }

        var observed = Enumerable.Range(0, k).Select(patterns.Values).ToArray();
        string[] flat = [.. Enumerable.Range(0, k).Where(i => observed[i].Count < 2).Select(i => patterns.ItemIds[i])];
        if (flat.Length > 0)
        {
            return new IrtFit(patterns, model, options, EstimateStatus.NoVariance) { ItemsWithoutVariance = flat };
        }

        var most = model == IrtModel.TwoParameter ? 2 : Polychoric.MostCategories;
        if (Array.FindIndex(observed, o => o.Count > most) is >= 0 and var wide)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Item '{patterns.ItemIds[wide]}' has {observed[wide].Count} different answers, but the {IrtModelText.NameOf(model).En} is for items of {(most == 2 ? "two. Use the graded response model" : $"at most {most}. Group the answers")}."),
                nameof(patterns));
        }

        var values = observed.Select((o, i) => Categories([.. o.Keys], patterns.Range(i))).ToArray();
        var places = values.Select(v => v.SelectMany((value, c) => value.Select(x => (x, c))).ToDictionary(p => p.x, p => (byte)p.c)).ToArray();
        var estimation = new IrtEstimation(patterns.Places(places), patterns.Weights, [.. values.Select(v => v.Length)], model, options);
        estimation.Run(options.MaxIterations);
        if (estimation.Status != EstimateStatus.Ok || estimation.HasFlatItem)
        {
            return new IrtFit(patterns, model, options, EstimateStatus.NotConverged) { Iterations = estimation.Iterations, ParameterCount = estimation.Parameters.Length };
        }

        return Solution(patterns, model, options, estimation, values, observed, source);
    }

    /// <summary>A table with the numbers of people, the convention and the R call.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Capital(IrtModelText.NameOf(Model).En)} of {Patterns.ItemCount} items; n {Patterns.UsedCount} of {Patterns.PersonCount}, {Patterns.EmptyCount} dropped without any answer; missing answers leave the likelihood\n");
        if (Parameters is null)
        {
            text.Append(CultureInfo.InvariantCulture, $"  not estimated: {EstimateText.Of(Status).En}{(ItemsWithoutVariance.Count > 0 ? $": {string.Join(", ", ItemsWithoutVariance)}" : "")}\n");
            return text.ToString();
        }

        text.Append(CultureInfo.InvariantCulture, $"  {IrtModelText.FormulaOf(Model)}; marginal maximum likelihood, {Options.Points} points within {Options.Reach} SD, theta normal, mean 0, SD {LatentStandardDeviation}\n");
        text.Append(CultureInfo.InvariantCulture, $"  log-likelihood {LogLikelihood}, {ParameterCount} parameters, AIC {Aic}, BIC {Bic}; standard errors from the observed information\n");
        text.Append(CultureInfo.InvariantCulture, $"  R: {RCall}\n");
        var width = Math.Max(8, Items.Max(i => i.Item.Id.Length));
        text.Append(CultureInfo.InvariantCulture, $"  {"item".PadRight(width)}        a (se)            b (se) ...\n");
        foreach (var item in Items)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {item.Item.Id.PadRight(width)} {item.Item.Slope,8:F4} ({(item.SlopeStandardError.HasValue ? item.SlopeStandardError.ToString() : "fixed")})");
            for (var b = 0; b < item.Item.Thresholds.Count; b++)
            {
                text.Append(CultureInfo.InvariantCulture, $" {item.Item.Thresholds[b],8:F4} ({item.ThresholdStandardErrors[b]})");
            }

            text.Append(item.Collapsed.Count == 0 ? "\n" : string.Create(CultureInfo.InvariantCulture, $"  nobody answered {string.Join(", ", item.Collapsed)}: put to the neighbour\n"));
        }

        return text.ToString();
    }

    private string RCall => Model switch
    {
        IrtModel.Rasch => "mirt::mirt(x, 1, itemtype = 'Rasch', SE = TRUE)",
        IrtModel.TwoParameter => "mirt::mirt(x, 1, itemtype = '2PL', SE = TRUE)",
        IrtModel.GradedResponse => "mirt::mirt(x, 1, itemtype = 'graded', SE = TRUE)",
        _ => "mirt::mirt(x, 1, itemtype = 'gpcm', SE = TRUE)",
    };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static IrtFit Solution(
        ResponsePatterns patterns, IrtModel model, IrtFitOptions options, IrtEstimation estimation, int[][][] values, SortedDictionary<int, double>[] observed, IrtSource? source)
    {
        // What is reported is what the document of the parameters holds: 15 digits.
        static double Digits(double value) => (double)IrtParameters.Digits(value);
        var (parameters, covariance) = (estimation.Parameters, estimation.Covariance!);
        var graded = model is IrtModel.GradedResponse or IrtModel.TwoParameter;
        var rasch = model == IrtModel.Rasch;

        // The likelihood is the same with all slopes turned round: most of them are to be positive.
        var slopes = Enumerable.Range(0, values.Length).Select(item => parameters[estimation.IndexOf(item, 0)]).ToArray();
        var sign = slopes.Sum() < 0 ? -1 : 1;
        var items = new IrtItemFit[values.Length];
        for (var item = 0; item < items.Length; item++)
        {
            var a = estimation.IndexOf(item, 0);
            var intercepts = estimation.Intercepts(parameters, item).ToArray();
            var slope = rasch ? 1 : Digits(sign * slopes[item]);
            double[] thresholds = [.. intercepts.Select(d => Digits(-d / slope))];
            var errors = new Estimate[intercepts.Length];
            for (var k = 0; k < errors.Length; k++)
            {
                // b = -d / a, and with the slope fixed -d.
                var d = estimation.IndexOf(item, k + 1);
                var (byD, byA) = rasch ? (1, 0) : (-1 / slope, intercepts[k] / (slope * slope));
                errors[k] = Estimate.Of(Math.Sqrt((byD * byD * covariance[d, d]) + (byA * byA * covariance[a, a]) + (2 * sign * byA * byD * covariance[a, d])));
            }

            items[item] = new IrtItemFit(
                new IrtItem(patterns.ItemIds[item], graded, slope, [.. thresholds.Select(b => -slope * b)], thresholds, values[item]),
                observed[item].Values.Sum(),
                rasch ? Estimate.None(EstimateStatus.NotEstimated) : Estimate.Of(Math.Sqrt(covariance[a, a])),
                Array.AsReadOnly(errors),
                [.. values[item].SelectMany(v => v).Where(v => !observed[item].ContainsKey(v)).Order()]);
        }

        var deviation = rasch ? Digits(Math.Abs(parameters[0])) : 1;
        return new IrtFit(patterns, model, options, EstimateStatus.Ok)
        {
            Iterations = estimation.Iterations,
            ParameterCount = parameters.Length,
            LogLikelihood = Estimate.Of(estimation.LogLikelihood),
            LatentStandardDeviation = Estimate.Of(deviation),
            LatentStandardError = rasch ? Estimate.Of(Math.Sqrt(covariance[0, 0])) : Estimate.None(EstimateStatus.NotEstimated),
            Items = Array.AsReadOnly(items),
            Parameters = new IrtParameters(model, 0, deviation, Array.AsReadOnly([.. items.Select(i => i.Item)]), (source ?? new IrtSource()) with
            {
                People = patterns.UsedCount,
                LogLikelihood = Digits(estimation.LogLikelihood),
                Method = string.Create(CultureInfo.InvariantCulture, $"marginal maximum likelihood, EM and Newton, {options.Points} equally spaced points within {options.Reach} standard deviations, missing answers skipped"),
            }),
        };
    }

    /// <summary>The observed answers as categories; those of the declared range that nobody gave go to the next lower one, or to the lowest.</summary>
    private static int[][] Categories(int[] observed, (int Lowest, int Highest)? range)
    {
        var categories = observed.Select(v => new List<int> { v }).ToArray();
        for (var value = range?.Lowest ?? 0; range is { } r && r.Highest - r.Lowest <= Polychoric.MostCategories && value <= r.Highest; value++)
        {
            if (Array.BinarySearch(observed, value) is < 0 and var place)
            {
                categories[Math.Max(0, ~place - 1)].Add(value);
            }
        }

        return [.. categories.Select(c => c.Order().ToArray())];
    }
}
