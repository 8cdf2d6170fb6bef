using System.CommandLine;
using System.Globalization;
using Xinheng.Cli.Demo;
using Xinheng.Data;

namespace Xinheng.Cli;

/// <summary><c>xinheng demo</c>: a synthetic province.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var students = new Option<int>("--students") { Description = $"Students on the roster, 1 to {DemoOptions.MaxStudents}", Required = true };
        var seed = new Option<ulong>("--seed") { Description = "Start of every draw; the same seed gives the same bytes", DefaultValueFactory = _ => 1 };
        var output = new Option<string>("--out") { Description = "Folder to write: survey.csv, roster.csv, battery.json, events.csv", Required = true };
        var export = new Option<bool>("--survey-tool") { Description = "Also writes the answers as a survey tool exports them, with the mapping that leads back" };
        var command = new Command("demo", "Make a synthetic survey with roster, battery and events; nobody in it exists") { students, seed, output, export };
        command.SetAction(result =>
        {
            var count = result.GetValue(students);
            if (count is < 1 or > DemoOptions.MaxStudents)
            {
                throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--students is a number from 1 to {DemoOptions.MaxStudents}."));
            }

            return Write(new DemoOptions(count, result.GetValue(seed), result.GetValue(output)!) { SurveyToolExport = result.GetValue(export) });
        });
        return command.WithExamples(
            "xinheng demo --students 2000 --out demo",
            "xinheng demo --students 1000000 --seed 7 --out province");
    }

    private static int Write(DemoOptions options)
    {
        using var cancellation = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            cancellation.Cancel();
        };
        try
        {
            using var line = new ProgressLine();
            DemoProvince.Write(options, new StudentProgress(line, options.Students), cancellation.Token);
        }
        catch (DemoRefusedException refused)
        {
            throw new UsageException(refused.Message);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Students:N0} synthetic students, seed {options.Seed}. Nobody in these files exists. 合成数据，非真实学生。"));
        foreach (var file in Directory.GetFiles(options.OutputDirectory).Order(StringComparer.Ordinal))
        {
            Console.WriteLine($"  {file}");
        }

        return ExitCode.Done;
    }

    private sealed class StudentProgress(ProgressLine line, int students) : IProgress<int>
    {
        public void Report(int value) => line.Report(new ScoreProgress(value, value / (double)students));
    }
}
