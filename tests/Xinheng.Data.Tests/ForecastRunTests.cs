using System.Globalization;
using System.Text;
using Xinheng.Network;

namespace Xinheng.Data.Tests;

/// <summary>Surveys on trial: the same tiers as the real run, two policies, and nothing left behind.</summary>
public class ForecastRunTests
{
    private const string Header = "id,phq9_1,phq9_2,phq9_3,phq9_4,phq9_5,phq9_6,phq9_7,phq9_8,phq9_9\n";
    private const string Events = "person,date,kind,source\nP03,2026-10-30,suicide-plan,peer\nP40,2026-10-30,teacher-report,homeroom-teacher\nX9,2026-10-30,bereavement,peer\n";

    private static readonly Policy Second = Policy.Create(
        Policy.Default(PopulationKind.Student).Definition with
        {
            Id = "second",
            Rules = [.. Policy.Default(PopulationKind.Student).Definition.Rules.Where(rule => rule.Id != "B1").Select(rule => rule.Id == "Y1" ? rule with { Tier = Tier.Orange, Within = ResponseTime.Hours(48) } : rule)],
        },
        InstrumentCatalog.Default);

    [Fact]
    public void Trial_AndRealRun_GiveTheSameTiers_AndTheChangesAreTheDifferenceOfTheirTables()
    {
        using var folder = new TempFolder();
        var request = Request(folder);
        var summary = ForecastRun.Run(new ForecastRequest { Survey = request, Compare = Second, CounsellorHoursPerDay = 2 }, folder.At("trial"), null, TestContext.Current.CancellationToken);
        var (first, second) = (Tiers(folder, request, "first"), Tiers(folder, request with { Policy = Second }, "second"));
        foreach (var (forecast, real) in new[] { (summary.Forecast, first), (summary.Compared!, second) })
        {
            Assert.Equal(real.Count, forecast.People + forecast.LeftOut);
            Assert.All(forecast.Tiers, tier => Assert.Equal(real.Values.Count(r => r["tier"] == PolicyText.Of(tier.Tier)), tier.Decided + (tier.Tier == Tier.Unknown ? forecast.Waiting + forecast.LeftOut : 0)));
        }

        var changed = first.Where(p => p.Value["tier"] != second[p.Key]["tier"]).Select(p => $"{p.Key} {p.Value["tier"]} {second[p.Key]["tier"]} {p.Value["rules"]} > {second[p.Key]["rules"]}");
        var rows = SurveyRun.ReadTable(folder.At("trial/changes.csv"));
        Assert.Equal(changed.Order(StringComparer.Ordinal), rows.Select(r => $"{r["person"]} {r["from"]} {r["to"]} {r["from_rules"]} > {r["to_rules"]}").Order(StringComparer.Ordinal));
        Assert.True(rows.Count(r => r["change"] == "higher") > 2 && rows.Count(r => r["change"] == "lower") > 2);
        Assert.Equal(summary.Comparison!.Higher, rows.Count(r => r["change"] == "higher"));
        Assert.Equal(["changes.csv", "forecast.csv", "manifest.json"], Directory.GetFiles(folder.At("trial")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var table = SurveyRun.ReadTable(folder.At("trial/forecast.csv"));
        Assert.Equal((12, summary.Forecast[Tier.Red].Decided), (table.Count, int.Parse(table[0]["decided"], CultureInfo.InvariantCulture)));
        Assert.Equal(summary.Compared!.Hours.ToDouble(), table.Skip(6).Sum(r => double.Parse(r["hours"], CultureInfo.InvariantCulture)), 0.06);
    }

    [Fact]
    public void SideBySide_IsTwoForecasts_ForAnyThreadsAndOrderOfRows()
    {
        using var folder = new TempFolder();
        using var turned = new TempFolder();
        var request = Request(folder);
        var both = Run(new ForecastRequest { Survey = request, Compare = Second, CounsellorHoursPerDay = 2 });
        var alone = Run(new ForecastRequest { Survey = request with { Policy = Second }, CounsellorHoursPerDay = 2 });
        var other = Run(new ForecastRequest { Survey = Request(turned, threads: 1, block: 3, reverse: true), Compare = Second, CounsellorHoursPerDay = 2 });
        Assert.Equal(both.Compared!.Tiers, alone.Forecast.Tiers);
        Assert.Equal(both.Compared.FirstDays, alone.Forecast.FirstDays);
        Assert.Equal(both.Forecast.Tiers, other.Forecast.Tiers);
        Assert.Equal(Text(both.Comparison!), Text(other.Comparison!));
        Assert.Null(alone.Comparison);
        Assert.NotEqual(both.Forecast.Tiers, both.Compared.Tiers);
    }

    [Fact]
    public void WithoutAFolder_NothingIsWritten()
    {
        using var folder = new TempFolder();
        var summary = Run(new ForecastRequest { Survey = Request(folder) });
        Assert.Null(summary.Folder);
        Assert.Equal(["events.csv", "roster.csv", "survey.csv"], Directory.GetFileSystemEntries(folder.At(".")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AForecast_NeverReplacesASurvey_NorASurveyAForecast_ButEachAnOlderOneOfItsKind()
    {
        using var folder = new TempFolder();
        var request = Request(folder);
        Xinheng.Data.SurveyRun.Run(request, folder.At("survey"), null, TestContext.Current.CancellationToken);
        ForecastRun.Run(new ForecastRequest { Survey = request }, folder.At("trial"), null, TestContext.Current.CancellationToken);
        Assert.Throws<IOException>(() => ForecastRun.Run(new ForecastRequest { Survey = request }, folder.At("survey"), null, TestContext.Current.CancellationToken));
        Assert.Throws<IOException>(() => Xinheng.Data.SurveyRun.Run(request, folder.At("trial"), null, TestContext.Current.CancellationToken));
        Assert.True(File.Exists(folder.At("survey/tiers.csv")) && File.Exists(folder.At("trial/forecast.csv")));
        ForecastRun.Run(new ForecastRequest { Survey = request, Compare = Second }, folder.At("trial"), null, TestContext.Current.CancellationToken);
        Assert.True(File.Exists(folder.At("trial/changes.csv")));
        foreach (var manifest in new[] { "[]", "{}", "{ \"kind\": 1 }", "no json" })
        {
            Directory.CreateDirectory(folder.At("web"));
            File.WriteAllText(folder.At("web/manifest.json"), manifest);
            Assert.Throws<IOException>(() => ForecastRun.Run(new ForecastRequest { Survey = request }, folder.At("web"), null, TestContext.Current.CancellationToken));
            Assert.Equal(manifest, File.ReadAllText(folder.At("web/manifest.json")));
        }
    }

    [Fact]
    public void WhatCannotBeForecast_IsRefused_AndNothingIsWritten()
    {
        using var folder = new TempFolder();
        var request = Request(folder, rows: []);
        foreach (var (rows, code) in new (string[], string)[] { ([], "no-records"), ([",0,0,0,0,0,0,0,0,0"], "no-answers") })
        {
            var empty = Request(folder, rows: rows);
            var refusal = Assert.Throws<InputException>(() => ForecastRun.Run(new ForecastRequest { Survey = empty }, folder.At("trial"), null, TestContext.Current.CancellationToken));
            Assert.Equal(code, refusal.Problems.Single().Code);
        }

        Assert.Throws<ArgumentException>(() => Run(new ForecastRequest { Survey = request, Compare = Policy.Default(PopulationKind.Staff) }));
        Assert.Throws<ArgumentException>(() => Run(new ForecastRequest { Survey = request with { AllowDraft = false } }));
        Assert.False(Directory.Exists(folder.At("trial")));
    }

    [Fact]
    public void TheText_SaysWhatAHeadNeeds_AndNothingOfAnybody()
    {
        using var folder = new TempFolder();
        var request = Request(folder);
        var text = Text(new ForecastRequest { Survey = request, Compare = Second, CounsellorHoursPerDay = new Rational(1, 2) });
        foreach (var part in new[]
        {
            "DRAFT: nobody has signed the policy 'student-default", "DRAFT: nobody has signed the policy 'second", "草案", "First five school days 前五个教学日 (2026-11-02 to 2026-11-06)", "RED LINE CROSSED 工时不足，已越红线",
            "Stagger the classes over at least", "Never raise the threshold of a critical item", "Side by side 两种政策对比: A = student-default", "higher with B 升高", "lower with B 降低", "Nothing was written", "A screen is not a diagnosis. 筛查结果不是诊断。",
        })
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("P0", text, StringComparison.Ordinal);
        Assert.Contains("Within the red line", Text(new ForecastRequest { Survey = request, CounsellorHoursPerDay = 100 }), StringComparison.Ordinal);
        Assert.Contains("not given (--counsellor-hours)", Text(new ForecastRequest { Survey = request }), StringComparison.Ordinal);
        Assert.Contains("fewer than five school days", Text(new ForecastRequest { Survey = request with { AsOf = new DateOnly(2027, 7, 8) } }), StringComparison.Ordinal);

        static string Text(ForecastRequest request)
        {
            using var writer = new StringWriter(CultureInfo.InvariantCulture);
            ForecastText.Write(writer, Run(request));
            return writer.ToString();
        }
    }

    private static string Text(PolicyComparison comparison) =>
        string.Join('\n', comparison.Changes.Select(c => $"{c.Person} {c.From} {c.To} {string.Join(' ', c.FromRules)} {string.Join(' ', c.ToRules)}"));

    private static ForecastSummary Run(ForecastRequest request) => ForecastRun.Run(request, null, null, TestContext.Current.CancellationToken);

    private static Dictionary<string, Dictionary<string, string>> Tiers(TempFolder folder, SurveyRequest request, string name)
    {
        Xinheng.Data.SurveyRun.Run(request, folder.At(name), null, TestContext.Current.CancellationToken);
        return SurveyRun.ReadTable(folder.At(name + "/tiers.csv")).ToDictionary(r => r["person"], StringComparer.Ordinal);
    }

    /// <summary>Forty members, thirty of whom answer at every severity, and two who are not on the roster.</summary>
    private static SurveyRequest Request(TempFolder folder, int threads = 2, int block = 2048, bool reverse = false, string[]? rows = null)
    {
        rows ??=
        [
            .. from person in Enumerable.Range(1, 30)
               let total = person * 27 / 30
               select string.Create(CultureInfo.InvariantCulture, $"P{person:00},{string.Join(',', Enumerable.Range(0, 8).Select(item => Math.Clamp(((total + item) / 8), 0, 3)))},{(person % 4 == 0 ? 1 : 0)}"),
            "X1,3,3,3,3,3,0,0,0,0", "X2,0,0,0,0,0,0,0,0,",
        ];
        if (reverse)
        {
            Array.Reverse(rows);
        }

        var members = Enumerable.Range(1, 40).Select(person => string.Create(CultureInfo.InvariantCulture, $"P{person:00},S,C{person % 3},{(person == 39 ? "休学" : "在校")}"));
        return new SurveyRequest
        {
            Scores = new ScoreRequest { Input = folder.Write("survey.csv", Encoding.UTF8.GetBytes(Header + string.Join('\n', rows) + "\n")), Instruments = [InstrumentCatalog.Default["phq-9"]], IdColumn = "id", Threads = threads, BlockSize = block },
            Roster = folder.Write("roster.csv", Encoding.UTF8.GetBytes("person,school,class,status\n" + string.Join('\n', members) + "\n")),
            Events = folder.Write("events.csv", Encoding.UTF8.GetBytes(Events)),
            Policy = Policy.Default(PopulationKind.Student),
            AsOf = new DateOnly(2026, 11, 2),
            Wave = "2026",
            AllowDraft = true,
        };
    }
}
