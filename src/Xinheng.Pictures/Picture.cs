using System.Globalization;
using System.Text;

namespace Xinheng.Pictures;

/// <summary>A finished picture, drawn from plain numbers, whoever computed them.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. The same numbers give the same text. Text stays text: the viewer's fonts draw it, Noto Sans CJK,
/// Microsoft YaHei or PingFang where they are.
/// </remarks>
public sealed class Picture
{
    internal Picture(string svg) => Svg = svg;

    /// <summary>The picture as an SVG document.</summary>
    public string Svg { get; }

    /// <summary>How many people have which score, coloured by band. In a small group a bar tells of single people: for those who look after them only.</summary>
    /// <param name="title">Title, for example the name of the score.</param>
    /// <param name="counts">Number of people by score; scores that nobody has may be left out. One between the usual steps, as proration gives, stands in the bar below.</param>
    /// <param name="bands">Bands in rising order; empty when there are none. The first reaches down to the lowest score.</param>
    /// <param name="options">Language and size.</param>
    /// <exception cref="ArgumentException">There is nobody, a count is negative, a score comes twice, or bands do not rise.</exception>
    public static Picture ScoreDistribution(string title, IReadOnlyList<ScoreCount> counts, IReadOnlyList<BandStart> bands, PictureOptions options)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(bands);
        var all = counts.Sum(c => c.Count);
        if (all <= 0 || counts.Any(c => c.Count < 0 || !double.IsFinite(c.Score)) || counts.Select(c => c.Score).Distinct().Count() != counts.Count)
        {
            throw new ArgumentException("The counts are of nobody, negative, of scores that are no numbers, or give a score twice. Give each score once with its number of people.", nameof(counts));
        }

        if (bands.Zip(bands.Skip(1), (a, b) => !(a.From < b.From)).Contains(true))
        {
            throw new ArgumentException("The bands do not rise. Give them from the lowest start to the highest.", nameof(bands));
        }

        ScoreCount[] sorted = [.. counts.OrderBy(c => c.Score)];
        var width = Unit(sorted);
        var margin = Math.Max(width, (sorted[^1].Score - sorted[0].Score) / 50);
        var (low, high) = (sorted[0].Score - margin, sorted[^1].Score + margin);
        var sheet = new Sheet(title, $"n = {all.ToString(CultureInfo.InvariantCulture)}", options)
            .Axes(PictureWords.Score.For(options.Language), low, high, PictureWords.People.For(options.Language), 0, double.NaN)
            .WholeSteps(low, high);
        if (bands.Count == 0)
        {
            return sheet.Bars(PictureWords.All.For(options.Language), Bars(sorted), width, 0).WithoutLegend().Draw();
        }

        for (var band = 0; band < bands.Count; band++)
        {
            var (from, to) = (band == 0 ? double.NegativeInfinity : bands[band].From, band + 1 < bands.Count ? bands[band + 1].From : double.PositiveInfinity);
            ScoreCount[] own = [.. sorted.Where(c => c.Score >= from && c.Score < to)];
            var people = own.Sum(c => c.Count);
            var share = ((double)people / all).ToString("P1", CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal);
            sheet.Bars(
                PictureWords.Pair(bands[band].Name, people.ToString(CultureInfo.InvariantCulture), share, options.Language), Bars(own), width, bands.Count == 1 ? 0 : (double)band / (bands.Count - 1));
        }

        return sheet.Draw();

        // A prorated score between two steps stands in the bar of the lower one.
        IEnumerable<ScoreCount> Bars(IEnumerable<ScoreCount> own) => own
            .GroupBy(c => Math.Floor((c.Score / width) + 1e-6))
            .Select(bar => new ScoreCount(bar.Key * width, bar.Sum(c => c.Count)));
    }

    /// <summary>Probability of each answer to an item along the trait: item characteristic curves.</summary>
    /// <param name="title">Title, for example the label of the item.</param>
    /// <param name="answers">One curve per answer; heights from 0 to 1.</param>
    /// <param name="options">Language and size.</param>
    /// <exception cref="ArgumentException">There is no curve, or a height is no probability.</exception>
    public static Picture ItemCurves(string title, IReadOnlyList<Curve> answers, PictureOptions options)
    {
        Check(answers);
        return answers.Any(c => c.Points.Any(p => p.Y is < 0 or > 1))
            ? throw new ArgumentException("A height is outside 0 to 1. Pass probabilities.", nameof(answers))
            : Lines(title, "", answers, PictureWords.Trait, double.NaN, double.NaN, PictureWords.Probability, 0, 1, options);
    }

    /// <summary>Information of items or of the whole test along the trait.</summary>
    /// <param name="title">Title.</param>
    /// <param name="curves">One curve per item or test; heights from 0 on.</param>
    /// <param name="options">Language and size.</param>
    /// <exception cref="ArgumentException">There is no curve, or a height is negative.</exception>
    public static Picture Information(string title, IReadOnlyList<Curve> curves, PictureOptions options)
    {
        Check(curves);
        return curves.Any(c => c.Points.Any(p => p.Y < 0))
            ? throw new ArgumentException("A height is below 0. Information is not.", nameof(curves))
            : Lines(title, "", curves, PictureWords.Trait, double.NaN, double.NaN, PictureWords.Information, 0, double.NaN, options);
    }

    /// <summary>Eigenvalues of the answers beside those of chance. Factors are counted up to the first that is not above chance.</summary>
    /// <param name="title">Title.</param>
    /// <param name="observed">Eigenvalues of the answers, largest first.</param>
    /// <param name="reference">Eigenvalues of random data in the same order, for example their 95th percentiles.</param>
    /// <param name="options">Language and size.</param>
    /// <exception cref="ArgumentException">There are fewer than two eigenvalues, or the lists differ in length.</exception>
    public static Picture ParallelAnalysis(string title, IReadOnlyList<double> observed, IReadOnlyList<double> reference, PictureOptions options)
    {
        ArgumentNullException.ThrowIfNull(observed);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(options);
        if (observed.Count != reference.Count)
        {
            throw new ArgumentException("There are not as many eigenvalues of chance as of the answers. Pass one for one.", nameof(reference));
        }

        var kept = observed.Zip(reference, (o, r) => o > r).TakeWhile(above => above).Count();
        var (first, second) = (Numbered(PictureWords.Observed.For(options.Language), observed), Numbered(PictureWords.Reference.For(options.Language), reference));
        return new Sheet(title, PictureWords.Pair(PictureWords.Kept.For(options.Language), kept.ToString(CultureInfo.InvariantCulture), null, options.Language), options)
            .Axes(PictureWords.Factor.For(options.Language), 0.5, observed.Count + 0.5, PictureWords.Eigenvalue.For(options.Language), 0, double.NaN)
            .WholeSteps(0.5, observed.Count + 0.5)
            .Curve(first, markers: true)
            .Curve(second, markers: true)
            .Draw();

        static Curve Numbered(string name, IReadOnlyList<double> values) => new(name, [.. values.Select((value, i) => new CurvePoint(i + 1, value))]);
    }

    /// <summary>Scores at given percentiles along age or grade.</summary>
    /// <param name="title">Title.</param>
    /// <param name="along">What runs along the bottom, for example age in years.</param>
    /// <param name="percentiles">One curve per percentile; points are (age, score).</param>
    /// <param name="options">Language and size.</param>
    /// <exception cref="ArgumentException">There is no curve.</exception>
    public static Picture NormCurves(string title, LocalizedText along, IReadOnlyList<Curve> percentiles, PictureOptions options)
    {
        Check(percentiles);
        ArgumentNullException.ThrowIfNull(along);
        return Lines(title, "", percentiles, along, double.NaN, double.NaN, PictureWords.Score, double.NaN, double.NaN, options);
    }

    /// <summary>Receiver operating characteristic: who is found against who is alarmed for nothing, at every cut.</summary>
    /// <param name="title">Title.</param>
    /// <param name="curves">One curve per test; points are (1 − specificity, sensitivity), from (0, 0) to (1, 1).</param>
    /// <param name="options">Language and size. Best about square.</param>
    /// <remarks>The area under a curve is that of its straight lines.</remarks>
    /// <exception cref="ArgumentException">There is no curve, or one does not go from (0, 0) to (1, 1) within 0 to 1.</exception>
    public static Picture Roc(string title, IReadOnlyList<Curve> curves, PictureOptions options)
    {
        Check(curves);
        ArgumentNullException.ThrowIfNull(options);
        if (curves.Any(c => c.Points[0] != new CurvePoint(0, 0) || c.Points[^1] != new CurvePoint(1, 1) || c.Points.Any(p => p.X is < 0 or > 1 || p.Y is < 0 or > 1)))
        {
            throw new ArgumentException("A curve does not go from (0, 0) to (1, 1) within 0 to 1. Pass shares of the healthy and of the ill at every cut.", nameof(curves));
        }

        Curve[] named = [.. curves.Select(c => new Curve(PictureWords.Pair(c.Name, Area(c).ToString("F3", CultureInfo.InvariantCulture), null, options.Language), c.Points))];
        var sheet = new Sheet(title, PictureWords.Area.For(options.Language), options)
            .Axes(PictureWords.FalseAlarms.For(options.Language), 0, 1, PictureWords.Hits.For(options.Language), 0, 1)
            .Guide(new CurvePoint(0, 0), new CurvePoint(1, 1));
        return named.Aggregate(sheet, (s, c) => s.Curve(c)).Draw();

        static double Area(Curve curve) => curve.Points.Zip(curve.Points.Skip(1), (a, b) => (b.X - a.X) * (a.Y + b.Y) / 2).Sum();
    }

    /// <summary>Writes the document in UTF-8, without a byte order mark.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(Encoding.UTF8.GetBytes(Svg));
    }

    /// <summary>Length of the document; not the document.</summary>
    public override string ToString() => $"SVG of {Svg.Length} characters";

    /// <summary>The step from score to score that is the most common; 1 where there is one score only.</summary>
    private static double Unit(ScoreCount[] sorted) => sorted.Length < 2 ? 1
        : sorted.Zip(sorted.Skip(1), (a, b) => b.Score - a.Score).GroupBy(gap => Math.Round(gap, 9, MidpointRounding.AwayFromZero)).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key).First().First();

    private static void Check(IReadOnlyList<Curve> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        if (curves.Count == 0)
        {
            throw new ArgumentException("There is no curve. Pass at least one.", nameof(curves));
        }
    }

    private static Picture Lines(
        string title, string subtitle, IReadOnlyList<Curve> curves, LocalizedText bottom, double from, double to, LocalizedText left, double low, double high, PictureOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var sheet = new Sheet(title, subtitle, options).Axes(bottom.For(options.Language), from, to, left.For(options.Language), low, high);
        return curves.Aggregate(sheet, (s, curve) => s.Curve(curve)).Draw();
    }
}
