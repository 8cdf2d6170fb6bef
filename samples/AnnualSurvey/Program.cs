using System.Text;
using System.Text.Json;
using Xinheng;
using Xinheng.Data;

// The main job on the sample survey that ships with the sources: a survey file in, scores with bands and critical items
// out. Nobody in the sample exists; its answers were made from a seed.
Console.OutputEncoding = Encoding.UTF8;
var data = Path.Combine(AppContext.BaseDirectory, "data");
using var battery = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(data, "battery.json")));
var request = new ScoreRequest
{
    Input = Path.Combine(data, "survey.csv"),
    Instruments = [.. battery.RootElement.GetProperty("scales").EnumerateArray().Select(id => InstrumentCatalog.Default[id.GetString()!])],
};

Console.WriteLine("Annual survey of a synthetic school district. 合成数据，非真实学生。");
Console.WriteLine();
var scores = Path.Combine(Directory.GetCurrentDirectory(), "annual-survey", "scores.csv");
try
{
    var summary = SurveyScorer.Run(request, scores, new ConsoleProgress());
    SummaryText.Write(Console.Out, summary);
    return 0;
}
catch (InputException refused)
{
    Console.Error.WriteLine(refused.Message);
    return 3;
}

/// <summary>One line that counts up on a terminal.</summary>
internal sealed class ConsoleProgress : IProgress<ScoreProgress>
{
    public void Report(ScoreProgress value)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write($"\r{value.Fraction,4:P0} {value.Rows} rows ");
        }
    }
}
