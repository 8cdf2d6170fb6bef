using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Xinheng.Data.Tests;

/// <summary>Scoring a file gives each person what scoring the person alone gives, however the file is written.</summary>
public sealed class FileScoringLaws
{
    private static readonly string[] Ids = [.. InstrumentCatalog.Default.Ids];

    private static readonly Dictionary<string, Scorer> Scorers = Ids.ToDictionary(id => id, id => Scorer.Compile(InstrumentCatalog.Default[id]), StringComparer.Ordinal);

    [Property(MaxTest = 120)]
    public Property A_survey_file_scores_like_its_people_one_by_one() => Prop.ForAll(
        (from seed in Gen.Choose(0, int.MaxValue - 1)
         from people in Gen.Choose(1, 25)
         from container in Gen.Elements("csv", "csv", "csv", "xlsx")
         from delimiter in Gen.Elements(',', ';', '\t')
         from encoding in Gen.Elements("utf-8", "utf-8-bom", "utf-16le-bom", "gb18030")
         from quoteAll in Gen.Elements(true, false)
         from lineEnd in Gen.Elements("\n", "\r\n")
         select new Sample(seed, people, container, delimiter, encoding, quoteAll, lineEnd)).ToArbitrary(),
        Holds);

    private static void Holds(Sample sample)
    {
        var random = new Random(sample.Seed);
        // Forms of people and of schools are not scored from one file.
        var shuffled = Ids.OrderBy(_ => random.Next()).Select(id => InstrumentCatalog.Default[id]).ToArray();
        var instruments = shuffled.Where(i => i.Definition.Population.Subject == shuffled[0].Definition.Population.Subject).Take(random.Next(1, 4)).ToArray();
        var notAsked = instruments
            .SelectMany(i => i.Items.Select((_, n) => ColumnPlan.ItemName(i, n)))
            .Where(_ => random.Next(20) == 0).ToHashSet(StringComparer.Ordinal);
        var headings = instruments.SelectMany(i => i.Items.Select((_, n) => ColumnPlan.ItemName(i, n))).Where(n => !notAsked.Contains(n))
            .Concat(["id", "age", "sex", "note"]).OrderBy(_ => random.Next()).ToArray();
        var expected = new List<Dictionary<string, string>>();
        var rows = new List<string[]> { headings };
        for (var person = 0; person < sample.People; person++)
        {
            var (cells, scores) = Person(random, person, instruments, notAsked);
            rows.Add([.. headings.Select(h => cells[h])]);
            expected.Add(scores);
        }

        using var run = SurveyRun.Of(
            sample.Container == "xlsx" ? Sheet(rows) : Text(rows, sample),
            sample.Container == "xlsx" ? "survey.xlsx" : "survey.csv",
            request => request with
            {
                Instruments = instruments,
                BlockSize = random.Next(1, 30),
                Encoding = sample.Container == "csv" && sample.Encoding == "gb18030" ? "gb18030" : null,
                Mapping = new() { NotAsked = [.. notAsked] },
            });
        Assert.Equal(sample.People, run.Summary.Scored);
        for (var person = 0; person < sample.People; person++)
        {
            foreach (var (column, value) in expected[person])
            {
                Assert.Equal((column, value), (column, run.Scores[person][column]));
            }
        }
    }

    private static (Dictionary<string, string> Cells, Dictionary<string, string> Scores) Person(Random random, int person, Instrument[] instruments, HashSet<string> notAsked)
    {
        string[] notes = ["plain", "a,b;c\td", "say \"x\"", "", "高一（3）班", "two\nlines", "7"];
        int? age = random.Next(3) == 0 ? null : random.Next(8, 70);
        Sex? sex = random.Next(3) switch { 0 => null, 1 => Sex.Male, _ => Sex.Female };
        var note = notes[random.Next(notes.Length)];
        var cells = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["id"] = $"p{person}", ["note"] = note,
            ["age"] = age?.ToString(CultureInfo.InvariantCulture) ?? "", ["sex"] = sex switch { Sex.Male => "男", Sex.Female => "F", _ => "" },
        };
        var scores = new Dictionary<string, string>(StringComparer.Ordinal) { ["id"] = $"p{person}", ["note"] = note };
        var spoilt = random.Next(3) == 0;
        foreach (var instrument in instruments)
        {
            var answers = new Answer[instrument.Items.Count];
            for (var item = 0; item < answers.Length; item++)
            {
                var name = ColumnPlan.ItemName(instrument, item);
                if (notAsked.Contains(name))
                {
                    answers[item] = Answer.NotAsked;
                    continue;
                }

                (cells[name], answers[item]) = !spoilt ? Given(random, instrument.ResponsesOf(item)) : random.Next(12) switch
                {
                    0 or 1 => ("", Answer.Skipped),
                    2 => ("?", Answer.Unreadable),
                    3 => instrument.ResponsesOf(item) is OptionSet ? ("249", Answer.OutOfRange) : ("x", Answer.Unreadable),
                    _ => Given(random, instrument.ResponsesOf(item)),
                };
            }

            var report = Scorers[instrument.Id].Score(answers, new Respondent { Age = age, Sex = sex });
            foreach (var score in report.Scores)
            {
                var name = $"{instrument.ColumnPrefix}_{score.Id.Replace('-', '_')}";
                scores[name] = score.Value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
                scores[name + "_status"] = ScoreText.Of(score.Status);
                if (score.Definition.Bands.Count > 0)
                {
                    scores[name + "_band"] = score.Band ?? "";
                }
            }

            foreach (var critical in report.CriticalItems)
            {
                scores[$"{instrument.ColumnPrefix}_critical_{critical.CriticalItem.Id.Replace('-', '_')}"] = ScoreText.Of(critical.State);
            }

            scores[instrument.ColumnPrefix + "_validity"] = ScoreText.Of(report.Validity.Validity);
        }

        return (cells, scores);
    }

    private static (string Cell, Answer Answer) Given(Random random, ResponseSet responses)
    {
        switch (responses)
        {
            case OptionSet set:
                var code = set.Options[random.Next(set.Options.Count)].Code;
                return (code.ToString(CultureInfo.InvariantCulture), code);
            case NumberRange range:
                var whole = (int)range.Min.Numerator + random.Next(3);
                return (whole.ToString(CultureInfo.InvariantCulture), whole * (int)Math.Pow(10, range.Decimals));
            default:
                var (hour, minute) = (random.Next(24), random.Next(60));
                return (string.Create(CultureInfo.InvariantCulture, $"{hour}:{minute:00}"), Answer.Clock(hour, minute));
        }
    }

    private static byte[] Text(List<string[]> rows, Sample sample)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendJoin(sample.Delimiter, row.Select(cell =>
                sample.QuoteAll || cell.IndexOfAny([',', ';', '\t', '"', '\n', '\r']) >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell)).Append(sample.LineEnd);
        }

        Encoding encoding = sample.Encoding switch
        {
            "utf-8" => new UTF8Encoding(false),
            "utf-8-bom" => new UTF8Encoding(true),
            "utf-16le-bom" => new UnicodeEncoding(false, true),
            _ => TextEncoding.Gb18030.Encoding,
        };
        return [.. encoding.GetPreamble(), .. encoding.GetBytes(text.ToString())];
    }

    private static byte[] Sheet(List<string[]> rows) => Workbook.Zip(string.Concat(rows.Select((cells, r) => Workbook.Row(r + 1, string.Concat(cells.Select((cell, c) =>
    {
        var reference = $"{Workbook.Column(c)}{r + 1}";
        return cell.Length == 0 ? "" : cell.Length < 4 && cell.All(char.IsAsciiDigit) ? Workbook.Number(reference, cell) : Workbook.Inline(reference, cell);
    })))))).Build();

    private sealed record Sample(int Seed, int People, string Container, char Delimiter, string Encoding, bool QuoteAll, string LineEnd);
}
