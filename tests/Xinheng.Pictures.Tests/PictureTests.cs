using System.Xml.Linq;

namespace Xinheng.Pictures.Tests;

/// <summary>What a picture says, read from its SVG. To look at all of them, name a folder in XINHENG_PICTURES.</summary>
public class PictureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string, string> All => [.. Samples.All.Keys.SelectMany(name => new[] { (name, "en"), (name, "zh-Hans") })];

    [Theory]
    [MemberData(nameof(All))]
    public void EveryPicture_IsWellFormed_OfItsSize_AndTheSameTwice(string name, string language)
    {
        var options = PictureOptions.Default with { Language = language };
        var picture = Samples.All[name](options);
        var root = XDocument.Parse(picture.Svg).Root!;
        Assert.Equal(Svg + "svg", root.Name);
        Assert.Contains("480", root.Attribute("height")!.Value, StringComparison.Ordinal);
        Assert.True(root.Descendants().Count() > 20);
        Assert.Equal(picture.Svg, Samples.All[name](options).Svg);
        Assert.DoesNotContain("NaN", picture.Svg, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("XINHENG_PICTURES") is { Length: > 0 } folder)
        {
            using var file = File.Create(Path.Combine(folder, $"{name}.{language}.svg"));
            picture.Save(file);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void TextStaysInside_AndNoTwoTextsOverlap(string name, string language)
    {
        var picture = Samples.All[name](PictureOptions.Default with { Language = language });
        var boxes = Boxes(picture);
        var width = name == "roc" ? 620 : 840;
        foreach (var (text, left, top, right, bottom) in boxes)
        {
            Assert.True(left >= 0 && right <= width && top >= 0 && bottom <= 480, $"'{text}' leaves the picture: {left:F0} {top:F0} {right:F0} {bottom:F0}");
        }

        var overlaps = from a in boxes.Select((box, i) => (box, i))
                       from b in boxes.Skip(a.i + 1)
                       where a.box.Left < b.Right - 2 && b.Left < a.box.Right - 2 && a.box.Top < b.Bottom - 2 && b.Top < a.box.Bottom - 2
                       select $"'{a.box.Text}' on '{b.Text}'";
        Assert.Empty(overlaps);
    }

    [Fact]
    public void ADistribution_TellsPeopleAndShareOfEachBand_AndItsBarsAddUp()
    {
        var counts = Samples.Scores();
        var picture = Samples.All["distribution"](PictureOptions.Default with { Language = "zh-Hans" });
        var all = counts.Sum(c => c.Count);
        var texts = Texts(picture);
        Assert.Contains($"n = {all}", texts);
        foreach (var (band, from, to) in new[] { ("极轻", 0, 5), ("轻度", 5, 10), ("中度", 10, 15), ("中重度", 15, 20), ("重度", 20, 99) })
        {
            var people = counts.Where(c => c.Score >= from && c.Score < to).Sum(c => c.Count);
            Assert.Single(texts, t => t.StartsWith($"{band}：{people}（", StringComparison.Ordinal));
        }

        Assert.Contains("人数", texts);
        Assert.Contains("Noto Sans CJK SC", picture.Svg, StringComparison.Ordinal);
    }

    [Fact]
    public void AScoreBetweenTwoSteps_StandsInTheLowerBar()
    {
        var whole = Picture.ScoreDistribution("x", [new(0, 5), new(1, 4), new(2, 3), new(3, 3)], [], PictureOptions.Default);
        var between = Picture.ScoreDistribution("x", [new(0, 5), new(1, 1), new(1.5, 3), new(2, 3), new(3, 3)], [], PictureOptions.Default);
        Assert.Equal(whole.Svg, between.Svg);
    }

    [Fact]
    public void ParallelAnalysis_StopsAtTheFirstFactorNotAboveChance()
    {
        var picture = Picture.ParallelAnalysis("x", [3, 1.5, 0.9, 1.3], [1.2, 1.1, 1.0, 0.9], PictureOptions.Default);
        Assert.Contains("factors above chance: 2", Texts(picture));
    }

    [Fact]
    public void TheAreaUnderACurve_IsTold()
    {
        var picture = Picture.Roc("x", [new Curve("test", [new(0, 0), new(0.2, 0.8), new(1, 1)])], PictureOptions.Default);
        Assert.Contains("test: 0.800", Texts(picture));
    }

    [Fact]
    public void WordsOfOthers_AreTextAndNoMarkup()
    {
        var picture = Picture.ScoreDistribution("<script>&\"'", [new(0, 5), new(1, 2)], [new("<b>", 0)], PictureOptions.Default);
        Assert.Contains("<script>&\"'", Texts(picture));
        Assert.DoesNotContain("<script", picture.Svg, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void NumbersThatMakeNoPicture_AreRefused()
    {
        var o = PictureOptions.Default;
        Assert.Throws<ArgumentException>(() => Picture.ScoreDistribution("x", [], [], o));
        Assert.Throws<ArgumentException>(() => Picture.ScoreDistribution("x", [new(1, 2), new(1, 2)], [], o));
        Assert.Throws<ArgumentException>(() => Picture.ScoreDistribution("x", [new(1, 2)], [new("a", 3), new("b", 3)], o));
        Assert.Throws<ArgumentException>(() => Picture.ItemCurves("x", [], o));
        Assert.Throws<ArgumentException>(() => Picture.ItemCurves("x", [new Curve("a", [new(0, 0), new(1, 1.2)])], o));
        Assert.Throws<ArgumentException>(() => Picture.Information("x", [new Curve("a", [new(0, -1), new(1, 1)])], o));
        Assert.Throws<ArgumentException>(() => Picture.ParallelAnalysis("x", [2, 1], [1], o));
        Assert.Throws<ArgumentException>(() => Picture.Roc("x", [new Curve("a", [new(0, 0.1), new(1, 1)])], o));
        Assert.Throws<ArgumentException>(() => new Curve("a", [new(0, 1), new(1, double.NaN)]));
        Assert.Throws<ArgumentException>(() => new Curve("a", [new(1, 1), new(0, 1)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Picture.Information("x", [new Curve("a", [new(0, 1), new(1, 1)])], o with { Width = 10 }));
    }

    private static string[] Texts(Picture picture) => [.. XDocument.Parse(picture.Svg).Descendants(Svg + "text").Select(t => t.Value)];

    /// <summary>Where each text is, by the widths a reader's font has: 1 for a Chinese character, about 0.56 for others.</summary>
    private static List<(string Text, double Left, double Top, double Right, double Bottom)> Boxes(Picture picture)
    {
        var boxes = new List<(string, double, double, double, double)>();
        foreach (var text in XDocument.Parse(picture.Svg).Descendants(Svg + "text"))
        {
            var size = Number(text, "font-size");
            var width = text.Value.Sum(c => c >= '\u2E80' ? 1 : 0.56) * size;
            string anchor = (string?)text.Attribute("text-anchor") ?? "start", baseline = (string?)text.Attribute("dominant-baseline") ?? "";
            var (x, y) = (anchor switch { "middle" => -width / 2, "end" => -width, _ => 0 }, baseline switch { "middle" => -size / 2, "hanging" => 0, _ => -size });
            var numbers = ((string?)text.Attribute("transform") ?? "").Split('(', ')', ',', ' ').Where(s => double.TryParse(s, out _)).Select(double.Parse).ToArray();
            var (dx, dy) = numbers.Length >= 2 ? (numbers[0], numbers[1]) : (Number(text, "x"), Number(text, "y"));
            var turned = ((string?)text.Attribute("transform") ?? "").Contains("rotate(-90", StringComparison.Ordinal);
            boxes.Add(turned ? (text.Value, dx + y, dy - x - width, dx + y + size, dy - x) : (text.Value, dx + x, dy + y, dx + x + width, dy + y + size));
        }

        return boxes;

        static double Number(XElement element, string name) => double.TryParse(((string?)element.Attribute(name))?.Replace("px", "", StringComparison.Ordinal), out var value) ? value : 0;
    }
}
