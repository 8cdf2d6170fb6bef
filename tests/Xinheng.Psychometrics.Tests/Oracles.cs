using System.Globalization;
using System.Text.Json;

namespace Xinheng.Psychometrics.Tests;

/// <summary>
/// Real data sets with results computed by R, in the folder that XINHENG_ORACLES names; they are not part of the project, because of
/// their licences. Without them the tests that need them are skipped, and counted as skipped.
/// </summary>
internal static class Oracles
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("XINHENG_ORACLES");

    public static string Need()
    {
        Assert.SkipUnless(Directory.Exists(Folder), "NO ORACLE DATA: name their folder in XINHENG_ORACLES.");
        return Folder!;
    }

    /// <summary>The keyed answers to one scale of a data set.</summary>
    public static ItemMatrix Scale(string dataSet, string scale) =>
        All(dataSet, [.. Json("datasets.json").GetProperty(dataSet).GetProperty("scales").GetProperty(scale).EnumerateArray().Select(i => i.GetString()!)]);

    public static string[] Items(string dataSet) => [.. Json("datasets.json").GetProperty(dataSet).GetProperty("items").EnumerateArray().Select(i => i.GetString()!)];

    /// <summary>The keyed answers to some items of a data set.</summary>
    public static ItemMatrix All(string dataSet, string[] items) =>
        Raw(dataSet, items).Reverse(Json("datasets.json").GetProperty(dataSet).GetProperty("reverse").EnumerateArray().Select(i => i.GetString()!).Intersect(items));

    /// <summary>The answers to some items of a data set as they were given.</summary>
    public static ItemMatrix Raw(string dataSet, string[] items)
    {
        var about = Json("datasets.json").GetProperty(dataSet);
        var (header, rows) = Csv(about.GetProperty("file").GetString()!);
        return ItemMatrix.FromColumns(
            items,
            [.. items.Select(item => rows.Select(row => Number(row[Array.IndexOf(header, item)])).ToArray())],
            about.GetProperty("min").GetDouble(),
            about.GetProperty("max").GetDouble());
    }

    /// <summary>A column of a data set that is no item, by person.</summary>
    public static string[] Column(string dataSet, string name)
    {
        var (header, rows) = Csv(Json("datasets.json").GetProperty(dataSet).GetProperty("file").GetString()!);
        return [.. rows.Select(row => row[Array.IndexOf(header, name)])];
    }

    public static JsonElement Meta(string dataSet, string file) => Json("golden", dataSet, file).GetProperty("meta");

    public static JsonElement Golden(string dataSet, string file) => Json("golden", dataSet, file).GetProperty("results");

    public static (string[] Header, string[][] Rows) Csv(params string[] path)
    {
        var lines = File.ReadAllLines(Path.Combine([Need(), .. path]));
        return (Split(lines[0]), [.. lines[1..].Select(Split)]);
    }

    public static double Number(string text) => text.Length == 0 || text == "NA" ? double.NaN : text is "Inf" or "-Inf" ? (text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity) : double.Parse(text, CultureInfo.InvariantCulture);

    private static string[] Split(string line) => [.. line.Split(',').Select(cell => cell.Trim('"'))];

    private static JsonElement Json(params string[] path) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine([Need(), .. path]))).RootElement;
}
