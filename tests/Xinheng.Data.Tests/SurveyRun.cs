using System.Globalization;

namespace Xinheng.Data.Tests;

/// <summary>One run over a survey in a folder of its own, and what it wrote, read back by our own reader.</summary>
internal sealed class SurveyRun : IDisposable
{
    private SurveyRun(TempFolder folder, string output, ScoreSummary summary)
    {
        Folder = folder;
        Summary = summary;
        Scores = output.EndsWith(".csv", StringComparison.Ordinal) ? ReadTable(output) : [];
        Quarantine = ReadTable(Path.ChangeExtension(output, null) + ".quarantine.csv");
    }

    public TempFolder Folder { get; }

    public ScoreSummary Summary { get; }

    public List<Dictionary<string, string>> Scores { get; }

    public List<Dictionary<string, string>> Quarantine { get; }

    /// <summary>The scores of the person with an id.</summary>
    public Dictionary<string, string> this[string id] => Scores.Single(row => row["id"] == id);

    public static SurveyRun Of(string csv, Func<ScoreRequest, ScoreRequest>? change = null, string scales = "phq-9", string output = "scores.csv") =>
        Of(System.Text.Encoding.UTF8.GetBytes(csv), "survey.csv", change, scales, output);

    public static SurveyRun Of(byte[] content, string name, Func<ScoreRequest, ScoreRequest>? change = null, string scales = "phq-9", string output = "scores.csv")
    {
        var folder = new TempFolder();
        try
        {
            var request = RequestFor(folder.Write(name, content), scales);
            var summary = Score(change?.Invoke(request) ?? request, folder.At(output));
            return new SurveyRun(folder, folder.At(output), summary);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Runs over a broken file, and sees that nothing but the input stays in the folder.</summary>
    public static InputException Refusal(string csv, Func<ScoreRequest, ScoreRequest>? change = null, string scales = "phq-9") =>
        Refusal(System.Text.Encoding.UTF8.GetBytes(csv), "survey.csv", change, scales);

    public static InputException Refusal(byte[] content, string name, Func<ScoreRequest, ScoreRequest>? change = null, string scales = "phq-9")
    {
        using var folder = new TempFolder();
        var request = RequestFor(folder.Write(name, content), scales);
        var refusal = Assert.Throws<InputException>(() => Score(change?.Invoke(request) ?? request, folder.At("scores.csv")));
        Assert.Equal([name], folder.Names);
        return refusal;
    }

    public static ScoreSummary Score(ScoreRequest request, string output, IProgress<ScoreProgress>? progress = null) =>
        SurveyScorer.Run(request, output, progress, TestContext.Current.CancellationToken);

    public static ScoreRequest RequestFor(string input, string scales = "phq-9") => new()
    {
        Input = input,
        Instruments = [.. scales.Split(',').Select(id => InstrumentCatalog.Default[id])],
        Threads = 2,
    };

    public static List<Dictionary<string, string>> ReadTable(string file)
    {
        using var input = TableInput.Open(file);
        var rows = new List<Dictionary<string, string>>();
        Assert.True(input.Reader.Read());
        var header = Csv.Fields(input.Reader);
        while (input.Reader.Read())
        {
            Assert.Equal(RecordFault.None, input.Reader.Fault);
            var fields = Csv.Fields(input.Reader);
            Assert.Equal(header.Length, fields.Length);
            rows.Add(header.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
        }

        return rows;
    }

    public void Dispose() => Folder.Dispose();
}

/// <summary>PHQ-9 forms as CSV text.</summary>
internal static class Phq9
{
    public const string Header = "id,phq9_1,phq9_2,phq9_3,phq9_4,phq9_5,phq9_6,phq9_7,phq9_8,phq9_9\n";

    /// <summary>A row with one answer to all items, and other cells for some.</summary>
    public static string Row(string id, string answer = "0", params (int Item, string Cell)[] others)
    {
        var cells = Enumerable.Repeat(answer, 9).ToArray();
        foreach (var (item, cell) in others)
        {
            cells[item - 1] = cell;
        }

        return $"{id},{string.Join(',', cells)}\n";
    }

    /// <summary>A survey of unlike, deterministic answers.</summary>
    public static string Survey(int people, int seed = 1)
    {
        var random = new Random(seed);
        var text = new System.Text.StringBuilder(Header);
        for (var i = 0; i < people; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"S{i:D7}");
            for (var item = 0; item < 9; item++)
            {
                text.Append(',').Append((char)('0' + random.Next(4)));
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
