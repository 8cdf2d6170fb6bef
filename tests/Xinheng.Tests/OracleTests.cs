using System.Globalization;

namespace Xinheng.Tests;

/// <summary>Scores that R computed from the published keys (tests/oracle/README.md says how).</summary>
public class OracleTests
{
    [Theory]
    [InlineData("phq-9")]
    [InlineData("dass-21")]
    [InlineData("sdq-self")]
    [InlineData("scl-90")]
    [InlineData("mht")]
    [InlineData("psqi")]
    public void EveryValueBandStatusAndCriticalItem_IsWhatRComputed(string id)
    {
        var instrument = InstrumentCatalog.Default[id];
        var scorer = Scorer.Compile(instrument);
        var answers = Table(id, "answers");
        var scores = Table(id, "scores");
        Assert.Equal(answers.Rows.Length, scores.Rows.Length);
        Assert.True(answers.Rows.Length > 500);
        Assert.Equal(instrument.Items.Select(i => i.Id), answers.Header[2..]);
        var names = scores.Header.Where(h => scores.Header.Contains(h + "_band")).ToArray();
        foreach (var (given, expected) in answers.Rows.Zip(scores.Rows))
        {
            Assert.Equal(given[0], expected[0]);
            var person = new Respondent { Age = given[1].Length == 0 ? null : int.Parse(given[1], CultureInfo.InvariantCulture) };
            var report = scorer.Score([.. given[2..].Select((cell, item) => Answer.Parse(cell, instrument.ResponsesOf(item)))], person);
            string Cell(string column) => expected[Array.IndexOf(scores.Header, column)];
            foreach (var name in names)
            {
                var score = report[name];
                var where = $"{id} row {given[0]} {name}";
                Assert.True(SameValue(Cell(name), score.Exact), $"{where}: R {Cell(name)}, here {score.Exact}");
                Assert.True(Cell(name + "_band") == (score.Band ?? ""), $"{where}: R {Cell(name + "_band")}, here {score.Band}");
                Assert.True(Cell(name + "_status") == ClassOf(score.Status), $"{where}: R {Cell(name + "_status")}, here {score.Status}");
            }

            foreach (var critical in report.CriticalItems)
            {
                Assert.True(
                    Cell("critical_" + critical.CriticalItem.Id) == ScoreText.Of(critical.State),
                    $"{id} row {given[0]} {critical.CriticalItem.Id}: R {Cell("critical_" + critical.CriticalItem.Id)}, here {critical.State}");
            }
        }

        // Nothing that the publication scores is left out of the comparison; steps on the way to a component are not published scores.
        string[] onTheWay = ["latency-minutes", "latency-step", "latency-frequency", "latency-sum", "hours-slept", "time-in-bed", "disturbance-sum", "daytime-sum"];
        Assert.Equal(instrument.Scores.Select(s => s.Id).Except(onTheWay).Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    private static bool SameValue(string expected, Rational? found)
    {
        if (expected.Length == 0 || found is not { } value)
        {
            return expected.Length == 0 && found is null;
        }

        return value.IsWhole
            ? decimal.Parse(expected, CultureInfo.InvariantCulture) == value.Numerator
            : Math.Abs(double.Parse(expected, CultureInfo.InvariantCulture) - value.ToDouble()) <= 1e-12 * Math.Abs(value.ToDouble());
    }

    /// <summary>R knows nothing of how well a source confirms a key.</summary>
    private static string ClassOf(ScoreStatus status) => ScoreText.Of(status switch
    {
        ScoreStatus.Unconfirmed => ScoreStatus.Ok,
        ScoreStatus.ProratedUnconfirmed => ScoreStatus.Prorated,
        _ => status,
    });

    private static (string[] Header, string[][] Rows) Table(string id, string kind)
    {
        var lines = File.ReadAllLines(Repository.PathOf("tests", "oracle", $"{id}.{kind}.csv"));
        return (lines[0].Split(','), [.. lines[1..].Select(line => line.Split(','))]);
    }
}
