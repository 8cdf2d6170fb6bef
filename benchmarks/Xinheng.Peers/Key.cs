using System.Globalization;

namespace Xinheng.Peers;

/// <summary>One score of keys.csv.</summary>
/// <param name="Score">Its column.</param>
/// <param name="IsMean">A mean of the items, not their sum.</param>
/// <param name="MaxMissing">Blanks that a sum may have.</param>
/// <param name="Items">Positions of its items among the 206 answers.</param>
internal sealed record Key(string Score, bool IsMean, int MaxMissing, int[] Items)
{
    /// <summary>Answers of a person.</summary>
    public const int Answers = 206;

    /// <summary>Columns of a survey file before the answers, the person last.</summary>
    public const int Before = 5;

    /// <summary>Stands for a blank.</summary>
    public const byte Blank = 255;

    private static readonly Dictionary<string, int> First = new() { ["phq9"] = 0, ["gad7"] = 9, ["scl90"] = 16, ["mht"] = 106 };

    public bool IsContent => Score.StartsWith("mht_", StringComparison.Ordinal) && Score is not ("mht_total" or "mht_validity_scale");

    public static Key[] Read(string file) =>
        [.. File.ReadLines(file).Skip(1).Select(line => line.Split(',')).Select(cells => new Key(
            cells[0], cells[1] == "mean", int.Parse(cells[2], CultureInfo.InvariantCulture), [.. cells[4].Split(' ').SelectMany(entry => Range(entry, First[cells[3]]))]))];

    /// <summary>The score of a sum over the answers that are there.</summary>
    public double Of(int sum, int missing) =>
        missing > MaxMissing ? double.NaN
        : IsMean ? (double)sum / Items.Length
        : missing == 0 ? sum
        : Math.Floor(((double)sum * Items.Length / (Items.Length - missing)) + 0.5);

    private static IEnumerable<int> Range(string entry, int first)
    {
        var ends = entry.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
        return Enumerable.Range(first + ends[0] - 1, ends[^1] - ends[0] + 1);
    }
}
