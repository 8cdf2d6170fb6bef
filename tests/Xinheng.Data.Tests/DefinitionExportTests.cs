using System.Text;
using System.Text.RegularExpressions;

namespace Xinheng.Data.Tests;

/// <summary>Codebook, SPSS syntax and R script. That the two score as the library does, R and PSPP show: tests/oracle/export.</summary>
public partial class DefinitionExportTests
{
    public static TheoryData<string> Ids => FhirExportTests.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public void Codebook_ListsTheItemsThatAreReadAndTheColumnsThatAreWritten(string id)
    {
        var instrument = FhirExportTests.Find(id);
        using var folder = new TempFolder();
        var header = string.Join(',', instrument.Items.Select((_, i) => ColumnPlan.ItemName(instrument, i)));
        var input = folder.Write("survey.csv", header + "\n" + new string(',', instrument.Items.Count - 1) + "\n");
        SurveyScorer.Run(new ScoreRequest { Input = input, Instruments = [instrument] }, folder.At("scores.csv"), cancellation: TestContext.Current.CancellationToken);

        var book = Rows(instrument);

        Assert.Equal([.. header.Split(','), .. File.ReadLines(folder.At("scores.csv")).First().Split(',')], book.Select(row => row["variable"]));
        Assert.All(book, row => Assert.True(row["label_en"].Length > 0 && row["label_zh"].Length > 0));
        Assert.All(book.Where(r => r["code_labels_en"].Length > 0), row => Assert.Equal(row["codes"].Split('|').Length, row["code_labels_en"].Split('|').Length));
    }

    [Fact]
    public void Codebook_SaysTypeCodesMissingRangeReversalScoresAndCriticalCodes()
    {
        var sdq = Rows(FhirExportTests.Find("sdq-self")).ToDictionary(r => r["variable"]);
        Assert.Equal("yes", sdq["sdqself_7"]["reversed"]);
        Assert.Equal("0|1|2", sdq["sdqself_7"]["codes"]);
        Assert.Equal("2|1|0", sdq["sdqself_7"]["worth"]);
        Assert.Equal("no", sdq["sdqself_5"]["reversed"]);
        Assert.Equal("sdqself_conduct|sdqself_total|sdqself_externalising", sdq["sdqself_7"]["scores"]);
        Assert.Equal("at most 2 of 5 answers missing; completed by the mean of the others, rounded half-up", sdq["sdqself_conduct"]["missing_en"]);
        Assert.Equal(("0", "10"), (sdq["sdqself_conduct"]["min"], sdq["sdqself_conduct"]["max"]));
        Assert.Equal("normal|borderline|abnormal", sdq["sdqself_conduct_band"]["codes"]);

        var phq = Rows(FhirExportTests.Find("phq-9")).ToDictionary(r => r["variable"]);
        Assert.Equal("suicidal-ideation: 1 2 3|frequent-suicidal-ideation: 2 3", phq["phq9_9"]["critical"]);
        Assert.Equal("a blank counts 0", Rows(FhirExportTests.Find("psqi")).Single(r => r["variable"] == "psqi_5j")["missing_en"]);
        Assert.StartsWith("asked when 1 = 1 or 2 or 3 or 4; a blank of who was not asked counts 0", Rows(FhirExportTests.Find("audit")).Single(r => r["variable"] == "audit_2")["missing_en"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void RScript_DefinesOneFunction_WithNoHelperThatIsNotUsed(string id)
    {
        var script = Text(FhirExportTests.Find(id), DefinitionFormat.R);

        Assert.DoesNotContain("#:", script, StringComparison.Ordinal);
        Assert.Equal(["score_" + id.Replace("-", "", StringComparison.Ordinal)], TopLevel().Matches(script).Select(m => m.Groups[1].Value));
        foreach (var helper in Helper().Matches(script).Select(m => m.Groups[1].Value))
        {
            Assert.True(Regex.Count(script, $@"(?<![\w$]){helper}(?!\w)") > 1, $"{helper} is defined and not used");
        }
    }

    [Fact]
    public void RScript_SaysWhatTheDefinitionSays()
    {
        var script = Text(FhirExportTests.Find("sdq-self"), DefinitionFormat.R);

        Assert.Contains("item[[\"7\"]] <- choice(\"sdqself_7\", \"three-point\", reverse = TRUE)".Replace("three-point", FhirExportTests.Find("sdq-self").Items[6].Responses, StringComparison.Ordinal), script, StringComparison.Ordinal);
        Assert.Contains("score[[\"conduct\"]] <- sum_of(c(\"5\", \"7\", \"12\", \"18\", \"22\"), max_missing = 2, round_prorated = half_up)", script, StringComparison.Ordinal);
        Assert.Contains("score[[\"total\"]] <- total_of(c(\"emotional\", \"conduct\", \"hyperactivity\", \"peer\"))", script, StringComparison.Ordinal);
        Assert.Contains("list(starts = c(\"normal\" = 0, \"borderline\" = 4, \"abnormal\" = 5))", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Spss_SaysWhatTheDefinitionSays()
    {
        var instrument = FhirExportTests.Find("sdq-self");
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), DefinitionExport.Write(instrument, DefinitionFormat.Spss)[..3]);
        var syntax = Whitespace().Replace(Text(instrument, DefinitionFormat.Spss), " ");

        Assert.Contains("RECODE sdqself_7 sdqself_11 sdqself_14 sdqself_21 sdqself_25 (0=2) (1=1) (2=0) (SYSMIS=SYSMIS) (ELSE=-9999) INTO sdqself_7_k", syntax, StringComparison.Ordinal);
        Assert.Contains("COMPUTE sdqself_conduct = SUM.3(sdqself_5_k, sdqself_7_k, sdqself_12_k, sdqself_18_k, sdqself_22_k).", syntax, StringComparison.Ordinal);
        Assert.Contains("IF (#valid < 5) sdqself_conduct = TRUNC(sdqself_conduct * 5 / #valid + 0.500000001).", syntax, StringComparison.Ordinal);
        Assert.Contains("RECODE sdqself_conduct (5 THRU HI=3) (4 THRU HI=2) (LO THRU HI=1) INTO sdqself_conduct_band.", syntax, StringComparison.Ordinal);
        Assert.Contains("MISSING VALUES", syntax, StringComparison.Ordinal);
        Assert.Contains("VALUE LABELS sdqself_conduct_band 1 'normal:", syntax, StringComparison.Ordinal);
    }

    [Fact]
    public void ScoreTooFineForBinaryNumbers_IsRefusedByRAndNotApproximated()
    {
        // 1/3, 1/7, 1/11 ... of a point: values that lie closer together than doubles are compared here.
        var definition = FhirExportTests.Find("every-kind").Definition;
        var fine = Instrument.Create(definition with
        {
            Scores = [.. definition.Scores.Select(s => s.Id == "mean" ? s with { Times = new Rational(1_000_003, 1_000_002), Range = new ScoreRange { Min = new Rational(1_000_003, 1_000_002), Max = new Rational(6 * 1_000_003, 1_000_002) }, Bands = [] } : s),
                new StepScore
                {
                    Id = "fine", Name = new LocalizedText { En = "Fine", ZhHans = "细" }, Score = "mean", Direction = Direction.Neutral, Evidence = new Evidence { Verdict = Verdict.Convention },
                    Range = new ScoreRange { Min = 0, Max = 1 },
                    Steps = [new Step { From = new Rational(1_000_003, 1_000_002), Value = 0 }, new Step { From = new Rational(17, 7), Value = 1 }],
                }],
            Examples = [],
        });

        var problem = Assert.Single(Assert.Throws<DefinitionException>(() => DefinitionExport.Write(fine, DefinitionFormat.R)).Problems);
        Assert.Equal("cannot-export", problem.Code);
        Assert.Contains("'fine'", problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void NameTooLongForSpss_IsRefused()
    {
        var definition = FhirExportTests.Find("gad-2").Definition;
        var instrument = Instrument.Create(definition with { Id = "a" + new string('b', 63) });

        Assert.Contains("64 bytes", Assert.Single(Assert.Throws<DefinitionException>(() => DefinitionExport.Write(instrument, DefinitionFormat.Spss)).Problems).Expected, StringComparison.Ordinal);
    }

    private static string Text(Instrument instrument, DefinitionFormat format) => Encoding.UTF8.GetString(DefinitionExport.Write(instrument, format));

    private static Dictionary<string, string>[] Rows(Instrument instrument)
    {
        var content = DefinitionExport.Write(instrument, DefinitionFormat.Codebook);
        Assert.True(content.AsSpan().StartsWith("\uFEFF"u8));
        using var reader = Csv.Open(Encoding.UTF8.GetString(content[3..]));
        var records = Csv.All(reader).ConvertAll(r => r.Fields);
        return [.. records.Skip(1).Select(r => records[0].Zip(r).ToDictionary(c => c.First, c => c.Second))];
    }

    [GeneratedRegex(@"^(\w+) <- function", RegexOptions.Multiline)]
    private static partial Regex TopLevel();

    [GeneratedRegex(@"^  (\w+) <- function", RegexOptions.Multiline)]
    private static partial Regex Helper();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
