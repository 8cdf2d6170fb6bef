using System.Globalization;
using System.Text.Json;

namespace Xinheng.Data.Tests;

/// <summary>Norm scores of a survey file: columns, formats, manifest, summary.</summary>
public sealed class NormTests
{
    private static readonly NormSet Adults = NormCatalog.Default["scl-90-chinese-adults-1986"];

    [Fact]
    public void TScores_StandAfterTheStatus_AndSayWhichGroupWasUsed()
    {
        using var run = SurveyRun.Of(Survey(), r => r with { Norms = [Adults], Bounds = true }, "scl-90");
        string[] columns = [.. run.Scores[0].Keys];
        var at = Array.IndexOf(columns, "scl90_somatization_status");
        Assert.Equal(["scl90_somatization_t", "scl90_somatization_norm", "scl90_somatization_lowest"], columns[(at + 1)..(at + 4)]);
        Assert.DoesNotContain("scl90_somatization_percentile", columns);
        Assert.DoesNotContain("scl90_additional_t", columns);
        Assert.DoesNotContain("scl90_additional_norm", columns);

        var adult = run["a"];
        Assert.Equal(83.95833333333333, Number(adult["scl90_somatization_t"]), 1e-12); // 50 + 10 (3 - 1.37) / 0.48
        Assert.Equal("adults", adult["scl90_somatization_norm"]);
        Assert.Equal(("", "no-group"), (run["b"]["scl90_total_t"], run["b"]["scl90_total_norm"]));
        Assert.Equal(("", "no-group"), (run["c"]["scl90_total_t"], run["c"]["scl90_total_norm"]));
        Assert.Equal(("", "no-score"), (run["d"]["scl90_total_t"], run["d"]["scl90_total_norm"]));
    }

    [Theory]
    [InlineData("scores.csv")]
    [InlineData("scores.json")]
    [InlineData("scores.parquet")]
    public async Task EveryFormat_HasTheNorms_AndTheManifestNamesThem(string output)
    {
        using var run = SurveyRun.Of(Survey(), r => r with { Norms = [Adults] }, "scl-90", output);
        using var manifest = JsonDocument.Parse(File.ReadAllText(run.Folder.At("scores.manifest.json")));
        var norms = Assert.Single(manifest.RootElement.GetProperty("definitions").EnumerateArray(), d => d.GetProperty("id").GetString() == "norms:scl-90-chinese-adults-1986");
        Assert.Equal((Adults.Document.Version, Adults.Hash), (norms.GetProperty("version").GetString(), norms.GetProperty("sha256").GetString()));
        var summary = Assert.Single(run.Summary.Instruments);
        Assert.Same(Adults, summary.Norms);
        Assert.Contains(("total", NormStatus.Ok, 1L), summary.NormStatuses);
        Assert.Contains(("total", NormStatus.NoGroup, 2L), summary.NormStatuses);
        Assert.Contains(("total", NormStatus.NoScore, 1L), summary.NormStatuses);
        if (output == "scores.json")
        {
            using var scores = JsonDocument.Parse(File.ReadAllText(run.Folder.At(output)));
            Assert.Equal(83.95833333333333, scores.RootElement[0].GetProperty("scl90_somatization_t").GetDouble(), 1e-12);
            Assert.Equal(JsonValueKind.Null, scores.RootElement[1].GetProperty("scl90_somatization_t").ValueKind);
            Assert.Equal("no-group", scores.RootElement[1].GetProperty("scl90_somatization_norm").GetString());
        }
        else if (output == "scores.parquet")
        {
            await using var file = File.OpenRead(run.Folder.At(output));
            await using var reader = await Parquet.ParquetReader.CreateAsync(file, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Contains(reader.Schema.GetDataFields(), f => f.Name == "scl90_total_t" && f.ClrType == typeof(double));
            Assert.Contains(reader.Schema.GetDataFields(), f => f.Name == "scl90_total_norm" && f.ClrType != typeof(double));
        }
    }

    [Fact]
    public void TheSummary_SaysWhichNormWithItsWarnings_AndHowManyHadNoGroup()
    {
        using var run = SurveyRun.Of(Survey(), r => r with { Norms = [Adults] }, "scl-90");
        using var text = new StringWriter();
        SummaryText.Write(text, run.Summary);
        Assert.Contains("norms: scl-90-chinese-adults-1986 1.0.0", text.ToString(), StringComparison.Ordinal);
        Assert.All(Adults.Document.Warnings, w => Assert.Contains(w.ZhHans, text.ToString(), StringComparison.Ordinal));
        Assert.Contains("no norm score 性别或年龄不详，或无适用组：无常模分: 2, in 13 scores", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void APercentile_HasAColumn_WhereTheDocumentHasATable_AndAnUnconfirmedNormIsMarked()
    {
        var norm = new NormScore
        {
            Score = "total", Evidence = new() { Verdict = Verdict.Unconfirmed },
            Table = new() { Match = NormMatch.Start, Rows = [new() { Raw = 0, Percentile = 10 }, new() { Raw = 10, Percentile = new Rational(181, 2) }] },
        };
        var set = NormSet.Create(Made("phq-9", norm), InstrumentCatalog.Default);
        using var run = SurveyRun.Of("id,phq9_1,phq9_2,phq9_3,phq9_4,phq9_5,phq9_6,phq9_7,phq9_8,phq9_9\na,3,3,3,3,0,0,0,0,0\n", r => r with { Norms = [set] });
        Assert.Equal(("90.5", "everybody:unconfirmed"), (run["a"]["phq9_total_percentile"], run["a"]["phq9_total_norm"]));
        Assert.DoesNotContain("phq9_total_t", run.Scores[0].Keys);
    }

    [Fact]
    public void ThreadsAndBlocks_ChangeNothing()
    {
        using var one = SurveyRun.Of(Survey(200), r => r with { Norms = [Adults], Threads = 1, BlockSize = 1 }, "scl-90");
        using var many = SurveyRun.Of(Survey(200), r => r with { Norms = [Adults], Threads = 4, BlockSize = 7 }, "scl-90");
        Assert.Equal(File.ReadAllBytes(one.Folder.At("scores.csv")), File.ReadAllBytes(many.Folder.At("scores.csv")));
    }

    [Fact]
    public void ANormOfAnotherInstrument_OrTwoOfOne_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => SurveyRun.Of(Survey(), r => r with { Norms = [Adults] }, "phq-9"));
        Assert.Throws<ArgumentException>(() => SurveyRun.Of(Survey(), r => r with { Norms = [Adults, Adults] }, "scl-90"));
    }

    [Fact]
    public void FormsOfPeopleAndOfSchools_AreNotScoredFromOneFile()
    {
        var error = Assert.Throws<ArgumentException>(
            () => SurveyRun.Of(Survey(), r => r with { Instruments = [InstrumentCatalog.Default["scl-90"], InstrumentCatalog.Default["school-provision"]] }, "scl-90"));
        Assert.Contains("'school-provision' is about a school", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnExplanation_HoldsTheNorms()
    {
        using var run = SurveyRun.Of(Survey(), scales: "scl-90");
        var request = new ScoreRequest { Input = run.Folder.At("survey.csv"), Instruments = [InstrumentCatalog.Default["scl-90"]], Norms = [Adults] };
        var row = Assert.Single(SurveyExplainer.Find(request, "a"));
        Assert.Equal("adults", row.Norms!["total"].Group!.Id);
        Assert.Null(Assert.Single(SurveyExplainer.Find(request with { Norms = [] }, "a")).Norms);
    }

    private static NormDocument Made(string instrument, NormScore norm) => new()
    {
        Id = "made-up", Version = "1.0.0", Instrument = instrument, Population = new() { En = "m", ZhHans = "m" }, Year = 2000, SampleSize = 9,
        Sampling = new() { En = "m", ZhHans = "m" }, Evidence = new() { Verdict = Verdict.Convention },
        Groups = [new() { Id = "everybody", Label = new() { En = "e", ZhHans = "e" }, SampleSize = 9, Scores = [norm] }],
    };

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    /// <summary>An adult, a student of 17, somebody of unknown age, an adult without answers, and further people.</summary>
    private static string Survey(int more = 0)
    {
        var random = new Random(5);
        string Row(string id, string age, Func<string> answer) => $"{id},{age},{string.Join(',', Enumerable.Range(0, 90).Select(_ => answer()))}";
        return string.Join('\n',
        [
            "id,age," + string.Join(',', Enumerable.Range(1, 90).Select(i => $"scl90_{i.ToString(CultureInfo.InvariantCulture)}")),
            Row("a", "18", () => "3"), Row("b", "17", () => "3"), Row("c", "", () => "3"), Row("d", "40", () => ""),
            .. Enumerable.Range(0, more).Select(i => Row($"p{i}", (15 + (i % 9)).ToString(CultureInfo.InvariantCulture), () => random.Next(1, 6).ToString(CultureInfo.InvariantCulture))),
            "",
        ]);
    }
}
