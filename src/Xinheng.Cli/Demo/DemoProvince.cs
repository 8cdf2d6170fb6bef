using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Xinheng.Cli.Demo;

/// <summary>A synthetic province of vocational students: roster, answers, events, and the truth behind them.</summary>
/// <remarks>
/// Nobody in it exists. Schools are made side by side and written in order, so that memory does not grow with the
/// province and the bytes depend on nothing but the number of students, the seed and <see cref="ProvinceModel.Version"/>.
/// </remarks>
internal static class DemoProvince
{
    private const string ReadMeName = "README.txt";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Every file a demo may hold.</summary>
    private static readonly string[] FileNames =
        ["survey.csv", "roster.csv", "events.csv", "battery.json", "survey-tool.csv", "mapping.json", ReadMeName, TruthFile.Name];

    /// <summary>Makes a province and writes it. The folder is complete or, after an exception, as it was.</summary>
    /// <param name="options">What to make, and where.</param>
    /// <param name="progress">Gets the number of students done.</param>
    /// <param name="cancel">Stops between two schools.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of students is out of range.</exception>
    /// <exception cref="DemoRefusedException">The folder holds something else.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Write(DemoOptions options, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Students is < 1 or > DemoOptions.MaxStudents)
        {
            throw new ArgumentOutOfRangeException(nameof(options), $"A demo has 1 to {DemoOptions.MaxStudents} students.");
        }

        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.OutputDirectory));
        RefuseForeign(target);
        var beside = $"{target}.partial-{Environment.ProcessId}";
        Directory.CreateDirectory(beside);
        try
        {
            WriteFiles(options, beside, progress, cancel);
            Publish(beside, target);
        }
        finally
        {
            if (Directory.Exists(beside))
            {
                Directory.Delete(beside, recursive: true);
            }
        }
    }

    /// <summary>Makes the schools of a province one after another without writing anything. The school is filled anew each time.</summary>
    public static IEnumerable<SimulatedSchool> Simulate(int students, ulong seed)
    {
        var school = new SimulatedSchool();
        foreach (var plan in SchoolPlan.Divide(students, seed))
        {
            school.Fill(plan, seed);
            yield return school;
        }
    }

    private static void RefuseForeign(string target)
    {
        if (File.Exists(target))
        {
            throw new DemoRefusedException($"'{target}' is a file. Name a folder.");
        }

        if (!Directory.Exists(target))
        {
            return;
        }

        var entries = Directory.GetFileSystemEntries(target).Select(e => Path.GetFileName(e)!).ToArray();
        if (entries.Length > 0 && (!IsDemo(Path.Combine(target, TruthFile.Name)) || entries.Except(FileNames, StringComparer.Ordinal).Any()))
        {
            throw new DemoRefusedException($"'{target}' is not empty and holds something that is not a former demo. Name another folder, or empty this one.");
        }
    }

    private static bool IsDemo(string truth)
    {
        if (!File.Exists(truth))
        {
            return false;
        }

        Span<byte> head = stackalloc byte[128];
        using var stream = File.OpenRead(truth);
        var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return head[..read].IndexOf(Encoding.ASCII.GetBytes($"\"kind\": \"{TruthFile.Marker}\"")) >= 0;
    }

    private static void Publish(string beside, string target)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(beside, target);
            return;
        }

        // Into a folder that stays, file by file; the truth, which marks the folder as whole, comes last.
        foreach (var name in FileNames)
        {
            var file = Path.Combine(beside, name);
            if (File.Exists(file))
            {
                File.Move(file, Path.Combine(target, name), overwrite: true);
            }
            else
            {
                File.Delete(Path.Combine(target, name));
            }
        }
    }

    private static void WriteFiles(DemoOptions options, string folder, IProgress<int>? progress, CancellationToken cancel)
    {
        var plans = SchoolPlan.Divide(options.Students, options.Seed);
        var tally = new Tally();
        using (var survey = Create("survey.csv", SchoolText.SurveyHeader))
        using (var roster = Create("roster.csv", SchoolText.RosterHeader))
        using (var events = Create("events.csv", SchoolText.EventsHeader))
        using (var tool = options.SurveyToolExport ? Create("survey-tool.csv", SchoolText.SurveyToolHeader) : null)
        {
            Make(plans, options, Hand, cancel);

            void Hand(SimulatedSchool school, SchoolText text)
            {
                survey.Write(text.Survey.Written);
                tool?.Write(text.SurveyTool.Written);
                roster.Write(text.Roster.Written);
                events.Write(text.Events.Written);
                tally.Add(school, text);
                progress?.Report(school.Plan.FirstStudent + school.Plan.Students);
            }
        }

        File.WriteAllText(Path.Combine(folder, "battery.json"), BatteryText(), Utf8);
        if (options.SurveyToolExport)
        {
            using var mapping = File.Create(Path.Combine(folder, "mapping.json"));
            WriteMapping(mapping);
        }

        File.WriteAllText(Path.Combine(folder, ReadMeName), ReadMeText(options, plans.Length), Utf8);
        using var truth = File.Create(Path.Combine(folder, TruthFile.Name));
        TruthFile.Write(truth, options, plans.Length, tally);

        FileStream Create(string name, string header)
        {
            var stream = File.Create(Path.Combine(folder, name), 1 << 20);
            stream.Write(Utf8.GetBytes(header));
            return stream;
        }
    }

    /// <summary>Makes schools on several threads and hands them on in order; never more than two for each thread are held.</summary>
    private static void Make(SchoolPlan[] plans, DemoOptions options, Action<SimulatedSchool, SchoolText> write, CancellationToken cancel)
    {
        var threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        var running = new Queue<(Task Task, SimulatedSchool School, SchoolText Text)>();
        var idle = new Stack<(SimulatedSchool School, SchoolText Text)>();
        var next = 0;
        try
        {
            while (next < plans.Length || running.Count > 0)
            {
                cancel.ThrowIfCancellationRequested();
                while (next < plans.Length && running.Count < 2 * threads)
                {
                    var plan = plans[next++];
                    var (school, text) = idle.TryPop(out var free) ? free : (new SimulatedSchool(), new SchoolText());
                    running.Enqueue((Task.Run(() => Fill(plan, school, text), CancellationToken.None), school, text));
                }

                var first = running.Dequeue();
                first.Task.GetAwaiter().GetResult();
                write(first.School, first.Text);
                idle.Push((first.School, first.Text));
            }
        }
        finally
        {
            Task.WaitAll(running.Select(r => r.Task), CancellationToken.None);
        }

        void Fill(SchoolPlan plan, SimulatedSchool school, SchoolText text)
        {
            school.Fill(plan, options.Seed);
            text.Write(school, options.Seed, options.SurveyToolExport);
        }
    }

    private static string BatteryText() =>
        $$"""
        {
          "id": "synthetic-province",
          "version": "{{ProvinceModel.Version}}.0.0",
          "name": { "en": "Synthetic survey", "zh-Hans": "合成测评" },
          "population": "student",
          "policy": "student-default",
          "scales": [{{string.Join(", ", ProvinceModel.Scales.Select(s => $"\"{s.Id}\""))}}],
          "asOf": "2026-11-02"
        }

        """.ReplaceLineEndings("\n");

    private static void WriteMapping(Stream stream)
    {
        using var json = new Utf8JsonWriter(
            stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("id", "1、学号");
        json.WriteStartObject("columns");
        for (var i = 0; i < DemoItems.Default.Count; i++)
        {
            json.WriteString(DemoItems.Default.Columns[i], SchoolText.SurveyToolColumn(DemoItems.Default.Columns[i], i));
        }

        json.WriteEndObject();
        json.WriteStartObject("answers");
        foreach (var scale in ProvinceModel.Scales.Where(s => s.Highest > 1))
        {
            json.WriteStartObject(scale.Id);
            json.WriteNumber("offset", 1);
            json.WriteEndObject();
        }

        json.WriteStartObject("mht");
        json.WriteStartObject("labels");
        json.WriteNumber("是", 1);
        json.WriteNumber("不是", 0);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("missing");
        json.WriteString("(空)", "skipped");
        json.WriteEndObject();
        json.WriteString("seconds", "所用时间");
        json.WriteString("submittedAt", "提交答卷时间");
        json.WriteString("encoding", "utf-8");
        json.WriteString("delimiter", ",");
        json.WriteString("duplicates", "last");
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static string ReadMeText(DemoOptions options, int schools) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        SYNTHETIC DATA - NOBODY IN THESE FILES EXISTS
        合成数据——文件中的人员均不存在

        {options.Students} students of {schools} schools were drawn by a program from the seed {options.Seed}. No row comes from a person,
        a school or a survey. Cities are real names so that the four levels can be tried; everything else is invented. The
        numbers say nothing about any province, and they are not a norm.
        {options.Students} 名学生、{schools} 所学校均由程序按种子 {options.Seed} 生成，不含任何真实个人、学校或调查的数据。
        市名为真实地名，仅用于演示四级网络；其余均为虚构。所有数字不代表任何地区的状况，也不能作为常模。

        survey.csv    answers, one row per submission        答卷
        roster.csv    who should have answered               名册
        events.csv    reports beside the questionnaires      事件
        battery.json  the scales, in the order of the form   量表组合
        truth.json    the model, the rates, what was made    生成模型与真值

        The items follow graded-response models whose parameters were estimated on published data; truth.json names the
        sources. Blank cells, careless answers, duplicates, broken rows, absent and unknown persons are there on purpose.
        题目按等级反应模型作答，参数估计自公开数据，来源见 truth.json；空白、敷衍作答、重复、损坏、缺席与名册外人员均为有意生成。

        """).ReplaceLineEndings("\n");
}
