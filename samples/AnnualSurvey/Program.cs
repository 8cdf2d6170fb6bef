using System.Text;
using Xinheng;
using Xinheng.Data;

// The main job on the sample survey that ships with the sources: a survey file, a roster and what people reported go in;
// scores, tiers with reasons, units from class and dormitory to province, and warnings for each audience come out.
// Nobody in the sample exists; its answers were made from a seed.
Console.OutputEncoding = Encoding.UTF8;
var data = Path.Combine(AppContext.BaseDirectory, "data");
var battery = Battery.Load(File.ReadAllBytes(Path.Combine(data, "battery.json")), "battery.json", InstrumentCatalog.Default);
var request = new SurveyRequest
{
    Scores = new ScoreRequest
    {
        Input = Path.Combine(data, "survey.csv"),
        Instruments = battery.Instruments,
    },
    Roster = Path.Combine(data, "roster.csv"),
    Events = Path.Combine(data, "events.csv"),
    Policy = battery.Policy,
    AllowDraft = true, // Nobody has signed the policy that ships: every output says so.
    AsOf = battery.Definition.AsOf!.Value,
    Wave = "2026",
};

Console.WriteLine("Annual survey of a synthetic school district. 合成数据，非真实学生。");
Console.WriteLine();
try
{
    var summary = SurveyRun.Run(request, Path.Combine(Directory.GetCurrentDirectory(), "annual-survey"), new ConsoleProgress());
    SurveyText.Write(Console.Out, summary);
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
