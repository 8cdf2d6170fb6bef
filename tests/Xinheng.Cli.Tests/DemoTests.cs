using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xinheng.Cli.Demo;
using Xinheng.Data;

namespace Xinheng.Cli.Tests;

/// <summary>A synthetic province is the same everywhere, says what it is, and holds what its truth file says.</summary>
public partial class DemoTests
{
    private const int ShippedStudents = 1200;
    private const ulong ShippedSeed = 2026;
    private const int ColumnsBefore = 5;

    private static readonly string[] Names = ["README.txt", "battery.json", "events.csv", "roster.csv", "survey.csv", "truth.json"];

    /// <summary>Run <c>xinheng demo --students 1200 --seed 2026 --out samples/data</c> when the model's version was raised.</summary>
    [Fact]
    public void ShippedSample_IsMadeAgain_ByteForByte()
    {
        using var demo = new DemoFolder().Make(ShippedStudents, ShippedSeed);
        Assert.Equal(Names, Directory.EnumerateFiles(SampleFolder()).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        Assert.All(Names, name => Assert.True(
            demo.Bytes(name).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(SampleFolder(), name))), $"'{name}' differs."));
        Assert.True(Names.Sum(name => demo.Bytes(name).Length) < 1_500_000);
    }

    [Fact]
    public void Tables_AreThePinnedOnes()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var table in Quantiles.Tables)
        {
            hash.AppendData(MemoryMarshal.AsBytes<int>(table));
        }

        Assert.Equal("3cac93889bff44437a130f0326da178983174924c259e88d22a16c49358520f6", Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>The parameters are those that R estimated, rounded; needs the folder that XINHENG_ORACLES names.</summary>
    [Theory]
    [InlineData("phq9-nhanes", "phq9_nhanes/irt_phq9.json")]
    [InlineData("dass42-anxiety", "dass42_a/irt_anxiety.json")]
    [InlineData("promis-depression", "promis_dep28/irt_depression.json")]
    [InlineData("promis-anxiety", "promis_anxiety/irt_anxiety.json")]
    [InlineData("pclc-wenchuan", "pclc_wenchuan/irt_ptsd.json")]
    [InlineData("tma", "tma_a/irt_anxiety.json")]
    public void Parameters_AreTheEstimatedOnes(string id, string golden)
    {
        var folder = Environment.GetEnvironmentVariable("XINHENG_ORACLES");
        Assert.SkipWhen(folder is null, "XINHENG_ORACLES is not set.");
        using var results = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder!, "golden", golden)));
        var items = results.RootElement.GetProperty("results").GetProperty("items");
        Assert.Equal(ItemParameters.Default[id].People, results.RootElement.GetProperty("results").GetProperty("n").GetInt32());
        foreach (var item in ItemParameters.Default[id].Items)
        {
            var estimated = items.GetProperty(item.Item).GetProperty("irt");
            Assert.Equal(estimated.GetProperty("a").GetDouble(), (double)item.A, 0.000006);
            Assert.All(item.B.Index(), b => Assert.Equal(
                estimated.GetProperty(item.B.Count == 1 ? "b" : $"b{b.Index + 1}").GetDouble(), (double)b.Item, 0.000006));
        }
    }

    [Fact]
    public void Threads_ChangeNoByte()
    {
        using var one = new DemoFolder().Make(9_000, threads: 1, surveyTool: true);
        using var many = new DemoFolder().Make(9_000, threads: 5, surveyTool: true);
        Assert.All(Directory.EnumerateFiles(one.Path), f => Assert.Equal(SHA256.HashData(File.ReadAllBytes(f)), SHA256.HashData(many.Bytes(Path.GetFileName(f)))));
    }

    [Fact]
    public void AnotherSeed_GivesOtherAnswers()
    {
        using var one = new DemoFolder().Make(300, seed: 1);
        using var other = new DemoFolder().Make(300, seed: 2);
        Assert.NotEqual(one.Bytes("survey.csv"), other.Bytes("survey.csv"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(2_800)]
    public void Roster_HasEveryStudentOnce(int students)
    {
        using var demo = new DemoFolder().Make(students);
        Assert.Equal(
            Enumerable.Range(1, students).Select(i => string.Create(CultureInfo.InvariantCulture, $"S{i:0000000}")),
            demo.Rows("roster.csv").Select(r => r[0]));
    }

    [Fact]
    public void Files_SayThatTheyAreSynthetic_AndNameNobody()
    {
        using var demo = new DemoFolder().Make(1_000);
        var text = Encoding.UTF8.GetString(demo.Bytes("README.txt"));
        Assert.StartsWith("SYNTHETIC DATA", text, StringComparison.Ordinal);
        Assert.Contains("合成数据", text, StringComparison.Ordinal);
        Assert.All(demo.Rows("roster.csv"), r => Assert.StartsWith("合成学校", r[2], StringComparison.Ordinal));
        Assert.All(Names, name => Assert.DoesNotContain('\r', Encoding.UTF8.GetString(demo.Bytes(name))));
        string[] banned = ["姓名", "身份证", "手机", "name,", "phone"];
        Assert.All(["survey.csv", "roster.csv"], name => Assert.DoesNotContain(
            banned, word => Encoding.UTF8.GetString(demo.Bytes(name)).Contains(word, StringComparison.OrdinalIgnoreCase)));
        Assert.All(demo.Rows("survey.csv"), r => Assert.Matches(DocumentationAddress(), r[3]));
    }

    [Fact]
    public void Defects_AreThere_AsOftenAsTheTruthSays()
    {
        using var demo = new DemoFolder().Make(20_000);
        var truth = demo.Truth();
        var made = truth.GetProperty("made").GetProperty("people");
        int Made(string name) => made.GetProperty(name).GetInt32();
        string[] Persons(string name) => [.. truth.GetProperty("persons").GetProperty(name).EnumerateArray().Select(p => p.GetString()!)];

        var rows = demo.Rows("survey.csv");
        var byPerson = rows.ToLookup(r => r[4]);
        var roster = demo.Rows("roster.csv");
        var full = ColumnsBefore + DemoItems.Default.Count;
        Assert.Equal(truth.GetProperty("made").GetProperty("rows").GetInt32(), rows.Count);
        Assert.Equal(Enumerable.Range(1, rows.Count), rows.Select(r => int.Parse(r[0], CultureInfo.InvariantCulture)));
        Assert.Equal(20_000, Enum.GetValues<Fate>().Sum(f => Made(TruthFile.NameOf(f))));
        Assert.Equal(Made("absent") + Made("no-consent") + Made("left-school"), roster.Count(r => !byPerson.Contains(r[0])));
        Assert.Equal(Made("no-consent"), roster.Count(r => r[12] == "否"));
        Assert.Equal(Made("left-school"), roster.Count(r => r[14].Length > 0));
        Assert.Equal(Persons("truncated-row").Order(), rows.Where(r => r.Length < full).Select(r => r[4]).Order());
        Assert.Equal(Persons("unknown-person").Order(), rows.Select(r => r[4]).Where(p => p[0] == 'T').Order());
        Assert.All(Persons("identical-duplicate"), p => Assert.Single(byPerson[p].Select(r => string.Join(',', r[ColumnsBefore..])).Distinct()));
        Assert.All(Persons("conflicting-duplicate"), p => Assert.Equal(2, byPerson[p].Select(r => string.Join(',', r[ColumnsBefore..])).Distinct().Count()));
        Assert.Equal(Made("identical-duplicate") + Made("conflicting-duplicate"), byPerson.Count(g => g.Count() == 2));
        Assert.All(Persons("not-started"), p => Assert.All(byPerson[p].Single()[ColumnsBefore..], cell => Assert.Empty(cell)));
        Assert.Equal(
            Persons("unreadable-cell").Concat(Persons("letter-in-cell")).Concat(Persons("code-out-of-range")).Order(),
            rows.Where(r => r[ColumnsBefore..].Index().Any(c => c.Item.Length > 0 && !IsCode(c.Index, c.Item))).Select(r => r[4]).Order());
        Assert.All(Persons("straight-line").Concat(Persons("random-answers")), p => Assert.True(Seconds(byPerson[p].Single()) < 260));
        Assert.InRange(rows.Average(r => r.Length == full ? r[ColumnsBefore..].Count(c => c.Length == 0) / 206.0 : 0), 0.01, 0.03);
        Assert.Equal(rows.GroupBy(r => r[3]).Count(), roster.Select(r => r[2]).Distinct().Count());
    }

    [Fact]
    public void Units_Nest_AndHaveTheSizeTheyHaveInLife()
    {
        using var demo = new DemoFolder().Make(20_000);
        var roster = demo.Rows("roster.csv");
        Assert.All(roster.GroupBy(r => r[2]), s => Assert.Single(s.Select(r => r[6] + r[7]).Distinct()));
        Assert.All(roster.GroupBy(r => r[2]), s => Assert.InRange(s.Count(), 700, 2_400));
        Assert.All(roster.GroupBy(r => r[2] + r[4]), c => Assert.InRange(c.Count(), 35, 55));
        Assert.All(roster.GroupBy(r => r[2] + r[4]), c => Assert.Single(c.Select(r => r[3]).Distinct()));
        Assert.All(roster.Where(r => r[5].Length > 0).GroupBy(r => r[2] + r[5]), d => Assert.InRange(d.Count(), 1, 8));
        Assert.All(roster.Where(r => r[5].Length > 0).GroupBy(r => r[2] + r[5]), d => Assert.Single(d.Select(r => r[8]).Distinct()));
        Assert.All(roster, r => Assert.Equal(r[5].Length > 0 ? "是" : "否", r[10]));
        var people = roster.Select(r => r[0]).ToHashSet();
        Assert.All(demo.Rows("events.csv"), e => Assert.Contains(e[0], people));
    }

    /// <summary>Every item of the battery has a column, and codes of the definition, whatever the definition says tomorrow.</summary>
    [Fact]
    public void Scales_HaveTheItemsAndCodesOfTheirDefinitions()
    {
        foreach (var scale in ProvinceModel.Scales)
        {
            var instrument = InstrumentCatalog.Default[scale.Id];
            Assert.Equal(instrument.ColumnPrefix, scale.Prefix);
            for (var item = 1; item <= scale.Items; item++)
            {
                var index = instrument.IndexOfItem(item.ToString(CultureInfo.InvariantCulture));
                var options = Assert.IsType<OptionSet>(instrument.ResponsesOf(index)).Options;
                Assert.Equal(
                    Enumerable.Range(scale.Lowest, scale.Highest - scale.Lowest + 1), options.Select(o => (int)o.Code).Order());
                Assert.Equal(
                    options.Count, DemoItems.Default.Parameters[DemoItems.Default.IndexOf($"{scale.Prefix}_{item}")].B.Count + 1);
            }
        }

        Assert.Equal(206, DemoItems.Default.Columns.Distinct().Count());
        Assert.Equal(206, ProvinceModel.Parts.Sum(p => p.Items.Count));
    }

    [Fact]
    public void SurveyToolExport_LeadsBackToTheSameCodes()
    {
        using var demo = new DemoFolder().Make(1_000, surveyTool: true);
        var mapping = SurveyMapping.Load(demo.Bytes("mapping.json"), "mapping.json");
        var header = File.ReadLines(Path.Combine(demo.Path, "survey-tool.csv")).First().Split(',');
        Assert.Equal("1、学号", mapping.Id);
        Assert.Equal(DemoItems.Default.Columns.Select(c => Array.IndexOf(header, mapping.Columns[c])), Enumerable.Range(ColumnsBefore, DemoItems.Default.Count));
        var (stored, exported) = (demo.Rows("survey.csv"), demo.Rows("survey-tool.csv"));
        var broken = demo.Truth().GetProperty("persons").EnumerateObject().Where(l => l.Name is "unreadable-cell" or "letter-in-cell" or "code-out-of-range")
            .SelectMany(l => l.Value.EnumerateArray()).Select(p => p.GetString()).ToHashSet();
        foreach (var (row, toolRow) in stored.Zip(exported).Where(r => !broken.Contains(r.First[4])))
        {
            Assert.Equal(row.Length, toolRow.Length);
            for (var c = ColumnsBefore; c < row.Length; c++)
            {
                var scale = DemoItems.Default.ScaleOf[c - ColumnsBefore];
                var format = mapping.Answers[scale.Id];
                var code = toolRow[c] == "(空)" ? ""
                    : format.Labels.TryGetValue(toolRow[c], out var label) ? Text(label)
                    : Text(int.Parse(toolRow[c], CultureInfo.InvariantCulture) - format.Offset!.Value + scale.Lowest);
                Assert.Equal(row[c], code);
            }
        }
    }

    [Fact]
    public void Write_IntoAFolderThatHoldsSomethingElse_IsRefused_AndTouchesNothing()
    {
        using var demo = new DemoFolder();
        Directory.CreateDirectory(demo.Path);
        File.WriteAllText(Path.Combine(demo.Path, "thesis.txt"), "years of work");
        Assert.Throws<DemoRefusedException>(() => demo.Make(10));
        Assert.Equal(["thesis.txt"], Directory.EnumerateFiles(demo.Path).Select(f => Path.GetFileName(f)!));
        Assert.Equal(["demo"], demo.Siblings);
    }

    [Fact]
    public void Write_IntoAFormerDemoWithAForeignFile_IsRefused()
    {
        using var demo = new DemoFolder().Make(10);
        File.WriteAllText(Path.Combine(demo.Path, "notes.txt"), "mine");
        Assert.Throws<DemoRefusedException>(() => demo.Make(10));
    }

    [Fact]
    public void Write_OverAFormerDemo_LeavesNothingOfIt()
    {
        using var demo = new DemoFolder().Make(50, surveyTool: true);
        demo.Make(20);
        Assert.Equal(20, demo.Rows("roster.csv").Count);
        Assert.Equal(Names, Directory.EnumerateFiles(demo.Path).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        Assert.Equal(["demo"], demo.Siblings);
    }

    [Fact]
    public void Write_IntoAnEmptyFolder_Works()
    {
        using var demo = new DemoFolder();
        Directory.CreateDirectory(demo.Path);
        Assert.Equal(20, demo.Make(20).Rows("roster.csv").Count);
    }

    [Fact]
    public void Write_Cancelled_LeavesNothing()
    {
        using var demo = new DemoFolder();
        using var cancel = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => DemoProvince.Write(
            new DemoOptions(50_000, 1, demo.Path), new Stop(cancel), cancel.Token));
        Assert.Empty(demo.Siblings);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_000_001)]
    public void Write_WithTooFewOrTooManyStudents_IsRefused(int students)
    {
        using var demo = new DemoFolder();
        Assert.Throws<ArgumentOutOfRangeException>(() => demo.Make(students));
    }

    private static bool IsCode(int item, string cell) =>
        int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
        && code >= DemoItems.Default.ScaleOf[item].Lowest && code <= DemoItems.Default.ScaleOf[item].Highest;

    private static int Seconds(string[] row) => int.Parse(row[2].AsSpan(0, row[2].Length - 1), CultureInfo.InvariantCulture);

    private static string Text(int code) => code.ToString(CultureInfo.InvariantCulture);

    private static string SampleFolder([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "samples", "data"));

    [GeneratedRegex(@"^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}$")]
    private static partial Regex DocumentationAddress();

    private sealed class Stop(CancellationTokenSource source) : IProgress<int>
    {
        public void Report(int value) => source.Cancel();
    }
}
